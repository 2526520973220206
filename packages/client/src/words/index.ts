export { noticeInWords, obligationInWords, remedyInWords } from './answers.ts'
export { GATES } from './gates.ts'
export { inWords, REASONS, whatHelps } from './reasons.ts'
