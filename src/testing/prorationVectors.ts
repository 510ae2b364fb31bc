/** One prorated amount, from a published invoice or another engine's tests, or worked out by hand. */
export interface ProrationVector {
  readonly id: string
  readonly kind: string
  readonly currency: string
  readonly amountMinor: number
  readonly periodStart: string
  readonly periodEnd: string
  readonly at: string
  readonly expectedMinor: number
  readonly source: string
  readonly note?: string
}

/** `expectedMinor = amountMinor × (periodEnd − at) ÷ (periodEnd − periodStart)`, in seconds, rounded once, half up. */
export const prorationVectors: readonly ProrationVector[] = [
  {
    id: 'S1',
    kind: 'published',
    currency: 'USD',
    amountMinor: 1000,
    periodStart: '2017-02-14T00:00:00Z',
    periodEnd: '2017-03-14T00:00:00Z',
    at: '2017-03-03T19:14:48Z',
    expectedMinor: 364,
    source: 'https://gist.github.com/matthewarkin/27bcfdf622eb91d3508ea082d0ad50b8',
    note: 'real Stripe invoice line; period start inferred as end minus calendar month',
  },
  {
    id: 'S3',
    kind: 'published',
    currency: 'USD',
    amountMinor: 1000,
    periodStart: '2018-05-16T14:56:59Z',
    periodEnd: '2018-06-16T14:56:59Z',
    at: '2018-05-16T16:11:23Z',
    expectedMinor: 998,
    source: 'https://pastebin.com/Rxuk5FLW',
    note: 'real Stripe invoice line; period start inferred as end minus calendar month',
  },
  {
    id: 'P1a',
    kind: 'published',
    currency: 'USD',
    amountMinor: 10000,
    periodStart: '2025-06-01T00:00:00Z',
    periodEnd: '2025-07-01T00:00:00Z',
    at: '2025-06-16T00:00:00Z',
    expectedMinor: 5000,
    source:
      'https://github.com/polarsource/polar/blob/c6c3645e639ee8eeaa05aa0835cf8e39e330382f/server/tests/subscription/test_service_prorations.py',
  },
  {
    id: 'P1b',
    kind: 'published',
    currency: 'USD',
    amountMinor: 30000,
    periodStart: '2025-06-01T00:00:00Z',
    periodEnd: '2025-07-01T00:00:00Z',
    at: '2025-06-16T00:00:00Z',
    expectedMinor: 15000,
    source:
      'https://github.com/polarsource/polar/blob/c6c3645e639ee8eeaa05aa0835cf8e39e330382f/server/tests/subscription/test_service_prorations.py',
  },
  {
    id: 'P2a',
    kind: 'published',
    currency: 'USD',
    amountMinor: 10000,
    periodStart: '2025-06-01T00:00:00Z',
    periodEnd: '2025-07-01T00:00:00Z',
    at: '2025-06-11T00:00:00Z',
    expectedMinor: 6667,
    source:
      'https://github.com/polarsource/polar/blob/c6c3645e639ee8eeaa05aa0835cf8e39e330382f/server/tests/subscription/test_service_prorations.py',
  },
  {
    id: 'P3a',
    kind: 'published',
    currency: 'USD',
    amountMinor: 10000,
    periodStart: '2024-02-18T00:00:00Z',
    periodEnd: '2024-03-18T00:00:00Z',
    at: '2024-02-25T00:00:00Z',
    expectedMinor: 7586,
    source:
      'https://github.com/polarsource/polar/blob/c6c3645e639ee8eeaa05aa0835cf8e39e330382f/server/tests/subscription/test_service_prorations.py',
  },
  {
    id: 'P5a',
    kind: 'published',
    currency: 'USD',
    amountMinor: 100000,
    periodStart: '2024-02-18T00:00:00Z',
    periodEnd: '2025-02-18T00:00:00Z',
    at: '2024-09-05T00:00:00Z',
    expectedMinor: 45355,
    source:
      'https://github.com/polarsource/polar/blob/c6c3645e639ee8eeaa05aa0835cf8e39e330382f/server/tests/subscription/test_service_prorations.py',
  },
  {
    id: 'P9-seats5to8x1000',
    kind: 'published',
    currency: 'USD',
    amountMinor: 3000,
    periodStart: '2025-06-01T00:00:00Z',
    periodEnd: '2025-07-01T00:00:00Z',
    at: '2025-06-16T00:00:00Z',
    expectedMinor: 1500,
    source:
      'https://github.com/polarsource/polar/blob/c6c3645e639ee8eeaa05aa0835cf8e39e330382f/server/tests/subscription/test_service_prorations.py',
  },
  {
    id: 'P11-seats10to12x2000',
    kind: 'published',
    currency: 'USD',
    amountMinor: 4000,
    periodStart: '2025-06-01T00:00:00Z',
    periodEnd: '2025-07-01T00:00:00Z',
    at: '2025-06-16T00:00:00Z',
    expectedMinor: 2000,
    source:
      'https://github.com/polarsource/polar/blob/c6c3645e639ee8eeaa05aa0835cf8e39e330382f/server/tests/subscription/test_service_prorations.py',
  },
  {
    id: 'D1-half-tie',
    kind: 'derived',
    currency: 'USD',
    amountMinor: 1001,
    periodStart: '2025-06-01T00:00:00Z',
    periodEnd: '2025-07-01T00:00:00Z',
    at: '2025-06-16T00:00:00Z',
    expectedMinor: 501,
    source: 'derived (ours): exact rational arithmetic',
    note: 'floor 500, half-even 500, half-up 501',
  },
  {
    id: 'D4-start',
    kind: 'derived',
    currency: 'USD',
    amountMinor: 5000,
    periodStart: '2026-01-01T00:00:00Z',
    periodEnd: '2026-02-01T00:00:00Z',
    at: '2026-01-01T00:00:00Z',
    expectedMinor: 5000,
    source: 'derived (ours): exact rational arithmetic',
  },
  {
    id: 'D5-end',
    kind: 'derived',
    currency: 'USD',
    amountMinor: 5000,
    periodStart: '2026-01-01T00:00:00Z',
    periodEnd: '2026-02-01T00:00:00Z',
    at: '2026-02-01T00:00:00Z',
    expectedMinor: 0,
    source: 'derived (ours): exact rational arithmetic',
  },
  {
    id: 'D7-JPY',
    kind: 'derived',
    currency: 'JPY',
    amountMinor: 4500,
    periodStart: '2026-01-01T00:00:00Z',
    periodEnd: '2026-02-01T00:00:00Z',
    at: '2026-01-20T00:00:00Z',
    expectedMinor: 1742,
    source: 'derived (ours): exact rational arithmetic',
    note: '3 seats x 1500, zero-decimal',
  },
  {
    id: 'D10-DST-spring',
    kind: 'derived',
    currency: 'USD',
    amountMinor: 310000,
    periodStart: '2026-03-01T05:00:00Z',
    periodEnd: '2026-04-01T04:00:00Z',
    at: '2026-03-16T04:00:00Z',
    expectedMinor: 160215,
    source: 'derived (ours): exact rational arithmetic',
    note: '743 h month; calendar-day rule gives 160000',
  },
]

/** What half a period costs for all seats, and what it would cost if every seat were rounded by itself. */
export const roundingVectors = [
  { id: 'O1', unitMinor: 999, seats: 25, fraction: '1/2', multiplyThenRound: 12488, roundThenMultiply: 12500 },
] as const
