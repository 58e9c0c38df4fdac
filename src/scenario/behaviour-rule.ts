import type { Origin } from '../errors/index.js'
import { WORKLOAD_KINDS } from '../model/index.js'
import type { Milliseconds } from '../time/index.js'
import type {
  HookBehaviour,
  ProbeBehaviour,
  ProcessBehaviour,
  ResourceUse,
  SandboxBehaviour,
  ServeBehaviour,
} from './behaviour.js'

/** The kinds that a rule can name: a pod, or a workload that pods stand for. */
export const TARGET_KINDS = ['Pod', ...WORKLOAD_KINDS] as const

/** A kind that a rule can name. */
export type TargetKind = (typeof TARGET_KINDS)[number]

/** Whose behaviour a rule states; what is absent is not asked for. */
export interface BehaviourTarget {
  readonly namespace?: string | undefined
  /** Without a kind, `name` is the name of a pod or of the workload that it belongs to. */
  readonly kind?: TargetKind | undefined
  readonly name?: string | undefined
  /** Labels that the pod has to have. */
  readonly labels?: Readonly<Record<string, string>> | undefined
  /** Annotations that the pod has to have: how recordings tell templates apart. No text form says them. */
  readonly annotations?: Readonly<Record<string, string>> | undefined
  /** The revision of the template of a Deployment, StatefulSet or DaemonSet: 1 is its first. Absent: every one. */
  readonly revision?: number | undefined
  /** Absent: every regular container; init containers and sidecars are meant only by their names. */
  readonly container?: string | undefined
}

/** What one start of a process does, as stated: `onTerm` may be left open. */
export interface StatedProcess extends Omit<ProcessBehaviour, 'onTerm'> {
  readonly onTerm?: ProcessBehaviour['onTerm'] | undefined
}

/** What is stated of an image's pulls; what is absent stays as it is by default. */
export interface StatedImage {
  readonly pullDuration?: Milliseconds | undefined
  /** Errors of the first pulls; null: the registry does not answer. */
  readonly failures?: readonly (string | null)[] | undefined
  /** Every pull fails with this text; null: the image does not exist. */
  readonly alwaysFails?: string | null | undefined
  readonly isPresent?: boolean | undefined
  readonly runsAsRoot?: boolean | undefined
}

/** What is stated of a pod's sandbox; what is absent stays as it is by default. */
export type StatedSandbox = { readonly [Field in keyof SandboxBehaviour]?: SandboxBehaviour[Field] | undefined }

/** What a rule states; what is absent is left to less specific rules and to the defaults. */
export interface StatedBehaviour {
  /** Per start; the last entry repeats. */
  readonly runs?: readonly StatedProcess[] | undefined
  /** For the starts that state none of their own; null: SIGTERM is ignored. */
  readonly onTerm?: ProcessBehaviour['onTerm'] | undefined
  /** Per start; the last entry repeats. */
  readonly liveness?: readonly ProbeBehaviour[] | undefined
  readonly readiness?: readonly ProbeBehaviour[] | undefined
  readonly startup?: readonly ProbeBehaviour[] | undefined
  readonly postStart?: HookBehaviour | undefined
  readonly preStop?: HookBehaviour | undefined
  readonly serves?: ServeBehaviour | undefined
  /** What it takes of its node from each start on. */
  readonly uses?: ResourceUse | undefined
  /** By image as written in the manifest; `*` for every other one. They hold on every node, whomever the rule is for. */
  readonly images?: Readonly<Record<string, StatedImage>> | undefined
  readonly sandbox?: StatedSandbox | undefined
}

/** Whose behaviour, and what it is: plain data, however it was written. */
export interface BehaviourRule {
  readonly target: BehaviourTarget
  readonly behaviour: StatedBehaviour
  /** Where the rule was written, for messages: a place in a file, or the flag. */
  readonly where?: Origin | string | undefined
}

/** Texts of errors that are stated without words of their own. */
export const startErrorText =
  'failed to create containerd task: failed to create shim task: OCI runtime create failed: exec format error: unknown'
export const sandboxErrorText = 'failed to setup network for sandbox: plugin not ready'
