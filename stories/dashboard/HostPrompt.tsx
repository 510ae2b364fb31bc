import { useEffect, useRef } from 'react'
import type { BankAnswer } from '../StoryBank.js'

/** What each button says, by what it means; the last one is also what Escape does. */
interface Question<Answer extends string> {
  readonly title: string
  readonly text: string
  readonly answers: readonly [answer: Answer, label: string][]
}

/** The bank's challenge. */
export const bankQuestion: Question<BankAnswer> = {
  title: 'Your bank asks you',
  text: 'Northwind Voice wants to charge your card. Is that you?',
  answers: [
    ['approved', 'Yes, approve'],
    ['declined', 'No, decline'],
    ['left', 'Cancel'],
  ],
}

/** The host's own page for the payment method. */
export const cardQuestion: Question<'changed'> = {
  title: 'Payment method',
  text: 'Visa ending 4242 is on file. Here the host would let you change it.',
  answers: [['changed', 'Use this card']],
}

export interface HostPromptProps<Answer extends string> {
  question: Question<Answer>
  onAnswer: (answer: Answer | undefined) => void
}

/** What the host shows when the kit asks it to: the bank's challenge, or the payment method. */
export function HostPrompt<Answer extends string>({ question, onAnswer }: HostPromptProps<Answer>) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  const { title, text, answers } = question
  return (
    <dialog
      ref={dialog}
      className="host-prompt"
      aria-label={title}
      onClose={({ currentTarget: { returnValue } }) => {
        const [answer] = answers.find(([value]) => value === returnValue) ?? answers.at(-1) ?? []
        onAnswer(answer)
      }}
    >
      <h2>{title}</h2>
      <p>{text}</p>
      <form method="dialog">
        {answers.map(([value, label]) => (
          <button key={value} type="submit" value={value}>
            {label}
          </button>
        ))}
      </form>
    </dialog>
  )
}
