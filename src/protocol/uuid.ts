/** A random UUID (version 4). Works on plain-http hosts too, where `crypto.randomUUID` is undefined. */
export function createUuid(): string {
  return '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, (digit) => {
    const [random = 0] = crypto.getRandomValues(new Uint8Array(1))
    // An 8 stands where the variant goes, and keeps its upper bits.
    return (Number(digit) ^ (random & (digit === '8' ? 3 : 15))).toString(16)
  })
}
