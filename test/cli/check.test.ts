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

/** The lines of a list, without their indent. */
function below(stdout: string, heading: string): string[] {
  const [, after = ''] = stdout.split(`\n${heading}\n`)
  const [list = ''] = after.split('\n\n')
  return list.split('\n').map((line) => line.trim())
}

/** What was skipped for a reason; the count in the heading has to be right. */
function skippedFor(stdout: string, reason: string): string[] {
  const heading =
    stdout.split('\n').find((line) => /^Skipped \(\d+\): /.test(line) && line.endsWith(`: ${reason}`)) ?? ''
  const names = below(stdout, heading)
  expect(heading).toBe(`Skipped (${names.length}): ${reason}`)
  return names
}

/** How many the headings say were skipped. */
function skips(stdout: string): number {
  return [...stdout.matchAll(/^Skipped \((\d+)\): /gm)].reduce((sum, [, count]) => sum + Number(count), 0)
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
    [['check', '--test-account', '--adapter', './adapter.mjs', '--timeout', '0'], '--timeout wants 1 to 3600 seconds'],
  ])('%j is refused: %s', async (args, message) => {
    const { code, stdout, stderr } = await addonKit(...args)
    expect(code).toBe(2)
    expect(stdout + stderr).toContain(message)
    expect(stderr).not.toContain('secret')
  })
})

describe('before anything is run the backend is asked once for each person', { timeout: 30_000 }, () => {
  const owner = ['--header-owner', 'Authorization: Bearer owner']

  /** What the command says of a backend that is not ready, and how it was asked. */
  async function refusal(handle: (request: Request) => Promise<Response>, ...args: string[]) {
    const asked: string[] = []
    const { url, close } = await listen(async (request) => {
      asked.push(`${request.method} ${new URL(request.url).pathname}`)
      return handle(request)
    })
    const { code, stdout, stderr } = await addonKit('check', '--url', url, '--test-account', ...args)
    await close()
    expect(stdout).toBe('')
    return { code, stderr, url, asked }
  }

  test('an address where nothing listens is one sentence, with the code of the cause', async () => {
    const { url, close } = await listen(async () => new Response())
    await close()
    const { code, stdout, stderr } = await addonKit('check', '--url', url, '--test-account', ...everybody)
    expect(stderr).toBe(`--header-owner: GET ${url}/plan cannot be reached (ECONNREFUSED).\n`)
    expect(stdout).toBe('')
    expect(code).toBe(2)
  })

  test('a header that the backend does not know', async () => {
    const { handle } = new KitBackend()
    const { code, stderr, url, asked } = await refusal(handle, '--header-admin', 'Authorization: Bearer adm', ...owner)
    expect(stderr).toBe(`--header-admin: GET ${url}/plan answers 401: the backend does not know who that is.\n`)
    expect(asked).toEqual(['GET /api/add-ons/plan', 'GET /api/add-ons/plan'])
    expect(code).toBe(2)
  })

  test('a path that leads nowhere', async () => {
    const { code, stderr, url } = await refusal(async () => new Response('Not found', { status: 404 }), ...owner)
    expect(stderr).toBe(`--header-owner: GET ${url}/plan answers 404: there is no add-on handler at this address.\n`)
    expect(code).toBe(2)
  })

  test('a page instead of a plan', async () => {
    const html = async () => new Response('<html>', { headers: { 'Content-Type': 'text/html' } })
    const { code, stderr, url } = await refusal(html, ...owner)
    expect(stderr).toBe(
      `--header-owner: GET ${url}/plan answers with no valid plan (expected JSON, received text/html).\n`,
    )
    expect(code).toBe(2)
  })

  test('a plan that is none, with the path of the first wrong field', async () => {
    const broken = async (request: Request) => {
      const plan: object = await (await new KitBackend().handle(request)).json()
      return Response.json({ ...plan, account: { ...Reflect.get(plan, 'account'), name: 7 } })
    }
    const { code, stderr, url } = await refusal(broken, ...owner)
    expect(stderr).toBe(
      `--header-owner: GET ${url}/plan answers with no valid plan (account.name: expected a string, received 7).\n`,
    )
    expect(code).toBe(2)
  })

  test('a backend that is broken altogether', async () => {
    const { code, stderr, url } = await refusal(async () => new Response('', { status: 500 }), ...owner)
    expect(stderr).toBe(`--header-owner: GET ${url}/plan answers 500 unavailable.\n`)
    expect(code).toBe(2)
  })

  test.each<[string, string, string]>([
    ['--header-supervisor', 'admin', 'the role “admin” instead of “supervisor”'],
    ['--header-agent', 'stranger', 'the role “owner” instead of “agent”'],
    ['--header-second-owner', 'owner', 'usr_olive, as --header-owner does: two people are wanted'],
    ['--header-second-owner', 'stranger', "account acc_other instead of acc_larkspur, the Owner's"],
    ['--header-stranger', 'secondOwner', 'account acc_larkspur, where the account of somebody else is wanted'],
  ])('%s that signs in the %s', async (flag, person, what) => {
    const { handle } = new KitBackend()
    const { code, stderr, url } = await refusal(handle, flag, `Authorization: Bearer ${person}`, ...owner)
    expect(stderr).toBe(`${flag}: GET ${url}/plan answers with ${what}.\n`)
    expect(code).toBe(2)
  })

  test('--reset runs before the first question, once', async () => {
    let backend: KitBackend | undefined
    let resets = 0
    const handle = async (request: Request) => {
      if (!request.url.endsWith('/reset')) return backend?.handle(request) ?? new Response('', { status: 503 })
      resets += 1
      backend = new KitBackend()
      return new Response('{}')
    }
    const reset = `"${process.execPath}" -e "fetch('$URL/reset')"`
    const { url, close } = await listen(handle)
    const args = ['--url', url, '--test-account', ...owner, '--header-admin', 'Authorization: Bearer agent']
    const { code, stderr } = await addonKit('check', ...args, '--reset', reset.replace('$URL', url))
    await close()
    expect(stderr).toContain('the role “agent” instead of “admin”')
    expect(code).toBe(2)
    expect(resets).toBe(1)
  })

  test('roles that a host calls otherwise are known by their grants', async () => {
    const named = async (request: Request) => {
      const response = await new KitBackend().handle(request)
      const plan: object = await response.clone().json()
      const viewer: unknown = Reflect.get(plan, 'viewer')
      if (typeof viewer !== 'object') return response
      return Response.json({ ...plan, viewer: { ...viewer, role: 'billing-lead' } })
    }
    const { url, close } = await listen(named)
    const args = ['--url', url, '--test-account', '--group', 'who is told what', ...owner]
    const { code, stdout } = await addonKit('check', ...args)
    await close()
    expect(stdout).toContain('✓ who is told what > owner: GET /plan tells what the role may see\n')
    expect(code).toBe(0)
  })
})

