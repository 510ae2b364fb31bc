import { afterEach, expect, test, vi } from 'vitest'
import { writeReport } from '../../stories/bugs/writeReport.js'
import { createBackend } from '../../stories/createBackend.js'
import { teammatesAsked } from '../../stories/scenarios.js'

const realNow = new Date('2026-11-28T09:30:00Z')
const viewport = { name: 'Phone', width: 390, height: 478 }

afterEach(() => vi.unstubAllEnvs())

test('a report names version, story, args, settings, role, each decision, when and where, and the last requests', async () => {
  vi.stubEnv('TZ', 'America/St_Johns')
  const { adapter } = createBackend({ role: 'admin', records: { 'analytics-plus': teammatesAsked } })
  const report = writeReport({
    version: '0.1.0',
    storyId: 'plantab--admin',
    args: { addOnId: 'ai-assist', classNames: { name: 'big' } },
    globals: { role: 'admin', locale: 'de' },
    plan: await adapter.getPlan(),
    clock: { at: new Date('2026-12-04T12:00:00Z'), isSet: true },
    realNow,
    viewport,
    requests: [
      { method: 'GET', path: '/api/add-ons/plan', status: 200 },
      { method: 'POST', path: '/api/a|b', status: 403, code: 'forbidden' },
      { method: 'GET', path: '/api/add-ons/plan' },
    ],
  })
  expect(report.split('\n')).toEqual([
    '# addon-kit 0.1.0',
    '',
    '- Story: plantab--admin',
    '- Args: addOnId = ai-assist, classNames = {"name":"big"}',
    '- Set in Storybook: role = admin, locale = de',
    '- Role: admin',
    '',
    '## Decisions',
    '',
    '| add-on | status | subscribe | request-quote | start-trial | request-feature |',
    '| --- | --- | --- | --- | --- | --- |',
    '| analytics-plus | available | role | account-factor | offered | already-requested |',
    '| ai-assist | available | role | account-factor | offered | offered |',
    '| ai-assist-pro | available | role | account-factor | no-trial | offered |',
    '| ai-voice-agent | available | role | account-factor | no-trial | offered |',
    '',
    '## When and where',
    '',
    '- Clock: 2026-12-04T12:00:00.000Z, set in Storybook; real clock: 2026-11-28T06:00:00-03:30',
    '- Viewport: Phone, 390 × 478 px',
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

test('a report of a story as it was written, before its plan is there, says so', () => {
  const clock = { at: new Date('2026-11-23T00:00:00Z'), isSet: false }
  const nothing = { args: {}, globals: {}, plan: undefined, requests: [] }
  const report = writeReport({ version: '0.1.0', storyId: 'x--y', ...nothing, clock, realNow, viewport })
  expect(report).toContain('- Args: the story’s own')
  expect(report).toContain('- Set in Storybook: nothing')
  expect(report).toContain('- Role: not known')
  expect(report).toContain('No plan has arrived.')
  expect(report).toContain('- Clock: 2026-11-23T00:00:00.000Z, the story’s own; real clock: ')
  expect(report).toContain('None.')
})
