const FORM = /^(.+\/v1\/(.+))\/keys\/([^/]+)$/

export function isTransitAddress(url: string): boolean {
  return FORM.test(url)
}

/** @param url `https://HOST/v1/MOUNT/keys/NAME`. `base` ends with the mount */
export function transitAddress(url: string): { base: string; mount: string; name: string } {
  const [, base = '', mount = '', name = ''] = FORM.exec(url) ?? []
  return { base, mount, name }
}
