import type { Pod } from '../../model/index.js'
import { replayScheduling, type SimulatedScheduling } from './replay-scheduling.js'
import type { RecordedScheduling, SchedulingRecording } from './scheduling-recording.js'

/** A respect in which the model decided otherwise than the real scheduler. */
export interface SchedulingDifference {
  readonly aspect: string
  readonly expected: unknown
  readonly observed: unknown
}

/** How the model's scheduler did on one recording. */
export interface SchedulingVerdict {
  readonly name: string
  readonly class: string
  readonly isMatched: boolean
  readonly differences: readonly SchedulingDifference[]
  readonly result: readonly SimulatedScheduling[]
}

/** Asks the model's scheduler and compares its decisions, pod by pod. */
export function judgeScheduling(recording: SchedulingRecording): SchedulingVerdict {
  const result = replayScheduling(recording)
  const differences = recording.result.flatMap((recorded, i) =>
    differencesOf(recorded, result[i], recording.pods[i], recording.preempted),
  )
  const { name, class: letter } = recording
  return { name, class: letter, isMatched: differences.length === 0, differences, result }
}

function differencesOf(
  real: RecordedScheduling,
  mine: SimulatedScheduling,
  { spec }: Pod,
  preempted: readonly string[],
): readonly SchedulingDifference[] {
  const found: SchedulingDifference[] = []
  const expect = (aspect: string, expected: unknown, observed: unknown, isRight = isSame(expected, observed)): void => {
    if (!isRight) found.push({ aspect: `${real.pod} ${aspect}`, expected, observed })
  }
  const failures = real.events.filter(({ reason }) => reason === 'FailedScheduling').map(({ message }) => message)
  expect('messages', [...new Set(failures)], mine.messages)
  if (spec.nodeName || spec.schedulingGates?.length) {
    expect('bound', real.bound, mine.bound)
    return found
  }
  const isNode = real.bound === null ? mine.bound === null : mine.top.includes(real.bound)
  expect('node', real.bound, real.bound === null ? mine.bound : mine.top, isNode)
  if (real.top) expect('highest score', sorted(real.top), sorted(mine.top))
  const last = real.cycles.at(-1)
  if (real.bound !== null && last === undefined && !real.nominatedNodeName) {
    expect('feasible', [real.bound], sorted(mine.feasible))
  }
  if (last !== undefined && last.feasible.length > 0) expect('feasible', sorted(last.feasible), sorted(mine.feasible))
  if (real.bound === null) {
    for (const [node, why] of Object.entries(last?.rejected ?? {})) {
      const own = mine.rejected[node]
      expect(`rejected by ${node}`, [why.code, why.plugin, why.reasons], [own?.code, own?.plugin, own?.reasons])
    }
  }
  const { nominatedNodeName } = real
  if (nominatedNodeName) {
    const isOneOf = mine.nominated.includes(nominatedNodeName)
    expect('nominated', nominatedNodeName, mine.nominated, isOneOf)
    if (isOneOf) expect('victims', sorted(preempted), sorted(mine.victims[nominatedNodeName] ?? []))
  } else if (real.bound === null && mine.nominated.length > 0) expect('nominated', null, mine.nominated)
  return found
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

const sorted = (list: readonly string[]): readonly string[] => [...list].sort()
