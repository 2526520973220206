import { describeKeptConnections } from './connections-suite.ts'

describeKeptConnections(10_000)
