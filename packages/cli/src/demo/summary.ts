import type { Paint } from '../io.ts'
import type { DemoServer } from './server.ts'

/** What to try next, to be copied into another terminal. */
export function summary({ url, keyFile }: DemoServer, paint: Paint): string {
  return [
    '',
    paint.bold('It goes on serving. In a browser:'),
    '',
    `  ${paint.cyan(`${url}/console/`)}  sign in with the key in ${keyFile}`,
    '',
    paint.bold('In another terminal:'),
    '',
    `  export WRIT_URL=${url} WRIT_KEY_FILE=${keyFile}`,
    '',
    paint.dim('  # every gate, for somebody who may not'),
    '  npm run -s writ -- explain --identity sol --organization solo --feature report.export',
    '',
    paint.dim('  # a stronger proof, and the answer changes'),
    '  npm run -s writ -- check --identity gina --feature users.manage --proof passkey',
    '',
    paint.dim('  # what there is'),
    '  npm run -s writ -- license list',
    '',
    paint.dim('  # the same over plain HTTP'),
    `  curl -s ${url}/v1/check -H "Authorization: Bearer $(cat ${keyFile})" \\`,
    `    -H 'Content-Type: application/json' -d '{"identity":"gina","feature":"atlas:dashboard.view"}'`,
    '',
    `  ${paint.cyan(`${url}/docs`)}  describes the API. Ctrl-C stops it, and nothing is left behind.`,
  ].join('\n')
}
