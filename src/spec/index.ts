export { assertHolds, failureOf } from './assert-holds.js'
export type { Awaited } from './awaited.js'
export {
  type CheckedExpectation,
  type CheckedPlan,
  type CheckResult,
  checkPlan,
  endingOf,
  lawNames,
  watchLaws,
} from './check-plan.js'
export { ENGINE_VERSION } from './engine-version.js'
export { ExpectationError } from './expectation-error.js'
export { type Failure, failureLines, runFailure, statedFailure } from './failure-lines.js'
export { type ListOptions, LiveRun, start } from './live-run.js'
export { type Judgement, passesThrough } from './passes-through.js'
export {
  type PlannedExpectation,
  type PlannedTexts,
  type PlanTextOptions,
  planDocument,
  planTexts,
} from './plan-texts.js'
export type { BuiltScenario, PreparedScenario, ScenarioInput } from './prepared-scenario.js'
export { recordExpectations } from './record-expectations.js'
export { formatReplay, parseReplay, type Replay } from './replay-string.js'
export { type BegunRun, beginRun, Runner, run } from './run.js'
export { type BuildScenario, checkScenario, RunnableScenario, type ScenarioChoices, scenario } from './scenario.js'
export { ContainerRun, PodRun, ScenarioRun } from './scenario-run.js'
export { shellWord } from './shell-word.js'
export { type PlanWords, planManifests, type SimulateOptions, simulate } from './simulate.js'
export type { StatedExpectation } from './stated-expectation.js'
export { timelineText } from './timeline-text.js'
export { type UserFrame, userFrame } from './user-frames.js'
