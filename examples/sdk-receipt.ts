/** What an authority says that it counted, checked under the pinned root: `sdk-receipt.ts RECEIPT ROOT`, as `writ license root` prints it. */
import { readFileSync } from 'node:fs'
import { UsageReceiptError, verifyUsageReceipt } from '@writ/sdk/usage'

const [text = '', root = '{}'] = process.argv.slice(2).map((file) => readFileSync(file, 'utf8'))

// #region verify
try {
  const { receipt } = await verifyUsageReceipt(text, { roots: [JSON.parse(root)], now: Date.now() / 1000 })
  for (const { license, meter, amount, count } of receipt.counted) console.log(`${license}: ${amount} ${meter} in ${count} usages`)
} catch (error) {
  if (!(error instanceof UsageReceiptError)) throw error
  console.log(`not proven: ${error.code}`)
}
// #endregion
