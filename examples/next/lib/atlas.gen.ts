// Written by `writ terms types` from the terms of atlas. Do not edit: publish, then write it again.

/** Give it to the SDK as `product`: a feature, command or value that the terms do not have then does not compile. */
export const atlas = {
  product: 'atlas',
  hash: 'sha256:8293a38f664086706cd139308e24860093b14cc56566c136737c6363da57fa8a',
  features: {
    'agent.tool': { type: 'switch', resource: 'mcp' },
    'api.call': { type: 'switch' },
    'dashboard.view': { type: 'switch', open: true },
    'host.shell': { type: 'switch', resource: 'ssh' },
    'model.size': { type: 'choice', values: ['small', 'large'] },
    'plan.change': { type: 'switch' },
    'report.export': { type: 'switch' },
    'seat.release': { type: 'switch' },
    storage: { type: 'limit' },
    'users.manage': { type: 'switch' },
    'warehouse.query': { type: 'switch', resource: 'postgres', commands: ['select', 'insert', 'update', 'delete', 'ddl'] },
  },
  levels: ['password', 'otp', 'passkey', 'hardware'],
  context: {},
  properties: {
    subject: {},
    resource: {},
    action: {},
  },
} as const
