import { ROW, type RowKind } from '../trace/index.js'

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
