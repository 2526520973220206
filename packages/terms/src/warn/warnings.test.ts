import { expect, test } from 'vitest'
import { check } from '../check.ts'

const HEAD = `terms: 1
product: p
features:
  view: {}
  job.run: { meter: runs }
  store: { type: limit, unit: GiB }
meters: { runs: { unit: run } }
context: { ticket: { type: string, from: access_request } }
assurance: { otp: { acr: a, any_of: [otp] } }
roles: { all: ['*'] }
`
const plans = (text: string): string => `${HEAD}plans:\n  ${text}\n`
const entry = (feature: string, text: string): string => plans(`x: { includes: { ${feature}: ${text} } }`)
const mornings = "hours: { zone: UTC, open: ['mon-fri 08:00-12:00'] }"
const evenings = "hours: { zone: UTC, open: ['18:00-20:00'] }"
const never = 'hours: { zone: UTC, open: [] }'
const asked = 'when: context.ticket == "a"'

/** Each file and all that is said about it: the sentence, and what to do. */
const said: {
  readonly about: string
  readonly source: string
  readonly says: readonly (readonly [message: string, suggestion?: string])[]
}[] = [
  {
    about: 'a pattern of a role beside one that matches',
    source: HEAD.replace("'*'", "'*', jobs.*"),
    says: [['"jobs.*" of role all matches no feature.', 'Did you mean "job.*"?']],
  },
  {
    about: 'a pattern that is near to a feature without a group',
    source: HEAD.replace("'*'", "'*', vie.*"),
    says: [['"vie.*" of role all matches no feature.']],
  },
  {
    about: 'a role of one pattern that matches nothing',
    source: HEAD.replace("'*']", "'*'], clerk: [nothing.*]"),
    says: [['"nothing.*" of role clerk matches no feature.'], ['Role clerk permits nothing.', 'Name a feature, "job.*" or "*".']],
  },
  {
    about: 'a role that is empty',
    source: HEAD.replace("'*']", "'*'], clerk: []"),
    says: [['Role clerk permits nothing.', 'Name a feature, "job.*" or "*".']],
  },
  {
    about: 'features that no role names, of which a group and a name are two',
    source: HEAD.replace("'*'", 'job.*, store'),
    says: [['No role permits view.', 'Add it to a role.']],
  },
  { about: 'a product without roles, whose identities need none', source: HEAD.replace(/roles.*\n/, ''), says: [] },
  {
    about: 'a level that no method proves',
    source: HEAD.replace('[otp]', '[]'),
    says: [['Nothing proves level otp.', 'Use values of amr from RFC 8176, such as pwd, otp, hwk, swk, user.']],
  },
  {
    about: 'a level of a method misspelt',
    source: HEAD.replace('[otp]', '[otpp]'),
    says: [['No way to prove level otp is made of registered methods: "otpp" is none.', 'Did you mean "otp"?']],
  },
  {
    about: 'a level that needs two methods, one of them unknown',
    source: HEAD.replace('[otp]', '[[hwk, telepathy]]'),
    says: [
      [
        'No way to prove level otp is made of registered methods: "telepathy" is none.',
        'Use values of amr from RFC 8176, such as pwd, otp, hwk, swk, user.',
      ],
    ],
  },
  { about: 'a level with one way that works and one that does not', source: HEAD.replace('[otp]', '[telepathy, otp]'), says: [] },
  {
    about: 'the age of a minimum',
    source: HEAD.replace('view: {}', 'view: { assurance: otp within 5 minutes }'),
    says: [['The minimum of view is a level alone; its age is not looked at.', 'Put "within" into the entries of the plans.']],
  },
  { about: 'a minimum without an age', source: HEAD.replace('view: {}', 'view: { assurance: otp }'), says: [] },
  {
    about: 'a meter without a feature',
    source: HEAD.replace('meters: {', 'meters: { cars: { unit: car },'),
    says: [['No feature is counted by meter cars.', 'Add "meter: cars" to a feature, or leave the meter out.']],
  },
  {
    about: 'an authority of which nothing is needed',
    source: `${HEAD}federation: { vault: { authority: 'https://vault.example', product: v } }\n`,
    says: [['No entry needs anything of vault.', `Write "needs: 'vault:FEATURE'" in an entry, or leave the authority out.`]],
  },
  {
    about: 'an entry after one that passes more',
    source: entry('view', '[{}, { assurance: otp }]'),
    says: [
      ['Entry 2 of view is never used: entry 1 passes whenever this one would.', 'Put the stricter entry first, or leave this one out.'],
    ],
  },
  {
    about: 'the first of the entries that pass more',
    source: entry('job.run', '[{ limit: 9 per day, assurance: otp }, { limit: 5 per day }, { limit: 9 per day, assurance: otp }]'),
    says: [
      ['Entry 3 of job.run is never used: entry 1 passes whenever this one would.', 'Put the stricter entry first, or leave this one out.'],
    ],
  },
  {
    about: 'hours outside those of the plan',
    source: plans(`x: { conditions: { ${mornings} }, includes: { view: { conditions: { ${evenings} } } } }`),
    says: [
      [
        'The hours of this entry of view and those of plan x never meet.',
        'An entry is open only while its plan is: let the hours overlap.',
      ],
    ],
  },
  {
    about: 'hours outside those of the plan, once for an entry that a second plan inherits',
    source: plans(`x: { conditions: { ${mornings} }, includes: { view: { conditions: { ${evenings} } } } }\n  y: { extends: x }`),
    says: [
      [
        'The hours of this entry of view and those of plan x never meet.',
        'An entry is open only while its plan is: let the hours overlap.',
      ],
    ],
  },
  {
    about: 'hours outside those of a plan that inherits them, where the plan it inherits from leaves room',
    source: plans(`x: { includes: { view: { conditions: { ${evenings} } } } }\n  y: { extends: x, conditions: { ${mornings} } }`),
    says: [
      [
        'The hours of this entry of view and those of plan y never meet.',
        'An entry is open only while its plan is: let the hours overlap.',
      ],
    ],
  },
  {
    about: 'hours of two zones, which are not compared',
    source: plans(`x: { conditions: { ${mornings} }, includes: { view: { conditions: { ${evenings.replace('UTC', 'Asia/Tokyo')} } } } }`),
    says: [],
  },
  {
    about: 'a plan that never opens, and not that its entries never do',
    source: plans(`x: { conditions: { ${never} }, includes: { view: { conditions: { ${evenings} } } } }`),
    says: [['The hours of plan x never open.', 'Add an opening, such as "mon-fri 08:00-18:00".']],
  },
  {
    about: 'an entry that never opens, and not that it never meets its plan',
    source: plans(`x: { conditions: { ${mornings} }, includes: { view: { conditions: { ${never} } } } }`),
    says: [['The hours of view never open.', 'Add an opening, such as "mon-fri 08:00-18:00".']],
  },
  {
    about: 'a limit of 0',
    source: entry('job.run', '{ limit: 0 per month }'),
    says: [['The limit of job.run is 0, so nobody may use it.', 'Give a limit of at least 1, or leave the feature out of the plan.']],
  },
  { about: 'a limit of 0 after which every use is billed', source: entry('job.run', '{ limit: 0 per month, then: bill }'), says: [] },
  { about: 'a limit of 1', source: entry('job.run', '{ limit: 1 per month }'), says: [] },
  {
    about: 'a burst of 0',
    source: entry('view', '{ rate: 5 per second, burst: 0 }'),
    says: [['A burst of 0 lets nothing through.', 'Give a burst of at least 1.']],
  },
  { about: 'a burst of 1', source: entry('view', '{ rate: 5 per second, burst: 1 }'), says: [] },
  {
    about: 'a limit without a number',
    source: entry('store', '{}'),
    says: [['This entry of store does not say how much.', 'Add "value:".']],
  },
  {
    about: 'an entry that looks at a request nobody asks for, once for its two conditions',
    source: entry('view', `{ ${asked}, conditions: { ${asked} } }`),
    says: [['This entry of view looks at what an access request brings, but asks for no approval.', 'Add "approval: { by: ROLE }".']],
  },
  { about: 'an entry that looks at the request it asks for', source: entry('view', `{ ${asked}, approval: { by: all } }`), says: [] },
  {
    about: 'a plan that looks at a request nobody asks for',
    source: plans(`x: { conditions: { ${asked} }, includes: { view: {} } }`),
    says: [['Plan x looks at what an access request brings, but no entry asks for approval.', 'Add "approval: { by: ROLE }" to an entry.']],
  },
  {
    about: 'a plan that looks at the request of one of its entries',
    source: plans(`x: { conditions: { ${asked} }, includes: { view: [{ approval: { by: all } }, { assurance: otp }] } }`),
    says: [],
  },
]
for (const { about, source, says } of said)
  test(`${says.length === 0 ? 'says nothing about' : 'tells of'} ${about}`, () => {
    const { findings } = check(source)
    expect(findings.map(({ message, suggestion }) => (suggestion === undefined ? [message] : [message, suggestion]))).toEqual(says)
  })
