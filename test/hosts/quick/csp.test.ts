import { expect, inject, test } from 'vitest'
import { connectBrowser, HostPage, serve } from '../HostPage.js'

connectBrowser()
const origin = serve(() => inject('pages'), {
  'Content-Security-Policy': "default-src 'self'; style-src 'self' 'nonce-north'; script-src 'self' 'nonce-north'",
})

test('under a strict content security policy a whole purchase violates nothing', async () => {
  const host = await HostPage.create()
  const { page } = host
  const violations: string[] = []
  await page.exposeFunction('violated', (directive: string) => violations.push(directive))
  await page.addInitScript(() =>
    document.addEventListener('securitypolicyviolation', ({ violatedDirective }) => {
      void Reflect.get(window, 'violated')(violatedDirective)
    }),
  )
  await page.goto(`${origin()}/plain.html`)
  await host.buy()
  await host.dialog.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('article', { name: 'Analytics+' }).getByText('Active').waitFor()
  expect(violations).toEqual([])
  expect(host.complaints).toEqual([])

  // Whoever would break it is noticed.
  await page.evaluate(() => document.body.setAttribute('style', 'color: red'))
  await expect.poll(() => violations).toContain('style-src-attr')
})
