import { demoAccountId } from 'addon-kit/demo'
import { afterEach, expect, test } from 'vitest'
import { type AccountState, parseAccount, writeAccount } from '../../stories/bugs/AccountState.js'
import { bugLink, bugReport } from '../../stories/bugs/bugChannel.js'
import { linked, openLink } from '../../stories/bugs/linked.js'
import { createStoryAccount, readAccount } from '../../stories/bugs/StoryAccount.js'
import { createBackend } from '../../stories/createBackend.js'
import { quoteRequested, teammatesAsked } from '../../stories/scenarios.js'

const storyId = 'plantab--owner'
const records = { 'analytics-plus': teammatesAsked, 'ai-voice-agent': quoteRequested }

afterEach(() => {
  linked.current = undefined
})

/** An account in which a purchase waits for the bank, at a price that has changed, and others have asked. */
async function eventful(): Promise<AccountState> {
  const { adapter, account } = createBackend({
    records,
    nextPurchase: 'action-needed',
    statuses: { 'ai-assist': 'trialing' },
  })
  const target = { accountId: demoAccountId, addOnId: 'analytics-plus' }
  const { previewId, dueNow, seats, terms } = await adapter.previewPurchase(target)
  const expected = { dueNow, seats: seats.total, termsVersion: terms.version }
  const idempotencyKey = '5f0c6f0e-2d3a-4f0b-9a53-0c1d2e3f4a5b'
  await adapter.purchase({ ...target, previewId, expected, acceptedFinalSale: true, idempotencyKey })
  return readAccount(account)
}

test('a link holds everything that has happened to an account, in letters that need no escape', async () => {
  const state = await eventful()
  expect(state.met).toBe('action-needed')
  expect(state.records['analytics-plus']?.pending?.state).toBe('action-needed')
  const written = await writeAccount(storyId, state)
  expect(written).toMatch(/^[\w-]+$/)
  expect(await parseAccount(storyId, written)).toEqual(state)
})

test('a story that is opened by a link shows the same plan', async () => {
  const told = { records, statuses: { 'ai-assist': 'trialing' } } as const
  const before = createBackend(told)
  const target = { accountId: demoAccountId, addOnId: 'ai-voice-agent' }
  await before.adapter.startTrial({ ...target, addOnId: 'analytics-plus', idempotencyKey: crypto.randomUUID() })
  const written = await writeAccount(storyId, await readAccount(before.account))

  linked.current = await parseAccount(storyId, written)
  const after = createBackend(told)
  const plan = await after.adapter.getPlan()
  expect(plan).toEqual(await before.adapter.getPlan())
  expect(plan.addOns.map(({ status }) => status.kind)).toEqual(['trialing', 'trialing', 'available', 'available'])
})

test('what the demo made of the account goes with it: the seats that were added, and the turn that was taken', async () => {
  const before = createBackend({ nextPurchase: 'price-changed' })
  const target = { accountId: demoAccountId, addOnId: 'analytics-plus' }
  const preview = await before.adapter.previewPurchase(target)
  const expected = { dueNow: preview.dueNow, seats: preview.seats.total, termsVersion: preview.terms.version }
  const input = { ...target, previewId: preview.previewId, expected, acceptedFinalSale: true } as const
  const refused = before.adapter.purchase({ ...input, idempotencyKey: crypto.randomUUID() })
  await expect(refused).rejects.toMatchObject({ code: 'preview-changed' })

  linked.current = await parseAccount(storyId, await writeAccount(storyId, await readAccount(before.account)))
  const after = createBackend({ nextPurchase: 'price-changed' })
  const { seats, dueNow, previewId, terms } = await after.adapter.previewPurchase(target)
  expect(seats.total).toBe(17)
  const again = { ...input, previewId, expected: { dueNow, seats: seats.total, termsVersion: terms.version } }
  const { purchase } = await after.adapter.purchase({ ...again, idempotencyKey: crypto.randomUUID() })
  expect(purchase.status).toBe('completed')
})

test("another story's link says nothing of this one's account, and neither does none", async () => {
  const written = await writeAccount(storyId, await eventful())
  expect(await parseAccount('plantab--admin', written)).toBeUndefined()
  expect(await parseAccount(storyId, '')).toBeUndefined()
})

test('a damaged link says how it is damaged', async () => {
  const account = await eventful()
  const written = await writeAccount(storyId, account)
  for (const damaged of [written.slice(0, -9), 'not-an-account', 'ä', 7])
    await expect(parseAccount(storyId, damaged)).rejects.toThrow('a part of it is missing or altered')
  const seats = { standardLicenses: 12, additionalUsers: Number.NaN }
  const wrong = await writeAccount(storyId, { ...account, seats })
  await expect(parseAccount(storyId, wrong)).rejects.toThrow('its account has a wrong “seats.additionalUsers”')
})

test('a damaged link leaves the account of the story that it opens, which is told so until another one is shown', async () => {
  expect(await openLink(storyId, 'garbage')).toBeUndefined()
  expect(linked).toEqual({ current: undefined, damage: 'a part of it is missing or altered' })
  await openLink(storyId, 'garbage')
  expect(linked.damage).toBeDefined()
  await openLink('plantab--admin', 'garbage')
  expect(linked.damage).toBeUndefined()

  const account = await eventful()
  expect(await openLink(storyId, await writeAccount(storyId, account))).toEqual(account)
  expect(linked).toEqual({ current: account, damage: undefined })
})

test('there is no link that an address could not hold', async () => {
  const { store } = createStoryAccount()
  const notes = Array.from({ length: 300 }, (_, index) => ({
    viewerId: `usr_${index}`,
    name: 'Robin',
    requestedAt: '2026-11-20T00:00:00.000Z',
    askAgainAt: '2026-12-04T00:00:00.000Z',
    note: crypto.randomUUID(),
  }))
  await store.transaction(demoAccountId, async (account) =>
    account.writeAddOn('analytics-plus', { ...(await account.readAddOn('analytics-plus')), featureRequests: notes }),
  )
  const state = await readAccount({ store, seats: undefined, met: undefined })
  await expect(writeAccount(storyId, state)).rejects.toThrow(RangeError)
})

test('a link keeps what the toolbar and the controls say, and says clock and account once', () => {
  const address = 'http://localhost/sub/?path=/story/x--y&args=a:b&globals=locale:de;clock:20261201T000000Z;account:old'
  const link = new URL(bugLink(address, { report: '', clock: '20261123T000000Z', account: 'new' }))
  expect(link.pathname).toBe('/sub/')
  expect(link.searchParams.get('path')).toBe('/story/x--y')
  expect(link.searchParams.get('args')).toBe('a:b')
  expect(link.searchParams.get('globals')).toBe('locale:de;clock:20261123T000000Z;account:new')
})

test('a report begins with its link, or with why there is none', () => {
  const address = 'http://localhost/?path=/story/x--y&args=a:b'
  const bug = { report: '# addon-kit', clock: '20261123T000000Z', account: 'new' }
  const [first, , second] = bugReport(address, bug).split('\n')
  expect(first).toBe(`Bug link: ${bugLink(address, bug)}`)
  expect(second).toBe('# addon-kit')
  expect(bugReport(address, { ...bug, problem: 'Too much has happened.' })).toMatch(
    /^Bug link: Too much has happened\.\n/,
  )
})
