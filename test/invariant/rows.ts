import type { ArtificialRow } from './artificial-trace.js'

/** A pod is made and bound, and its sandbox is up. */
export const BEGUN: readonly ArtificialRow[] = [
  [0, 'created', 'pod', 1],
  [0, 'qosClass', 'pod', 'BestEffort'],
  [0, 'phase', 'pod', 'Pending'],
  [0, 'bound', 'pod', 'node-1'],
  [0, 'condition', 'pod', 'PodScheduled', 'True'],
  [0, 'sandboxCreate', 'pod', 0],
  [0, 'sandboxReady', 'pod', 0, '10.244.0.1'],
  [0, 'startTime', 'pod', 0],
]

/** A container's instance is created and started. */
export const starts = (time: number, name: string, instance = 0, image = 'app:1'): readonly ArtificialRow[] => [
  [time, 'containerCreate', name, instance, instance, image],
  [time, 'containerStart', name, instance, instance],
]

/** A container's instance exits. */
export const exits = (time: number, name: string, code = 0, instance = 0): ArtificialRow => [
  time,
  'exit',
  name,
  instance,
  code,
  code === 0 ? 'Completed' : 'Error',
]

/** What the API shows of a running instance. */
export const running = (time: number, name: string, startedAt: number, instance = 0): readonly ArtificialRow[] => [
  [time, 'containerRunning', name, instance, Math.floor(startedAt / 1000)],
  [time, 'containerStarted', name, 1],
]

/** What the API shows of an instance that has exited. */
export const terminated = (time: number, name: string, code = 0, instance = 0): ArtificialRow => [
  time,
  'containerTerminated',
  name,
  ((instance + 1) << 8) | code,
  code === 0 ? 'Completed' : 'Error',
]

/** The deletion is asked for. */
export const deleted = (time: number, graceSeconds = 30): ArtificialRow => [
  time,
  'deletionRequested',
  'pod',
  graceSeconds,
  Math.floor(time / 1000) + graceSeconds,
]

/** The Killing event of a container whose whole pod is stopped. */
export const killing = (time: number, name: string): ArtificialRow => [
  time,
  'event',
  name,
  'Killing',
  16,
  `Stopping container ${name}`,
]

/** StopContainer and its SIGTERM. */
export const stops = (time: number, name: string, timeoutSeconds = 30, instance = 0): readonly ArtificialRow[] => [
  [time, 'containerStop', name, instance, timeoutSeconds],
  [time, 'signal', name, instance, 15],
]

/** The answer of a probe: 0 success, 1 failure. Types: 0 liveness, 1 readiness, 2 startup. */
export const probed = (time: number, name: string, type: number, result: number, instance = 0): ArtificialRow => [
  time,
  'probe',
  name,
  instance,
  type,
  result,
]

/** The pod shows these conditions. */
export const conditions = (time: number, shown: Readonly<Record<string, string>>): readonly ArtificialRow[] =>
  Object.entries(shown).map(([type, status]): ArtificialRow => [time, 'condition', 'pod', type, status])
