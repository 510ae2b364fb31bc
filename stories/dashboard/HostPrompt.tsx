import { useEffect, useRef } from 'react'

const texts = {
  bank: {
    title: 'Your bank asks you',
    text: 'Northwind Voice wants to charge your card. Is that you?',
    button: 'Yes, approve',
  },
  card: {
    title: 'Payment method',
    text: 'Visa ending 4242 is on file. Here the host would let you change it.',
    button: 'Use this card',
  },
} as const

export type PromptKind = keyof typeof texts

/** What the host shows when the kit asks it to: the bank's challenge, or the payment method. */
export function HostPrompt({ kind, done }: { kind: PromptKind; done: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  const { title, text, button } = texts[kind]
  return (
    // Leaving it is no answer: what the bank asks stays asked until it has one.
    <dialog
      ref={dialog}
      className="host-prompt"
      aria-label={title}
      onCancel={(event) => kind === 'bank' && event.preventDefault()}
      onClose={done}
    >
      <h2>{title}</h2>
      <p>{text}</p>
      <form method="dialog">
        <button type="submit">{button}</button>
      </form>
    </dialog>
  )
}
