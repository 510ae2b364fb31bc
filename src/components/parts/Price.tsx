'use client'

import { useMessages } from '../../data/useMessages.js'
import type { AddOn } from '../../domain/addOn.js'

/** The price per seat and period, or that it comes on request. */
export function Price({ addOn: { unitPrice, frequency } }: { addOn: Pick<AddOn, 'unitPrice' | 'frequency'> }) {
  const { t, format } = useMessages()
  return (
    <p data-slot="price">
      <b>{unitPrice ? <bdi>{format.money(unitPrice)}</bdi> : t('price.onRequest')}</b>{' '}
      <small>{t(unitPrice ? `price.${frequency}` : 'price.forContract')}</small>
    </p>
  )
}
