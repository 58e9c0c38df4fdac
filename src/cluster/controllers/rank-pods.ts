import type { Milliseconds } from '../../time/index.js'
import { type ContainerStatus, type PodVersion, WORD } from '../contract/index.js'
import { isActive, isReady, readySeconds } from './active-pods.js'

/**
 * The pods to delete where there are too many: those that are worth least.
 *
 * controllers: pkg/controller/controller_utils.go ActivePodsWithRanks.Less, pkg/controller/replicaset getPodsToDelete, v1.32 (RS-2).
 *
 * @param related - The pods of all objects of the same owner, which count for how many there are on a node.
 * @param now - The API's clock.
 */
export function getPodsToDelete(
  pods: readonly PodVersion[],
  related: Iterable<PodVersion>,
  count: number,
  now: Milliseconds,
): readonly PodVersion[] {
  if (count >= pods.length) return pods
  const onNode = new Map<number, number>()
  for (const pod of related) if (pod.node >= 0 && isActive(pod)) onNode.set(pod.node, (onNode.get(pod.node) ?? 0) + 1)
  const ranked = pods.map(pod => ({ pod, rank: onNode.get(pod.node) ?? 0 }))
  ranked.sort((a, b) => compareForDeletion(a, b, now))
  return ranked.slice(0, count).map(({ pod }) => pod)
}

interface RankedPod {
  readonly pod: PodVersion
  readonly rank: number
}

/** Negative: `a` goes first. */
export function compareForDeletion(a: RankedPod, b: RankedPod, now: Milliseconds): number {
  const [left, right] = [a.pod, b.pod]
  return (
    Number(left.node >= 0) - Number(right.node >= 0) ||
    phaseOrder(left) - phaseOrder(right) ||
    Number(isReady(left)) - Number(isReady(right)) ||
    deletionCost(left) - deletionCost(right) ||
    b.rank - a.rank ||
    compareReadyTimes(left, right, now) ||
    compareRestarts(left, right) ||
    compareTimes(left.creationSeconds, right.creationSeconds, left, right, now)
  )
}

const phaseOrder = ({ status: { phase } }: PodVersion): number =>
  phase === WORD.Pending ? 0 : phase === WORD.Unknown ? 1 : 2

function deletionCost({ spec }: PodVersion): number {
  const text = spec.object.metadata.annotations?.['controller.kubernetes.io/pod-deletion-cost']
  return text !== undefined && /^(0|-?[1-9]\d{0,9})$/.test(text) ? Number(text) : 0
}

const compareReadyTimes = (a: PodVersion, b: PodVersion, now: Milliseconds): number =>
  isReady(a) && isReady(b) ? compareTimes(readySeconds(a), readySeconds(b), a, b, now) : 0

/** The later instant goes first, by powers of two of the time since; where these agree, the smaller UID. */
function compareTimes(a: number, b: number, left: PodVersion, right: PodVersion, now: Milliseconds): number {
  if (a === b) return 0
  const difference = magnitude(now - a * 1000) - magnitude(now - b * 1000)
  if (difference !== 0) return difference
  return left.identity.uid < right.identity.uid ? -1 : 1
}

/** floor(log2) of a duration in nanoseconds, by halving: −1 where there is none. */
function magnitude(span: Milliseconds): number {
  let power = -1
  for (let rest = span * 1_000_000; rest >= 1; rest /= 2) power++
  return power
}

function compareRestarts(a: PodVersion, b: PodVersion): number {
  const regular = mostRestarts(b.status.containers) - mostRestarts(a.status.containers)
  return regular !== 0 ? regular : mostSidecarRestarts(b) - mostSidecarRestarts(a)
}

const mostRestarts = (containers: readonly ContainerStatus[]): number =>
  containers.reduce((most, { restarts }) => Math.max(most, restarts), 0)

const mostSidecarRestarts = ({ status }: PodVersion): number =>
  mostRestarts(status.initContainers.filter(({ container }) => container.role === 'sidecar'))
