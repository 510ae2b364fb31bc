'use client'

import { useMessages } from '../../data/useMessages.js'
import type { Decision } from '../../domain/policy.js'
import { Button } from '../parts/Button.js'
import { StepFrame } from './StepFrame.js'
import type { StepProps } from './steps.js'

/** An action that was chosen and is not offered (any more), with the reason. */
export function WithheldStep({
  addOn,
  close,
  decision,
}: StepProps & { decision: Extract<Decision, { allowed: false }> }) {
  const { t } = useMessages()
  return (
    <StepFrame
      step="withheld"
      mark={{ addOn }}
      title={<bdi>{addOn.name}</bdi>}
      text={decision.reasonText ? <bdi>{decision.reasonText}</bdi> : t(`reason.${decision.reason}`)}
      actions={<Button onClick={close}>{t('action.close')}</Button>}
    />
  )
}
