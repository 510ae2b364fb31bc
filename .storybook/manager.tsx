// Storybook's frame is built with a React of its own, and JSX that calls it by name.
import React from 'react'
import { AddonPanel } from 'storybook/internal/components'
import { addons, types } from 'storybook/manager-api'
import { BrandPanel } from './manager/BrandPanel.js'
import { BugTools } from './manager/BugTools.js'

// The stories are pages more often than parts: leave them the room.
addons.setConfig({ layout: { bottomPanelHeight: 200 } })

addons.register('addon-kit', () => {
  addons.add('addon-kit/bug', {
    type: types.TOOL,
    title: 'Copy bug link or report',
    match: ({ viewMode, tabId }) => viewMode === 'story' && !tabId,
    render: () => <BugTools />,
  })
  addons.add('addon-kit/brand', {
    type: types.PANEL,
    title: 'Brand',
    match: ({ viewMode }) => viewMode === 'story',
    render: ({ active }) => (
      <AddonPanel active={active ?? false}>
        <BrandPanel />
      </AddonPanel>
    ),
  })
})
