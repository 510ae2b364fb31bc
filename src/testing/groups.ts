import type { ContractGroup } from './ContractGroup.js'
import { errors } from './groups/errors.js'
import { idempotency } from './groups/idempotency.js'
import { malformed } from './groups/malformed.js'
import { modelGroup } from './groups/model.js'
import { money } from './groups/money.js'
import { policy } from './groups/policy.js'
import { priceLock } from './groups/priceLock.js'
import { races } from './groups/races.js'
import { requests } from './groups/requests.js'
import { shape } from './groups/shape.js'
import { telling } from './groups/telling.js'
import { tenancy } from './groups/tenancy.js'
import { trial } from './groups/trial.js'

/** All of the contract; what is broken at the root is told first. */
export function contractGroups(model: { seed: number; runs: number; steps: number }): readonly ContractGroup[] {
  return [
    shape,
    telling,
    policy,
    idempotency,
    races,
    priceLock,
    trial,
    requests,
    tenancy,
    money,
    malformed,
    errors,
    modelGroup(model),
  ]
}
