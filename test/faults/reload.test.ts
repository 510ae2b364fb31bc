import { expect, test } from 'vitest'
import { type Fault, Gate, neverAnswer } from './fault.js'
import { connectBrowser, Stage } from './Stage.js'
import type { Tab } from './Tab.js'

connectBrowser()

const price = { amount: 11_250, currency: 'USD' }

/** Where a purchase stands on its way when its page goes. */
const moments: Record<string, () => Fault> = {
  'before the server has it': () => neverAnswer,
  'after the charge, before the answer': () => new Gate().holdAnswer,
}

/** How a page goes and comes back. */
const ways: Record<string, (tab: Tab, stage: Stage) => Promise<Tab>> = {
  async 'a reload'(tab) {
    await tab.page.reload()
    return tab
  },
  async 'closing the tab and opening another one'(tab, stage) {
    await tab.page.close()
    return stage.open(tab.page.context())
  },
}

const cases = Object.keys(ways).flatMap((way) => Object.keys(moments).map((moment) => ({ way, moment })))

/** A purchase whose page goes before its answer is there. */
async function leaveMidway(stage: Stage, fault: Fault): Promise<Tab> {
  const { host } = stage
  host.next('purchase', fault)
  const tab = await stage.open('olive')
  await tab.buy()
  await expect.poll(() => host.sent('purchase')).toHaveLength(1)
  return tab
}

test.each(cases)('$way $moment: the same key and body, one charge, and the ending once', async ({ way, moment }) => {
  const stage = await Stage.set()
  const { host } = stage
  const fault = moments[moment]?.() ?? neverAnswer
  const first = await leaveMidway(stage, fault)
  if (fault !== neverAnswer) await expect.poll(() => host.backend.billing.payments).toHaveLength(1)

  const gate = new Gate()
  host.next('purchase', gate.holdRequest)
  const tab = (await ways[way]?.(first, stage)) ?? first
  await tab.note('Checking your purchase').waitFor()
  await tab.page.getByRole('navigation').getByText('Checking your purchase').waitFor({ state: 'attached' })
  expect(await tab.subscribe.count()).toBe(0)
  expect(await tab.dialog.count()).toBe(0)
  gate.open()
  await tab.dialogNamed('Analytics+ is ready').waitFor()
  const [sent, ...repeats] = host.sent('purchase')
  expect(repeats).toEqual([sent])
  host.backend.expectOneCharge(price)
  await expect.poll(() => tab.attempts()).toEqual({})

  await tab.page.reload()
  await tab.note('Active').waitFor()
  expect(await tab.dialog.count()).toBe(0)
  expect(host.sent('purchase')).toHaveLength(2)
})

test('an ending that is found out after a reload is announced', async () => {
  const stage = await Stage.set()
  const tab = await leaveMidway(stage, neverAnswer)
  await tab.page.reload()
  await tab.dialogNamed('Analytics+ is ready').waitFor()
  await tab.page.getByRole('status').filter({ hasText: 'Active, Analytics+' }).first().waitFor()
})

test('a purchase that turns out declined after a reload opens on that ending, and is over', async () => {
  const stage = await Stage.set()
  const { host } = stage
  const tab = await leaveMidway(stage, neverAnswer)
  host.backend.billing.mood = 'declined'
  await tab.page.reload()
  await tab.dialogNamed('Your payment was declined').waitFor()
  await expect.poll(() => tab.attempts()).toEqual({})
  await tab.page.reload()
  await tab.subscribe.waitFor()
  expect(host.sent('purchase')).toHaveLength(2)
  expect(host.backend.billing.payments).toEqual([])
})

test('what is kept of an attempt is what a repeat needs, and nobody’s name', async () => {
  const stage = await Stage.set()
  const tab = await leaveMidway(stage, neverAnswer)
  const key = stage.host.sent('purchase')[0]?.key
  const kept = await tab.attempts()
  expect(Object.keys(kept)).toEqual([`addon-kit/attempt/${key}`])
  const [text = ''] = Object.values(kept)
  expect(Object.keys(JSON.parse(text)).sort()).toEqual([
    'acceptedFinalSale',
    'accountId',
    'addOnId',
    'expected',
    'idempotencyKey',
    'previewId',
    'sentAt',
    'viewerId',
  ])
  expect(JSON.parse(text)).toMatchObject({ accountId: 'acc_acme', viewerId: 'usr_olive', addOnId: 'analytics-plus' })
  expect(text).not.toMatch(/Olive|Acme|Visa/)
})

