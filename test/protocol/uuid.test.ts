import { expect, test, vi } from 'vitest'
import { idempotencyKeySchema } from '../../src/protocol/idempotencyKey.js'
import { createUuid } from '../../src/protocol/uuid.js'

test('makes version 4 UUIDs, each another', () => {
  const made = Array.from({ length: 1000 }, createUuid)
  expect(new Set(made).size).toBe(1000)
  for (const uuid of made) {
    expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(idempotencyKeySchema(uuid)).toBe(uuid)
  }
})

test('does without crypto.randomUUID, which plain-http hosts do not have', () => {
  const randomUUID = vi.spyOn(crypto, 'randomUUID').mockImplementation(() => {
    throw new TypeError('not here')
  })
  expect(createUuid()).toHaveLength(36)
  randomUUID.mockRestore()
})
