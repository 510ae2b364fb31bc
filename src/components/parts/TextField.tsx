'use client'

import { useId } from 'react'
import { useMessages } from '../../data/useMessages.js'

/** The longest text that the wire contract takes, in characters. */
const maxLength = 1000

/** An optional text of several lines. */
export function TextField(props: { label: string; value: string; onChange: (value: string) => void }) {
  const { t } = useMessages()
  const id = useId()
  return (
    <p data-slot="field">
      <label htmlFor={id}>{t('field.optional', { label: props.label })}</label>
      <textarea
        id={id}
        rows={3}
        maxLength={maxLength}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
      />
    </p>
  )
}
