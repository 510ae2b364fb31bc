import {
  type AddOn,
  type PreviewLine,
  type PurchaseHandle,
  type PurchasePreview,
  type PurchaseState,
  usePlan,
} from 'addon-kit'
import { type ReactNode, useId, useState } from 'react'
import { formatDate, formatMoney } from './format.js'
import { Button, Row, Rows } from './parts.js'

type Step = PurchaseState['step']

/** The heading of each step; it names the dialog. */
const titles: Readonly<Record<Step, string>> = {
  idle: 'Subscribe to {name}',
  loading: 'Subscribe to {name}',
  review: 'Subscribe to {name}',
  'price-changed': 'The price has changed',
  submitting: 'Subscribing to {name}',
  checking: 'Checking your purchase',
  unresolved: 'We do not know yet',
  processing: 'Your payment is being processed',
  'action-needed': 'Your bank has a question',
  done: '{name} is yours',
  mischarged: 'The amount is wrong',
  unpriced: 'There is no price now',
  expired: 'The price is no longer held',
  declined: 'Your payment was declined',
  'already-purchased': 'Your account has {name}',
  'purchase-pending': '{name} is being bought',
  'not-allowed': 'You cannot buy {name} any more',
  failed: 'It did not go through',
}

export function titleOf({ step }: PurchaseState, name: string): string {
  return titles[step].replace('{name}', name)
}

type BodyProps = { addOn: AddOn; purchase: PurchaseHandle; onClose: () => void }

/** What a purchase shows below its heading: its price, its way, its ending. */
export function PurchaseBody({ addOn, purchase, onClose }: BodyProps) {
  const { state, refreshPrice, resume } = purchase
  switch (state.step) {
    case 'idle':
    case 'loading':
      return <Ending text="Getting your price" onClose={onClose} />
    case 'review':
    case 'price-changed':
    case 'submitting':
      // What was agreed to was one price: another one begins anew.
      return <Review key={state.preview.previewId} purchase={purchase} state={state} onClose={onClose} />
    case 'checking':
      return <Ending text="We are finding out what became of it. You will not be charged twice." onClose={onClose} />
    case 'unresolved':
      return <Ending text="You will not be charged twice." next={['Check again', resume]} onClose={onClose} />
    case 'processing':
      return (
        <Ending
          text="You can close this: it goes on."
          next={state.isSlow ? ['Check again', resume] : undefined}
          onClose={onClose}
        />
      )
    case 'action-needed':
      return <Ending text="You will not be charged twice." next={['Continue', resume]} onClose={onClose} />
    case 'done':
    case 'mischarged':
      return (
        <Ending
          text={state.step === 'done' ? 'Everyone can use it now.' : 'Contact us with this reference.'}
          onClose={onClose}
        >
          <Rows>
            <Row label="Charged" value={formatMoney(state.purchase.charged)} />
            <Row label="Reference" value={state.purchase.id} />
          </Rows>
          {addOn.href && <a href={addOn.href}>Open {addOn.name}</a>}
        </Ending>
      )
    case 'unpriced':
    case 'expired':
    case 'declined':
    case 'failed':
      return <Ending text="Nothing has been charged." next={['Refresh the price', refreshPrice]} onClose={onClose} />
    case 'already-purchased':
    case 'purchase-pending':
    case 'not-allowed':
      return (
        <Ending
          text={[state.error?.purchasedBy, 'Nothing more has been charged.'].filter(Boolean).join(' · ')}
          onClose={onClose}
        />
      )
  }
}

interface EndingProps {
  text: string
  next?: readonly [label: string, press: () => void] | undefined
  onClose: () => void
  children?: ReactNode
}

function Ending({ text, next, onClose, children }: EndingProps) {
  return (
    <>
      <p>{text}</p>
      {children}
      <div className="own-actions">
        <Button variant="outline" onClick={onClose}>
          Close
        </Button>
        {next && <Button onClick={next[1]}>{next[0]}</Button>}
      </div>
    </>
  )
}

/** What a line is called where the backend gives it no label. */
const lineLabels: Readonly<Record<PreviewLine['kind'], string>> = {
  prorated: 'Rest of this period',
  discount: 'Discount',
  credit: 'Credit',
  tax: 'Tax',
  'past-due': 'Past due',
  other: 'Other',
}

interface ReviewProps {
  purchase: PurchaseHandle
  state: Extract<PurchaseState, { step: 'review' | 'price-changed' | 'submitting' }>
  onClose: () => void
}

/** What is bought, for whom and for how much; directly above the button, what pressing it costs. */
function Review({ purchase, state, onClose }: ReviewProps) {
  const { preview } = state
  const { data: plan } = usePlan()
  const previous = state.step === 'price-changed' ? state.previous : undefined
  const was = (read: (preview: PurchasePreview) => string) => previous && read(previous)
  const { seats, unitPrice, lines, dueNow, nextInvoice, proration, payment, terms, frequency } = preview
  const [hasAgreed, setAgreed] = useState(false)
  const consentId = useId()
  const isMissingConsent = terms.consent === 'checkbox' && !hasAgreed
  const tax = preview.taxNotIncluded ? ' plus tax' : ''
  return (
    <>
      <Rows>
        <Row label="Billed to" value={plan?.account.name ?? ''} />
        <Row
          label={`Seats: ${seats.standardLicenses} standard + ${seats.additionalUsers} additional`}
          was={was(({ seats }) => `${seats.total}`)}
          value={`${seats.total}`}
        />
        <Row
          label="Price per seat"
          was={was(({ unitPrice }) => formatMoney(unitPrice))}
          value={formatMoney(unitPrice)}
        />
        {lines.map(({ kind, label = lineLabels[kind], amount }) => (
          <Row key={`${kind} ${label} ${amount.amount}`} label={label} value={formatMoney(amount)} />
        ))}
        <Row label="Paid with" value={payment?.label ?? 'Nothing on file'} />
        <Row
          label={`Due today, ${formatDate(proration.from)} – ${formatDate(proration.to)}`}
          was={was(({ dueNow }) => formatMoney(dueNow))}
          value={formatMoney(dueNow) + tax}
        />
      </Rows>
      {terms.consent === 'checkbox' && (
        <p>
          <input
            id={consentId}
            type="checkbox"
            checked={hasAgreed}
            onChange={(event) => setAgreed(event.target.checked)}
          />
          <label htmlFor={consentId}>I agree to this purchase and its terms.</label>
        </p>
      )}
      <p>
        You pay {formatMoney(dueNow)}
        {tax} today and {formatMoney(nextInvoice.addOnAmount)}
        {tax} every {frequency === 'monthly' ? 'month' : 'year'} from {formatDate(nextInvoice.date)}. All purchases are
        final. {terms.url && <a href={terms.url}>Terms</a>}
      </p>
      <div className="own-actions">
        <Button variant="outline" onClick={onClose}>
          {state.step === 'submitting' ? 'Close' : 'Cancel'}
        </Button>
        <Button aria-disabled={!purchase.canConfirm || isMissingConsent} onClick={purchase.confirm}>
          Pay {formatMoney(dueNow)}
          {tax} today
        </Button>
      </div>
    </>
  )
}
