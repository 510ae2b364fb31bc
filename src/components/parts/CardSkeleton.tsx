'use client'

import { useMessages } from '../../data/useMessages.js'
import { useSurface } from './useSurface.js'

/** A card that is not here yet, in a card's geometry. */
export function CardSkeleton() {
  const surface = useSurface()
  const { t } = useMessages()
  return (
    <div {...surface} data-slot="card" data-skeleton="" aria-busy="true">
      <span data-slot="tile" />
      <span data-slot="visually-hidden">{t('plan.loading')}</span>
    </div>
  )
}
