import {
  type ContainerStatus,
  containerStatus,
  type Environment,
  EventRecorder,
  type PodStatus,
  type PROBE,
  type ProbedPod,
  ProbeManager,
  podStatus,
  RESULT,
  running,
} from '../../cluster/index.js'
import type { Pod } from '../../model/index.js'
import { createEnvironment, stateOf, versionOf } from './engine-objects.js'
import type { Answer } from './table.js'
import { TableProbeRuntime } from './table-probe-runtime.js'
import { type Partly, wholePod } from './whole-objects.js'

interface Input {
  readonly probeType: keyof typeof PROBE
  readonly probe?: Readonly<Record<string, unknown>>
  readonly podRestartPolicy?: 'Always' | 'OnFailure' | 'Never'
  readonly podDeleting?: boolean
  /** What the status manager has; of one tick. */
  readonly podStatus?: StatusObject | null
  readonly probeWouldReturn?: string
  /** A sequence: the container runs, and each step is a tick or changes its status. */
  readonly steps?: readonly Step[]
  readonly containerStarted?: boolean
  readonly initialResult?: keyof typeof RESULT
}

interface StatusObject {
  readonly phase?: string
  readonly containerStatuses?: readonly ContainerObject[] | null
  readonly initContainerStatuses?: readonly ContainerObject[] | null
}

interface ContainerObject {
  readonly name?: string
  readonly containerID?: string
  readonly started?: boolean
  readonly state?: StateObject
}

/** A state of the API, but for a running container, which says how long ago it started. */
type StateObject = NonNullable<Parameters<typeof stateOf>[1]> & {
  readonly running?: { readonly startedSecondsAgo?: number } | null
}

interface Step {
  readonly op: string
  readonly probeReturns?: string
  readonly containerStartedSecondsAgo?: number
  readonly started?: boolean
  readonly containerID?: string
  readonly state?: StateObject
}

/** kubelet: pkg/kubelet/prober/worker_test.go. */
export function answerProber(input: unknown): Answer {
  const given = input as Input
  const bench = new ProbeBench(given)
  if (given.steps !== undefined) return { steps: bench.take(given.steps) }
  bench.setStatus(given.podStatus)
  const { continue: goesOn, resultSet, result } = bench.tick(given.probeWouldReturn)
  return { continue: goesOn, resultSet, result }
}

/** What the worker under test probes: a container of this name. */
const CONTAINER = 'cOnTaInEr_NaMe'

/** The kubelet has been running for so long, in milliseconds: a container can have started before now. */
const UPTIME = 10_000_000

/** A real probe manager with one worker, whose container's status and answers come from a table. */
class ProbeBench {
  readonly #environment: Environment
  readonly #runtime: TableProbeRuntime
  readonly #manager: ProbeManager
  readonly #pod: ProbedPod & { status: PodStatus | null }
  readonly #worker: ProbedPod['probes'][number]
  readonly #instances: string[] = []
  /** The status in a sequence. */
  #current: Required<Pick<ContainerObject, 'containerID' | 'started' | 'state'>>