describe('a backend with a rate limit', { timeout: 60_000 }, () => {
  test('is waited for, without a call that times out or comes later', async () => {
    const backend = new KitBackend()
    let posts = 0
    let openAgain = 0
    let refusals = 0
    const { url, close } = await listen(async (request) => {
      // The limit of the kit's own handler is a minute; this one is shorter, and as real.
      backend.levers.advanceClock(2500)
      if (request.method === 'GET') return backend.handle(request)
      if (Date.now() < openAgain) {
        refusals += 1
        return new Response('', { status: 429, headers: { 'Retry-After': '2' } })
      }
      posts += 1
      if (posts % 12 === 0) openAgain = Date.now() + 1500
      return backend.handle(request)
    })
    const args = ['--url', url, '--test-account', '--timeout', '1', '--group', 'price lock', '--group', 'idempotency']
    const { code, stdout } = await addonKit('check', ...args, ...everybody)
    const last = posts
    expect(stdout).not.toContain('✗')
    expect(stdout).toContain('… too many requests: the backend asks to wait for 2 s')
    expect(code).toBe(0)
    expect(refusals).toBeGreaterThan(1)
    await close()
    expect(posts).toBe(last)
  })

  test('that asks for more than five minutes fails the test instead', async () => {
    const backend = new KitBackend()
    const { url, close } = await listen(async (request) =>
      request.method === 'GET'
        ? backend.handle(request)
        : new Response('', { status: 429, headers: { 'Retry-After': '301' } }),
    )
    const args = ['--url', url, '--test-account', '--group', 'shape']
    const { code, stdout } = await addonKit('check', ...args, ...everybody)
    await close()
    expect(stdout).toContain('received: rate-limited')
    expect(code).toBe(1)
  })
})

