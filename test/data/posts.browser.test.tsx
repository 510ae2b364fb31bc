import { QueryClient } from '@tanstack/react-query'
import { screen, waitFor } from '@testing-library/react'
import { AddOnError, PlanTab, useAddOn, usePlan, useRequestFeature, useRequestQuote, useStartTrial } from 'addon-kit'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { analytics, Backend, Gate, never, type Override } from '../components/harness.js'
import { goOffline, goOnline } from './connection.js'
import { run } from './harness.js'

afterEach(() => {
  goOnline()
  vi.restoreAllMocks()
})

const posts = [
  ['requestQuote', useRequestQuote, 'ai-voice-agent', 'owner', 'quote-requested'],
  ['startTrial', useStartTrial, analytics, 'owner', 'trial-started'],
  ['requestFeature', useRequestFeature, analytics, 'supervisor', 'feature-requested'],
] as const

/** Does the same to every POST that moves no money. */
function everyPost(
  change: <Args extends unknown[], Answer>(
    call: (...args: Args) => Promise<Answer>,
  ) => (...args: Args) => Promise<Answer>,
): Override {
  return (demo) => ({
    requestQuote: change(demo.requestQuote.bind(demo)),
    startTrial: change(demo.startTrial.bind(demo)),
    requestFeature: change(demo.requestFeature.bind(demo)),
  })
}

/** The first calls fail with these errors, one after the other. */
const failing = (...errors: AddOnError[]) =>
  everyPost((call) => async (...args) => {
    const error = errors.shift()
    if (error) throw error
    return call(...args)
  })

