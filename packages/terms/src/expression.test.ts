import { expect, test } from 'vitest'
import { checkExpression, compileExpression, type Declared, hasType, type Scope } from './expression.ts'

/** Anew for each test, so that none finds what another has made ready. */
const declared = (): Declared => ({
  context: new Map([
    ['sea', { type: 'string', from: 'enforcer' }],
    ['crew', { type: 'list of string', from: 'token' }],
    ['ticket', { type: 'string', from: 'access_request' }],
  ]),
  attributes: new Map([['age', 'number']]),
  properties: { subject: new Map([['role', 'string']]), resource: new Map([['owner', 'string']]), action: new Map([['soft', 'boolean']]) },
})
const scope: Scope = {
  context: { sea: 'calm', crew: ['ann', 'bob'] },
  subject: { id: 'ann', kind: 'human', roles: ['mate'], attributes: { age: 30 }, properties: { role: 'skipper' } },
  action: { name: 'cross', properties: { soft: true } },
  resource: { id: 'b', kind: 'boat', labels: { flag: 'NO' } },
}

function labels(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`l${index}`, `${index}`]))
}

const holds: { source: string; is: boolean | 'missing' | 'failed'; scope?: Partial<Scope> }[] = [
  { source: 'context.sea == "calm"', is: true },
  { source: 'context.sea != "calm"', is: false },
  { source: 'context.sea in ["calm", "still"]', is: true },
  { source: 'context.crew.exists(one, one == subject.id)', is: true },
  { source: 'context.crew.all(a, context.crew.exists(b, a == b))', is: true },
  { source: 'size(context.crew) == 2', is: true },
  { source: 'subject.attributes.age >= 18.0 && action.properties.soft', is: true },
  { source: 'has(context.ticket)', is: false },
  { source: 'has(context.sea)', is: true },
  { source: 'has(resource.region)', is: false },
  { source: 'has(resource.kind)', is: true },
  { source: 'context.ticket == "T"', is: 'missing' },
  { source: 'context.ticket == "T" || context.sea == "calm"', is: true },
  { source: 'context.sea == "rough" && context.ticket == "T"', is: false },
  { source: 'resource.environment == "x"', is: 'missing' },
  { source: 'resource.labels["flag"] == "NO"', is: true },
  { source: 'resource.labels.flag == "NO"', is: true },
  { source: '"owner" in resource.labels', is: false },
  { source: 'resource.labels["__proto__"] == "x"', is: 'missing' },
  { source: 'resource.id == "b"', is: 'missing', scope: { resource: undefined } as unknown as Partial<Scope> },
  { source: 'context.sea == "calm"', is: 'missing', scope: { context: Object.create({ sea: 'calm' }) as Record<string, string> } },
  { source: 'context.sea == "calm"', is: 'missing', scope: { context: { sea: ['calm'] } } },
  { source: 'context.crew.size() > 100', is: 'missing', scope: { context: { crew: new Array<string>(101).fill('x') } } },
  { source: 'context.crew.size() == 100', is: true, scope: { context: { crew: new Array<string>(100).fill('x') } } },
  { source: '1 / (size(context.crew) - 2) == 1', is: 'failed' },
  { source: 'subject.properties.role == "skipper"', is: true },
  { source: 'subject.kind == "human" && "mate" in subject.roles', is: true },
  { source: 'action.name == "cross"', is: true },
  { source: 'resource.kind == "boat" && resource.id == "b"', is: true },
  { source: 'resource.properties.owner == "ann"', is: 'missing' },
  { source: 'resource.properties.owner == "ann"', is: true, scope: { resource: { id: 'b', kind: 'boat', properties: { owner: 'ann' } } } },
  { source: 'resource.environment == "sea"', is: true, scope: { resource: { id: 'b', kind: 'boat', environment: 'sea' } } },
  { source: 'resource.region == "north"', is: true, scope: { resource: { id: 'b', kind: 'boat', region: 'north' } } },
  { source: 'resource.labels.l1 == "1"', is: true, scope: { resource: { id: 'b', kind: 'boat', labels: labels(100) } } },
  { source: 'resource.labels.l1 == "1"', is: 'missing', scope: { resource: { id: 'b', kind: 'boat', labels: labels(101) } } },
  { source: 'has(subject.attributes.age)', is: false, scope: { subject: { id: 'a', kind: 'human', roles: [] } } },
]
for (const { source, is, scope: other } of holds)
  test(`${source} is ${is}${other === undefined ? '' : ' in another scope'}`, () => {
    expect(compileExpression(source, declared()).evaluate({ ...scope, ...other })).toBe(is)
  })

