import { AddOnError } from 'addon-kit'
import { fieldOf } from '../../src/protocol/forms.js'

/** One request, without what anybody has written into it. */
export interface LoggedRequest {
  readonly method: string
  readonly path: string
  /** Nothing where no answer came. */
  readonly status?: number | undefined
  /** The problem's code, where it was refused. */
  readonly code?: string | undefined
}

const kept = 10

/** The last ten requests of the story that is shown. */
class RequestLog {
  requests: readonly LoggedRequest[] = []

  note(request: LoggedRequest): void {
    this.requests = [...this.requests, request].slice(-kept)
  }

  clear(): void {
    this.requests = []
  }

  /** Lets a request through, and notes what became of it. */
  async pass(request: Request, answer: () => Promise<Response>): Promise<Response> {
    const { method } = request
    const path = new URL(request.url).pathname
    try {
      const response = await answer()
      const body: unknown = response.ok ? undefined : await readJson(response.clone())
      const code = fieldOf(body, 'code')
      this.note({ method, path, status: response.status, code: typeof code === 'string' ? code : undefined })
      return response
    } catch (error) {
      this.note({ method, path })
      throw error
    }
  }

  /** Notes what a method of a backend fails with that has made no request. */
  async call<T>(name: string, answer: Promise<T>): Promise<T> {
    const before = this.requests
    try {
      return await answer
    } catch (error) {
      if (error instanceof AddOnError && this.requests === before)
        this.note({ method: 'call', path: name, status: error.status, code: error.code })
      throw error
    }
  }
}

function readJson(response: Response): Promise<unknown> {
  return response.json().catch(() => undefined)
}

/** The log of this page. */
export const requestLog = new RequestLog()
