import { createUuid } from '../../protocol/uuid.js'
import type { ContractGroup } from '../ContractGroup.js'
import type { Notification, Person } from '../ContractHarness.js'
import { endingInWords, endingOf, expectAnswer, expectRefusal } from '../expectRefusal.js'
import { expectSame, expectThat } from '../expectSame.js'
import { NothingLeft } from '../NothingLeft.js'
import { rules } from '../rules.js'
import type { World } from '../World.js'

/** Quote and feature requests: a repeated one is no error, and nobody is told twice. */
export const requests: ContractGroup = {
  name: 'requests',
  tests: [
    {
      title: 'a quote request is opened once: asking again brings the open one',
      rule: rules.request,
      needs: ['quotes'],
      async run(world) {
        const target = await world.choose('request-quote')
        const ask = () =>
          expectAnswer('a quote request', world.as('owner').requestQuote({ ...target, idempotencyKey: createUuid() }))
        const { quoteRequest, addOn } = await ask()
        expectSame('the open request in the answer', addOn.quoteRequest, quoteRequest)
        const second = await ask()
        expectSame('the second answer', second.quoteRequest, quoteRequest)
        expectSame('what GET /plan tells', (await world.mustBeTold(target.addOnId)).quoteRequest, quoteRequest)
        await world.expectRecorded(target, 'quoteRequests', 1)
        await expectNotified(world, target, 'quote-requested', 1)
      },
    },
    {
      title: 'five quote requests at once are one request',
      rule: rules.request,
      needs: ['quotes'],
      async run(world) {
        const target = await world.choose('request-quote')
        const sends = [1, 2, 3, 4, 5].map(() =>
          expectAnswer('a quote request', world.as('owner').requestQuote({ ...target, idempotencyKey: createUuid() })),
        )
        const answers = await Promise.all(sends)
        for (const { quoteRequest } of answers) {
          expectSame('each answer', quoteRequest, answers[0]?.quoteRequest)
        }
        await world.expectRecorded(target, 'quoteRequests', 1)
        await expectNotified(world, target, 'quote-requested', 1)
      },
    },
    {
      title: 'a repeated feature request brings the first one',
      turn: 'early',
      rule: rules.request,
      needs: ['supervisor'],
      async run(world) {
        const target = await world.choose('request-feature', 'supervisor')
        const { count: before } = (await world.mustBeTold(target.addOnId)).featureRequests
        const first = await ask(world, target, 'supervisor')
        expectSame('the own request in the answer', first.addOn.featureRequests.byViewer, first.featureRequest)
        const second = await ask(world, target, 'supervisor', 'Please.')
        expectSame('the second answer', second.featureRequest, first.featureRequest)
        const { count } = (await world.mustBeTold(target.addOnId)).featureRequests
        expectSame('how many requests there are', count, before + 1)
        await world.expectRecorded(target, 'featureRequests', 1)
        await expectNotified(world, target, 'feature-requested', 1)
      },
    },
    {
      title: 'a storm of feature requests by one person is one request',
      turn: 'early',
      rule: rules.request,
      needs: ['supervisor'],
      async run(world) {
        const target = await world.choose('request-feature', 'supervisor')
        const { count: before } = (await world.mustBeTold(target.addOnId)).featureRequests
        const sends = Array.from({ length: 20 }, () =>
          endingOf(world.as('supervisor').requestFeature({ ...target, idempotencyKey: createUuid() })),
        )
        const endings = await Promise.all(sends)
        const answers = endings.flatMap((ending) => ('answer' in ending ? [ending.answer.featureRequest] : []))
        for (const ending of endings) {
          const isRight = 'answer' in ending || ending.error.code === 'rate-limited'
          expectThat(isRight, 'each of the feature requests', 'the request, or rate-limited', endingInWords(ending))
        }
        for (const answer of answers) expectSame('each answer', answer, answers[0])
        const { count } = (await world.mustBeTold(target.addOnId)).featureRequests
        expectSame('how many requests there are', count, before + 1)
        await world.expectRecorded(target, 'featureRequests', 1)
        await expectNotified(world, target, 'feature-requested', 1)
      },
    },
    {
      title: 'requests of several people for one add-on are one notification',
      rule: rules.request,
      needs: ['admin', 'supervisor', 'notifications'],
      async run(world) {
        const target = await world.choose('request-feature', 'supervisor')
        await ask(world, target, 'supervisor')
        await ask(world, target, 'admin')
        await world.expectRecorded(target, 'featureRequests', 2)
        await expectNotified(world, target, 'feature-requested', 1)
      },
    },
    {
      title: 'a person may ask again from askAgainAt on',
      rule: rules.request,
      needs: ['supervisor', 'advanceClock'],
      async run(world) {
        const target = await world.choose('request-feature', 'supervisor')
        const { featureRequest: first } = await ask(world, target, 'supervisor')
        const wait = Date.parse(first.askAgainAt) - Date.parse(first.requestedAt)
        expectThat(wait > 0, 'askAgainAt', 'later than requestedAt', first)
        await world.lever('advanceClock')(wait)
        const { featureRequest: second } = await ask(world, target, 'supervisor')
        const isLater = Date.parse(second.requestedAt) > Date.parse(first.requestedAt)
        expectThat(isLater, 'the second request', 'one of its own', second)
      },
    },
    {
      title: 'a note reaches those who may see requests as it was written, and nobody else',
      rule: rules.told,
      needs: ['admin', 'supervisor'],
      async run(world) {
        const target = await world.choose('request-feature', 'supervisor')
        const note = '<b>Please</b> & "soon" ❤'
        await ask(world, target, 'supervisor', note)
        const { from } = (await world.mustBeTold(target.addOnId)).featureRequests
        expectThat(
          from.some((request) => request.note === note),
          'what the Owner reads',
          note,
          from,
        )
        const seen = (await world.mustBeTold(target.addOnId, 'admin')).featureRequests
        expectSame('who asked, as an Admin is told', seen.from, [])
        expectSame("an Admin's own request", seen.byViewer, null)
      },
    },
    {
      title: 'a purchase closes the open requests',
      rule: rules.request,
      needs: ['supervisor'],
      async run(world) {
        const asked = await world.choices('request-feature', 'supervisor')
        const target = (await world.choices('subscribe')).find((choice) =>
          asked.some(({ addOnId }) => addOnId === choice.addOnId),
        )
        if (!target) throw new NothingLeft('there is no add-on that can be asked for and then bought')
        await ask(world, target, 'supervisor')
        await world.mustBuy(target)
        expectSame('the open requests', (await world.mustBeTold(target.addOnId)).featureRequests.count, 0)
        await world.expectRecorded(target, 'featureRequests', 0)
        await expectRefusal(
          'a request for what is bought',
          world.as('supervisor').requestFeature({ ...target, idempotencyKey: createUuid() }),
          { code: ['already-purchased', 'forbidden'] },
        )
      },
    },
  ],
}

type Target = Awaited<ReturnType<World['choose']>>

function ask(world: World, target: Target, person: Person, note?: string) {
  const input = { ...target, idempotencyKey: createUuid(), note }
  return expectAnswer(`a feature request by the ${person}`, world.as(person).requestFeature(input))
}

async function expectNotified(
  world: World,
  { accountId, addOnId }: Target,
  type: Notification['type'],
  count: number,
): Promise<void> {
  if (!world.has('notifications')) return
  const told = (await world.lever('notifications')()).filter(
    (item) => item.type === type && item.accountId === accountId && item.addOnId === addOnId,
  )
  expectSame(`how often people were told “${type}”`, told.length, count)
}
