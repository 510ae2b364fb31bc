/** Shows the bank's challenge over the page, in the body, until the bank says that it is over or the kit takes it down. */
export function showChallenge(bank: string, signal: AbortSignal): Promise<void> {
  const frame = document.createElement('iframe')
  frame.title = 'Your bank'
  frame.src = `${bank}/challenge`
  frame.style.cssText = 'position: fixed; inset: 20% 20% auto; width: 60%; height: 300px; background: white'
  document.body.append(frame)
  const shown = new AbortController()
  return new Promise<void>((resolve, reject) => {
    const until = { signal: shown.signal }
    signal.addEventListener('abort', () => reject(signal.reason), until)
    addEventListener('message', ({ source }) => source === frame.contentWindow && resolve(), until)
  }).finally(() => {
    shown.abort()
    frame.remove()
  })
}

/** Goes to the bank, which comes back to this address by itself. */
export function leaveForBank(bank: string): Promise<void> {
  location.assign(`${bank}/challenge?back=${encodeURIComponent(location.href)}`)
  return new Promise(() => {})
}
