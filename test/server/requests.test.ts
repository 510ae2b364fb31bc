import { afterEach, describe, expect, test, vi } from 'vitest'
import { addOns, analytics, day, Harness, minute, people, problemOf, refusalIn, voice } from './harness.js'

afterEach(() => {
  vi.restoreAllMocks()
})

const byQuote = { purchasing: { mode: 'quote', adminsCanRequestQuote: true } } as const

describe('a trial', () => {
  test('begins now and ends after its days, whatever their length in local time', async () => {
    const harness = new Harness()
    harness.now = '2026-03-01T23:30:00.000Z'
    const answer = await harness.post('startTrial')
    expect(answer).toMatchObject({
      status: 201,
      body: { addOn: { status: { kind: 'trialing', startedAt: harness.now, endsAt: '2026-03-31T23:30:00.000Z' } } },
    })
    expect(Object.keys(Object(answer.body))).toEqual(['addOn'])
    expect(harness.billing.calls).toEqual([])
  })

  test('started by two people at once is one trial', async () => {
    const harness = new Harness()
    const answers = await Promise.all([
      harness.post('startTrial', { as: people.olive }),
      harness.post('startTrial', { as: people.ada }),
    ])
    const refused = answers.filter(({ status }) => status !== 201)
    expect(refused.map(refusalIn)).toEqual(['409 trial-used trial-used'])
    expect(harness.notifications).toHaveLength(1)
  })

  test('flips to ended at its very end, and never begins again', async () => {
    const harness = new Harness()
    await harness.post('startTrial')
    harness.pass(30 * day - 1)
    expect((await harness.told())?.status.kind).toBe('trialing')
    harness.pass(1)
    expect((await harness.told())?.status).toEqual({ kind: 'trial-ended', endedAt: harness.now })
    expect(refusalIn(await harness.post('startTrial'))).toBe('409 trial-used trial-used')
    harness.pass(400 * day)
    expect(refusalIn(await harness.post('startTrial', { as: people.ada }))).toBe('409 trial-used trial-used')
    expect(harness.billing.calls).toEqual([])
  })

  test('is not to be had after a purchase has ended either', async () => {
    const harness = new Harness()
    await harness.post('startTrial')
    await harness.buy(await harness.preview())
    await harness.store.endAddOn(harness.account.id, analytics)
    expect(refusalIn(await harness.post('startTrial'))).toBe('409 trial-used trial-used')
  })

  test('is told to the Owners', async () => {
    const harness = new Harness()
    await harness.post('startTrial', { as: people.ada })
    expect(harness.notifications).toMatchObject([
      {
        type: 'trial-started',
        from: { id: 'usr_ada', name: 'Ada', role: 'admin' },
        to: [{ name: 'Olive' }, { name: 'Otto' }],
      },
    ])
  })
})

