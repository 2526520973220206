import { AUTHORITY_PRODUCT, type World } from '@writ/engine'
import { type Reach, seesProduct } from '../enforcers/scope.ts'

/**
 * The features that a credential sees, those of the authority's own product left out, by the shortest name that a question may use: bare where one product alone has it, else
 * `product:feature`. In order.
 */
export function featureNames(world: World, reach: Reach): string[] {
  const names = new Set<string>()
  for (const product of world.allProducts()) {
    if (product.name === AUTHORITY_PRODUCT || !seesProduct(reach, product.name)) continue
    for (const { features } of product.editions.values()) {
      for (const bare of features.keys()) names.add(world.feature(bare)?.product === product ? bare : `${product.name}:${bare}`)
    }
  }
  return [...names].sort()
}
