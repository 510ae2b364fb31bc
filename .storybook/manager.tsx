// Storybook's frame is built with a React of its own, and JSX that calls it by name.
import React from 'react'
import { AddonPanel, Badge } from 'storybook/internal/components'
import { addons, types } from 'storybook/manager-api'
import { AccountPanel, useNamedFactors } from './manager/AccountPanel.js'
import { BrandPanel } from './manager/BrandPanel.js'
import { BugTools } from './manager/BugTools.js'

// The stories are pages more often than parts: leave them the room.
addons.setConfig({ layout: { bottomPanelHeight: 200 }, selectedPanel: 'addon-kit/account' })

addons.register('addon-kit', () => {
  addons.add('addon-kit/account', {
    type: types.PANEL,
    title: AccountTitle,
    match: ({ viewMode }) => viewMode === 'story',
    render: ({ active }) => (
      <AddonPanel active={active ?? false}>
        <AccountPanel />
      </AddonPanel>
    ),
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
  addons.add('addon-kit/bug', {
    type: types.TOOLEXTRA,
    title: 'Copy bug link or report',
    match: ({ viewMode, tabId }) => viewMode === 'story' && !tabId,
    render: () => <BugTools />,
  })
})

function AccountTitle() {
  const { length } = useNamedFactors()
  return <>Account {length > 0 && <Badge compact>{length}</Badge>}</>
}
