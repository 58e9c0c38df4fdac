import type { Container, ContainerStatus, Pod, PodSpec, PodStatus } from '../model/index.js'
import { humanDuration, type Milliseconds } from '../time/index.js'
import { ageOf, parseApiTime } from './api-time.js'

/** The cells of one pod in `kubectl get pods`; the last four only with `-o wide`. */
export interface PrintedPod {
  readonly name: string
  /** `1/2`: ready containers of all, sidecars included. */
  readonly ready: string
  readonly status: string
  /** `3 (10s ago)`. */
  readonly restarts: string
  readonly age: string
  readonly ip?: string | undefined
  readonly node?: string | undefined
  readonly nominatedNode?: string | undefined
  readonly readinessGates?: string | undefined
  /** The API server marks the row of a finished pod: `Succeeded` or `Failed`. */
  readonly rowCompletedReason: 'Succeeded' | 'Failed' | null
}

/**
 * Prints a pod as the API server prints it for `kubectl get pods`; `now` is the reader's clock.
 *
 * kubernetes: pkg/printers/internalversion/printers.go printPod, v1.32 (R-1001 to R-1010). A field that is absent counts as
 * Go's zero value, so objects that are not whole print as they do upstream.
 */
export function printPod(pod: Pod, now: Milliseconds, wide = false): PrintedPod {
  const { metadata, spec } = pod
  const status: PodStatus = pod.status ?? {}
  const sidecars = sidecarNames(spec)
  const init = walkInitContainers(spec, status, sidecars)
  let { text = firstText(status) } = init
  let tally = init.restarts
  let ready = init.ready
  if (init.text === undefined || isTrue(status, 'Initialized')) {
    const regular = walkContainers(status, init.sidecarRestarts)
    tally = regular.restarts
    ready += regular.ready
    text = regular.text ?? text
    // Some containers have finished and at least one is still running.
    if (text === 'Completed' && regular.ready > 0) text = hasReadyCondition(status) ? 'Running' : 'NotReady'
  }
  const isTerminal = status.phase === 'Succeeded' || status.phase === 'Failed'
  if (isDeleting(pod)) {
    if (status.reason === 'NodeLost') text = 'Unknown'
    else if (!isTerminal) text = 'Terminating'
  }
  return {
    name: metadata.name ?? '',
    ready: `${ready}/${(spec.containers ?? []).length + countOf(spec.initContainers ?? [], isSidecar)}`,
    status: text,
    restarts: printRestarts(tally, now),
    age: ageOf(metadata.creationTimestamp, now),
    ...(wide ? wideCells(spec, status) : {}),
    rowCompletedReason: isTerminal ? (status.phase as 'Succeeded' | 'Failed') : null,
  }
}

/** How often containers restarted, and when the last of the ended instances ended. */
interface Restarts {
  readonly count: number
  readonly lastAt: Milliseconds | undefined
}

interface Walk {
  readonly restarts: Restarts
  readonly ready: number
  /** What the STATUS column says instead of the phase. */
  readonly text: string | undefined
}

const NO_RESTARTS: Restarts = { count: 0, lastAt: undefined }

/** Goes through the init containers until one is found that is not done; its state is the status (R-1003). */
function walkInitContainers(
  spec: PodSpec,
  status: PodStatus,
  sidecars: ReadonlySet<string>,
): Walk & { readonly sidecarRestarts: Restarts } {
  let restarts = NO_RESTARTS
  let sidecarRestarts = NO_RESTARTS
  let ready = 0
  const statuses = status.initContainerStatuses ?? []
  for (let i = 0; i < statuses.length; i++) {
    const container = statuses[i]
    const isOfSidecar = sidecars.has(container.name ?? '')
    restarts = withContainer(restarts, container)
    if (isOfSidecar) sidecarRestarts = withContainer(sidecarRestarts, container)
    const { terminated, waiting } = container.state ?? {}
    if (isSet(terminated) && exitCodeOf(terminated) === 0) continue
    if (isOfSidecar && container.started === true) {
      if (container.ready === true) ready++
      continue
    }
    const progress = `${i}/${spec.initContainers?.length ?? 0}`
    const detail = isSet(terminated)
      ? terminatedText(terminated)
      : hasReason(waiting) && waiting.reason !== 'PodInitializing'
        ? waiting.reason
        : progress
    return { restarts, sidecarRestarts, ready, text: `Init:${detail}` }
  }
  return { restarts, sidecarRestarts, ready, text: undefined }
}

