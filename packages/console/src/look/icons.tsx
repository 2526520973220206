import type { ReactNode } from 'react'

/** Drawn on 20 × 20 with one stroke. They accompany words; alone in a button, the button has a label. */
const DRAWN = {
  overview: <path d="M3 11l7-7 7 7M5 9.5V16h10V9.5" />,
  organizations: <path d="M4 17V4h7v13M11 8h5v9M2.5 17h15M6.5 7h2M6.5 10h2M6.5 13h2M13.5 11h.5M13.5 14h.5" />,
  identities: <path d="M10 10a3.2 3.2 0 100-6.4 3.2 3.2 0 000 6.4zM4 17c.4-3.3 2.8-5 6-5s5.6 1.7 6 5" />,
  licenses: <path d="M5 3h7l3 3v11H5zM12 3v3h3M8 10h4M8 13h4" />,
  terms: <path d="M3 4h14v12H3zM3 8h14M8 8v8" />,
  ask: (
    <path d="M10 17.500a7.5 7.5 0 100-15 7.5 7.5 0 000 15zM7.8 8c0-1.3 1-2.2 2.2-2.200s2.2.8 2.2 2c0 1.6-2.2 1.7-2.2 3.400M10 13.900v.1" />
  ),
  audit: <path d="M4 5h12M4 10h12M4 15h7M15 13.500v2l1.3 1" />,
  credentials: <path d="M7 13a3.5 3.5 0 112.8-5.600L17 7.500v2.700h-2V12h-2.200V9.900M6.8 9.500h.1" />,
  settings: <path d="M3 6h8M15 6h2M3 14h2M9 14h8M13 8a2 2 0 100-4 2 2 0 000 4zM7 16a2 2 0 100-4 2 2 0 000 4z" />,
  search: <path d="M9 14.500A5.5 5.5 0 109 3.500a5.5 5.5 0 000 11zM13 13l4 4" />,
  menu: <path d="M3 5h14M3 10h14M3 15h14" />,
  lock: <path d="M5 9h10v8H5zM7 9V6.500a3 3 0 016 0V9" />,
  copy: <path d="M7 7h9v10H7zM4 13V3h9v1" />,
  check: <path d="M4 10.500l4 4 8-9" />,
  cross: <path d="M5 5l10 10M15 5L5 15" />,
  right: <path d="M8 5l5 5-5 5" />,
  down: <path d="M5 8l5 5 5-5" />,
  wave: <path d="M3 10c2.3-3.5 4.7-3.5 7 0s4.7 3.5 7 0" />,
  dash: <path d="M5 10h10" />,
  plus: <path d="M10 4v12M4 10h12" />,
  fold: <path d="M3 4h14v12H3zM8 4v12" />,
  sun: (
    <path d="M10 13a3 3 0 100-6 3 3 0 000 6zM10 2.500v2M10 15.500v2M2.5 10h2M15.5 10h2M4.7 4.700l1.4 1.400M13.9 13.900l1.4 1.400M4.7 15.300l1.4-1.400M13.9 6.100l1.4-1.4" />
  ),
  moon: <path d="M16 12A7 7 0 018 4a6.7 6.7 0 108 8z" />,
} as const satisfies Record<string, ReactNode>

export type IconName = keyof typeof DRAWN

export function Icon({ name, size = 18 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {DRAWN[name]}
    </svg>
  )
}
