import { cleanup, screen, waitFor, within } from '@testing-library/react'
import { AddOnCard, type Messages, PlanTab, usePlan } from 'addon-kit'
import { ar } from 'addon-kit/locales/ar'
import { de } from 'addon-kit/locales/de'
import { es } from 'addon-kit/locales/es'
import { fr } from 'addon-kit/locales/fr'
import { ja } from 'addon-kit/locales/ja'
import { ptBR } from 'addon-kit/locales/pt-BR'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import {
  analytics,
  findButton,
  findCard,
  findConfirm,
  findDialog,
  planIs,
  press,
  show,
  whenClosed,
} from '../components/harness.js'

beforeEach(() => page.viewport(1000, 800))
afterEach(() => page.viewport(414, 896))

/** Where letters of an element's text begin, from the left. */
function lettersOf(element: Element, ...letters: [string, string]): [first: number, last: number] {
  const text = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode()
  const leftOf = (letter: string) => {
    const at = text?.textContent?.indexOf(letter) ?? -1
    if (!text || at < 0) throw new Error(`There is no ${letter} in it.`)
    const range = document.createRange()
    range.setStart(text, at)
    range.setEnd(text, at + 1)
    return range.getBoundingClientRect().left
  }
  return [leftOf(letters[0]), leftOf(letters[1])]
}

/** Expects a name of the host's to be isolated, and the plus at its end to stand at its end. */
function expectIntact(part: HTMLElement) {
  const [first, plus] = lettersOf(within(part).getByText('Analytics+', { selector: 'bdi' }), 'A', '+')
  expect(plus).toBeGreaterThan(first)
}

describe('Arabic', () => {
  test('the plan tab and the dialog are Arabic, from right to left, and names of the host stay as they are written', async () => {
    show({ provider: { messages: ar }, statuses: { 'ai-assist': 'trialing' } })
    const tab = await screen.findByRole('region', { name: 'الباقة الحالية' })
    expect([tab.lang, tab.dir]).toEqual(['ar', 'rtl'])
    const card = await findCard()
    expect([card.lang, card.dir]).toEqual(['ar', 'rtl'])
    expectIntact(card)
    const [letters, sign] = lettersOf(within(card).getByText(/US\$/), 'U', '$')
    expect(sign).toBeGreaterThan(letters)
    expect(await findCard('AI Assist')).toHaveTextContent(/يتبقى (12|١٢) يومًا/)
    const tile = card.querySelector('[data-slot="tile"]')
    const title = within(card).getByRole('heading', { name: 'Analytics+' })
    expect(tile?.getBoundingClientRect().left).toBeGreaterThan(title.getBoundingClientRect().left)

    await press('اشترك الآن، Analytics+')
    const dialog = await findDialog('الاشتراك في Analytics+')
    for (const root of [dialog, ...dialog.querySelectorAll<HTMLElement>('[data-addon-kit][data-theme]')]) {
      expect([root.lang, root.dir]).toEqual(['ar', 'rtl'])
    }
    expectIntact(within(dialog).getByRole('heading', { name: 'الاشتراك في Analytics+' }))
    await findConfirm(/^اشترك اليوم مقابل .*(60\.00|٦٠٫٠٠)/)
    expect(dialog).toHaveTextContent(/جميع عمليات الشراء نهائية/)
  })

  test('what a notice says is announced as Arabic, and keeps the name of the host as it is written', async () => {
    let role = 'owner'
    let readAgain = () => {}
    const Host = () => {
      readAgain = usePlan().refetch
      return <PlanTab />
    }
    show({
      provider: { messages: ar },
      viewer: { id: 'usr_olive', name: 'Olive' },
      role: () => role,
      children: <Host />,
    })
    await press('اشترك الآن، Analytics+')
    await findDialog('الاشتراك في Analytics+')
    role = 'admin'
    readAgain()
    await whenClosed()
    const [shown] = await screen.findAllByText(/^لم يعد .*Analytics\+/, { selector: '[data-slot="toast"] *' })
    if (!shown) throw new Error('There is no notice.')
    const [analytic, plus] = lettersOf(shown, 'A', '+')
    expect(plus).toBeGreaterThan(analytic)
    const said = await screen.findByText(/^لم يعد/, { selector: '[role="status"] *' })
    expect(said).toHaveAttribute('lang', 'ar')
  })
})

describe('a catalogue given to the provider', () => {
  test('brings its language, its numbers and its dates', async () => {
    show({ provider: { messages: de } })
    const card = await findCard()
    expect(card.lang).toBe('de')
    expect(card).toHaveTextContent(/15,00\s\$\s*pro Platz/)
    expect(await screen.findByText('1. Dez. 2026')).toBeVisible()
    await press('Jetzt abonnieren, Analytics+')
    await findDialog('Analytics+ abonnieren')
    await findConfirm(/^Heute für 60,00\s\$ abonnieren$/)
  })

  test('names the role of somebody without a name', async () => {
    const nameless = planIs(({ viewer: { name: _, ...viewer }, ...plan }) => ({ ...plan, viewer }))
    show({ provider: { messages: fr }, role: 'supervisor', override: nameless })
    await press('Demander la fonctionnalité, Analytics+')
    expect(await findDialog('Demander Analytics+')).toHaveTextContent('De Superviseur, pour ')
  })

  test('gives way to the host’s own texts, and these to a component’s', async () => {
    show({
      provider: { messages: { ...de, 'action.subscribe': 'Dazubuchen' } },
      children: (
        <>
          <PlanTab messages={{ 'plan.current': 'Unser Tarif' }} />
          <AddOnCard addOnId={analytics} messages={{ 'action.subscribe': 'Freischalten' }} />
        </>
      ),
    })
    const tab = await screen.findByRole('region', { name: 'Unser Tarif' })
    expect(await within(tab).findByRole('button', { name: 'Dazubuchen, Analytics+' })).toBeVisible()
    expect(await findButton('Freischalten, Analytics+')).toBeVisible()
    expect(within(tab).getByRole('button', { name: 'Kostenlos testen, Analytics+' })).toBeVisible()
  })
})

const locales: Readonly<Record<string, Messages>> = { de, fr, es, 'pt-BR': ptBR, ja, ar }

describe('320 pixels are enough', () => {
  /** What sticks out of the window, or out of what it stands in. */
  const overflowing = () =>
    Array.from(document.querySelectorAll<HTMLElement>('[data-addon-kit], [data-addon-kit] *')).flatMap((element) => {
      const { left, right, width } = element.getBoundingClientRect()
      if (width <= 1 || element.closest('[data-slot="visually-hidden"], [data-slot="live-region"]')) return []
      const isOut = left < -0.5 || right > window.innerWidth + 0.5
      return isOut ? [`${element.tagName} ${element.dataset.slot ?? ''} ${element.textContent}`] : []
    })

  test.each(Object.entries(locales))('in %s', async (_, messages) => {
    await page.viewport(320, 568)
    show({ provider: { messages }, statuses: { 'ai-assist': 'trialing', 'ai-assist-pro': 'active' } })
    const card = await findCard()
    expect(document.documentElement.scrollWidth).toBe(320)
    expect(overflowing()).toEqual([])
    const [subscribe] = within(card).getAllByRole('button')
    if (!subscribe) throw new Error('There is nothing to press.')
    await userEvent.click(subscribe)
    const dialog = await screen.findByRole('dialog')
    await waitFor(() => expect(dialog.querySelector('[data-action="confirm"]')).toBeVisible())
    expect(document.documentElement.scrollWidth).toBe(320)
    expect(overflowing()).toEqual([])
    cleanup()
  })
})