test('an attempt is kept before it is sent', async () => {
  const stage = await Stage.set()
  const { host } = stage
  const tab = await stage.open('olive')
  await tab.review()
  const keptWhenSent = tab.page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const send = window.fetch
        window.fetch = (...call) => {
          const [request] = call
          if (request instanceof Request && request.url.endsWith('/purchases')) resolve(Object.keys(localStorage))
          return send(...call)
        }
      }),
  )
  await tab.confirm.click()
  const names = await keptWhenSent
  // It is on its way now, and arrives later.
  await expect.poll(() => host.sent('purchase')).toHaveLength(1)
  expect(names).toEqual([`addon-kit/attempt/${host.sent('purchase')[0]?.key}`])
})

const day = 24 * 60 * 60 * 1000

/** Whose or which records are not this viewer's to send: what becomes of the session and of the record's time. */
const foreign = {
  'of another viewer of the account': { person: 'otto', age: 0 },
  'of another account': { person: 'stranger', age: 0 },
  'older than 30 days': { person: 'olive', age: 30 * day + 60_000 },
} as const

test.each(Object.keys(foreign))('a kept attempt %s is dropped and never sent', async (name) => {
  const stage = await Stage.set()
  const { host } = stage
  const tab = await leaveMidway(stage, neverAnswer)
  const context = tab.page.context()
  const { person, age } = Object.entries(foreign).find(([key]) => key === name)?.[1] ?? { person: 'olive', age: 0 }
  // A page of the same origin without the kit.
  await tab.page.goto(`${host.origin}/elsewhere`)
  await tab.page.evaluate((milliseconds) => {
    for (const [key, value] of Object.entries(localStorage)) {
      const record = JSON.parse(value)
      localStorage.setItem(key, JSON.stringify({ ...record, sentAt: record.sentAt - milliseconds }))
    }
  }, age)
  expect(Object.keys(await tab.attempts())).toHaveLength(1)

  await stage.signIn(context, person)
  const next = await stage.visit(tab.page)
  await next.subscribe.waitFor()
  await expect.poll(() => next.attempts()).toEqual({})
  expect(await next.note('Checking your purchase').count()).toBe(0)
  await next.review()
  expect(host.sent('purchase')).toHaveLength(1)
})

test('a kept attempt that is one minute short of 30 days old is sent', async () => {
  const stage = await Stage.set()
  const { host } = stage
  const tab = await leaveMidway(stage, neverAnswer)
  await tab.page.goto(`${host.origin}/elsewhere`)
  await tab.page.evaluate(
    (milliseconds) => {
      for (const [key, value] of Object.entries(localStorage)) {
        const record = JSON.parse(value)
        localStorage.setItem(key, JSON.stringify({ ...record, sentAt: record.sentAt - milliseconds }))
      }
    },
    30 * day - 60_000,
  )
  const next = await stage.visit(tab.page)
  await next.dialogNamed('Analytics+ is ready').waitFor()
  host.backend.expectOneCharge(price)
})

/** Storage that is of no use. */
const storages: Record<string, () => void> = {
  'holds rubbish': () => {
    localStorage.setItem('addon-kit/attempt/1', 'not JSON')
    localStorage.setItem('addon-kit/attempt/2', '{"accountId":"acc_acme","viewerId":"usr_olive","addOnId":null}')
    localStorage.setItem('addon-kit/attempt/3', 'null')
  },
  'is denied': () => {
    Object.defineProperty(window, 'localStorage', {
      get() {
        throw new DOMException('denied', 'SecurityError')
      },
    })
  },
  'is full': () => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
  },
}

test.each(Object.keys(storages))('where storage %s, buying works all the same', async (name) => {
  const stage = await Stage.set()
  const { host } = stage
  const context = await stage.browserOf('olive')
  await context.addInitScript(storages[name] ?? '')
  const tab = await stage.open(context)
  await tab.buy()
  await tab.dialogNamed('Analytics+ is ready').waitFor()
  expect(tab.errors).toEqual([])
  expect(host.sent('purchase')).toHaveLength(1)
  host.backend.expectOneCharge(price)
})
