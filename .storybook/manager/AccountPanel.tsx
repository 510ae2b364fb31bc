import React, { useId } from 'react'
import { useGlobals } from 'storybook/manager-api'
import { factors } from '../../stories/toolbar/menus.js'

const story = 'story'

/** How many of the account's factors are named; the others are as the story tells them. */
export function useNamedFactors(): readonly string[] {
  const [globals] = useGlobals()
  return Object.keys(factors).filter((name) => globals[name] !== story)
}

/** Who looks, at which account, when, and over which network: every story follows what is named here. */
export function AccountPanel() {
  const [globals, update, ofStory] = useGlobals()
  const named = useNamedFactors()
  const id = useId()
  return (
    <div style={{ padding: 16 }}>
      <div style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(170px, 1fr))', gap: '12px 16px' }}>
        {Object.entries(factors).map(([name, { label, description, titles }]) => {
          const value = String(globals[name])
          const options = [[story, 'As the story'], ...titles] as const
          return (
            <div key={name} style={{ display: 'grid', gap: 4 }}>
              <label htmlFor={id + name} title={description} style={{ fontWeight: value === story ? 400 : 700 }}>
                {label}
              </label>
              <select
                id={id + name}
                value={value}
                disabled={name in ofStory}
                onChange={({ target }) => update({ [name]: target.value })}
                style={{ font: 'inherit', inlineSize: '100%', minBlockSize: 28 }}
              >
                {options.map(([value, title]) => (
                  <option key={value} value={value}>
                    {title}
                  </option>
                ))}
                {/* A bug link can name any instant. */}
                {!options.some(([known]) => known === value) && <option value={value}>{value}</option>}
              </select>
            </div>
          )
        })}
        <button
          type="button"
          disabled={named.length === 0}
          onClick={() => update(Object.fromEntries(Object.keys(factors).map((name) => [name, story])))}
          style={{ font: 'inherit', alignSelf: 'end', minBlockSize: 28 }}
        >
          All as the story
        </button>
      </div>
    </div>
  )
}
