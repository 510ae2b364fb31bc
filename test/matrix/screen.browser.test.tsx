import { cleanup, render, screen } from '@testing-library/react'
import { type AddOn, type AddOnAction, AddOnCard, AddOnProvider, type Decision, type Decisions } from 'addon-kit'
import { afterAll, describe, expect, test } from 'vitest'
import { never } from '../components/harness.js'
import {
  addOnOf,
  type Combination,
  combinationCount,
  combinations,
  expectedAccess,
  expectedActions,
  expectedDecisions,
  isTold,
  matrixTimes,
  modes,
  nameOf,
  planOverviewOf,
  plans,
  roles,
} from './matrix.js'

const labels: Readonly<Record<AddOnAction, string>> = {
  subscribe: 'Subscribe now',
  'request-quote': 'Request a quote',
  'start-trial': 'Try it for free',
  'request-feature': 'Request feature',
}
const displayOrder: readonly AddOnAction[] = ['subscribe', 'request-quote', 'start-trial', 'request-feature']

/** A backend whose plan is here already: nothing is to be asked for. */
const adapter = {
  getPlan: never,
  previewPurchase: never,
  purchase: never,
  requestQuote: never,
  startTrial: never,
  requestFeature: never,
}

const perRole = combinationCount / roles.length
let shown = 0

describe.each(roles)('%s', { timeout: 60_000 }, (role) => {
  const groups = plans.flatMap((plan) =>
    modes.flatMap((mode) =>
      [false, true].map((adminsCanRequestQuote) =>
        combinations().filter(
          (combination) =>
            combination.role === role &&
            combination.plan === plan &&
            combination.mode === mode &&
            combination.adminsCanRequestQuote === adminsCanRequestQuote,
        ),
      ),
    ),
  )

  test(`all ${perRole} cards offer what product.md says, where the client decides by itself`, () => {
    expect(groups.flat()).toHaveLength(perRole)
    const problems = groups.flatMap((group) =>
      checkCards(
        group,
        (combination) => planOverviewOf(combination, false).addOns[0],
        (combination) => ({
          isShown: expectedAccess(combination) && isTold(combination),
          actions: expectedActions(combination),
          decisions: expectedDecisions(combination),
        }),
      ),
    )
    expect(problems).toEqual([])
  })

  test(`all ${perRole} cards offer what the backend decides, where that is the opposite`, () => {
    const problems = groups.flatMap((group) =>
      checkCards(
        group,
        // A careless backend: it sends what this viewer should not even be told.
        (combination) => ({ ...addOnOf(combination), decisions: oppositeOf(expectedDecisions(combination)) }),
        (combination) => {
          const decisions = oppositeOf(expectedDecisions(combination))
          const isKnown = combination.status !== 'unknown'
          return {
            isShown: expectedAccess(combination) && combination.status !== 'unavailable',
            actions: displayOrder.filter((action) => isKnown && decisions[action].allowed),
            decisions: isKnown ? decisions : expectedDecisions(combination),
          }
        },
      ),
    )
    expect(problems).toEqual([])
  })
})

afterAll(() => {
  // Each combination twice: nothing was left out on the way to the screen.
  expect(shown).toBe(2 * combinationCount)
})

interface Expected {
  isShown: boolean
  actions: readonly AddOnAction[]
  decisions: Decisions
}

const hostsReason = 'Not on Mondays.'

function oppositeOf(decisions: Decisions): Decisions {
  const opposite = ({ allowed }: Decision): Decision =>
    allowed ? { allowed: false, reason: 'host', reasonText: hostsReason } : { allowed: true }
  return {
    subscribe: opposite(decisions.subscribe),
    'request-quote': opposite(decisions['request-quote']),
    'start-trial': opposite(decisions['start-trial']),
    'request-feature': opposite(decisions['request-feature']),
  }
}

/** Shows one provider's cards, one for each combination of the group, and says what is wrong with them. */
function checkCards(
  group: readonly Combination[],
  sent: (combination: Combination) => AddOn | undefined,
  expect: (combination: Combination) => Expected,
): string[] {
  const [first] = group
  if (!first) throw new Error('An empty group.')
  const idOf = (index: number) => `add-on-${index}`
  const addOns = group.flatMap((combination, index) => {
    const addOn = sent(combination)
    return addOn ? [{ ...addOn, id: idOf(index), name: `Desk ${index}+` }] : []
  })
  render(
    <AddOnProvider adapter={adapter} initialPlan={{ ...planOverviewOf(first), addOns }}>
      {group.map((combination, index) => (
        <AddOnCard key={nameOf(combination)} addOnId={idOf(index)} />
      ))}
    </AddOnProvider>,
  )
  const cards = new Map(screen.queryAllByRole('article').map((card) => [card.dataset.addOn, card]))
  const problems = group.flatMap((combination, index) => {
    shown += 1
    return problemsOf(cards.get(idOf(index)), `Desk ${index}+`, combination, expect(combination)).map(
      (problem) => `${nameOf(combination)}: ${problem}`,
    )
  })
  cleanup()
  return problems
}

function problemsOf(
  card: HTMLElement | undefined,
  name: string,
  combination: Combination,
  { isShown, actions, decisions }: Expected,
): string[] {
  if (!card || !isShown) return (card !== undefined) === isShown ? [] : [card ? 'a card is shown' : 'no card is shown']
  const problems: string[] = []
  const check = (what: string, found: string, wanted: string) => {
    if (found !== wanted) problems.push(`${what}: ${found || 'nothing'}, not ${wanted || 'nothing'}`)
  }
  const buttons = Array.from(card.querySelectorAll('button'))
  const labelOf = (action: AddOnAction) =>
    action === 'request-feature' && combination.hasAsked ? 'Ask again' : labels[action]
  const say = (values: readonly (string | undefined | null)[]) => values.join(' | ')
  check('names', say(buttons.map((button) => button.ariaLabel)), say(actions.map((one) => `${labelOf(one)}, ${name}`)))
  check('labels', say(buttons.map((button) => button.textContent)), say(actions.map(labelOf)))
  check('actions', say(buttons.map((button) => button.dataset.action)), say(actions))
  check(
    'variants',
    say(buttons.map((button) => button.dataset.variant)),
    say(actions.map((_, index) => (index === 0 ? 'primary' : 'secondary'))),
  )
  check('status', card.dataset.status ?? '', combination.status)

  const isWithheld = (action: AddOnAction, reason: string) => {
    const decision = decisions[action]
    return !decision.allowed && decision.reason === reason
  }
  const notes = [
    isWithheld('request-quote', 'quote-open') && `Quote requested on ${dateOf(matrixTimes.quotedAt)}`,
    isWithheld('request-feature', 'already-requested') && `Requested on ${dateOf(matrixTimes.askedAt)}`,
    displayOrder.some((action) => isWithheld(action, 'host')) && hostsReason,
  ]
  // A date is of one piece; to people it reads the same.
  const text = Array.from(card.querySelectorAll('p[data-slot="note"]'), (note) =>
    String(note.textContent).replaceAll('\u00a0', ' '),
  )
  const isNote = (line: string | null) => line?.match(/^(Quote requested on|Requested on) /) || line === hostsReason
  check('notes', say(text.filter(isNote)), say(notes.filter((note) => note !== false)))
  return problems
}

function dateOf(instant: string): string {
  return new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(instant))
}
