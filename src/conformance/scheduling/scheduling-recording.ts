import {
  array,
  check,
  looseObject,
  nonEmpty,
  nullable,
  nullish,
  optional,
  pipe,
  record,
  safeParse,
  string,
} from 'valibot'
import type { KubernetesObject, Node, Pod, PriorityClass } from '../../model/index.js'
import { invalidInput } from '../invalid-input.js'

/** What the real scheduler made of one pod. */
export interface RecordedScheduling {
  readonly pod: string
  readonly bound: string | null
  readonly nominatedNodeName?: string | null
  readonly events: readonly { readonly reason: string; readonly message?: string | null }[]
  readonly cycles: readonly {
    readonly feasible: readonly string[]
    readonly rejected?: Readonly<Record<string, RejectedNode>> | null
  }[]
  /** The nodes with the highest score, where scores decide. */
  readonly top?: readonly string[] | null
}

/** Why a node was rejected, as the scheduler's log says it. */
export interface RejectedNode {
  readonly code: string
  readonly plugin: string
  readonly reasons: readonly string[]
}

/** A recording of scheduling decisions (class K of recordings.md): pods created one after the other, without times. */
export interface SchedulingRecording {
  readonly name: string
  readonly class: string
  readonly title?: string
  readonly nodes: readonly Node[]
  readonly existing: readonly Pod[]
  readonly priorityClasses: readonly PriorityClass[]
  readonly extra: readonly KubernetesObject[]
  readonly pods: readonly Pod[]
  readonly result: readonly RecordedScheduling[]
  /** Names of the pods that had to leave. */
  readonly preempted: readonly string[]
}

const OBJECT = looseObject({
  kind: string(),
  metadata: looseObject({ name: pipe(string(), nonEmpty()), namespace: optional(string()) }),
})

const POD = looseObject({
  ...OBJECT.entries,
  spec: looseObject({ containers: pipe(array(looseObject({ name: string(), image: string() })), nonEmpty()) }),
})

const REJECTED = looseObject({ code: string(), plugin: string(), reasons: array(string()) })

const RESULT = looseObject({
  pod: string(),
  bound: nullable(string()),
  nominatedNodeName: nullish(string()),
  events: array(looseObject({ reason: string(), message: nullish(string()) })),
  cycles: array(looseObject({ feasible: array(string()), rejected: nullish(record(string(), REJECTED)) })),
  top: nullish(array(string())),
})

const RECORDING = pipe(
  looseObject({
    name: pipe(string(), nonEmpty()),
    class: pipe(string(), nonEmpty()),
    nodes: array(OBJECT),
    existing: array(POD),
    priorityClasses: array(OBJECT),
    extra: array(OBJECT),
    pods: array(POD),
    result: array(RESULT),
    preempted: array(string()),
  }),
  check(({ pods, result }) => pods.length === result.length, 'expected a result for every pod, got more or fewer'),
)

/**
 * Reads a recording of scheduling decisions out of parsed JSON; null: it is something else.
 *
 * @throws PodwrightError `RECORDING_INVALID`, located in the file.
 */
export function readSchedulingRecording(file: string, value: object): SchedulingRecording | null {
  if (!('nodes' in value && 'pods' in value && 'result' in value)) return null
  const result = safeParse(RECORDING, value)
  if (result.success) return value as unknown as SchedulingRecording
  throw invalidInput(file, result.issues[0])
}
