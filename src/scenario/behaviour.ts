import type { Milliseconds } from '../time/index.js'

/**
 * What a process does from its start: the i-th start of a container uses the i-th entry of its script, the last repeats.
 */
export interface ProcessBehaviour {
  /** When the process exits by itself; null: it runs on. */
  readonly exitAfter: Milliseconds | null
  /** 0 to 255. */
  readonly exitCode: number
  /** The exit is an OOM kill by the kernel: code 137, reason OOMKilled. */
  readonly isOomKilled: boolean
  /** StartContainer fails with this text. */
  readonly startError: string | null
  /** What SIGTERM does; null: it is ignored. */
  readonly onTerm: { readonly exitAfter: Milliseconds; readonly exitCode: number } | null
  /** It exits with 0 as soon as a Service can be reached, instead of by the clock. */
  readonly waitsFor?: WaitBehaviour | undefined
}

/** How a process waits for a Service: it looks at its start, and again after each period. */
export interface WaitBehaviour {
  /** `name`, in the pod's own namespace, or `namespace/name`. */
  readonly service: string
  readonly period: Milliseconds
}

/** What clients get from a process that listens. */
export interface ServeBehaviour {
  /** A request's arrival until its answer. */
  readonly latency: Milliseconds
  /** The container's start until it listens. */
  readonly listensAfter: Milliseconds
  /** Whether SIGTERM closes the listener; a process that ignores SIGTERM keeps it anyway. */
  readonly keepsListening: boolean
  /** An exit that SIGTERM asked for does not wait until what is under way has been answered. */
  readonly dropsInFlightOnExit: boolean
  /** The container's start until it accepts connections without answering any more; null: it always answers. */
  readonly hangsAfter: Milliseconds | null
}

/** From an instant since the container's start, a probe's handler answers so. */
export interface ProbeSpan {
  readonly from: Milliseconds
  readonly result: 'success' | 'failure' | 'hang'
}

/** Piecewise constant answers of a probe handler over the time since this start; before the first span: success. */
export type ProbeBehaviour = readonly ProbeSpan[]

/** How long an exec or httpGet hook takes and how it ends. */
export interface HookBehaviour {
  readonly duration: Milliseconds
  /** Exit code of an exec hook; an httpGet hook is answered whatever it is, and any answer counts as success. */
  readonly exitCode: number
  /** Nothing listens at an httpGet hook's port. */
  readonly isRefused?: boolean | undefined
  /** An httpGet hook that is under way when the process exits is answered at that moment instead of cut off. */
  readonly answersAtExit?: boolean | undefined
}

/** What is taken of a resource over the time since a container's start: bytes, or a number of processes. */
export interface Usage {
  readonly from: number
  /** How much more with each second. */
  readonly perSecond: number
  /** Where the growth ends; null: it does not. */
  readonly upTo: number | null
}

/** What a container takes of its node; of what is absent, nothing. */
export interface ResourceUse {
  /** Beyond the container's limit it is OOM-killed. */
  readonly memory?: Usage | undefined
  /** Its own layer and its logs. */
  readonly ephemeralStorage?: Usage | undefined
  readonly processes?: Usage | undefined
  /** What it writes to its pod's emptyDir volumes, by their names. */
  readonly volumes?: Readonly<Record<string, Usage>> | undefined
}

/** Everything scripted of one container of one pod. Lists are per start: the last entry repeats. */
export interface ContainerBehaviour {
  readonly runs: readonly ProcessBehaviour[]
  readonly liveness: readonly ProbeBehaviour[]
  readonly readiness: readonly ProbeBehaviour[]
  readonly startup: readonly ProbeBehaviour[]
  readonly postStart: HookBehaviour
  readonly preStop: HookBehaviour
  /** Absent: the default. */
  readonly serves?: ServeBehaviour | undefined
  /** Absent: nothing that counts. */
  readonly uses?: ResourceUse | undefined
}

/** How pulls of an image go on a node. */
export interface ImageBehaviour {
  readonly pullDuration: Milliseconds
  /** Errors of the first pulls, in order. */
  readonly failures: readonly string[]
  /** Every pull fails with this text; null: they do not. */
  readonly alwaysFails: string | null
  /** The image is on every node from the start. */
  readonly isPresent: boolean
  /** The image's user is root: what `runAsNonRoot` refuses unless the pod names another user. */
  readonly runsAsRoot: boolean
}

/** How RunPodSandbox goes for a pod, and whether the sandbox dies. */
export interface SandboxBehaviour {
  readonly delay: Milliseconds
  /** Errors of the first attempts, in order. */
  readonly failures: readonly string[]
  /** Time after its creation at which the first sandbox turns NOTREADY; null: never. */
  readonly diesAfter: Milliseconds | null
}

/** A container runs on. */
export const RUNS: ProcessBehaviour = {
  exitAfter: null,
  exitCode: 0,
  isOomKilled: false,
  startError: null,
  onTerm: { exitAfter: 100, exitCode: 0 },
}

/** The documented defaults of behaviour (vocabulary.md §1); each one used is told in the run's output. */
export const DEFAULT_BEHAVIOUR = {
  process: RUNS,
  initProcess: { ...RUNS, exitAfter: 1000 },
  jobProcess: { ...RUNS, exitAfter: 5000 },
  probe: [{ from: 0, result: 'success' }] as ProbeBehaviour,
  hook: { duration: 100, exitCode: 0 } as HookBehaviour,
  image: { pullDuration: 500, failures: [], alwaysFails: null, isPresent: false, runsAsRoot: false } as ImageBehaviour,
  serves: {
    latency: 20,
    listensAfter: 0,
    keepsListening: false,
    dropsInFlightOnExit: false,
    hangsAfter: null,
  } as ServeBehaviour,
  waitPeriod: 1000 as Milliseconds,
  sandbox: { delay: 0, failures: [], diesAfter: null } as SandboxBehaviour,
} as const
