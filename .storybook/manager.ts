import { addons } from 'storybook/manager-api'

// The stories are pages more often than parts: leave them the room.
addons.setConfig({ bottomPanelHeight: 200 })
