/** Fetches what a change of the plan leads to; after a failure the next call tries again. */
export const loadPlanFollower = () => import('./PlanFollower.js')
