import type { Decorator } from '@storybook/react-vite'
import { useEffect, useState } from 'react'
import { isOwnTale } from '../toolbar/isOwnTale.js'
import { type Look, readChoices, readLook } from '../toolbar/Toolbar.js'
import { readCells } from './cells.js'
import { FrozenDialog } from './FrozenDialog.js'

type Cell = Awaited<ReturnType<typeof readCells>>[number]['cells'][number]

/**
 * A step that a play function leads to is not reached where none is played: there it is shown as the contact sheet has
 * it, under the name that the story gives as its parameter `frozen`.
 */
export const frozenElsewhere: Decorator = (Story, { parameters, globals }) => {
  const choices = readChoices(globals)
  const look = readLook(globals)
  if (isOwnTale(globals) || typeof parameters.frozen !== 'string') return <Story />
  return <FrozenStep key={JSON.stringify([choices, look])} name={parameters.frozen} {...{ choices, look }} />
}

function FrozenStep({ name, choices, look }: { name: string; choices: Parameters<typeof readCells>[0]; look: Look }) {
  const [cell, setCell] = useState<Cell>()
  useEffect(() => {
    void readCells(choices).then((rows) => setCell(rows.flatMap(({ cells }) => cells).find((one) => one.name === name)))
  }, [name, choices])
  return cell && <FrozenDialog {...cell} look={look} container={document.body} />
}
