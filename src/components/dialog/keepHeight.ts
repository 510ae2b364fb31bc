/** Lets a sheet become higher, but not lower again while it is open: what is at its upper edge stays where it is. */
export function keepHeight(dialog: HTMLElement | null): void {
  if (!dialog) return
  new ResizeObserver(() => dialog.style.setProperty('--_kept', getComputedStyle(dialog).blockSize)).observe(dialog)
}
