import type { Meta, StoryObj } from '@storybook/react-vite'
import { AddOnCard, PlanTab } from 'addon-kit'
import { expect, screen, waitFor } from 'storybook/test'
import { requestLog } from './bugs/requestLog.js'
import { beginWatching, tellBug } from './bugs/watched.js'
import { findPressable } from './play.js'
import { never, withScenario } from './scenarios.js'

/** That a story with a tale of its own follows the toolbar: each of these stands for all. They are tests, not pages. */
const meta = {
  title: 'Toolbar',
  component: PlanTab,
  tags: ['!dev', '!autodocs'],
} satisfies Meta<typeof PlanTab>

export default meta
type Story = StoryObj<typeof meta>

export const NamesAnotherRole: Story = {
  globals: { role: 'agent' },
  decorators: [withScenario({ role: 'owner' })],
  play: async ({ canvas }) => {
    await expect(await canvas.findByText(/^Your Owners look after the plan/)).toBeVisible()
  },
}

export const NamesAnotherAccount: Story = {
  globals: { plan: 'professional', mode: 'self-serve', frequency: 'annual', currency: 'JPY' },
  decorators: [withScenario({ mode: 'quote', currency: 'EUR' })],
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('heading', { name: 'Professional' })).toBeVisible()
    await expect(canvas.getByRole('article', { name: 'Analytics+' })).toHaveTextContent('¥22,000 per seat / year')
    await expect(canvas.getByRole('button', { name: 'Subscribe now, Analytics+' })).toBeVisible()
  },
}

/** Whatever the story's own backend would have said. */
export const HasTheNetworkFail: Story = {
  globals: { network: 'outage' },
  decorators: [withScenario({ override: () => ({ getPlan: never }) })],
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('heading', { name: 'Your plan could not be loaded' })).toBeVisible()
    await expect(canvas.getByText('req_7Q2M9XK4')).toBeVisible()
    await expect(requestLog.requests.at(-1)).toMatchObject({ method: 'GET', status: 500, code: 'internal' })
  },
}

export const HasNoNetwork: Story = {
  globals: { network: 'offline' },
  decorators: [withScenario()],
  play: async ({ canvas }) => {
    await expect(await canvas.findByText(/^You are offline/)).toBeVisible()
  },
}

/** Whoever followed the link is to know that this is not what its sender saw. */
export const IsOpenedByADamagedLink: Story = {
  globals: { account: 'not-an-account' },
  decorators: [withScenario()],
  play: async ({ canvas }) => {
    await expect(canvas.getByRole('alert')).toHaveTextContent(
      /^This bug link is damaged: .* A fresh account is shown\.$/,
    )
    await expect(await canvas.findByRole('heading', { name: 'Essentials' })).toBeVisible()
  },
}

/** The dialog is in front of everything, outside of the canvas: the look reaches it too. */
export const DressesPageAndDialog: Story = {
  tags: ['own-look'],
  globals: { brand: 'custom', accent: '#00b894', radius: 3, density: 'compact' },
  render: () => <AddOnCard addOnId="analytics-plus" />,
  decorators: [withScenario()],
  play: async ({ canvas, globals, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Subscribe now, Analytics+' }))
    const dialog = await screen.findByRole('dialog')
    await expect(dialog.closest('[data-theme]')).toHaveAttribute('dir', globals.locale === 'en-rtl' ? 'rtl' : 'ltr')
    const style = getComputedStyle(dialog)
    await expect(style.colorScheme).toContain(globals.theme === 'dark' ? 'dark' : 'light')
    // High contrast holds in any brand.
    const [accent, colour] =
      globals.theme === 'high-contrast'
        ? ['light-dark(#00008b, #ffff00)', 'rgb(0, 0, 139)']
        : ['#00b894', 'rgb(0, 184, 148)']
    await expect(style.getPropertyValue('--addon-kit-accent')).toBe(accent)
    const confirm = await findPressable(/^Subscribe for/)
    await waitFor(() => expect(getComputedStyle(confirm).backgroundColor).toBe(colour))
    await expect(style.getPropertyValue('--addon-kit-radius')).toBe('3px')
    await expect(style.getPropertyValue('--addon-kit-density')).toBe('0.75')
  },
}

/** The report is of what is on the screen. */
export const IsReported: Story = {
  globals: { role: 'admin', clock: '20261204T120000Z' },
  decorators: [withScenario({ statuses: { 'analytics-plus': 'trialing' } })],
  play: async (context) => {
    const { canvas, args } = context
    await waitFor(() => expect(canvas.getByRole('article', { name: 'Analytics+' })).toHaveTextContent('1 day left'))
    beginWatching({ ...context, args: { ...args, noAccess: 'Nothing here' } })
    const { report, clock, account } = await tellBug()
    await expect(clock).toBe('20261204T120000Z')
    await expect(account).toMatch(/^[\w-]+$/)
    await expect(report).toContain('Story: toolbar--is-reported')
    await expect(report).toContain('Args: noAccess = Nothing here')
    await expect(report).toContain('role = admin, clock = 20261204T120000Z')
    await expect(report).toContain('Role: admin\n')
    await expect(report).toContain('Clock: 2026-12-04T12:00:00.000Z, set in Storybook')
    await expect(report).toContain(`Viewport: the whole window, ${window.innerWidth} × ${window.innerHeight} px`)
    await expect(report).toContain('| analytics-plus | trialing | role | account-factor | trial-used | offered |')
    await expect(report).toContain('| GET | /api/add-ons/plan | 200 |  |')
  },
}
