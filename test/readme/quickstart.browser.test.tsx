import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import readme from '../../README.md?raw'
import Quickstart from './quickstart.js'
import source from './quickstart.tsx?raw'

const [, block = ''] = readme.match(/^```tsx\n(.*?)^```$/ms) ?? []

test('the quick start of the README is the file that is run here, to the letter', () => {
  expect(block).not.toBe('')
  expect(block).toBe(source.replace(/^\/\/ biome-ignore.*\n/gm, ''))
})

test('it has at most 10 lines', () => {
  expect(block.trimEnd().split('\n').length).toBeLessThanOrEqual(10)
})

test('it shows a plan, with its styles', async () => {
  render(<Quickstart />)
  expect(await screen.findByRole('heading', { name: 'Essentials' })).toBeVisible()
  const subscribe = await screen.findByRole('button', { name: 'Subscribe now, Analytics+' })
  expect(getComputedStyle(subscribe).cursor).toBe('pointer')
})
