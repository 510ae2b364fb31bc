/** When the backend last answered a purchase, by `performance.now()`. */
export let answeredAt = 0

/** Answers a purchase later, as any backend does, and writes down when. */
export async function answer<T>(value: T): Promise<T> {
  await new Promise((resolve) => setTimeout(resolve, 100))
  answeredAt = performance.now()
  return value
}
