import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { brokenBackends } from '../contract/brokenBackends.js'
import { bundle } from '../contract/bundle.js'
import { type Fault, KitBackend } from '../contract/KitBackend.js'
import { listen } from '../contract/listen.js'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'addon-kit-'))
  // Bundled together, the program and the adapter share one AddOnError, as they do in an app.
  await bundle({ addonKit: 'src/cli/addonKit.ts', adapter: 'test/cli/checkAdapter.ts' }, folder)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function addonKit(...args: string[]) {
  const child = spawn(process.execPath, [path.join(folder, 'addonKit.mjs'), ...args], { cwd: folder })
  const [[code], stdout, stderr] = await Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)])
  return { code, stdout, stderr, lines: stdout.split('\n') }
}

/** A real server whose clock runs fast: nobody waits for its rate limit. */
async function serve(fault: Fault, check: (url: string, backend: KitBackend) => Promise<void>) {
  const backend = new KitBackend(fault)
  const { url, close } = await listen((request) => {
    backend.levers.advanceClock(2500)
    return backend.handle(request)
  })
  try {
    await check(url, backend)
  } finally {
    await close()
  }
}

const everybody = [
  ...['owner', 'second-owner', 'admin', 'supervisor', 'agent', 'stranger'].flatMap((flag) => {
    const person = flag === 'second-owner' ? 'secondOwner' : flag
    return [`--header-${flag}`, `Authorization: Bearer ${person}`]
  }),
  '--header',
  'X-Tenant: test',
]

describe('what is said before anything is sent', { timeout: 30_000 }, () => {
  test('without --test-account it explains itself, sends nothing and fails', async () => {
    let requests = 0
    const { url, close } = await listen(async () => {
      requests += 1
      return new Response()
    })
    const { code, stderr } = await addonKit('check', '--url', url, ...everybody)
    await close()
    expect(code).toBe(2)
    expect(stderr).toContain('This buys add-ons for real')
    expect(stderr).toContain('--test-account')
    expect(requests).toBe(0)
  })

  test.each([[['--help']], [[]], [['check', '--help']]])('%j prints how it is used', async (args) => {
    const { code, stdout } = await addonKit(...args)
    expect(code).toBe(0)
    expect(stdout).toContain('--header-owner')
  })

  test.each<[string[], string]>([
    [['buy'], 'There is no command “buy”'],
    [['check', '--test-account'], 'Give either --url or --adapter.'],
    [['check', '--test-account', '--url', 'here'], '--url wants an http(s) address'],
    [['check', '--test-account', '--url', 'http://127.0.0.1:1'], '--url needs --header-owner'],
    [['check', '--test-account', '--url', 'http://127.0.0.1:1', '--header-owner', 'secret'], '--header-owner wants'],
    [['check', '--owner', 'x'], "Unknown option '--owner'"],
    [['check', '--test-account', '--adapter', './gone.mjs'], 'gone.mjs'],
    [['check', '--test-account', '--adapter', './adapter.mjs', '--skip', 'races'], 'has no reason'],
    [['check', '--test-account', '--adapter', './adapter.mjs', '--group', 'race'], 'there is no group “race”'],
    [['check', '--test-account', '--adapter', './adapter.mjs', '--seed', 'x'], '--seed wants a whole number'],
  ])('%j is refused: %s', async (args, message) => {
    const { code, stdout, stderr } = await addonKit(...args)
    expect(code).toBe(2)
    expect(stdout + stderr).toContain(message)
    expect(stderr).not.toContain('secret')
  })
})

