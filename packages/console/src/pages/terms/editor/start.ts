/** What a vendor who sells nothing yet begins with: small, whole, and without a fault. */
export const START = `# The contract that you sell, as a machine reads it.
terms: 1
product: my_product
title: My product

features:
  dashboard.view: { title: View dashboards }
  report.export: { title: Export reports, meter: exports }

meters:
  exports: { unit: report, aggregate: sum }

roles:
  viewer: [dashboard.view]
  analyst: [dashboard.view, report.export]

plans:
  standard:
    title: Standard
    seats: { named: 25 }
    grace: { expiry: 3 days, payment: 7 days, offline: 72 hours }
    includes:
      dashboard.view: {}
      report.export: { limit: 1000 per month }
`
