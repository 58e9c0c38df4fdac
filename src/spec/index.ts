export { type PlannedTexts, type PlanTextOptions, planTexts } from './plan-texts.js'
export { type PlanWords, planManifests, type SimulateOptions, simulate } from './simulate.js'