describe.each(posts)('%s without a component of the kit', (method, usePostOf, addOnId, role, event) => {
  async function ready(options: Parameters<typeof run>[1] = {}) {
    const page = run(() => ({ plan: usePlan(), addOn: useAddOn(addOnId), post: usePostOf(addOnId) }), {
      role,
      ...options,
    })
    await waitFor(() => expect(page.now().plan.status).toBe('ready'))
    return { ...page, post: () => page.now().post }
  }

  test('is idle, sending, sent; the answer is in the plan, and nothing is read again', async () => {
    const gate = new Gate()
    const { post, now, backend, events } = await ready({
      override: everyPost(
        (call) =>
          async (...args) =>
            gate.passed().then(() => call(...args)),
      ),
    })
    expect(post()).toMatchObject({ status: 'idle', error: undefined })
    const before = now().addOn.data
    post().send()
    await waitFor(() => expect(post().status).toBe('sending'))
    gate.open()
    await waitFor(() => expect(post().status).toBe('sent'))
    expect(now().addOn.data).not.toEqual(before)
    expect(backend.calls.map((call) => call.method)).toEqual(['getPlan', method])
    expect(events).toEqual([{ type: event, addOnId }])
  })

  test('sends once at a time, whatever the text, and from however many hooks', async () => {
    const gate = new Gate()
    const backend = new Backend({
      role,
      override: everyPost(
        (call) =>
          async (...args) =>
            gate.passed().then(() => call(...args)),
      ),
    })
    const { now } = run(() => ({ plan: usePlan(), one: usePostOf(addOnId), same: usePostOf(addOnId) }), { backend })
    await waitFor(() => expect(now().plan.status).toBe('ready'))
    now().one.send('One.')
    now().one.send('One.')
    now().one.send('Two.')
    now().same.send()
    gate.open()
    await waitFor(() => expect(now().one.status).toBe('sent'))
    expect(backend.count(method)).toBe(1)
  })

  test('before the plan is known nothing is sent', () => {
    const { now, backend } = run(() => usePostOf(addOnId), { override: () => ({ getPlan: never }) })
    now().send()
    expect(backend.calls.map((call) => call.method)).toEqual(['getPlan'])
    expect(now().status).toBe('idle')
  })

  test.each(['network', 'timeout', 'internal', 'unavailable', 'invalid-response', 'request-in-progress'] as const)(
    '%s leaves open what happened: the same again repeats its key',
    async (code) => {
      const { post, backend, events } = await ready({ override: failing(new AddOnError(code)) })
      post().send('Please.')
      await waitFor(() => expect(post().status).toBe('failed'))
      expect(post().error?.code).toBe(code)
      post().send('Please.')
      await waitFor(() => expect(post().status).toBe('sent'))
      const [first, second, ...others] = backend.inputs(method)
      expect(first).toEqual(second)
      expect(others).toEqual([])
      expect(events.map(({ type }) => type)).toEqual(['failed', event])
    },
  )

  test('a refusal is final: the next one has a key of its own', async () => {
    const { post, backend } = await ready({ override: failing(new AddOnError('rate-limited', { retryAfter: 60 })) })
    post().send()
    await waitFor(() => expect(post().status).toBe('failed'))
    post().send()
    await waitFor(() => expect(post().status).toBe('sent'))
    const [first, second] = backend.inputs(method)
    expect(first?.idempotencyKey).not.toBe(second?.idempotencyKey)
  })

  test('offline: an immediate error, and nothing is sent when the connection is back', async () => {
    const { post, backend, events } = await ready()
    goOffline()
    post().send()
    await waitFor(() => expect(post().status).toBe('failed'))
    expect(post().error?.code).toBe('offline')
    goOnline()
    await backend.getPlan()
    expect(backend.count(method)).toBe(0)
    expect(events.map(({ type }) => type)).toEqual(['failed'])
  })

  test('401 is told to the host, once', async () => {
    const onAuthRequired = vi.fn()
    const { post } = await ready({
      provider: { onAuthRequired },
      override: failing(new AddOnError('unauthenticated', { status: 401 })),
    })
    post().send()
    await waitFor(() => expect(post().status).toBe('failed'))
    expect(onAuthRequired).toHaveBeenCalledTimes(1)
  })

  test('403 asks for the plan again', async () => {
    let current: string = role
    const { post, now, backend } = await ready({ role: () => current })
    current = 'agent'
    post().send()
    await waitFor(() => expect(post().error?.code).toBe('forbidden'))
    await waitFor(() => expect(now().plan.data?.viewer.role).toBe('agent'))
    expect(backend.count('getPlan')).toBe(2)
  })

  test('a host’s own retries do not send it again', async () => {
    const queryClient = new QueryClient({
      defaultOptions: { mutations: { retry: 3, retryDelay: 1, networkMode: 'online' } },
    })
    const { post, backend } = await ready({
      provider: { queryClient },
      override: failing(new AddOnError('network'), new AddOnError('network')),
    })
    post().send()
    await waitFor(() => expect(post().status).toBe('failed'))
    expect(backend.count(method)).toBe(1)
  })

  test('an answer that comes after the screen has gone is in the plan', async () => {
    const gate = new Gate()
    const backend = new Backend({
      role,
      override: everyPost(
        (call) =>
          async (...args) =>
            gate.passed().then(() => call(...args)),
      ),
    })
    const queryClient = new QueryClient()
    const { post, unmount, events, now } = await ready({ backend, provider: { queryClient }, beside: <PlanTab /> })
    await screen.findAllByRole('article')
    const before = now().addOn.data
    post().send()
    unmount()
    gate.open()
    await waitFor(() => expect(events.map(({ type }) => type)).toEqual([event]))
    const again = run(() => useAddOn(addOnId), { backend, provider: { queryClient } })
    expect(again.now().status).toBe('ready')
    expect(again.now().data).not.toEqual(before)
    expect(backend.count('getPlan')).toBe(1)
  })
})

test('another text after an open outcome is another request, with a key of its own', async () => {
  const { now, backend } = run(() => ({ plan: usePlan(), post: useRequestFeature(analytics) }), {
    role: 'supervisor',
    override: failing(new AddOnError('network')),
  })
  await waitFor(() => expect(now().plan.status).toBe('ready'))
  now().post.send('Please.')
  await waitFor(() => expect(now().post.status).toBe('failed'))
  now().post.send('Pretty please.')
  await waitFor(() => expect(now().post.status).toBe('sent'))
  const [first, second] = backend.inputs('requestFeature')
  expect(first?.idempotencyKey).not.toBe(second?.idempotencyKey)
  expect([first?.note, second?.note]).toEqual(['Please.', 'Pretty please.'])
})
