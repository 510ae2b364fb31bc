import { linked } from './linked.js'
import './damagedLink.css'

/** Says above a story that the bug link which opened it cannot be read. */
export function DamagedLink() {
  if (!linked.damage) return null
  return (
    <p className="damaged-link" role="alert" dir="ltr" lang="en">
      <strong>This bug link is damaged:</strong> {linked.damage}. A fresh account is shown.
    </p>
  )
}
