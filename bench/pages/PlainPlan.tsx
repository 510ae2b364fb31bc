import type { AddOn, Money, PlanOverview, PurchasePreview } from 'addon-kit'
import { memo, useCallback, useEffect, useRef, useState } from 'react'
import { answer } from './answer.js'
import { previewOf, purchaseOf } from './plan.js'

// Made once, and when they are needed: the clock counts them, as it does for all others.
let dollars: Intl.NumberFormat | undefined
let dates: Intl.DateTimeFormat | undefined
const money = ({ amount }: Money) => {
  dollars ??= new Intl.NumberFormat('en', { style: 'currency', currency: 'USD' })
  return dollars.format(amount / 100)
}
const date = (instant: string) => {
  dates ??= new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' })
  return dates.format(new Date(instant))
}

/** What somebody would write by hand: the same page for one currency, one language and one role, and no failures. */
export function PlainPlan({ initial }: { initial: PlanOverview }) {
  const [{ account, addOns }, setPlan] = useState(initial)
  const [opened, setOpened] = useState<AddOn>()
  const close = useCallback(() => setOpened(undefined), [])
  const buy = useCallback(async (addOn: AddOn) => {
    const { addOn: bought } = await answer(purchaseOf(addOn))
    setPlan((plan) => ({ ...plan, addOns: plan.addOns.map((old) => (old.id === bought.id ? bought : old)) }))
  }, [])
  const { billing } = account
  return (
    <section aria-label="Current plan" className="plan">
      <header>
        <p>Current plan</p>
        <h2>{account.plan.name}</h2>
        {billing && (
          <dl>
            <div>
              <dt>Billing</dt>
              <dd>Monthly</dd>
            </div>
            <div>
              <dt>Next invoice</dt>
              <dd>{date(billing.nextInvoiceDate)}</dd>
            </div>
            <div>
              <dt>Seats</dt>
              <dd>{billing.seats.standardLicenses + billing.seats.additionalUsers}</dd>
            </div>
          </dl>
        )}
      </header>
      <h3>Available add-ons</h3>
      <ul>
        {addOns.map((addOn) => (
          <li key={addOn.id}>
            <Card addOn={addOn} onOpen={setOpened} />
          </li>
        ))}
      </ul>
      <footer>
        All purchases are final. To change licence numbers or billing terms, contact your account manager.
      </footer>
      {opened && <Purchase addOn={opened} onClose={close} onBuy={buy} />}
    </section>
  )
}

const Card = memo(function Card({ addOn, onOpen }: { addOn: AddOn; onOpen: (addOn: AddOn) => void }) {
  const { id, name, description, learnMoreUrl, unitPrice, status } = addOn
  const isActive = status.kind === 'active'
  return (
    <article id={id} className={isActive ? 'card active' : 'card'} aria-labelledby={`${id}-name`}>
      <span className="tile" aria-hidden="true">
        {name.slice(0, 2)}
      </span>
      <h4 id={`${id}-name`}>{name}</h4>
      {isActive && <span>Active</span>}
      <p className="text">
        {description} {/* biome-ignore lint/a11y/noAmbiguousAnchorText: its label says what of */}
        <a href={learnMoreUrl} target="_blank" rel="noopener noreferrer" aria-label={`Learn more, ${name}`}>
          Learn more
        </a>
      </p>
      <p className="price">
        <b>{unitPrice && money(unitPrice)}</b> <small>per seat / month</small>
      </p>
      {!isActive && (
        <div className="actions">
          <button type="button" className="primary" aria-label={`Subscribe now, ${name}`} onClick={() => onOpen(addOn)}>
            Subscribe now
          </button>
          <button type="button" aria-label={`Try it for free, ${name}`}>
            Try it for free
          </button>
        </div>
      )}
    </article>
  )
})

interface PurchaseProps {
  addOn: AddOn
  onClose: () => void
  onBuy: (addOn: AddOn) => Promise<void>
}

function Purchase({ addOn, onClose, onBuy }: PurchaseProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [preview, setPreview] = useState<PurchasePreview>()
  const [isDone, setDone] = useState(false)
  useEffect(() => {
    dialog.current?.showModal()
    Promise.resolve(previewOf(addOn.id)).then(setPreview)
  }, [addOn.id])
  const buy = async () => {
    await onBuy(addOn)
    setDone(true)
  }
  return (
    <dialog ref={dialog} aria-labelledby="purchase" onClose={onClose}>
      <h2 id="purchase">{isDone ? `${addOn.name} is ready` : `Subscribe to ${addOn.name}`}</h2>
      {preview && !isDone && (
        <dl>
          <dt>Seats</dt>
          <dd>{preview.seats.total}</dd>
          <dt>Price per seat</dt>
          <dd>{money(preview.unitPrice)}</dd>
          <dt>Next invoice on {date(preview.nextInvoice.date)}</dt>
          <dd>{money(preview.nextInvoice.addOnAmount)}</dd>
          <dt>Payment</dt>
          <dd>{preview.payment?.label}</dd>
          <dt>Due today, for 8 of 30 days</dt>
          <dd className="due">{money(preview.dueNow)}</dd>
        </dl>
      )}
      <button type="button" onClick={() => dialog.current?.close()}>
        {isDone ? 'Done' : 'Cancel'}
      </button>
      {preview && !isDone && (
        <button type="button" className="primary" onClick={buy}>
          Subscribe for {money(preview.dueNow)} today
        </button>
      )}
    </dialog>
  )
}
