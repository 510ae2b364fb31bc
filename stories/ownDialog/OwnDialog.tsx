import {
  type AddOn,
  type AddOnAction,
  type PostHandle,
  useAddOn,
  usePurchase,
  useRequestFeature,
  useRequestQuote,
  useStartTrial,
} from 'addon-kit'
import { useEffect, useId, useState } from 'react'
import { PurchaseBody, titleOf } from './PurchaseBody.js'
import { Button, Dialog } from './parts.js'

/** The dialog for one action on one add-on. */
export function OwnDialog(props: { addOnId: string; action: AddOnAction; onClose: () => void }) {
  const { data: addOn } = useAddOn(props.addOnId)
  if (!addOn) return null
  if (props.action === 'subscribe') return <PurchaseDialog addOn={addOn} onClose={props.onClose} />
  return <RequestDialog addOn={addOn} action={props.action} onClose={props.onClose} />
}

function PurchaseDialog({ addOn, onClose }: { addOn: AddOn; onClose: () => void }) {
  const purchase = usePurchase(addOn.id)
  const { state, refreshPrice } = purchase
  const isIdle = state.step === 'idle'
  // A price is asked for when the dialog opens, never a purchase.
  useEffect(() => {
    if (isIdle) refreshPrice()
  }, [isIdle, refreshPrice])
  const close = () => {
    onClose()
    purchase.close()
  }
  return (
    <Dialog title={titleOf(state, addOn.name)} step={state.step} returnFocusTo={addOn.id} onClose={close}>
      <PurchaseBody addOn={addOn} purchase={purchase} onClose={close} />
    </Dialog>
  )
}

interface RequestDialogProps {
  addOn: AddOn
  action: Exclude<AddOnAction, 'subscribe'>
  onClose: () => void
}

const requests = {
  'request-quote': { title: 'Request a quote', send: 'Send to sales', sent: 'Sales will come back to you.' },
  'start-trial': { title: 'Free trial', send: 'Start trial', sent: 'Your trial has begun. It does not renew.' },
  'request-feature': { title: 'Ask an Owner', send: 'Send request', sent: 'Your Owners have been told.' },
} as const

function RequestDialog({ addOn, action, onClose }: RequestDialogProps) {
  const posts: Record<typeof action, PostHandle> = {
    'request-quote': useRequestQuote(addOn.id),
    'start-trial': useStartTrial(addOn.id),
    'request-feature': useRequestFeature(addOn.id),
  }
  const { status, error, send } = posts[action]
  const { title, send: label, sent } = requests[action]
  const [text, setText] = useState('')
  const textId = useId()
  return (
    <Dialog
      title={`${title}: ${addOn.name}`}
      step={status === 'sent' ? 'sent' : 'form'}
      returnFocusTo={addOn.id}
      onClose={onClose}
    >
      <p role="status">{status === 'sent' ? sent : status === 'sending' ? 'Sending' : ''}</p>
      {action !== 'start-trial' && status !== 'sent' && (
        <p>
          <label htmlFor={textId}>Message (optional)</label>
          <textarea
            id={textId}
            rows={3}
            maxLength={1000}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </p>
      )}
      {error && <p role="alert">It was not sent. Try again.</p>}
      <div className="own-actions">
        <Button variant="outline" onClick={onClose}>
          Close
        </Button>
        {status !== 'sent' && (
          <Button aria-disabled={status === 'sending'} onClick={() => send(text)}>
            {label}
          </Button>
        )}
      </div>
    </Dialog>
  )
}