describe('--timeout', { timeout: 20_000 }, () => {
  test('bounds each call to a backend that does not answer', async () => {
    const backend = new KitBackend()
    const { url, close } = await listen((request) =>
      request.method === 'GET' ? backend.handle(request) : new Promise<Response>(() => {}),
    )
    const { code, stdout } = await addonKit(
      ...['check', '--url', url, '--test-account', '--timeout', '1', '--group', 'money', ...everybody],
    )
    await close()
    expect(stdout).toContain('received: timeout')
    expect(code).toBe(1)
  })

  test('bounds the calls of a module that does not listen to signals', async () => {
    const methods = ['getPlan', 'previewPurchase', 'purchase', 'requestQuote', 'startTrial', 'requestFeature']
    const silent = methods.map((name) => `${name}: () => new Promise(() => setTimeout(() => {}, 1e6))`).join()
    await writeFile(path.join(folder, 'silent.mjs'), `export default { people: { owner: { ${silent} } } }`)
    const args = ['--adapter', './silent.mjs', '--test-account', '--timeout', '1']
    const { code, stderr } = await addonKit('check', ...args)
    expect(stderr).toBe('--adapter ./silent.mjs: people.owner.getPlan() gives no answer in time (--timeout).\n')
    expect(code).toBe(2)
  })
})

test('what is basic comes first, and nothing is bought before all that buys nothing', async () => {
  await serve({}, async (url) => {
    const { lines } = await addonKit('check', '--url', url, '--test-account', ...everybody)
    const groups = lines.flatMap((line) => /^✓ (.+?) > /.exec(line)?.[1] ?? [])
    expect([...new Set(groups)].slice(0, 4)).toEqual(['shape', 'who is told what', 'policy', 'idempotency'])
    const buys = lines.indexOf('✓ idempotency > the same key again brings the first purchase, and one charge')
    expect(buys).toBeGreaterThan(lines.indexOf('✓ trial > two people at once start one trial'))
    expect(buys).toBeGreaterThan(lines.indexOf("✓ price lock > another person's preview buys nothing"))
  })
}, 60_000)

test('what may have been created, without an answer that says so, is listed too', async () => {
  const backend = new KitBackend()
  const { url, close } = await listen(async (request) => {
    const response = await backend.handle(request)
    return request.url.endsWith('/purchases') ? new Response('<html>', { status: 201 }) : response
  })
  const args = [
    '--url',
    url,
    '--test-account',
    '--group',
    'idempotency',
    '--header-owner',
    'Authorization: Bearer owner',
  ]
  const { code, stdout } = await addonKit('check', ...args)
  await close()
  expect(code).toBe(1)
  const amount = backend.bank.charges[0]?.amount.amount
  expect(below(stdout, 'Created in the backend:')).toContainEqual(
    expect.stringMatching(
      new RegExp(`^perhaps a purchase of .*, by the owner: ${amount} USD in minor units \\(invalid-response\\)$`),
    ),
  )
}, 30_000)

test('whoever interrupts it is told what was created so far', async () => {
  const backend = new KitBackend()
  let purchases = 0
  const child = { interrupt: () => {} }
  const { url, close } = await listen(async (request) => {
    if (!request.url.endsWith('/purchases')) return backend.handle(request)
    const response = await backend.handle(request)
    if (response.status === 201) purchases += 1
    if (purchases < 2) return response
    child.interrupt()
    return new Promise<Response>(() => {})
  })
  const args = ['check', '--url', url, '--test-account', '--group', 'races', '--group', 'idempotency', ...everybody]
  const program = spawn(process.execPath, [path.join(folder, 'addonKit.mjs'), ...args], { cwd: folder })
  child.interrupt = () => void program.kill('SIGINT')
  const [[code], stdout] = await Promise.all([once(program, 'close'), text(program.stdout)])
  await close()
  expect(code).toBe(130)
  expect(stdout).toContain('\nInterrupted.')
  const created = below(stdout, 'Created in the backend:')
  expect(created.filter((line) => /^purchase pur_.* completed$/.test(line)).length).toBeGreaterThan(0)
  expect(created).toContainEqual(expect.stringMatching(/^perhaps a purchase of .* \(not answered\)$/))
}, 60_000)