test('a healthy backend over HTTP passes; what is out of reach is skipped with a reason; what it created is listed', async () => {
  await serve({}, async (url, backend) => {
    const { code, stdout, lines } = await addonKit('check', '--url', url, '--test-account', ...everybody)
    expect(lines.filter((line) => line.startsWith('✗'))).toEqual([])
    expect(code).toBe(0)
    expect(lines).toContain('✓ idempotency > the same key again brings the first purchase, and one charge')
    expect(lines).toContain('✓ races > two Owners at once: one buys, the other is told so')
    expect(stdout).toContain(
      '- price lock > time that passes does not change a price (needs a clock that can be moved: out of reach over HTTP)',
    )
    expect(stdout).toContain('model > random run 1 (random runs need an account that --reset sets back)')
    expect(stdout).toContain('(no add-on is left for which the owner is offered “subscribe”)')
    // Nothing moved that the list does not name.
    const created = lines.slice(lines.indexOf('Created in the backend:') + 1)
    for (const { accountId, addOnId, amount } of backend.bank.charges) {
      const line = created.find(
        (text) => text.includes(`of ${addOnId}, account ${accountId},`) && /purchase pur_/.test(text),
      )
      expect(line).toContain(`${amount.amount} USD in minor units, completed`)
    }
    expect(backend.bank.charges.length).toBeGreaterThan(2)
    expect(created.filter((text) => /^ {2}(trial|quote request|feature request) /.test(text)).length).toBeGreaterThan(2)
    expect(Number(/(\d+) passed, 0 failed/.exec(stdout)?.[1])).toBeGreaterThan(40)
  })
}, 60_000)

test('a broken backend fails, with the rule that it breaks', async () => {
  await serve(brokenBackends['has no idempotency'], async (url) => {
    const { code, stdout } = await addonKit('check', '--url', url, '--test-account', ...everybody)
    expect(code).toBe(1)
    expect(stdout).toContain('✗ idempotency > the same key again brings the first purchase, and one charge')
    expect(stdout).toContain('the rule: a key is one effect')
  })
}, 60_000)

test('a person whose headers are not given is left out, with the flag to give', async () => {
  await serve({}, async (url) => {
    const { code, stdout } = await addonKit(
      ...['check', '--url', url, '--test-account', '--group', 'who is told what'],
      ...['--header-owner', 'Authorization: Bearer owner'],
    )
    expect(code).toBe(0)
    expect(stdout).toContain('needs an Agent: no --header-agent was given')
  })
}, 60_000)

test('an account that a command sets back is fresh for each test, and random runs are made', async () => {
  let backend = new KitBackend()
  const { url, close } = await listen(async (request) => {
    if (!request.url.endsWith('/reset')) return backend.handle(request)
    backend = new KitBackend()
    return new Response('{}')
  })
  const reset = `"${process.execPath}" -e "fetch('${url}/reset')"`
  const { code, stdout } = await addonKit(
    ...['check', '--url', url, '--test-account', '--reset', reset, '--group', 'model', '--group', 'races'],
    ...everybody,
  )
  await close()
  expect(stdout).not.toContain('✗')
  expect(code).toBe(0)
  expect(stdout).toContain('✓ model > random run 5')
  expect(stdout).not.toContain('no add-on is left')
}, 60_000)

describe('--adapter', { timeout: 60_000 }, () => {
  test('a module that makes a world is checked with the levers it has', async () => {
    const args = ['--adapter', './adapter.mjs', '--test-account', '--group', 'price lock']
    const { code, lines, stdout } = await addonKit('check', ...args)
    expect(stdout).not.toContain('✗')
    expect(code).toBe(0)
    expect(lines).toContain(
      '✓ price lock > more seats since the preview: refused with the new price, and that is what a fresh confirmation pays',
    )
    expect(stdout).toContain('the module exports no levers.setPrice')
  })

  test('a module without an adapter is refused, with what is missing', async () => {
    await writeFile(path.join(folder, 'empty.mjs'), 'export default { people: { owner: { getPlan() {} } } }')
    const { code, stderr } = await addonKit('check', '--adapter', './empty.mjs', '--test-account')
    expect(code).toBe(2)
    expect(stderr).toContain('its export default.people.owner has to be an AddOnAdapter')
  })
})
