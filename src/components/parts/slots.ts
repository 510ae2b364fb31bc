/** Class names by slot, to be added to the kit's own parts. */
export type ClassNames<Slot extends string> = Partial<Readonly<Record<Slot, string>>>

/** Joins class names; `undefined` where there is none. */
export function cx(...names: (string | false | null | undefined)[]): string | undefined {
  return names.filter(Boolean).join(' ') || undefined
}

/** Makes the props that mark a part as a slot and carry the host's class names for it. */
export function slots<Slot extends string>(classNames: ClassNames<Slot> | undefined) {
  return (slot: Slot, className?: string) => ({ 'data-slot': slot, className: cx(className, classNames?.[slot]) })
}
