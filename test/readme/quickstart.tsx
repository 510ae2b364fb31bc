// biome-ignore-all format: the README's own lines, to the letter
// biome-ignore-all lint/style/noDefaultExport: an app's page
import { AddOnProvider, PlanTab } from 'addon-kit'
import { createDemoAdapter } from 'addon-kit/demo'
import 'addon-kit/styles.css'

const adapter = createDemoAdapter({ role: 'owner' })
export default () => <AddOnProvider adapter={adapter}><PlanTab /></AddOnProvider>
