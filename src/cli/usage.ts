import { contractGroups } from '../testing/groups.js'

const groups = contractGroups({ seed: 0, runs: 0, steps: 0 })
  .map(({ name }) => name)
  .join(', ')
  .replace(/(.{60,90},) /, '$1\n                               ')

/** What `addon-kit --help` says. */
export const usage = `addon-kit check: proves a backend safe against the contract of addon-kit/testing

It BUYS FOR REAL, starts trials and sends requests, with the accounts it is given. Use test accounts only.

  npx addon-kit check --url https://app.example/api/add-ons --test-account \\
    --header-owner "Authorization: Bearer $OWNER" --header-admin "Authorization: Bearer $ADMIN"
  npx addon-kit check --adapter ./adapter.js --test-account

The backend, one of:
  --url <url>                  where the handler is mounted
  --adapter <file>             a module whose default export is { people, levers?, close? } or a function that makes it:
                               people.owner and so on are AddOnAdapters; levers are those of a ContractHarness. JavaScript;
                               TypeScript where Node reads it (22.18 or newer), or where esbuild is installed

  --test-account               the accounts may be bought with. Without it nothing is sent

Who is signed in, by the headers of each person; each may be given several times:
  --header-owner <header>      an Owner of the test account (needed with --url)
  --header-second-owner, --header-admin, --header-supervisor, --header-agent
                               other people of the same account
  --header-stranger            an Owner of another account
  --header <header>            sent for everybody, also for nobody: it must not sign anybody in

What is run:
  --group <name>               only this group; may be given several times. There are:
                               ${groups}
  --skip "<group or group > test>=<reason>"
                               leaves a group or a test out; may be given several times
  --reset <command>            a command that sets the test accounts back; run at the start and before each test. Without
                               it each test takes what the ones before it left, and is skipped where nothing is left to
                               buy, try or ask for
  --seed <number>              the seed of the random runs, which need --reset
  --timeout <seconds>          how long each call may take, 1 to 3600 (30). Where the backend answers 429 it is waited for as
                               long as it asks, up to five minutes and five times; that is not counted

  --help, -h                   this text
  --version                    the version of addon-kit

Before it starts it asks for the plan of each person, and stops where one of them is not who the flag says.
What needs a clock, a bank or a database in reach is skipped with its reason: give them as levers of an --adapter, or run
the contract in your test runner (docs/your-own-backend.md). At the end it lists what was created.

Exit code: 0 all that was run passed, 1 something failed, 2 nothing was run, 130 interrupted.
`