  constructor({ probeType, probe = {}, podRestartPolicy, podDeleting, containerStarted, initialResult }: Input) {
    this.#environment = createEnvironment()
    const { kernel, symbols } = this.#environment
    kernel.advance(UPTIME)
    this.#runtime = new TableProbeRuntime(symbols)
    const events = new EventRecorder(this.#environment, 0)
    const workers: ProbedPod['probes'] = []
    this.#manager = new ProbeManager(this.#environment, this.#runtime, events, workers, () => {})
    const container = { name: CONTAINER, [`${probeType}Probe`]: probe }
    const metadata = podDeleting ? { deletionTimestamp: '2025-01-01T00:00:00Z' } : {}
    const pod = wholePod({
      metadata,
      spec: { restartPolicy: podRestartPolicy, containers: [container] },
    } as Partly<Pod>)
    const active = versionOf(this.#environment, pod)
    this.#pod = { identity: active.identity, active, status: null, probes: [], openProbes: 0 }
    this.#manager.addPod(this.#pod, -1)
    this.#worker = workers[0]
    if (initialResult !== undefined) this.#worker.value = RESULT[initialResult]
    this.#current = { containerID: 'first', started: containerStarted === true, state: { running: {} } }
  }

  /** What the status manager answers from now on; null: it knows nothing of the pod. */
  setStatus(status: StatusObject | null | undefined): void {
    this.#pod.status = status ? this.#podStatus(status) : null
  }

  #podStatus({ phase, containerStatuses, initContainerStatuses }: StatusObject): PodStatus {
    const statuses = [...(initContainerStatuses ?? []), ...(containerStatuses ?? [])]
    const own = statuses.filter(({ name }) => name === CONTAINER).map(each => this.#containerStatus(each))
    const inPhase = this.#environment.symbols.intern(phase ?? '')
    return podStatus(inPhase, 0, 0, [], -1, 0, [], own, [], 0)
  }

  #containerStatus({ containerID = '', started, state }: ContainerObject): ContainerStatus {
    const { kernel, symbols } = this.#environment
    const instance = this.#instanceOf(containerID)
    const startedAt = kernel.now - (state?.running?.startedSecondsAgo ?? 0) * 1000
    const engineState = state?.running ? running(instance, startedAt) : stateOf(symbols, state)
    return containerStatus(this.#worker.container, engineState, null, 0, false, started === true, instance)
  }

  /** Instances stand for container IDs; without an ID there is none. */
  #instanceOf(containerID: string): number {
    if (containerID === '') return -1
    if (!this.#instances.includes(containerID)) this.#instances.push(containerID)
    return this.#instances.indexOf(containerID)
  }

  take(steps: readonly Step[]): Answer[] {
    return steps.map(step => {
      this.#change(step)
      if (step.op !== 'doProbe') return {}
      const onHoldBefore = this.#worker.isOnHold
      return { ...this.tick(step.probeReturns), onHoldBefore }
    })
  }

  /** A step changes what it mentions; one that is about the container's ID and does not give it makes a new one. */
  #change({ op, started, state, containerID, containerStartedSecondsAgo }: Step): void {
    const current = this.#current
    const newID = /container.?id|newcontainer/i.test(op) ? `after ${current.containerID}` : current.containerID
    const runsSince = containerStartedSecondsAgo === undefined ? current.state : runningFor(containerStartedSecondsAgo)
    this.#current = {
      containerID: containerID ?? newID,
      started: started ?? current.started,
      state: state ?? runsSince,
    }
    this.setStatus({ phase: 'Running', containerStatuses: [{ name: CONTAINER, ...this.#current }] })
  }

  /** One tick, and what the results manager has after it. */
  tick(answer: string | undefined): Answer {
    this.#runtime.answer = ANSWERS[answer ?? 'success'] ?? 'error'
    const verdict = this.#manager.doProbe(this.#worker, -1)
    if (verdict === 'probe') this.#manager.callEnded(this.#worker.number, -1)
    const { value, isOnHold, resultRun } = this.#worker
    const result = RESULT_NAMES.find(name => RESULT[name] === value)
    const isSet = value !== RESULT.none
    return {
      continue: verdict !== 'stop',
      resultSet: isSet,
      result: isSet ? result : null,
      onHold: isOnHold,
      resultRun,
    }
  }
}

const runningFor = (startedSecondsAgo: number): StateObject => ({ running: { startedSecondsAgo } })

const RESULT_NAMES = Object.keys(RESULT) as (keyof typeof RESULT)[]

/** What a table's probe returns, as the runtime's answer: unknown is an error of the call. */
const ANSWERS: Readonly<Record<string, TableProbeRuntime['answer']>> = {
  success: 'success',
  warning: 'success',
  failure: 'failure',
  unknown: 'error',
}
