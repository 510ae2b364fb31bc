import path from 'node:path'
import { defineConfig, mergeConfig } from 'vitest/config'
import base from '../vite.config.js'

/** The tests that mutants meet: those of the mutated layers, in Node, each fast and with the same input every time. */
export default defineConfig(async (env) =>
  mergeConfig(await base({ ...env, mode: 'mutation' }), {
    root: path.resolve(import.meta.dirname, '..'),
    test: {
      include: ['test/{domain,server,data}/**/*.test.ts', 'test/matrix/policy.test.ts'],
      // Random histories kill a mutant today and not tomorrow.
      exclude: ['test/server/invariants.test.ts', '**/*.fuzz.test.ts'],
      // Every mutant is a run of its own: one worker for all its test files halves the time.
      isolate: false,
    },
  }),
)
