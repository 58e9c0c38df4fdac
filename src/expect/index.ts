export { checkTrace } from './check-trace.js'
export {
  type Bound,
  type Clause,
  type ConditionStatus,
  type ContainerName,
  type HookName,
  isLevel,
  type Level,
  type Occurrence,
  POD_PHASES,
  type PodName,
  type PodPhase,
  type ProbeResult,
  type ProbeType,
  QOS_CLASSES,
  REQUEST_RACES,
  type Scope,
  type SignalName,
  type StateWord,
} from './clause.js'
export { mentionsWorkload, ofPod, workloadsAbove, workloadsIn } from './expand-workloads.js'
export { explain } from './explain.js'
export type { Explanation } from './explanation.js'
export { compileMonitors, type MonitorSet } from './monitor/index.js'
export { evaluateReference } from './reference/evaluate-reference.js'
export { resolveClauses } from './resolve-clauses.js'
export { type Roster, type RosterContainer, type RosterPod, type RosterWorkload, rosterOf } from './roster.js'
export { type ClauseStyle, formatClause } from './text/format-clause.js'
export { formatLevel, formatOccurrence } from './text/format-expression.js'
export { parseClause, parseLevel, parseOccurrence } from './text/parse-clause.js'
export type { Ending, Verdict } from './verdict.js'
export {
  allOf,
  always,
  anyOf,
  atLeast,
  atMost,
  BoundedLevelWords,
  BoundedWords,
  ClauseWords,
  type ConditionSequences,
  type ConditionType,
  type ConditionWhy,
  ContainerWords,
  type EachContainerOptions,
  EndpointWords,
  eventually,
  exactly,
  type GapTolerance,
  type GapWords,
  gapsBetween,
  HoldingWords,
  HookOccurrences,
  InOrderWords,
  inOrder,
  LevelWords,
  monotonic,
  type NoWords,
  never,
  no,
  not,
  OccurrenceWords,
  once,
  PodWords,
  ProbeOccurrences,
  pod,
  RequestWords,
  RestartCountWords,
  request,
  type StaysWords,
  type SteppedWords,
  since,
  stays,
  step,
  type TerminatedWords,
  type Tolerance,
  type WheneverWords,
  type WithLevel,
  type WithOccurrence,
  whenever,
} from './words/index.js'
