export { allOf } from './all-of.js'
export { always } from './always.js'
export { anyOf } from './any-of.js'
export { BoundedLevelWords } from './bounded-level-words.js'
export { BoundedWords, type Tolerance } from './bounded-words.js'
export { ClauseWords } from './clause-words.js'
export { ContainerWords, type TerminatedWords } from './container-words.js'
export { atLeast, atMost, exactly } from './count-words.js'
export { EndpointWords } from './endpoint-words.js'
export { eventually } from './eventually.js'
export { type GapTolerance, type GapWords, gapsBetween } from './gaps-between.js'
export { HookOccurrences } from './hook-occurrences.js'
export { InOrderWords, inOrder } from './in-order.js'
export { HoldingWords, LevelWords } from './level-words.js'
export { monotonic } from './monotonic.js'
export { never } from './never.js'
export { type NoWords, no } from './no.js'
export { not } from './not.js'
export { OccurrenceWords } from './occurrence-words.js'
export { once } from './once.js'
export {
  type ConditionSequences,
  type ConditionType,
  type ConditionWhy,
  type EachContainerOptions,
  PodWords,
  pod,
} from './pod-words.js'
export { ProbeOccurrences } from './probe-occurrences.js'
export { RequestWords, request } from './request-words.js'
export { RestartCountWords } from './restart-count-words.js'
export { since } from './since.js'
export { type StaysWords, stays } from './stays.js'
export { type SteppedWords, step } from './step.js'
export type { WithLevel, WithOccurrence } from './what-of.js'
export { type WheneverWords, whenever } from './whenever.js'
