import { expect, test } from 'vitest'
import { createRandom, createSeed } from '../../src/testing/random.js'

const draw = (seed: number) => {
  const random = createRandom(seed)
  return Array.from({ length: 1000 }, () => random.below(10))
}

test('the same seed brings the same numbers, another one others', () => {
  expect(draw(1)).toEqual(draw(1))
  expect(draw(1)).not.toEqual(draw(2))
})

test('every number below the limit comes about as often as every other', () => {
  const counts = Array.from({ length: 10 }, (_, number) => draw(3).filter((drawn) => drawn === number).length)
  expect(Math.min(...counts)).toBeGreaterThan(60)
  expect(Math.max(...counts)).toBeLessThan(140)
})

test('there is nothing to pick from nothing', () => {
  expect(() => createRandom(1).pick([])).toThrow(RangeError)
})

test('a fresh seed is an integer of 32 bits', () => {
  const seed = createSeed()
  expect(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32).toBe(true)
})
