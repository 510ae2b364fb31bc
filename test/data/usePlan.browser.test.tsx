import { QueryClient } from '@tanstack/react-query'
import { act, screen, waitFor } from '@testing-library/react'
import {
  AddOnError,
  AddOnNavItem,
  definePolicy,
  PlanTab,
  useAddOn,
  useAddOnPermissions,
  usePlan,
  useStartTrial,
} from 'addon-kit'
import { demoAddOns } from 'addon-kit/demo'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { addOnIs, analytics, Backend, Gate, never, planIs, show, stopTime } from '../components/harness.js'
import { goOffline, goOnline } from './connection.js'
import { run } from './harness.js'

afterEach(() => {
  goOnline()
  vi.useRealTimers()
  vi.restoreAllMocks()
})

describe('usePlan', () => {
  test('is loading, then ready, with the time of the read', async () => {
    const { now } = run(usePlan)
    expect(now()).toMatchObject({ status: 'loading', data: undefined, error: undefined, isFetching: true })
    const before = Date.now()
    await waitFor(() => expect(now().status).toBe('ready'))
    expect(now().data?.account.plan.name).toBe('Essentials')
    expect(now().isFetching).toBe(false)
    expect(now().readAt).toBeGreaterThanOrEqual(before - 5000)
    expect(now().readAt).toBeLessThanOrEqual(Date.now())
  })

  test('fails with an AddOnError, whatever an adapter throws, and reads again when it is told to', async () => {
    let isDown = true
    const { now } = run(usePlan, {
      override: (demo) => ({
        getPlan: (...call) => (isDown ? Promise.reject(new AddOnError('forbidden')) : demo.getPlan(...call)),
      }),
    })
    await waitFor(() => expect(now().status).toBe('error'))
    expect(now().error).toBeInstanceOf(AddOnError)
    expect(now().error?.code).toBe('forbidden')
    isDown = false
    now().refetch()
    await waitFor(() => expect(now().status).toBe('ready'))
    expect(now().error).toBeUndefined()
  })

  test('keeps what it has when a later read fails', async () => {
    let isDown = false
    const { now } = run(usePlan, {
      override: (demo) => ({
        getPlan: (...call) => (isDown ? Promise.reject(new AddOnError('forbidden')) : demo.getPlan(...call)),
      }),
    })
    await waitFor(() => expect(now().status).toBe('ready'))
    isDown = true
    now().refetch()
    await waitFor(() => expect(now().error?.code).toBe('forbidden'))
    expect(now().status).toBe('ready')
    expect(now().data?.account.plan.name).toBe('Essentials')
  })

  test('an answer of another form is an error that says where', async () => {
    const { now } = run(usePlan, {
      override: planIs((plan) => JSON.parse(JSON.stringify(plan).replace('"days":30', '"days":"30"'))),
    })
    await waitFor(() => expect(now().status).toBe('error'))
    expect(now().error?.code).toBe('invalid-response')
    expect(now().error?.message).toContain('addOns.0.trial.days')
  })

  test.each(['internal', 'network'] as const)('%s: tried three times, later each time, then said', async (code) => {
    const pass = stopTime()
    const { now, backend } = run(usePlan, { override: () => ({ getPlan: () => Promise.reject(new AddOnError(code)) }) })
    await pass(0)
    await expect.poll(() => backend.count(), { timeout: 5000 }).toBe(1)
    await pass(374)
    expect(backend.count()).toBe(1)
    await pass(251)
    expect(backend.count()).toBe(2)
    await pass(1250)
    expect(backend.count()).toBe(3)
    await pass(60_000)
    expect(backend.count()).toBe(3)
    await expect.poll(() => now().status, { timeout: 5000 }).toBe('error')
  })

  test('a read that is to wait waits as long as it is told', async () => {
    const errors = [new AddOnError('unavailable', { retryAfter: 9 })]
    const pass = stopTime()
    const { now, backend } = run(usePlan, {
      override: (demo) => ({
        getPlan: async (...call) => {
          const error = errors.shift()
          if (error) throw error
          return demo.getPlan(...call)
        },
      }),
    })
    await pass(0)
    await expect.poll(() => backend.count(), { timeout: 5000 }).toBe(1)
    await pass(8999)
    expect(backend.count()).toBe(1)
    await pass(1)
    expect(backend.count()).toBe(2)
    await expect
      .poll(
        async () => {
          await pass(0)
          return now().status
        },
        { timeout: 5000 },
      )
      .toBe('ready')
  })

  test('offline: said at once, and read when the connection is back', async () => {
    // Somebody has to listen to the connection before it goes.
    show({ children: null })
    goOffline()
    const { now } = run(usePlan)
    await waitFor(() => expect(now().error?.code).toBe('offline'))
    expect(now().status).toBe('error')
    goOnline()
    await waitFor(() => expect(now().status).toBe('ready'))
  })

  test('a session that is over is told to the host once, however many parts of the page read the plan', async () => {
    const onAuthRequired = vi.fn()
    const { backend } = show({
      provider: { onAuthRequired },
      override: () => ({ getPlan: () => Promise.reject(new AddOnError('unauthenticated', { status: 401 })) }),
      children: (
        <>
          {demoAddOns.map(({ id }) => (
            <AddOnNavItem key={id} addOnId={id} />
          ))}
          <PlanTab />
        </>
      ),
    })
    expect(await screen.findByRole('alert')).toHaveTextContent('Your session has ended.')
    expect(backend.count()).toBe(1)
    expect(onAuthRequired).toHaveBeenCalledTimes(1)
  })

  test('coming back to the page reads a plan that has become old, and only that', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const { now, backend } = run(usePlan)
    await waitFor(() => expect(now().status).toBe('ready'))
    const comeBack = () => window.dispatchEvent(new Event('visibilitychange'))
    comeBack()
    vi.setSystemTime(Date.now() + 29_000)
    comeBack()
    expect(backend.count()).toBe(1)
    vi.setSystemTime(Date.now() + 2000)
    comeBack()
    await waitFor(() => expect(backend.count()).toBe(2))
  })

  test('a host’s own defaults change neither how often nor when the plan is read', async () => {
    const queryClient = new QueryClient({
      defaultOptions: { queries: { retry: 5, staleTime: 0, refetchOnMount: 'always', networkMode: 'online' } },
    })
    const backend = new Backend({ override: () => ({ getPlan: () => Promise.reject(new AddOnError('forbidden')) }) })
    const { now } = run(usePlan, { backend, provider: { queryClient } })
    await waitFor(() => expect(now().status).toBe('error'))
    expect(backend.count()).toBe(1)
  })
})