describe('a quote request', () => {
  test('goes to the account manager, with the message as it was written', async () => {
    const harness = new Harness()
    const message = ' <b>50 agents</b>\n— from May? '
    const answer = await harness.post('requestQuote', { addOnId: voice, body: { message } })
    expect(answer).toMatchObject({
      status: 201,
      body: {
        quoteRequest: { requestedAt: harness.now, requestedBy: 'Olive' },
        addOn: { quoteRequest: { requestedBy: 'Olive' } },
      },
    })
    expect(harness.notifications).toEqual([
      {
        id: expect.any(String),
        type: 'quote-requested',
        at: harness.now,
        account: { id: 'acc_acme', name: 'Acme' },
        addOn: { id: voice, name: 'AI Voice Agent' },
        from: { id: 'usr_olive', name: 'Olive', role: 'owner' },
        to: [{ name: 'Mara', email: 'mara@northwind.example' }],
        text: message,
      },
    ])
  })

  test('goes to nobody in particular where there is no account manager', async () => {
    const harness = new Harness({ account: { contacts: {} } })
    await harness.post('requestQuote', { addOnId: voice })
    expect(harness.notifications[0]?.to).toEqual([])
  })

  test('is open once: asking again returns the first, whoever asks, and tells nobody', async () => {
    const harness = new Harness({ account: byQuote })
    await harness.post('requestQuote', { as: people.olive, body: { message: 'first' } })
    const asked = harness.now
    harness.pass(day)
    for (const viewer of [people.olive, people.otto, people.ada]) {
      const answer = await harness.post('requestQuote', { as: viewer, body: { message: 'again' } })
      expect(answer).toMatchObject({
        status: 200,
        body: { quoteRequest: { requestedAt: asked, requestedBy: 'Olive' } },
      })
    }
    expect((await harness.record()).quoteRequest).toEqual({
      requestedAt: asked,
      requestedBy: 'Olive',
      message: 'first',
    })
    expect(harness.notifications).toHaveLength(1)
  })

  test('by twenty at once is one', async () => {
    const harness = new Harness({ account: byQuote })
    const viewers = [people.olive, people.otto, people.ada]
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        harness.post('requestQuote', { as: viewers[index % 3] ?? people.olive }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array.from({ length: 19 }, () => 200), 201])
    expect(harness.notifications).toHaveLength(1)
  })

  test('that was answered makes room for the next', async () => {
    const harness = new Harness()
    await harness.post('requestQuote', { addOnId: voice })
    await harness.store.closeQuoteRequest(harness.account.id, voice)
    expect((await harness.told(people.olive, voice))?.quoteRequest).toBeNull()
    expect((await harness.post('requestQuote', { addOnId: voice, as: people.otto })).status).toBe(201)
    expect(harness.notifications).toHaveLength(2)
  })

  test('that was answered leaves everything else as it was', async () => {
    const trial = { startedAt: '2026-01-01T00:00:00.000Z', endsAt: '2026-01-15T00:00:00.000Z' }
    const harness = new Harness({ seed: { [voice]: { trial } } })
    await harness.post('requestQuote', { addOnId: voice })
    await harness.post('requestFeature', { addOnId: voice, as: people.sunny })
    const before = await harness.record(voice)
    await harness.store.closeQuoteRequest(harness.account.id, voice)
    expect(await harness.record(voice)).toEqual({ ...before, quoteRequest: null })
  })

  test('that is open does not hide that the account may not ask any more', async () => {
    const harness = new Harness({ account: byQuote })
    await harness.post('requestQuote')
    harness.account = { ...harness.account, purchasing: { mode: 'self-serve', adminsCanRequestQuote: false } }
    expect(refusalIn(await harness.post('requestQuote', { as: people.otto }))).toBe('403 forbidden account-factor')
  })

  test('keeps its message to itself', async () => {
    const harness = new Harness({ account: byQuote })
    await harness.post('requestQuote', { body: { message: 'confidential' } })
    for (const viewer of [people.olive, people.ada, people.sunny]) {
      expect(JSON.stringify((await harness.get(viewer)).body)).not.toContain('confidential')
    }
  })
})

describe('a feature request', () => {
  test('goes to the Owners, by name, with its note', async () => {
    const harness = new Harness()
    const answer = await harness.post('requestFeature', { as: people.sunny, body: { note: 'For the night shift' } })
    const askAgainAt = '2026-03-30T12:00:00.000Z'
    expect(answer).toMatchObject({
      status: 201,
      body: {
        featureRequest: { requestedAt: harness.now, askAgainAt },
        addOn: { featureRequests: { count: 1, byViewer: { requestedAt: harness.now, askAgainAt }, from: [] } },
      },
    })
    expect(harness.notifications).toMatchObject([
      {
        type: 'feature-requested',
        from: { id: 'usr_sunny', name: 'Sunny', role: 'supervisor' },
        to: [{ name: 'Olive' }, { name: 'Otto' }],
        text: 'For the night shift',
      },
    ])
    expect((await harness.told(people.olive))?.featureRequests).toEqual({
      count: 1,
      byViewer: null,
      from: [{ name: 'Sunny', requestedAt: harness.now, note: 'For the night shift' }],
    })
  })

  test('in a storm of 50 by one viewer is one: one 201, the others 200 until the limit, then 429', async () => {
    const harness = new Harness()
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => harness.post('requestFeature', { as: people.sunny })),
    )
    const count = (status: number) => answers.filter((answer) => answer.status === status).length
    expect([count(201), count(200), count(429)]).toEqual([1, 29, 20])
    const [first] = (await harness.record()).featureRequests
    for (const answer of answers) {
      if (answer.status === 429) {
        expect(problemOf(answer).code).toBe('rate-limited')
        expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0)
      } else expect(answer.body).toMatchObject({ featureRequest: { requestedAt: first?.requestedAt } })
    }
    expect((await harness.record()).featureRequests).toHaveLength(1)
    expect(harness.notifications).toHaveLength(1)
  })

  test('repeated returns the viewer’s own, not one of somebody who asked before', async () => {
    const harness = new Harness()
    await harness.post('requestFeature', { as: people.sunny })
    harness.pass(day)
    const asked = harness.now
    await harness.post('requestFeature', { as: people.ada })
    harness.pass(day)
    const again = await harness.post('requestFeature', { as: people.ada })
    expect(again).toMatchObject({ status: 200, body: { featureRequest: { requestedAt: asked } } })
  })

  test('repeated within 14 days returns the first, and from then on is a new one in its place', async () => {
    const harness = new Harness()
    await harness.post('requestFeature', { as: people.sunny, body: { note: 'first' } })
    const asked = harness.now
    harness.pass(14 * day - 1)
    const early = await harness.post('requestFeature', { as: people.sunny, body: { note: 'second' } })
    expect(early).toMatchObject({ status: 200, body: { featureRequest: { requestedAt: asked } } })
    harness.pass(1)
    expect((await harness.told(people.sunny))?.decisions?.['request-feature']).toEqual({ allowed: true })
    const late = await harness.post('requestFeature', { as: people.sunny, body: { note: 'third' } })
    expect(late).toMatchObject({ status: 201, body: { featureRequest: { requestedAt: harness.now } } })
    expect((await harness.record()).featureRequests).toMatchObject([{ viewerId: 'usr_sunny', note: 'third' }])
    expect(harness.notifications.map(({ text }) => text)).toEqual(['first', 'third'])
  })

  test.each([
    ['exactly 1,000 characters', 'x'.repeat(1000), 201],
    ['1,000 characters of four bytes', '🌍'.repeat(1000), 201],
    ['1,001 characters', 'x'.repeat(1001), 413],
    ['1,001 characters of four bytes', '🌍'.repeat(1001), 413],
    ['no characters', '', 201],
  ])('may have a note of %s: %#', async (_, note, status) => {
    const harness = new Harness()
    const answer = await harness.post('requestFeature', { as: people.sunny, body: { note } })
    expect(answer.status).toBe(status)
    expect((await harness.record()).featureRequests).toHaveLength(status === 201 ? 1 : 0)
  })

  test.each([null, 5, ['x'], { text: 'x' }])('may not have the note %j: 422', async (note) => {
    const harness = new Harness()
    expect(refusalIn(await harness.post('requestFeature', { as: people.sunny, body: { note } }))).toBe(
      '422 invalid-request',
    )
  })

  test('by somebody without a name is signed with the role', async () => {
    const { name: _name, ...nameless } = people.sunny
    const harness = new Harness()
    await harness.post('requestFeature', { as: nameless })
    expect((await harness.told(people.olive))?.featureRequests.from).toMatchObject([{ name: 'supervisor' }])
  })
})

