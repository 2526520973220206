/** A plain id out of a name: "Açme Logistics" gives `acme-logistics`; of what has no such letters nothing. */
export function idFrom(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
  return plain.replaceAll(/^-+|-+$/g, '').slice(0, 60)
}
