// What arrives later, as one file: the dialog, and what is done about purchases that are under way.
export { followPlan } from '../../data/followPlan.js'
export { FlowDialog } from './FlowDialog.js'
export { ProviderFlow } from './ProviderFlow.js'
