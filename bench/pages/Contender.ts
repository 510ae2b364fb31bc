/** One page of the comparison: how it shows its add-ons, and where to look for what it shows. */
export interface Contender {
  /** Shows so many add-ons, all of whose data is at hand; the clock starts with this call. */
  show(root: HTMLElement, count: number): void
  /** Finds each card that stands there with its price. */
  readonly cards: string
  /** Finds the first card's button that opens the dialog. */
  readonly opener?: string
  /** Finds the price once it is in the dialog. */
  readonly price?: string
  /** Finds the dialog's button that buys, once it takes presses. */
  readonly confirm?: string
  /** Finds the first card once it shows that it is bought. */
  readonly bought?: string
}
