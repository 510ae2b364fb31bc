import { expect, test } from 'vitest'
import { writeReport } from '../../stories/bugs/writeReport.js'
import { createBackend } from '../../stories/createBackend.js'
import { teammatesAsked } from '../../stories/scenarios.js'

test('a report names version, story, toolbar, role, each decision with its reason, and the last requests', async () => {
  const { adapter } = createBackend({ role: 'admin', records: { 'analytics-plus': teammatesAsked } })
  const report = writeReport({
    version: '0.1.0',
    storyId: 'plantab--admin',
    globals: { role: 'admin', locale: 'de', viewport: { value: 'phone' }, account: 'a-long-one' },
    plan: await adapter.getPlan(),
    requests: [
      { method: 'GET', path: '/api/add-ons/plan', status: 200 },
      { method: 'POST', path: '/api/a|b', status: 403, code: 'forbidden' },
      { method: 'GET', path: '/api/add-ons/plan' },
    ],
  })
  expect(report.split('\n')).toEqual([
    '# addon-kit 0.1.0: plantab--admin',
    '',
    '## Toolbar',
    '',
    '- role: admin',
    '- locale: de',
    '- viewport: {"value":"phone"}',
    '',
    '## Decisions',
    '',
    "Role: admin. The server's clock: 2026-11-23T00:00:00.000Z.",
    '',
    '| add-on | status | subscribe | request-quote | start-trial | request-feature |',
    '| --- | --- | --- | --- | --- | --- |',
    '| analytics-plus | available | role | account-factor | offered | already-requested |',
    '| ai-assist | available | role | account-factor | offered | offered |',
    '| ai-assist-pro | available | role | account-factor | no-trial | offered |',
    '| ai-voice-agent | available | role | account-factor | no-trial | offered |',
    '',
    '## Last requests',
    '',
    '| method | path | status | code |',
    '| --- | --- | --- | --- |',
    '| GET | /api/add-ons/plan | 200 |  |',
    '| POST | /api/a\\|b | 403 | forbidden |',
    '| GET | /api/add-ons/plan | no answer |  |',
    '',
  ])
  expect(report).not.toContain('Half of every Monday')
})

test('a report without a plan says so', () => {
  const report = writeReport({ version: '0.1.0', storyId: 'x--y', globals: {}, plan: undefined, requests: [] })
  expect(report).toContain('No plan has arrived.')
  expect(report).toContain('None.')
})
