export { type PlannedTexts, planTexts } from './plan-texts.js'
export { type PlanWords, planManifests, type SimulateOptions, simulate } from './simulate.js'
