/** Adds to the list of a key. */
export function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}

/** Takes out of the list of a key; an empty one goes. */
export function drop<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)?.filter((other) => other !== value)
  if (list === undefined || list.length === 0) map.delete(key)
  else map.set(key, list)
}