/** Goes through the regular containers from the last to the first, so that the first one with something to tell wins (R-1004). */
function walkContainers(status: PodStatus, sidecarRestarts: Restarts): Walk {
  let restarts = sidecarRestarts
  let ready = 0
  let text: string | undefined
  for (const container of [...(status.containerStatuses ?? [])].reverse()) {
    restarts = withContainer(restarts, container)
    const { waiting, terminated, running } = container.state ?? {}
    if (hasReason(waiting)) text = waiting.reason
    else if (isSet(terminated)) text = terminatedText(terminated)
    else if (container.ready === true && isSet(running)) ready++
  }
  return { restarts, ready, text }
}

/** The phase, unless the pod has a reason of its own or waits behind a scheduling gate (R-1002). */
function firstText(status: PodStatus): string {
  const isGated = (status.conditions ?? []).some(
    ({ type, reason }) => type === 'PodScheduled' && reason === 'SchedulingGated',
  )
  return isGated ? 'SchedulingGated' : status.reason || status.phase || ''
}

function withContainer({ count, lastAt }: Restarts, { restartCount, lastState }: ContainerStatus): Restarts {
  const finishedAt = parseApiTime(lastState?.terminated?.finishedAt)
  const isLater = finishedAt !== undefined && (lastAt === undefined || finishedAt > lastAt)
  return { count: count + (restartCount ?? 0), lastAt: isLater ? finishedAt : lastAt }
}

const printRestarts = ({ count, lastAt }: Restarts, now: Milliseconds): string =>
  count === 0 || lastAt === undefined ? `${count}` : `${count} (${humanDuration(now - lastAt)} ago)`

type Terminated = NonNullable<NonNullable<ContainerStatus['state']>['terminated']>

function terminatedText(terminated: Terminated): string {
  if (terminated.reason) return terminated.reason
  return terminated.signal ? `Signal:${terminated.signal}` : `ExitCode:${exitCodeOf(terminated)}`
}

const exitCodeOf = ({ exitCode }: Terminated): number => exitCode ?? 0

const isSet = <State>(state: State | null | undefined): state is State => state !== undefined && state !== null

const hasReason = (waiting: { readonly reason?: string } | null | undefined): waiting is { readonly reason: string } =>
  isSet(waiting) && waiting.reason !== undefined && waiting.reason !== ''

const isSidecar = ({ restartPolicy }: Container): boolean => restartPolicy === 'Always'

/** Names of the sidecars; among init containers of one name the last one decides. */
function sidecarNames({ initContainers }: PodSpec): ReadonlySet<string> {
  const kinds = new Map((initContainers ?? []).map(container => [container.name ?? '', isSidecar(container)]))
  return new Set([...kinds].filter(([, isOfSidecar]) => isOfSidecar).map(([name]) => name))
}

/** Whether the first condition of a type is True. */
const isTrue = ({ conditions }: PodStatus, type: string): boolean =>
  (conditions ?? []).find(condition => condition.type === type)?.status === 'True'

/** Whether any Ready condition is True. */
const hasReadyCondition = ({ conditions }: PodStatus): boolean =>
  (conditions ?? []).some(({ type, status }) => type === 'Ready' && status === 'True')

const isDeleting = ({ metadata }: Pod): boolean =>
  metadata.deletionTimestamp !== undefined && metadata.deletionTimestamp !== null

const countOf = <Item>(items: readonly Item[], isCounted: (item: Item) => boolean): number =>
  items.filter(isCounted).length

function wideCells(
  { nodeName, readinessGates = [] }: PodSpec,
  status: PodStatus,
): Pick<PrintedPod, 'ip' | 'node' | 'nominatedNode' | 'readinessGates'> {
  const passed = countOf(readinessGates, ({ conditionType }) => isTrue(status, conditionType))
  return {
    ip: status.podIPs?.[0]?.ip || '<none>',
    node: nodeName || '<none>',
    nominatedNode: status.nominatedNodeName || '<none>',
    readinessGates: readinessGates.length === 0 ? '<none>' : `${passed}/${readinessGates.length}`,
  }
}
