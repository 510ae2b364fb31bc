import type { AddOnErrorCode } from '../../domain/errors.js'
import type { PurchasePreview } from '../../domain/purchase.js'
import { maxBodyBytes, maxTextLength } from '../../protocol/requests.js'
import type { AddOnOperation } from '../../protocol/routes.js'
import type { ContractGroup, ContractTest } from '../ContractGroup.js'
import { expectAnswer, expectRefusal } from '../expectRefusal.js'
import { expectThat } from '../expectSame.js'
import { rules } from '../rules.js'
import { inputOf } from './operations.js'

const refused: readonly AddOnErrorCode[] = ['invalid-request']

type Fields = Readonly<Record<string, unknown>>

/** What is wrong with a purchase, by the part that differs from a right one. */
const wrongPurchases: Readonly<Record<string, (preview: PurchasePreview) => Fields>> = {
  'with a key that is no UUID': () => ({ idempotencyKey: 'again' }),
  'without a key': () => ({ idempotencyKey: undefined }),
  'that does not accept the final sale': () => ({ acceptedFinalSale: false }),
  'without what was shown': () => ({ expected: undefined }),
  'whose amount is a text': ({ dueNow, seats, terms }) => ({
    expected: { dueNow: { ...dueNow, amount: '1' }, seats: seats.total, termsVersion: terms.version },
  }),
  'whose amount has a fraction': ({ dueNow, seats, terms }) => ({
    expected: { dueNow: { ...dueNow, amount: 0.5 }, seats: seats.total, termsVersion: terms.version },
  }),
  'whose preview id is an object': () => ({ previewId: { $ne: null } }),
  'whose account is a list': ({ accountId }) => ({ accountId: [accountId] }),
  'that hides what was shown behind __proto__': ({ dueNow, seats, terms }) => ({
    expected: undefined,
    ...pollution({ expected: { dueNow, seats: seats.total, termsVersion: terms.version } }),
  }),
}

/** An own field of that name, as JSON can carry it. */
function pollution(value: unknown): Fields {
  const parsed: unknown = JSON.parse(`{"__proto__":${JSON.stringify(value)}}`)
  return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {}
}

const purchaseTests = Object.entries(wrongPurchases).map(
  ([what, change]): ContractTest => ({
    title: `a purchase ${what} is refused`,
    turn: 'early',
    rule: rules.input,
    async run(world) {
      const preview = await world.preview(await world.choose('subscribe'))
      const { accountId, addOnId } = preview
      const input = { ...inputOf('purchase', { accountId, addOnId }, preview), ...change(preview) }
      await world.expectNoEffect(`a purchase ${what}`, () =>
        expectRefusal(`a purchase ${what}`, world.raw('owner', 'purchase', input), { code: refused }),
      )
    },
  }),
)

function textTest(
  title: string,
  operation: AddOnOperation,
  fields: Fields,
  code: readonly AddOnErrorCode[],
): ContractTest {
  const isFeature = operation === 'requestFeature'
  return {
    title,
    turn: 'early',
    rule: rules.input,
    needs: [isFeature ? 'supervisor' : 'quotes'],
    async run(world) {
      const person = isFeature ? 'supervisor' : 'owner'
      const target = await world.choose(isFeature ? 'request-feature' : 'request-quote', person)
      const input = { ...inputOf(operation, target), ...fields }
      const sent = `the ${operation} of the ${person}`
      await world.expectNoEffect(sent, () => expectRefusal(sent, world.raw(person, operation, input), { code }))
    },
  }
}

/** Input of a wrong form, and input that is too much. */
export const malformed: ContractGroup = {
  name: 'malformed input',
  tests: [
    ...purchaseTests,
    textTest('a note that is too long is refused', 'requestFeature', { note: 'x'.repeat(maxTextLength + 1) }, [
      'too-large',
    ]),
    textTest('a message that is too long is refused', 'requestQuote', { message: '❤'.repeat(maxTextLength + 1) }, [
      'too-large',
    ]),
    textTest('a huge body is refused', 'requestFeature', { note: 'x'.repeat(4 * maxBodyBytes) }, ['too-large']),
    textTest('a note that is no text is refused', 'requestFeature', { note: { html: '<b>' } }, refused),
    {
      title: 'a note of exactly the longest length is taken as it is',
      rule: rules.input,
      needs: ['supervisor'],
      async run(world) {
        const target = await world.choose('request-feature', 'supervisor')
        // Each of them is two UTF-16 units and one character.
        const note = '😀'.repeat(maxTextLength)
        const input = { ...inputOf('requestFeature', target), note }
        await expectAnswer('a feature request by the supervisor', world.raw('supervisor', 'requestFeature', input))
        const { from } = (await world.mustBeTold(target.addOnId)).featureRequests
        expectThat(
          from.some((request) => request.note === note),
          'what the Owner reads',
          'the whole note',
          from,
        )
      },
    },
    {
      title: 'an id that looks like a path is no way to anything else',
      turn: 'early',
      rule: rules.unknownId,
      async run(world) {
        const { account } = await world.plan()
        for (const addOnId of ['../plan', '%2e%2e%2fplan', 'a/b', '', '?x=1', '#x', '\u0000']) {
          await expectRefusal(
            `a preview of ${JSON.stringify(addOnId)}`,
            world.raw('owner', 'previewPurchase', { accountId: account.id, addOnId }),
            { code: ['not-found', 'invalid-request'] },
          )
        }
      },
    },
  ],
}
