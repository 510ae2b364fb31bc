import 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** How the model is run: see `npm run test:model`. */
    model: { readonly runs: number; readonly seed?: number; readonly path?: string }
  }
}
