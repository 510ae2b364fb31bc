const paths = {
  lock: 'M4.5 7V5.2a3.5 3.5 0 0 1 7 0V7M3.5 7h9v6.5h-9z',
  check: 'm3.5 8.5 3 3 6-7',
  cross: 'm4 4 8 8m0-8-8 8',
  alert: 'M8 5.5v3.2m0 2.2v.1M8 2 1.8 13.2h12.4z',
  clock: 'M8 4.5V8l2.4 1.6M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4',
} as const

/** The kit's icons. */
export type IconName = keyof typeof paths

/** A decoration; what it means stands beside it as text. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg data-slot="icon" viewBox="0 0 16 16" width="1rem" height="1rem" aria-hidden="true">
      <path
        d={paths[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.4"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
