import { screen, waitFor, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { buttonNames, findButton, findCard, findDialog, press, show } from './harness.js'

const load = vi.hoisted(() => ({ isBroken: true }))

vi.mock('../../src/components/parts/loadDialogCode.js', async (importOriginal) => {
  const original = await importOriginal<typeof import('../../src/components/parts/loadDialogCode.js')>()
  return {
    ...original,
    loadDialogCode: () =>
      load.isBroken ? Promise.reject(new TypeError('Failed to fetch')) : original.loadDialogCode(),
  }
})

test('code that cannot be fetched is said, opens nothing, and is fetched again by the next press', async () => {
  const { backend } = show()
  const card = await findCard()
  await press('Subscribe now, Analytics+')
  const alert = await screen.findByRole('alert')
  expect(alert).toHaveTextContent('There was no answer. Check your connection and try again.')
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(backend.count('previewPurchase')).toBe(0)
  const subscribe = within(card).getByRole('button', { name: 'Subscribe now, Analytics+' })
  await waitFor(() => expect(subscribe).not.toHaveAttribute('aria-disabled'))
  await userEvent.click(await findButton('Close'))
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull())

  load.isBroken = false
  await press('Subscribe now, Analytics+')
  await findDialog('Subscribe to Analytics+')
  await findButton(/^Subscribe for/)
  expect(backend.count('previewPurchase')).toBe(1)
  expect(buttonNames(document.body)).not.toContain('Try again')
})