test('a healthy backend over HTTP passes; what is out of reach is skipped with a reason; what it created is listed', async () => {
  await serve({}, async (url, backend) => {
    const { code, stdout, lines } = await addonKit('check', '--url', url, '--test-account', ...everybody)
    expect(lines.filter((line) => line.startsWith('✗'))).toEqual([])
    expect(code).toBe(0)
    expect(lines).toContain('✓ idempotency > the same key again brings the first purchase, and one charge')
    expect(lines).toContain('✓ races > two Owners at once: one buys, the other is told so')
    const clock = skippedFor(stdout, 'needs a clock that can be moved: out of reach over HTTP')
    expect(clock).toContain('price lock > time that passes does not change a price')
    expect(skippedFor(stdout, 'random runs need an account that --reset sets back')).toHaveLength(5)
    const taken = skippedFor(stdout, 'no add-on is left for which the owner is offered “subscribe”')
    expect(taken).toContain('price lock > exactly the amount that was shown is charged, and the answer says it')
    // Each test has one line, whatever became of it.
    const names = lines.map((line) => line.replace(/^(✓|✗| ) /, '').trim()).filter((line) => / > /.test(line))
    expect(new Set(names).size).toBe(names.length)
    expect(stdout).toContain(
      `\n${names.length - skips(stdout)} passed, 0 failed, ${skips(stdout)} skipped\nWhat was skipped is not proved.\n`,
    )
    // Nothing moved that the list does not name.
    const created = below(stdout, 'Created in the backend:')
    for (const { accountId, addOnId, amount } of backend.bank.charges) {
      const line = created.find(
        (text) => text.includes(`of ${addOnId}, account ${accountId},`) && /^purchase pur_/.test(text),
      )
      expect(line).toContain(`${amount.amount} USD in minor units, completed`)
    }
    expect(backend.bank.charges.length).toBeGreaterThan(2)
    expect(created.filter((text) => /^(trial|quote request|feature request) /.test(text)).length).toBeGreaterThan(2)
    expect(Number(/(\d+) passed, 0 failed/.exec(stdout)?.[1])).toBeGreaterThan(70)
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

  test('a module whose plan cannot be had is one sentence', async () => {
    const methods = ['getPlan', 'previewPurchase', 'purchase', 'requestQuote', 'startTrial', 'requestFeature']
    const failing = methods.map((name) => `${name}: () => Promise.reject(new Error('no database'))`).join()
    await writeFile(path.join(folder, 'lost.mjs'), `export default { people: { owner: { ${failing} } } }`)
    const { code, stdout, stderr } = await addonKit('check', '--adapter', './lost.mjs', '--test-account')
    expect(stderr).toBe('--adapter ./lost.mjs: people.owner.getPlan() fails (no database).\n')
    expect(stdout).toBe('')
    expect(code).toBe(2)
  })

  test('a module without an adapter is refused, with what is missing', async () => {
    await writeFile(path.join(folder, 'empty.mjs'), 'export default { people: { owner: { getPlan() {} } } }')
    const { code, stderr } = await addonKit('check', '--adapter', './empty.mjs', '--test-account')
    expect(code).toBe(2)
    expect(stderr).toContain('its export default.people.owner has to be an AddOnAdapter')
  })

  test.each([
    ['that fails while it is loaded', "throw new Error('no database')", '--adapter ./failing.mjs: no database'],
    [
      'whose world cannot be made',
      "export default () => { throw new Error('no database') }",
      '--adapter ./failing.mjs: its export default failed: no database',
    ],
  ])('a module %s is refused, with its reason', async (_, source, message) => {
    await writeFile(path.join(folder, 'failing.mjs'), source)
    const { code, stderr } = await addonKit('check', '--adapter', './failing.mjs', '--test-account')
    expect(stderr).toContain(message)
    expect(code).toBe(2)
  })
})
