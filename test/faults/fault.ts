/**
 * What goes wrong with one request on its way. `pass` hands it to the handler, whose answer it gives; `null`: the
 * connection breaks without an answer.
 */
export type Fault = (pass: () => Promise<Response>) => Promise<Response | null>

/** The request never reaches the handler. */
export const loseRequest: Fault = async () => null

/** The handler has done its work, and nobody hears of it. */
export const loseAnswer: Fault = async (pass) => {
  await pass()
  return null
}

/** Something in between keeps the request and answers nothing. */
export const neverAnswer: Fault = () => new Promise(() => {})

/** Something in between answers with a problem, and the handler never hears of the request. */
export function refuse(status: number, code: string, headers: Record<string, string> = {}): Fault {
  const body = JSON.stringify({ type: 'about:blank', title: code, status, code, requestId: crypto.randomUUID() })
  return async () => new Response(body, { status, headers: { 'Content-Type': 'application/problem+json', ...headers } })
}

/** Something that is let go by the test. */
export class Gate {
  open: () => void = () => {}
  readonly #opened = new Promise<void>((resolve) => {
    this.open = resolve
  })

  /** The request waits here on its way to the handler. */
  readonly holdRequest: Fault = async (pass) => {
    await this.#opened
    return pass()
  }

  /** The handler has done its work; its answer waits here. */
  readonly holdAnswer: Fault = async (pass) => {
    const answer = await pass()
    await this.#opened
    return answer
  }
}