describe('useAddOn', () => {
  test('is one add-on of the plan, and null where the plan does not have it', async () => {
    const { now, backend } = run(() => ({ one: useAddOn(analytics), none: useAddOn('sms-desk') }))
    await waitFor(() => expect(now().one.status).toBe('ready'))
    expect(now().one.data?.name).toBe('Analytics+')
    expect(now().none.data).toBeNull()
    expect(backend.count()).toBe(1)
  })

  test('renders again only when that add-on changes', async () => {
    let renders = 0
    const useCounted = () => {
      renders += 1
      return useAddOn('ai-assist')
    }
    function Trial() {
      const { send } = useStartTrial(analytics)
      const { data } = useAddOn(analytics)
      return (
        <button type="button" onClick={() => send()}>
          {data?.status.kind}
        </button>
      )
    }
    const { now } = run(useCounted, { beside: <Trial /> })
    await waitFor(() => expect(now().status).toBe('ready'))
    const before = renders
    ;(await screen.findByRole('button', { name: 'available' })).click()
    await screen.findByRole('button', { name: 'trialing' })
    expect(renders).toBe(before)
  })
})

describe('useAddOnPermissions', () => {
  const use = () => useAddOnPermissions(analytics)

  test('allows nothing until the plan is known', () => {
    const { now } = run(use, { override: () => ({ getPlan: never }) })
    expect(now()).toEqual({ role: undefined, hasAccess: false, actions: [], decisions: undefined })
  })

  test('is the role, its access and its actions, with a reason for each that is withheld', async () => {
    const { now } = run(use, { role: 'admin' })
    await waitFor(() => expect(now().role).toBe('admin'))
    expect(now()).toEqual({
      role: 'admin',
      hasAccess: true,
      actions: ['start-trial', 'request-feature'],
      decisions: {
        subscribe: { allowed: false, reason: 'role' },
        'request-quote': { allowed: false, reason: 'account-factor' },
        'start-trial': { allowed: true },
        'request-feature': { allowed: true },
      },
    })
  })

  test('of an add-on that the plan does not have: access, and nothing to do', async () => {
    const { now } = run(() => useAddOnPermissions('sms-desk'))
    await waitFor(() => expect(now().role).toBe('owner'))
    expect(now()).toMatchObject({ hasAccess: true, actions: [] })
  })

  const contractors = definePolicy({ roles: { supervisor: ['request-feature'], contractor: 'supervisor' } })

  test('a policy of the host’s decides where the backend does not', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    const { now } = run(use, {
      provider: { policy: contractors },
      override: planIs(({ viewer, ...plan }) => ({ ...plan, viewer: { ...viewer, role: 'contractor', grants: [] } })),
    })
    await waitFor(() => expect(now().role).toBe('contractor'))
    // The demo's backend has decided for an Owner.
    expect(now()).toMatchObject({ hasAccess: true, actions: ['subscribe', 'start-trial'] })
    const undecided = run(use, {
      provider: { policy: contractors },
      override: (demo) => ({
        getPlan: async (...call) => {
          const { viewer, ...plan } = await (addOnIs(analytics, {})(demo).getPlan ?? demo.getPlan)(...call)
          return { ...plan, viewer: { ...viewer, role: 'contractor', grants: [] } }
        },
      }),
    })
    await waitFor(() => expect(undecided.now().role).toBe('contractor'))
    expect(undecided.now()).toMatchObject({ hasAccess: true, actions: ['request-feature'] })
  })

  test('and opens the plan tab to the roles that it gives something', async () => {
    const { backend } = show({
      provider: { policy: contractors },
      override: (demo) => ({
        getPlan: async (...call) => {
          const { viewer, ...plan } = await (addOnIs(analytics, {})(demo).getPlan ?? demo.getPlan)(...call)
          return { ...plan, viewer: { ...viewer, role: 'contractor', grants: [] } }
        },
      }),
    })
    expect(await screen.findByRole('button', { name: 'Request feature, Analytics+' })).toBeVisible()
    expect(backend.count()).toBe(1)
  })
})

describe('a slow read', () => {
  test('that began before a POST’s answer never overwrites what that says, and is made again', async () => {
    const gate = new Gate()
    let isSlow = false
    const { now, backend } = run(
      () => ({ plan: usePlan(), addOn: useAddOn(analytics), trial: useStartTrial(analytics) }),
      {
        override: (demo) => ({
          getPlan: async (...call) => {
            const isToWait = isSlow
            const plan = await demo.getPlan(...call)
            if (isToWait) await gate.passed()
            return plan
          },
        }),
      },
    )
    await waitFor(() => expect(now().plan.status).toBe('ready'))
    isSlow = true
    now().plan.refetch()
    await waitFor(() => expect(backend.count('getPlan')).toBe(2))
    isSlow = false
    now().trial.send()
    await waitFor(() => expect(now().trial.status).toBe('sent'))
    await waitFor(() => expect(now().addOn.data?.status.kind).toBe('trialing'))
    await act(async () => gate.open())
    await waitFor(() => expect(backend.count('getPlan')).toBe(3))
    await waitFor(() => expect(now().plan.isFetching).toBe(false))
    expect(now().addOn.data?.status.kind).toBe('trialing')
  })
})
