import { expect, test } from 'vitest'
import { accountWith, people } from '../server/harness.js'
import { loseRequest, neverAnswer } from './fault.js'
import { connectBrowser, Stage } from './Stage.js'
import type { Tab } from './Tab.js'

connectBrowser()

/** The tab is looked at again after a minute; its clock is the test's. */
async function comeBack({ page }: Tab): Promise<void> {
  await page.clock.runFor(60_000)
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })))
}

/** Two accounts that can be told apart: the stranger's is on Professional. */
function twoAccounts(): Promise<Stage> {
  return Stage.set({
    accounts: {
      get: (id) =>
        id === people.olive.accountId
          ? accountWith()
          : accountWith({ id, name: 'Other', plan: { id: 'professional', name: 'Professional' } }),
    },
  })
}

test('a confirm click in a tab whose account was changed in another tab buys for nobody, and the old dialog goes', async () => {
  const stage = await twoAccounts()
  const { host } = stage
  const context = await stage.browserOf('olive')
  const tab = await stage.open(context)
  await tab.page.getByRole('heading', { name: 'Essentials' }).waitFor()
  await tab.review()
  await stage.signIn(context, 'stranger')
  await tab.confirm.click()
  await tab.page.getByRole('heading', { name: 'Professional' }).waitFor()
  await tab.dialog.waitFor({ state: 'detached' })
  await tab.subscribe.waitFor()
  expect(await tab.attempts()).toEqual({})
  expect(host.sent('purchase')).toHaveLength(1)
  expect(host.backend.billing.calls).toEqual([])
})

test('an attempt of the old account is dropped when another account turns out to be signed in', async () => {
  const stage = await twoAccounts()
  const { host } = stage
  host.next('purchase', loseRequest)
  const context = await stage.browserOf('olive')
  await context.clock.install()
  const tab = await stage.open(context)
  await tab.review()
  await tab.page.clock.pauseAt(Date.now() + 60_000)
  await tab.confirm.click()
  await tab.dialogNamed('Checking your purchase').waitFor()
  await stage.signIn(context, 'stranger')
  await tab.page.clock.runFor(1000)
  await tab.page.clock.resume()
  await tab.page.getByRole('heading', { name: 'Professional' }).waitFor()
  await tab.dialog.waitFor({ state: 'detached' })
  await expect.poll(() => tab.attempts()).toEqual({})
  expect(await tab.note('Checking your purchase').count()).toBe(0)
  await tab.page.clock.runFor(60_000)
  await tab.review()
  expect(host.sent('purchase')).toHaveLength(2)
  expect(host.backend.billing.calls).toEqual([])
})

test('another person of the same account, signed in in another tab, does not see the first one’s dialog any more', async () => {
  const stage = await Stage.set()
  const { host } = stage
  const context = await stage.browserOf('olive')
  await context.clock.install()
  const tab = await stage.open(context)
  await tab.review()
  await stage.signIn(context, 'ada')
  await comeBack(tab)
  await tab.card.getByRole('button', { name: 'Request feature, Analytics+' }).waitFor()
  expect(await tab.dialog.count()).toBe(0)
  expect(host.sent('purchase')).toEqual([])
})

test('an Owner who is demoted while the price is on screen: the dialog goes, says and announces why, and focus stays', async () => {
  const stage = await Stage.set()
  const { host } = stage
  const context = await stage.browserOf('olive')
  await context.clock.install()
  const tab = await stage.open(context)
  await tab.review()
  host.sessions.set('olive', { ...people.olive, role: 'admin' })
  await comeBack(tab)
  await tab.dialog.waitFor({ state: 'detached' })
  const reason = 'Analytics+ is not open to you any more. Your role cannot do this. Ask an Owner.'
  await tab.page.getByRole('status').filter({ hasText: reason }).waitFor()
  await tab.page.getByText(reason).nth(1).waitFor()
  await tab.card.getByRole('button', { name: 'Request feature, Analytics+' }).waitFor()
  await expect.poll(() => tab.card.evaluate((card) => card.contains(document.activeElement))).toBe(true)
  expect(host.sent('purchase')).toEqual([])
})

test('an Owner who was demoted and confirms buys nothing, is told so, and finds what is open to the new role', async () => {
  const stage = await Stage.set()
  const { host } = stage
  const tab = await stage.open('olive')
  await tab.review()
  host.sessions.set('olive', { ...people.olive, role: 'admin' })
  await tab.confirm.click()
  await tab.dialogNamed('You cannot buy Analytics+ any more').getByText('Nothing has been charged.').waitFor()
  await tab.button('Close').last().click()
  await tab.card.getByRole('button', { name: 'Request feature, Analytics+' }).waitFor()
  expect(await tab.subscribe.count()).toBe(0)
  expect(await tab.attempts()).toEqual({})
  expect(host.sent('purchase')).toHaveLength(1)
  expect(host.backend.billing.calls).toEqual([])
})

test('a session that is over before the purchase is sent closes it: nothing is sent again', async () => {
  const stage = await Stage.set()
  const { host } = stage
  const tab = await stage.open('olive')
  await tab.review()
  host.sessions.delete('olive')
  await tab.confirm.click()
  await tab.dialog.getByText('Your session has ended. Sign in again.').waitFor()
  expect(await tab.attempts()).toEqual({})
  host.sessions.set('olive', people.olive)
  await tab.page.reload()
  await tab.subscribe.waitFor()
  await tab.review()
  expect(host.sent('purchase')).toHaveLength(1)
  expect(host.backend.billing.calls).toEqual([])
})

test('a session that ends while a purchase is checked keeps it: after signing in, “Check again” sends the same key', async () => {
  const stage = await Stage.set()
  const { host } = stage
  host.next('purchase', neverAnswer)
  const tab = await stage.open('olive')
  await tab.buy()
  await expect.poll(() => host.sent('purchase')).toHaveLength(1)
  host.next('purchase', async () => {
    host.sessions.delete('olive')
    return host.backend.handle(new Request(`${host.origin}/api/add-ons/plan`))
  })
  await tab.page.reload()
  await expect.poll(() => host.sent('purchase')).toHaveLength(2)
  await expect.poll(async () => Object.keys(await tab.attempts())).toHaveLength(1)

  host.sessions.set('olive', people.olive)
  await tab.page.reload()
  await tab.note('Checking your purchase').waitFor()
  await tab.card.getByRole('button', { name: 'Continue, Analytics+' }).click()
  await tab.button('Check again').waitFor()
  expect(host.sent('purchase')).toHaveLength(2)
  await tab.button('Check again').click()
  await tab.dialogNamed('Analytics+ is ready').waitFor()
  const [sent, ...repeats] = host.sent('purchase')
  expect(repeats).toEqual([sent, sent])
  host.backend.expectOneCharge({ amount: 11_250, currency: 'USD' })
})
