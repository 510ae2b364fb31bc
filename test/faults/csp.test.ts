import { expect, test } from 'vitest'
import { connectBrowser, Stage } from './Stage.js'

connectBrowser()

/** Of the host's own page, an icon without a file. */
const policy =
  "default-src 'self'; style-src 'self' 'nonce-north'; script-src 'self' 'nonce-north'; img-src 'self' data:"

test('under a strict content security policy a purchase, a request and a notice violate nothing', async () => {
  const stage = await Stage.set()
  stage.host.policy = policy
  const context = await stage.browserOf('olive')
  const tab = await stage.open(context)
  const violations: string[] = []
  await tab.page.exposeFunction('violated', (directive: string) => violations.push(directive))
  await tab.page.evaluate(() =>
    document.addEventListener('securitypolicyviolation', ({ violatedDirective }) => {
      void Reflect.get(window, 'violated')(violatedDirective)
    }),
  )
  await tab.buy()
  await tab.dialogNamed('Analytics+ is ready').waitFor()
  await tab.button('Done').click()
  await tab.card.getByText('Active').waitFor()
  await tab.page.getByRole('button', { name: 'Try it for free, AI Assist' }).click()
  await tab.button('Start free trial').click()
  await tab.dialogNamed('Your free trial of AI Assist has begun').waitFor()
  expect(violations).toEqual([])
  expect(tab.errors).toEqual([])

  // Whoever would break it is noticed.
  await tab.page.evaluate(() => {
    const style = document.createElement('style')
    style.textContent = 'p { color: red }'
    document.head.append(style)
  })
  await expect.poll(() => violations).toContain('style-src-elem')
})
