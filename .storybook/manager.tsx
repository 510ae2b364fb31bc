import { AddonPanel } from 'storybook/internal/components'
import { addons, types } from 'storybook/manager-api'
import { BrandPanel } from './BrandPanel.js'
import { BugTools } from './BugTools.js'

// The stories are pages more often than parts: leave them the room.
addons.setConfig({ bottomPanelHeight: 200 })

addons.register('addon-kit', () => {
  addons.add('addon-kit/bug', {
    type: types.TOOLEXTRA,
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