describe('requests for one add-on within 10 minutes of the first are one notification', () => {
  const ask = (harness: Harness, userId: string, addOnId = analytics) =>
    harness.post('requestFeature', { as: { ...people.sunny, userId, name: userId }, addOnId })

  test('the window is counted from the first, not from the last', async () => {
    const harness = new Harness()
    await ask(harness, 'a')
    harness.pass(6 * minute)
    await ask(harness, 'b')
    harness.pass(4 * minute - 1)
    await ask(harness, 'c')
    expect(harness.notifications).toHaveLength(1)
    harness.pass(1)
    await ask(harness, 'd')
    expect(harness.notifications.map(({ from }) => from.name)).toEqual(['a', 'd'])
    harness.pass(10 * minute)
    await ask(harness, 'e')
    expect(harness.notifications).toHaveLength(3)
    expect((await harness.record()).featureRequests).toHaveLength(5)
  })

  test('each add-on has its own', async () => {
    const harness = new Harness()
    await ask(harness, 'a')
    await ask(harness, 'a', 'ai-assist')
    expect(harness.notifications.map(({ addOn }) => addOn.id)).toEqual([analytics, 'ai-assist'])
  })

  test('ten people at once are one', async () => {
    const harness = new Harness()
    const answers = await Promise.all(Array.from({ length: 10 }, (_, index) => ask(harness, `viewer ${index}`)))
    expect(answers.every(({ status }) => status === 201)).toBe(true)
    expect(harness.notifications).toHaveLength(1)
  })
})

