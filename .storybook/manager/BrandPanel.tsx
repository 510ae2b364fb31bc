import React, { useId } from 'react'
import { useGlobals } from 'storybook/manager-api'
import { fonts } from '../../stories/toolbar/menus.js'

/** The inputs of the toolbar's brand “Custom”: whoever changes one chooses that brand. */
export function BrandPanel() {
  const [{ accent, radius, font, brand }, update] = useGlobals()
  const id = useId()
  const change = (change: Record<string, unknown>) => update({ brand: 'custom', ...change })
  return (
    <div style={{ display: 'grid', gridTemplateColumns: 'auto auto', gap: 12, padding: 16, justifyContent: 'start' }}>
      <label htmlFor={`${id}accent`}>Accent</label>
      <input
        id={`${id}accent`}
        type="color"
        value={accent}
        onChange={({ target }) => change({ accent: target.value })}
      />
      <label htmlFor={`${id}radius`}>Radius: {radius} px</label>
      <input
        id={`${id}radius`}
        type="range"
        min={0}
        max={28}
        value={radius}
        onChange={({ target }) => change({ radius: target.valueAsNumber })}
      />
      <label htmlFor={`${id}font`}>Font</label>
      <select id={`${id}font`} value={font} onChange={({ target }) => change({ font: target.value })}>
        {fonts.map(([value, title]) => (
          <option key={value} value={value}>
            {title}
          </option>
        ))}
      </select>
      <p style={{ gridColumn: '1 / -1', margin: 0 }} role="status">
        {brand === 'custom' ? 'The stories wear this brand.' : 'Change one of these, and the stories wear this brand.'}
      </p>
    </div>
  )
}
