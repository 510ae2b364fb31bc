import { cleanup, configure } from '@testing-library/react'
import { afterEach } from 'vitest'

// A part that loads later may take a while the first time, on a machine that does other work.
configure({ asyncUtilTimeout: 5000 })

// Testing Library does this by itself only where test functions are global. A purchase that a test leaves open is the
// next one's business no more than its page.
afterEach(() => {
  cleanup()
  localStorage.clear()
})
