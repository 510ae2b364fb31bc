'use client'

import type { ReactNode } from 'react'
import { useMessages } from '../../data/useMessages.js'
import { Button } from './Button.js'
import { HandsOver } from './HandsOver.js'
import { useSurface } from './useSurface.js'

/** A remark that belongs to no part of the page. */
export function Toast({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  const surface = useSurface()
  const { t } = useMessages()
  return (
    <HandsOver {...surface} data-slot="toast">
      {children}
      <Button variant="quiet" onClick={onClose}>
        {t('action.close')}
      </Button>
    </HandsOver>
  )
}