describe('notifications', () => {
  test('have ids of their own', async () => {
    const harness = new Harness()
    await harness.post('requestFeature', { as: people.sunny })
    await harness.post('requestQuote', { addOnId: voice })
    await harness.post('startTrial')
    await harness.buy(await harness.preview())
    const types = harness.notifications.map(({ type }) => type)
    expect(types).toEqual(['feature-requested', 'quote-requested', 'trial-started', 'purchased'])
    expect(new Set(harness.notifications.map(({ id }) => id))).toHaveProperty('size', 4)
  })

  test('of a purchase go to all Owners, once', async () => {
    const harness = new Harness()
    const preview = await harness.preview()
    const key = '00000000-0000-4000-8000-00000000000c'
    await harness.buy(preview, { key })
    await harness.buy(preview, { key })
    expect(harness.notifications).toMatchObject([
      { type: 'purchased', from: { id: 'usr_olive', name: 'Olive' }, to: [{ name: 'Olive' }, { name: 'Otto' }] },
    ])
    expect(harness.notifications[0]).not.toHaveProperty('text')
  })

  test('come after what they tell of is recorded', async () => {
    const seen: unknown[] = []
    const harness: Harness = new Harness({
      notify: async ({ type }) => {
        const { sale, trial, quoteRequest, featureRequests } = await harness.record()
        seen.push([type, !!sale, !!trial, !!quoteRequest, featureRequests.length])
      },
    })
    await harness.post('requestFeature', { as: people.sunny })
    await harness.post('startTrial')
    await harness.buy(await harness.preview())
    expect(seen).toEqual([
      ['feature-requested', false, false, false, 1],
      ['trial-started', false, true, false, 1],
      ['purchased', true, true, false, 0],
    ])
  })

  test.each([
    [
      'throws',
      () => {
        throw new Error('mail is down')
      },
    ],
    ['rejects', () => Promise.reject(new Error('mail is down'))],
  ])('that cannot be sent change nothing: notify %s', async (_, notify) => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const harness = new Harness({ notify })
    expect((await harness.post('requestFeature', { as: people.sunny })).status).toBe(201)
    expect((await harness.post('requestQuote', { addOnId: voice })).status).toBe(201)
    expect((await harness.post('startTrial')).status).toBe(201)
    expect((await harness.buy(await harness.preview())).status).toBe(201)
    expect((await harness.record()).sale).not.toBeNull()
    expect(log).toHaveBeenCalledTimes(4)
    expect(log.mock.calls[0]?.[0]).toContain('notify(feature-requested)')
  })

  test('are not needed', async () => {
    const harness = new Harness({ notify: undefined })
    expect((await harness.post('startTrial')).status).toBe(201)
  })
})

describe('events outside of the kit', () => {
  test('a sale ends the trial and closes the requests', async () => {
    const harness = new Harness({ account: byQuote })
    await harness.post('startTrial')
    await harness.post('requestQuote')
    await harness.post('requestFeature', { as: people.sunny })
    harness.pass(day)
    const since = harness.now
    await harness.store.recordSale(harness.account.id, analytics, {
      since,
      by: 'Sales',
      seats: 40,
      receiptUrl: '/r',
      reference: 'PO-1',
    })
    const { featureRequests, quoteRequest, status } = (await harness.told()) ?? {}
    expect(status).toEqual({ kind: 'active', since, by: 'Sales', seats: 40, receiptUrl: '/r', reference: 'PO-1' })
    expect([quoteRequest, featureRequests]).toEqual([null, { count: 0, byViewer: null, from: [] }])
    expect((await harness.record()).trial?.endsAt).toBe(since)
    expect(refusalIn(await harness.post('requestFeature', { as: people.sunny }))).toBe(
      '409 already-purchased already-purchased',
    )
    expect(harness.billing.calls).toEqual([])
  })

  test('a sale leaves a trial that was over as it was', async () => {
    const harness = new Harness()
    await harness.post('startTrial')
    const { trial } = await harness.record()
    harness.pass(40 * day)
    await harness.store.recordSale(harness.account.id, analytics, { since: harness.now })
    expect((await harness.record()).trial).toEqual(trial)
  })

  test('the end of an add-on makes it available again, with nothing left of the requests', async () => {
    const harness = new Harness()
    await harness.post('requestFeature', { as: people.sunny })
    await harness.buy(await harness.preview())
    await harness.store.endAddOn(harness.account.id, analytics)
    const { status, featureRequests } = (await harness.told(people.sunny)) ?? {}
    expect([status, featureRequests]).toEqual([{ kind: 'available' }, { count: 0, byViewer: null, from: [] }])
    expect((await harness.post('requestFeature', { as: people.sunny })).status).toBe(201)
    expect((await harness.post('previewPurchase')).status).toBe(201)
  })

  test('all of them may be told of an add-on about which nothing is known', async () => {
    const harness = new Harness()
    for (const addOnId of addOns.map(({ id }) => id)) {
      await harness.store.endAddOn(harness.account.id, addOnId)
      await harness.store.closeQuoteRequest(harness.account.id, addOnId)
    }
    expect((await harness.plan()).addOns.map(({ status }) => status.kind)).toEqual([
      'available',
      'available',
      'available',
    ])
  })

  test('stay within their account', async () => {
    const harness = new Harness()
    await harness.store.recordSale('acc_other', analytics, { since: harness.now })
    expect((await harness.told())?.status.kind).toBe('available')
    expect((await harness.told(people.stranger))?.status.kind).toBe('active')
  })
})
