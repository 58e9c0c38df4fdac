import { ROW, type Row, type RowKind, type Trace, unpackStatusAndReason } from '../trace/index.js'

/** Rows that say what other lines tell. */
export const SILENT_ROWS: ReadonlySet<RowKind> = new Set([
  ROW.conditionRemoved,
  ROW.startTime,
  ROW.podIP,
  ROW.containerRunning,
  ROW.containerLastTerminated,
  ROW.containerRestarts,
  ROW.containerStarted,
  ROW.qosClass,
  ROW.observedGeneration,
  ROW.sandboxCreate,
  ROW.sandboxStop,
  ROW.containerStop,
  ROW.probeRepeated,
  ROW.requestsAnswered,
  ROW.requestsUnderWay,
])

/**
 * Whether a row is of the book-keeping of controllers, which other lines tell: pods that a Job has yet to count, the finalizers that it takes
 * away by itself, and what else of a silent node is Unknown.
 */
export function isBookkeeping({ kind, a, b, cause }: Row, { symbols, rows }: Trace): boolean {
  switch (kind) {
    case ROW.ownerText:
      return symbols.text(a).startsWith('uncountedTerminatedPods')
    case ROW.specChanged:
      return symbols.text(b) === 'metadata.finalizers' && (cause < 0 || rows.kindOf(cause) !== ROW.step)
    case ROW.nodeCondition:
      return symbols.text(a) !== 'Ready' && unpackStatusAndReason(b).status === 'Unknown'
    default:
      return false
  }
}

/** Rows that are bad news by their kind. */
export const BAD_ROWS: ReadonlySet<RowKind> = new Set([
  ROW.statusReplaced,
  ROW.sandboxFailed,
  ROW.sandboxDied,
  ROW.containerStartFailed,
  ROW.refused,
])

/** What a step does first, told in its place. */
export const EFFECTS_OF_STEPS: ReadonlySet<RowKind> = new Set([
  ROW.created,
  ROW.deletionRequested,
  ROW.specChanged,
  ROW.condition,
  ROW.refused,
])

/** Conditions that other lines tell already. */
export const SILENT_CONDITIONS = new Set(['ContainersReady', 'Initialized', 'PodReadyToStartContainers'])

/** Reasons to wait that are no news. */
export const SILENT_WAITS = new Set(['', 'ContainerCreating', 'PodInitializing'])

/** Events that say what another row says. */
export const SILENT_EVENTS = new Set([
  ...['Scheduled', 'FailedScheduling', 'Pulling', 'Pulled', 'Created', 'Started', 'BackOff', 'Failed', 'Unhealthy'],
  ...['FailedPostStartHook', 'FailedPreStopHook', 'FailedCreatePodSandBox', 'SandboxChanged', 'ErrImageNeverPull'],
  ...['Evicted', 'DeadlineExceeded', 'InspectFailed'],
])
