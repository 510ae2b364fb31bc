import { DocsContext } from '@storybook/addon-docs/blocks'
import { useContext } from 'react'
import './docs.css'

/** Every story of the page's component, each with its line. */
export function StateList() {
  const stories = useContext(DocsContext).componentStories()
  return (
    <ul className="sb-unstyled docs-states">
      {stories.map(({ id, name, parameters }) => (
        <li key={id}>
          <a href={`./?path=/story/${id}`} target="_top">
            {name}
          </a>
          <span>{parameters.docs?.description?.story}</span>
        </li>
      ))}
    </ul>
  )
}
