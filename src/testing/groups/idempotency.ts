import { createUuid } from '../../protocol/uuid.js'
import type { ContractGroup } from '../ContractGroup.js'
import { endingInWords, endingOf, expectAnswer, expectRefusal } from '../expectRefusal.js'
import { expectSame, expectThat } from '../expectSame.js'
import { rules } from '../rules.js'
import { confirmed, type World } from '../World.js'

/** One key, one effect. */
export const idempotency: ContractGroup = {
  name: 'idempotency',
  tests: [
    {
      title: 'the same key again brings the first purchase, and one charge',
      turn: 'vital',
      rule: rules.key,
      async run(world) {
        const target = await world.choose('subscribe')
        const preview = await world.preview(target)
        const key = createUuid()
        const first = await expectAnswer('the first send', world.buy(preview, 'owner', key))
        const second = await expectAnswer('the same key again', world.buy(preview, 'owner', key))
        expectSame('the purchase in the second answer', second.purchase, first.purchase)
        await world.expectCharges(target, [preview.dueNow])
        await world.expectRecorded(target, 'sales', 1)
      },
    },
    {
      title: 'the same key five times at once is one purchase',
      turn: 'vital',
      rule: rules.key,
      async run(world) {
        const target = await world.choose('subscribe')
        const preview = await world.preview(target)
        const key = createUuid()
        const sends = [1, 2, 3, 4, 5].map(() => endingOf(world.buy(preview, 'owner', key)))
        for (const ending of await Promise.all(sends)) {
          const isRight = 'answer' in ending || ending.error.code === 'request-in-progress'
          expectThat(isRight, 'each of the five sends', 'the purchase, or request-in-progress', endingInWords(ending))
        }
        const { purchase } = await expectAnswer('the same key afterwards', world.buy(preview, 'owner', key))
        expectSame('the status of the purchase', purchase.status, 'completed')
        await world.expectCharges(target, [preview.dueNow])
        await world.expectRecorded(target, 'sales', 1)
      },
    },
    {
      title: 'an answer that gets lost is no verdict, and the same key brings it',
      rule: rules.unknown,
      needs: ['loseNext'],
      run: (world) => loseAndSendAgain(world, 'answer'),
    },
    {
      title: 'a request that gets lost is no verdict, and the same key runs it once',
      rule: rules.unknown,
      needs: ['loseNext'],
      run: (world) => loseAndSendAgain(world, 'request'),
    },
    {
      title: 'a key with another body is refused',
      turn: 'early',
      rule: rules.keyBody,
      async run(world) {
        const target = await world.choose('subscribe')
        const preview = await world.preview(target)
        const input = confirmed(preview)
        const expected = { ...input.expected, seats: input.expected.seats + 1 }
        // A refusal is an outcome too, and belongs to its key.
        await expectRefusal('other seats', world.as('owner').purchase({ ...input, expected }), {
          code: 'preview-changed',
        })
        await expectRefusal('the same key with the right seats', world.as('owner').purchase(input), {
          code: 'idempotency-key-reused',
        })
        await world.expectCharges(target, [])
      },
    },
    {
      title: 'a key belongs to its viewer: a second Owner is not given the answer',
      rule: rules.keyOwner,
      needs: ['secondOwner'],
      async run(world) {
        const target = await world.choose('subscribe')
        const other = await world.preview(target, 'secondOwner')
        const key = createUuid()
        await world.mustBuy(target, 'owner', key)
        await expectRefusal("the first Owner's key sent by the second", world.buy(other, 'secondOwner', key), {
          code: 'already-purchased',
        })
      },
    },
    {
      title: 'a buyer who may not buy any more is refused, not given the stored answer',
      rule: rules.order,
      needs: ['setRole'],
      async run(world) {
        const target = await world.choose('subscribe')
        const preview = await world.preview(target)
        const key = createUuid()
        await expectAnswer('the purchase', world.buy(preview, 'owner', key))
        await world.setRole('owner', 'admin')
        await expectRefusal('the same key from an Admin', world.buy(preview, 'owner', key), {
          code: 'forbidden',
          reason: 'role',
        })
      },
    },
    {
      title: 'a declined purchase stays declined under its key, and a new key tries the same preview again',
      rule: rules.declined,
      needs: ['nextCharge'],
      async run(world) {
        const target = await world.choose('subscribe')
        const preview = await world.preview(target)
        const key = createUuid()
        await world.lever('nextCharge')('declined')
        await expectRefusal('a declined charge', world.buy(preview, 'owner', key), { code: 'payment-declined' })
        await world.expectCharges(target, [])
        await expectRefusal('the same key again', world.buy(preview, 'owner', key), { code: 'payment-declined' })
        await world.expectCharges(target, [])
        const { purchase } = await expectAnswer('a new key', world.buy(preview))
        expectSame('the status of the purchase', purchase.status, 'completed')
        await world.expectCharges(target, [preview.dueNow])
      },
    },
    {
      title: 'the same key of a trial again starts one trial',
      rule: rules.key,
      needs: ['trials'],
      async run(world) {
        const target = { ...(await world.choose('start-trial')), idempotencyKey: createUuid() }
        const first = await expectAnswer('the first send', world.as('owner').startTrial(target))
        const second = await expectAnswer('the same key again', world.as('owner').startTrial(target))
        expectSame('the status in the second answer', second.addOn.status, first.addOn.status)
        await world.expectRecorded(target, 'trials', 1)
      },
    },
    {
      title: 'the same key of a quote request again opens one request',
      rule: rules.key,
      needs: ['quotes'],
      async run(world) {
        const input = { ...(await world.choose('request-quote')), message: 'For us all.', idempotencyKey: createUuid() }
        const first = await expectAnswer('the first send', world.as('owner').requestQuote(input))
        const second = await expectAnswer('the same key again', world.as('owner').requestQuote(input))
        expectSame('the request in the second answer', second.quoteRequest, first.quoteRequest)
        await world.expectRecorded(input, 'quoteRequests', 1)
      },
    },
    {
      title: 'the same key of a feature request again makes one request',
      turn: 'early',
      rule: rules.key,
      needs: ['supervisor'],
      async run(world) {
        const target = await world.choose('request-feature', 'supervisor')
        const input = { ...target, note: 'For us all.', idempotencyKey: createUuid() }
        const first = await expectAnswer('the first send', world.as('supervisor').requestFeature(input))
        const second = await expectAnswer('the same key again', world.as('supervisor').requestFeature(input))
        expectSame('the request in the second answer', second.featureRequest, first.featureRequest)
        await world.expectRecorded(input, 'featureRequests', 1)
        await expectRefusal(
          'the same key with another note',
          world.as('supervisor').requestFeature({ ...input, note: 'No, for me.' }),
          { code: 'idempotency-key-reused' },
        )
      },
    },
  ],
}

async function loseAndSendAgain(world: World, what: 'request' | 'answer'): Promise<void> {
  const target = await world.choose('subscribe')
  const preview = await world.preview(target)
  const input = confirmed(preview)
  await world.lever('loseNext')(what)
  await expectRefusal(`a lost ${what}`, world.as('owner').purchase(input), {
    code: ['network', 'timeout', 'unavailable'],
  })
  const { purchase } = await expectAnswer('the same key again', world.as('owner').purchase(input))
  expectSame('the status of the purchase', purchase.status, 'completed')
  await world.expectCharges(target, [preview.dueNow])
  await world.expectRecorded(target, 'sales', 1)
}
