import { beforeAll, expect, inject, test } from 'vitest'
import { connectBrowser, HostPage, serve } from '../HostPage.js'
import { differences, looksOf } from '../looks.js'

connectBrowser()
const origin = serve(() => inject('pages'))

const own = '[data-own]'
const kit = '[data-addon-kit]'

/** What the kit looks like in a page: its parts for an Owner with the dialog open, and for an Admin. */
async function looks(name: string) {
  const owner = await HostPage.open(`${origin()}/${name}.html`)
  await owner.review()
  const admin = await HostPage.open(`${origin()}/${name}.html?role=admin`)
  await admin.page.getByRole('textbox').first().waitFor()
  const withDialog = await looksOf(owner.page.locator(kit))
  expect(withDialog.filter(({ element }) => element === 'dialog overlay')).toHaveLength(1)
  return {
    kit: [...withDialog, ...(await looksOf(admin.page.locator(kit)))],
    own: await looksOf(admin.page.locator(own)),
  }
}

let plain: Awaited<ReturnType<typeof looks>>
let unguarded: typeof plain

beforeAll(async () => {
  plain = await looks('plain')
  unguarded = await looks('hostileUnguarded')
})

test('without guard.css, a hostile reset of elements reaches everything', () => {
  expect(differences(unguarded.own, plain.own).length).toBeGreaterThan(100)
  expect(differences(unguarded.kit, plain.kit).length).toBeGreaterThan(1000)
})

test.each(['hostileBefore', 'hostileAfter'])(
  'with it, the reset reaches the host’s own elements and nothing of the kit: %s',
  async (name) => {
    const guarded = await looks(name)
    expect(differences(guarded.kit, plain.kit)).toEqual([])
    expect(differences(guarded.own, unguarded.own)).toEqual([])
  },
)
