/** Runs in the page: marks it `data-shown="restored"` when the browser brings it back as it was, else `"loaded"`. */
export function markRestored(): void {
  addEventListener('pageshow', ({ persisted }) => {
    document.documentElement.dataset.shown = persisted ? 'restored' : 'loaded'
  })
}