const faulty: { source: string; message: RegExp; offset?: number }[] = [
  { source: 'context.sae == "calm"', message: /context\.sae is not declared/, offset: 0 },
  { source: 'has(context.sae)', message: /context\.sae is not declared/ },
  { source: 'has(context.sae) && context.sae == "x"', message: /context\.sae is not declared/ },
  { source: 'subject.attributes.email == "x"', message: /subject\.attributes\.email is not declared/ },
  { source: 'resource.properties.ownerID == "x"', message: /not declared/ },
  { source: 'subject.password == "x"', message: /not declared/ },
  { source: 'context == context', message: /name one member of context/ },
  { source: 'context["sea"] == "calm"', message: /name one member of context/ },
  { source: 'subject.attributes == subject.attributes', message: /not declared/ },
  { source: 'context.crew.exists(context, context == "x")', message: /name one member of context/ },
  { source: 'now == 1', message: /./ },
  { source: 'timestamp("2026-01-01T00:00:00Z") == timestamp("2026-01-01T00:00:00Z")', message: /timestamp\(\) is not available/ },
  { source: 'context.sea.matches("(a+)+$")', message: /matches\(\) is not available/ },
  { source: 'context.crew.exists(one, one.matches("(a+)+$"))', message: /matches\(\) is not available/ },
  { source: 'has(context.sea) && matches(context.sea, "(a+)+$")', message: /matches\(\) is not available/ },
  { source: 'context.crew.exists(a, context.crew.exists(b, context.crew.exists(c, a == c)))', message: /at most 2 nested exists/ },
  { source: 'context.crew.map(a, context.crew.filter(b, context.crew.all(c, a == c))).size() > 0', message: /at most 2 nested/ },
  {
    source: `(${new Array(40).fill('context.crew').join('+')}).all(a, (${new Array(40).fill('context.crew').join('+')}).all(b, a != b))`,
    message: /must not take long/,
  },
  {
    source: `context.crew.map(a, ${new Array(60).fill('a').join('+')}).exists(b, (${new Array(60).fill('b').join('+')}).contains("y"))`,
    message: /must not take long/,
  },
  {
    source: `context.crew.all(a, context.crew.all(b, ${new Array(20).fill('context.sea.contains(b)').join('||')}))`,
    message: /must not take long/,
  },
  { source: 'context.sea', message: /must be true or false, this one is of type string/, offset: 0 },
  { source: 'context.sea == 1', message: /./ },
  { source: 'context.sea == ', message: /./ },
  { source: '', message: /./ },
  { source: `${'('.repeat(200)}true${')'.repeat(200)}`, message: /./ },
  { source: `"x" in [${new Array(101).fill('"x"').join(',')}]`, message: /./ },
  { source: `context.sea == "${'x'.repeat(2000)}"`, message: /at most 2000 characters/, offset: 2000 },
]
for (const { source, message, offset } of faulty)
  test(`${source.slice(0, 60)} is refused`, () => {
    const [fault] = checkExpression(source, declared())
    expect(fault?.message).toMatch(message)
    expect(fault?.offset).toBeGreaterThanOrEqual(0)
    if (offset !== undefined) expect(fault?.offset).toBe(offset)
    expect(() => compileExpression(source, declared())).toThrow(new RangeError(`the expression was not checked: ${fault?.message}`))
  })

const refused: readonly (readonly [source: string, message: string, offset: number, suggestion?: string])[] = [
  ['context.sea == 1', 'no such overload: string == int', 0],
  ['true && size(context.crew) == "a"', 'no such overload: int == string', 8],
  ['context.sea ==', 'Unexpected token: EOF', 14],
  ['now == 1', 'Unknown variable: now', 0],
  ['true && subject', 'name one member of subject, such as subject.id', 8],
  ['action', 'name one member of action, such as action.name', 0],
  ['resource', 'name one member of resource, such as resource.id', 0],
  ['context', 'name one member of context, such as context.country', 0],
  ['subject.attributes.age.foo == 1.0', "Cannot index type 'double'", 23],
  ['context.crew.exists(one, one.name == "x")', "Cannot index type 'string'", 29],
  ['action.attributes.x == 1', 'action.attributes is not declared', 0, 'Use action.name or action.properties.soft.'],
  ['subject.attributes.agee == 1.0', 'subject.attributes.agee is not declared', 0, 'Did you mean "subject.attributes.age"?'],
  ['subject.attributes.height == 1.0', 'subject.attributes.height is not declared', 0, 'Declare it under "attributes".'],
  ['subject.properties.height == 1.0', 'subject.properties.height is not declared', 0, 'Declare it under "properties".'],
  ['action.properties.height == 1.0', 'action.properties.height is not declared', 0, 'Declare it under "properties".'],
  ['resource.properties.height == 1.0', 'resource.properties.height is not declared', 0, 'Declare it under "properties".'],
  ['context.temperature == 1.0', 'context.temperature is not declared', 0, 'Declare it under "context".'],
  ['true ? 1 : 2', 'an expression must be true or false, this one is of type int', 0],
]
for (const [source, message, offset, suggestion] of refused)
  test(`${source} is refused with its reason and its place`, () => {
    const [fault] = checkExpression(source, declared())
    expect([fault?.message, fault?.offset, fault?.suggestion?.()]).toEqual([message, offset, suggestion])
  })

