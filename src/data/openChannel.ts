/** Opens the way to the other tabs and providers of this browser, where there is one. */
export function openChannel(): BroadcastChannel | undefined {
  return typeof BroadcastChannel === 'function' ? new BroadcastChannel('addon-kit') : undefined
}
