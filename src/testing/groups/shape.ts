import { isSameMoney, sumMoney } from '../../domain/money.js'
import { grantsOf, standardPolicy } from '../../domain/policy.js'
import type { ContractGroup } from '../ContractGroup.js'
import { expectAnswer } from '../expectRefusal.js'
import { expectSame, expectThat } from '../expectSame.js'
import { rules } from '../rules.js'

const quarter = 15 * 60_000

/** The form of every answer, and what in it must fit together. */
export const shape: ContractGroup = {
  name: 'shape',
  tests: [
    {
      title: 'GET /plan has the form of the contract for everybody',
      turn: 'early',
      rule: rules.form,
      async run(world) {
        for (const person of world.present('owner', 'secondOwner', 'admin', 'supervisor', 'agent', 'stranger')) {
          const { addOns, viewer } = await world.plan(person)
          const ids = addOns.map(({ id }) => id)
          expectSame(`the ids of the add-ons that the ${person} is told of`, [...new Set(ids)], ids)
          expectSame(
            `the grants of the ${person}`,
            [...viewer.grants].sort(),
            [...grantsOf(standardPolicy, world.roleNow(person) ?? '')].sort(),
          )
          for (const { id, status } of addOns) {
            const isSent = status.kind !== 'unavailable' && status.kind !== 'unknown'
            expectThat(isSent, `the status of ${id}`, 'one that the contract has, of what is offered', status)
          }
        }
      },
    },
    {
      title: 'the clock of GET /plan runs with that of a preview',
      turn: 'early',
      rule: rules.form,
      async run(world) {
        const { serverTime } = await world.plan()
        const preview = await world.preview(await world.choose('subscribe'))
        const apart = Math.abs(Date.parse(preview.serverTime) - Date.parse(serverTime))
        expectThat(apart < quarter, 'the time between the two', 'less than 15 minutes', [
          serverTime,
          preview.serverTime,
        ])
      },
    },
    {
      title: 'a preview fits the plan: account, add-on, seats, price and frequency',
      turn: 'early',
      rule: rules.form,
      async run(world) {
        const target = await world.choose('subscribe')
        const { account } = await world.plan()
        const addOn = await world.mustBeTold(target.addOnId)
        const preview = await world.preview(target)
        const { standardLicenses, additionalUsers, total } = preview.seats
        expectSame(
          'the account and add-on of the preview',
          { accountId: preview.accountId, addOnId: preview.addOnId },
          target,
        )
        expectSame('the seats of the preview', { standardLicenses, additionalUsers }, account.billing?.seats)
        expectSame('the total of the seats of the preview', total, standardLicenses + additionalUsers)
        expectSame('the unit price of the preview', preview.unitPrice, addOn.unitPrice)
        expectSame('the frequency of the preview', preview.frequency, addOn.frequency)
        expectSame('the end of what is paid for', preview.proration.to, account.billing?.period.end)
      },
    },
    {
      title: 'the amount due is the exact sum of the lines, in one currency',
      turn: 'early',
      rule: rules.form,
      async run(world) {
        const { lines, dueNow, unitPrice, nextInvoice } = await world.preview(await world.choose('subscribe'))
        const sum = sumMoney(
          dueNow.currency,
          lines.map(({ amount }) => amount),
        )
        expectThat(isSameMoney(sum, dueNow), 'the amount due', 'the sum of the lines', { lines, dueNow })
        const currencies = [unitPrice.currency, nextInvoice.addOnAmount.currency]
        expectSame('the other currencies', currencies, [dueNow.currency, dueNow.currency])
      },
    },
    {
      title: 'a price is locked for 15 minutes at the most, never beyond the period',
      turn: 'early',
      rule: rules.expiry,
      async run(world) {
        const preview = await world.preview(await world.choose('subscribe'))
        const left = Date.parse(preview.expiresAt) - Date.parse(preview.serverTime)
        expectThat(left > 0 && left <= quarter, 'expiresAt', 'within 15 minutes of serverTime', preview.expiresAt)
        const isWithin = Date.parse(preview.expiresAt) <= Date.parse(preview.proration.to)
        expectThat(isWithin, 'expiresAt', 'not beyond the end of the period', preview.expiresAt)
      },
    },
    {
      title: 'every preview is one of its own',
      turn: 'early',
      rule: rules.form,
      async run(world) {
        const target = await world.choose('subscribe')
        const first = await world.preview(target)
        const second = await world.preview(target)
        expectThat(first.previewId !== second.previewId, 'the ids of two previews', 'two ids', second.previewId)
      },
    },
    {
      title: 'a purchase answers with the add-on as it is afterwards, and GET /plan agrees',
      rule: rules.form,
      async run(world) {
        const target = await world.choose('subscribe')
        const { purchase, addOn } = await expectAnswer('the purchase', world.buy(await world.preview(target)))
        expectSame('the add-on of the purchase', purchase.addOnId, target.addOnId)
        expectSame('the status in the answer', addOn.status.kind, 'active')
        expectSame('the pending purchase in the answer', addOn.pendingPurchase, null)
        expectSame('the add-on in GET /plan', await world.mustBeTold(target.addOnId), addOn)
      },
    },
  ],
}
