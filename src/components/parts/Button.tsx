'use client'

import { type ComponentPropsWithoutRef, forwardRef, type MouseEvent } from 'react'

/** Props of the kit's own button. */
export interface ButtonProps extends ComponentPropsWithoutRef<'button'> {
  variant?: 'primary' | 'secondary' | 'quiet' | undefined
  /** At work: stays focusable, ignores presses. @selector [data-pending] */
  isPending?: boolean | undefined
}

/** A button that can be at work. */
export const Button = forwardRef<HTMLButtonElement, ButtonProps>(function Button(
  { variant = 'secondary', isPending = false, onClick, children, ...rest },
  ref,
) {
  const isDisabled = isPending || rest['aria-disabled'] === true
  const press = (event: MouseEvent<HTMLButtonElement>) => (isDisabled ? event.preventDefault() : onClick?.(event))
  return (
    <button
      ref={ref}
      type="button"
      data-slot="button"
      data-variant={variant}
      data-pending={isPending || undefined}
      {...rest}
      aria-disabled={isDisabled || undefined}
      onClick={press}
    >
      {isPending && <span data-slot="spinner" aria-hidden="true" />}
      <span data-slot="label">{children}</span>
    </button>
  )
})