test('an expression has at most 2000 characters', () => {
  expect(checkExpression(`context.sea == "${'x'.repeat(1983)}"`, declared())).toEqual([])
  expect(checkExpression(`context.sea == "${'x'.repeat(1984)}"`, declared()).map(({ message }) => message)).toEqual([
    'an expression has at most 2000 characters',
  ])
})

test('every undeclared name is reported at its place', () => {
  const source = 'context.a == "x" || context.b == "y"'
  expect(checkExpression(source, declared()).map(({ offset }) => source.slice(offset, offset + 9))).toEqual(['context.a', 'context.b'])
})

for (const { source, is } of [
  { source: 'context.ticket == "T"', is: true },
  { source: 'has(context.ticket)', is: true },
  { source: 'context.crew.exists(one, one == context.ticket)', is: true },
  { source: 'context.sea == "ticket"', is: false },
  { source: 'context.ip == "ticket"', is: false },
])
  test(`${source} ${is ? 'waits' : 'does not wait'} for an access request`, () => {
    expect(compileExpression(source, declared()).needsRequest).toBe(is)
  })

test('a member of another root is no fact of the request, whatever it is called', () => {
  const asked: Declared = { ...declared(), context: new Map([['id', { type: 'string', from: 'access_request' }]]) }
  expect(compileExpression('subject.id == "ann"', asked).needsRequest).toBe(false)
  expect(compileExpression('context.id == "ann"', asked).needsRequest).toBe(true)
})

test('a name that a prototype has is not declared by it', () => {
  for (const name of ['constructor', 'toString', '__proto__'])
    expect(checkExpression(`context.${name} == "x"`, declared())[0]?.message).toContain('not declared')
})

for (const source of [
  `${'!'.repeat(1990)}true`,
  `true${'&&true'.repeat(300)}`,
  `${'('.repeat(990)}true${')'.repeat(990)}`,
  `[${'['.repeat(900)}`,
])
  test(`${source.slice(0, 20)}… of ${source.length} characters is read or refused, and nothing else`, () => {
    const faults = checkExpression(source, declared())
    if (faults.length === 0) expect(compileExpression(source, declared()).evaluate(scope)).toBe(true)
    else expect(faults[0]?.message).not.toBe('')
  })

test('a fact has its declared type or is none', () => {
  expect(hasType('x', 'string')).toBe(true)
  expect(hasType(1, 'string')).toBe(false)
  expect(hasType(true, 'boolean')).toBe(true)
  expect(hasType('x', 'boolean')).toBe(false)
  expect(hasType(1, 'number')).toBe(true)
  expect(hasType(['x'], 'list of string')).toBe(true)
  expect(hasType([], 'list of string')).toBe(true)
  expect(hasType('x', 'list of string')).toBe(false)
  expect([4096, 4097].map((length) => hasType('x'.repeat(length), 'string'))).toEqual([true, false])
  expect(hasType(['x', 'x'.repeat(4097)], 'list of string')).toBe(false)
  expect([100, 101].map((length) => hasType(new Array<string>(length).fill('x'), 'list of string'))).toEqual([true, false])
  expect(hasType(null, 'string')).toBe(false)
  expect(hasType(undefined, 'string')).toBe(false)
})

test('what people write over two lists is not taken for slow', () => {
  for (const each of [
    'a == b',
    'a.startsWith(b) || b in ["x", "y"]',
    'size(context.crew) < 5 && a + b != context.sea',
    'context.sea.contains(b)',
  ])
    expect(checkExpression(`context.crew.all(a, context.crew.exists(b, ${each}))`, declared())).toEqual([])
  expect(checkExpression('context.crew.exists(a, size(a.trim()) > 10 && context.sea.lowerAscii().contains(a))', declared())).toEqual([])
})

test('an expression takes two million steps at most, and just that many', () => {
  const all = (count: number): string => (count === 1 ? 'true' : `(${all(count >> 1)}&&${all(count - (count >> 1))})`)
  const steps = (last: number) =>
    [
      'context.crew.all(a,context.crew.all(b,a.contains(b)))',
      `context.crew.all(a,context.crew.all(b,${all(33)}))`,
      `context.crew.all(a,${all(96)})`,
      all(last),
    ].join('&&')
  expect(checkExpression(steps(96), declared())).toEqual([])
  expect(checkExpression(steps(97), declared()).map(({ message }) => message)).toEqual([
    'an expression must not take long even on long lists and texts: compare fewer things with one another',
  ])
})

test('a hundred by a hundred comparisons with long texts end at once', () => {
  const expression = compileExpression('context.crew.all(a, context.crew.exists(b, b.contains(a)))', declared())
  const crew = Array.from({ length: 100 }, (_, i) => `${'x'.repeat(200)}${i}`)
  expect(expression.evaluate({ ...scope, context: { crew } })).toBe(true)
})
