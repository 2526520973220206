/**
 * One question to a running authority, over plain HTTP. `WRIT_URL` names it (default: `npm start` on this machine), `WRIT_KEY`
 * is an API key with the scopes `decide`, `consume`, `assert:identity` and `assert:context`.
 */
// #region check
const answer = await fetch(`${process.env.WRIT_URL ?? 'http://127.0.0.1:7070'}/v1/check`, {
  method: 'POST',
  headers: { authorization: `Bearer ${process.env.WRIT_KEY}`, 'content-type': 'application/json' },
  body: JSON.stringify({
    identity: 'ann',
    organization: 'northwind',
    feature: 'atlas:report.export',
    context: { country: 'DE' },
    consume: { amount: 1, id: crypto.randomUUID() },
  }),
})
const { allowed, reason, remedies } = (await answer.json()) as { allowed: boolean; reason?: string; remedies: object[] }
console.log(allowed ? 'go on' : `no: ${reason}; what would help: ${JSON.stringify(remedies)}`)
// #endregion
