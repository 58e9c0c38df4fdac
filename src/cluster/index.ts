export { podPath } from './compile-pod.js'
export { type PreparedPlan, prepare } from './prepared-plan.js'
export { DEFAULT_ENTRY_LIMIT, type DigestResult, planDigest, Runner, type RunOptions, run, Simulation, start } from './run.js'
