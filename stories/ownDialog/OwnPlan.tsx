import { type AddOn, type AddOnAction, useAddOnPermissions, usePlan } from 'addon-kit'
import { useState } from 'react'
import { formatMoney } from './format.js'
import { OwnDialog } from './OwnDialog.js'
import { Button } from './parts.js'

const labels: Readonly<Record<AddOnAction, string>> = {
  subscribe: 'Subscribe',
  'request-quote': 'Request a quote',
  'start-trial': 'Try for free',
  'request-feature': 'Ask an Owner',
}

/** A plan page with nothing of the kit's but its hooks. */
export function OwnPlan() {
  const { data: plan, error, refetch } = usePlan()
  const [open, setOpen] = useState<{ addOnId: string; action: AddOnAction }>()
  if (!plan) {
    return error ? <Button onClick={refetch}>Try again</Button> : <p role="status">Loading your plan</p>
  }
  return (
    <main className="own">
      <h1>{plan.account.plan.name}</h1>
      <ul>
        {plan.addOns.map((addOn) => (
          <li key={addOn.id} className="own-card">
            <OwnCard addOn={addOn} onAction={(action) => setOpen({ addOnId: addOn.id, action })} />
          </li>
        ))}
      </ul>
      {open && <OwnDialog key={open.addOnId} {...open} onClose={() => setOpen(undefined)} />}
    </main>
  )
}

function OwnCard({ addOn, onAction }: { addOn: AddOn; onAction: (action: AddOnAction) => void }) {
  const { hasAccess, actions } = useAddOnPermissions(addOn.id)
  if (!hasAccess) return null
  return (
    <>
      <h2 id={addOn.id} tabIndex={-1}>
        {addOn.name}
      </h2>
      <p>{addOn.description}</p>
      <p>{addOn.unitPrice ? `${formatMoney(addOn.unitPrice)} per seat` : 'Price on request'}</p>
      {addOn.status.kind === 'active' && <p>Active</p>}
      {addOn.status.kind === 'trialing' && <p>On trial</p>}
      {addOn.pendingPurchase && <p>{addOn.pendingPurchase.by} is buying this</p>}
      <div className="own-actions">
        {actions.map((action, index) => (
          <Button
            key={action}
            variant={index === 0 ? 'default' : 'outline'}
            aria-label={`${labels[action]}, ${addOn.name}`}
            onClick={() => onAction(action)}
          >
            {labels[action]}
          </Button>
        ))}
      </div>
    </>
  )
}
