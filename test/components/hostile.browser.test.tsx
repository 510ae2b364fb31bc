import { screen, within } from '@testing-library/react'
import { AddOnNavItem, PlanTab } from 'addon-kit'
import { afterEach, describe, expect, test } from 'vitest'
import { findButton, findCard, findDialog, type Override, openPurchase, pressConfirm, show } from './harness.js'

const markup = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'

/** Addresses no link and no image may lead to. */
const hostile = [
  'javascript:window.hacked=1',
  'JaVaScRiPt:window.hacked=1',
  ' javascript:window.hacked=1',
  'java\nscript:window.hacked=1',
  '\u0001javascript:window.hacked=1',
  'data:text/html,<script>window.hacked=1</script>',
  'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg"/>',
  'vbscript:x',
  'blob:https://evil.example/1',
  'file:///etc/passwd',
  '/\\evil.example',
  'https://northwind.example@evil.example',
]

/** A backend that puts one address, and markup for names and texts, wherever the contract has a place for it. */
function saying(url: string): Override {
  return (demo) => ({
    getPlan: async (...call) => {
      const plan = await demo.getPlan(...call)
      const contact = { name: markup, url }
      const [first, second, ...others] = plan.addOns
      if (!first || !second) throw new TypeError('The demo sells more than one add-on.')
      const texts = { description: markup, imageUrl: url, learnMoreUrl: url, href: url }
      const { decisions: _, ...bought } = second
      const active = { kind: 'active', since: plan.serverTime, by: markup, seats: 15, receiptUrl: url } as const
      return {
        ...plan,
        account: {
          ...plan.account,
          plan: { ...plan.account.plan, name: markup },
          contacts: { accountManager: contact, customerSuccess: { ...contact, email: 'x' } },
          owners: [{ name: markup }],
        },
        addOns: [{ ...first, ...texts }, { ...bought, ...texts, name: `Bought ${markup}`, status: active }, ...others],
      }
    },
    previewPurchase: async (...call) => {
      const preview = await demo.previewPurchase(...call)
      return { ...preview, payment: { label: markup }, terms: { ...preview.terms, url } }
    },
    purchase: async (...call) => {
      const { purchase, addOn } = await demo.purchase(...call)
      return { purchase: { ...purchase, receiptUrl: url }, addOn: { ...addOn, href: url, imageUrl: url } }
    },
  })
}

/** Everything in the page that leads or loads from somewhere, except for the tests' own. */
function addresses(): string[] {
  const own = [...document.body.querySelectorAll('a, area, img, iframe, object, embed, form, use, video, script, link')]
  return own.flatMap((element) =>
    ['href', 'src', 'srcset', 'data', 'action', 'xlink:href'].flatMap((name) => element.getAttribute(name) ?? []),
  )
}

function expectHarmless(url: string): void {
  expect(addresses()).not.toContain(url)
  for (const address of addresses()) expect(new URL(address, location.href).protocol).toMatch(/^(https?|mailto):$/)
  expect(document.body.querySelector('[onerror], [onclick], [onload]')).toBeNull()
  expect(document.body.querySelector('main script, main iframe, [role=dialog] script')).toBeNull()
  expect('hacked' in window).toBe(false)
}

afterEach(() => {
  Reflect.deleteProperty(window, 'hacked')
})

describe.each(hostile)('the address %j', (url) => {
  test('is in no link and no image: cards, sidebar, contacts, terms, receipt, the way into the feature', async () => {
    show({
      override: saying(url),
      children: (
        <>
          <AddOnNavItem addOnId="ai-assist" />
          <AddOnNavItem addOnId="ai-assist" asChild>
            <button type="button">Assist</button>
          </AddOnNavItem>
          <AddOnNavItem addOnId="ai-assist" href={url} />
          <PlanTab />
        </>
      ),
    })
    await findCard()
    expectHarmless(url)
    const dialog = await openPurchase()
    expect(within(dialog).queryByRole('link')).toBeNull()
    expectHarmless(url)
    await pressConfirm()
    await findDialog('Analytics+ is ready')
    expectHarmless(url)
  })
})

test('an address that is one is in all of those places', async () => {
  const url = 'https://northwind.example/here'
  show({ override: saying(url) })
  await findCard()
  // Two cards' images and links; receipt; contacts; the way into what was bought.
  expect(addresses().filter((address) => address === url).length).toBeGreaterThanOrEqual(7)
  const dialog = await openPurchase()
  expect(within(dialog).getByRole('link').getAttribute('href')).toBe(url)
})

test('markup in names, notes and texts is shown as the text it is', async () => {
  show({ override: saying('/here') })
  expect(await screen.findByRole('article', { name: `Bought ${markup}` })).toBeVisible()
  expect(within(await findCard()).getByText(markup)).toBeVisible()
  expect(document.body.querySelector('main img[src="x"], main script')).toBeNull()
  expect('hacked' in window).toBe(false)
  await findButton('Subscribe now, Analytics+')
})
