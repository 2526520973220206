const UNITS: Readonly<Record<string, number>> = { s: 1_000, minute: 60_000, hour: 3_600_000, day: 86_400_000 }

/** A duration as canonical terms write it, `3 days`, in milliseconds; 0 for none. */
export function milliseconds(duration: string | undefined): number {
  const [, count, unit] = /^(\d+) (s|minute|hour|day)s?$/.exec(duration ?? '') ?? []
  return Number(count ?? 0) * (UNITS[unit ?? ''] ?? 0)
}
