import type { Pod } from '../model/index.js'
import type { Milliseconds } from '../time/index.js'
import { NEVER } from './container-record.js'
import type { Law } from './law.js'
import { at, type LawParts, podNamed } from './law-parts.js'
import { areInConflict, isHard, isTolerated, labelsAgainst, taintAgainst, UNSCHEDULABLE } from './node-fit.js'
import type { NodeRecord } from './node-record.js'
import { PHASE, type PodRecord, priorityOf } from './pod-record.js'

/** Laws of what the scheduler chooses. */
export const PLACEMENT_LAWS: readonly Law[] = [
  {
    name: 'bound-where-allowed',
    family: 'scheduling',
    sentence:
      'The scheduler binds a pod only to a node that is not cordoned, whose taints of effect NoSchedule and NoExecute the pod tolerates, and whose labels are those that its nodeSelector and required affinity ask for; but it may not have heard of a change within the last second.',
    source:
      'scheduler framework/plugins: nodeunschedulable, tainttoleration, nodeaffinity (control-plane.md F-2, F-3, F-4, TA-1)',
  },
  {
    name: 'host-ports-are-not-shared',
    family: 'scheduling',
    sentence: 'The scheduler binds no pod to a node where it has bound an unfinished pod with one of its host ports.',
    source: 'scheduler framework/plugins/nodeports (control-plane.md F-5)',
  },
  {
    name: 'bound-where-there-is-room',
    family: 'scheduling',
    sentence:
      'The scheduler binds a pod only where the requests of all unfinished pods that it has bound there, and their number, stay within the node’s allocatable.',
    source: 'scheduler framework/plugins/noderesources/fit.go (control-plane.md F-6, 2.6)',
  },
  {
    name: 'nominated-where-it-would-fit',
    family: 'scheduling',
    sentence:
      'The scheduler nominates a pod for a node only where its requests stay within the allocatable beside those of the unfinished pods there that are of no lower priority.',
    source: 'pkg/scheduler/framework/plugins/defaultpreemption SelectVictimsOnNode (control-plane.md P-3)',
  },
  {
    name: 'schedulable-pod-is-bound',
    family: 'scheduling',
    sentence:
      'When nothing more happens, no pod without gates, extended resources, volumes or rules about other pods is left unbound that a node has room for.',
    source: 'scheduler: schedule_one.go, backend/queue/scheduling_queue.go (control-plane.md CY-4, Q-6)',
  },
]

/** A decision may be this old when its binding is written. */
const BINDING_MS = 1000

/** Looks at bindings. */
export class PlacementLaws {
  readonly #parts: LawParts

  constructor(parts: LawParts) {
    this.#parts = parts
  }

  /** The row in hand binds the pod; its requests have just been added. */
  bound(pod: PodRecord, node: NodeRecord, pods: readonly PodRecord[]): void {
    const reason = this.#reasonAgainst(pod, node)
    if (reason !== undefined) this.#add('bound-where-allowed', pod, node, `which ${reason}`)
    if (pod.facts.hostPorts.length > 0) this.#ports(pod, node, pods)
    if (node.hasDirectPods) return
    const shortage = node.shortage()
    if (shortage !== undefined) this.#add('bound-where-there-is-room', pod, node, `whose pods then have ${shortage}`)
  }

  /** The row in hand nominates the pod for the node. */
  nominated(pod: PodRecord, node: NodeRecord, pods: readonly PodRecord[]): void {
    if (node.hasDirectPods) return
    const priority = priorityOf(pod)
    const lower = pods.filter(each => each.isAssigned && each.home === node && priorityOf(each) < priority)
    for (const each of lower) node.assign(each.facts.requests, -1)
    const hasRoom = node.hasRoomFor(pod.facts.requests)
    for (const each of lower) node.assign(each.facts.requests, 1)
    if (hasRoom) return
    const text = `${podNamed(pod)} is nominated for ${node.name}, where it has no room beside those of no lower priority`
    this.#parts.findings.add('nominated-where-it-would-fit', pod.symbol, text, pod.createdRow)
  }

  /** Of each thing apart: what is new of one does not excuse the other. */
  #reasonAgainst({ facts }: PodRecord, node: NodeRecord): string | undefined {
    const { row, toleranceMs } = this.#parts
    const isKnown = (since: Milliseconds): boolean => row.time - since > BINDING_MS + toleranceMs
    const { spec } = facts.object
    if (node.cordonedAt !== NEVER && isKnown(node.cordonedAt) && !isTolerated(spec, UNSCHEDULABLE)) return 'is cordoned'
    for (const { taint, since } of node.taints)
      if (isHard(taint.effect) && isKnown(since) && !isTolerated(spec, taint)) return `has the taint ${taint.key}`
    const isLabelled = node.labelledAt === NEVER || isKnown(node.labelledAt)
    return facts.isChoosy && isLabelled ? labelsAgainst(spec, node.object) : undefined
  }

  #ports(pod: PodRecord, node: NodeRecord, pods: readonly PodRecord[]): void {
    const other = portHolder(pod, node, pods)
    // Of what was put there past the scheduler it may not have known.
    if (other !== undefined && other.facts.nodeName === '')
      this.#add('host-ports-are-not-shared', pod, node, `where ${podNamed(other)} has one of its host ports`)
  }

  /** Nothing more happens, and the pod is bound to no node. */
  left(pod: PodRecord, end: number, nodes: Iterable<NodeRecord>, pods: readonly PodRecord[]): void {
    const { spec } = pod.facts.object
    if (pod.facts.nodeName !== '' || (spec.schedulingGates ?? []).length > 0 || pod.deletedAt !== NEVER) return
    const { affinity, schedulerName = 'default-scheduler', topologySpreadConstraints = [] } = spec as Placed
    const isSimple =
      affinity?.podAffinity === undefined &&
      affinity?.podAntiAffinity === undefined &&
      topologySpreadConstraints.length === 0
    if (!isSimple || schedulerName !== 'default-scheduler' || (spec.volumes ?? []).length > 0) return
    if (asksForExtendedResources(spec)) return
    // Anti-affinity is mutual: who is there may keep the pod away (control-plane.md IPA-5).
    if (pods.some(other => !other.isGone && other.node !== 0 && hasAntiAffinity(other))) return
    for (const node of nodes) {
      if (node.isGone || node.cordonedAt !== NEVER) continue
      if (taintAgainst(spec, node.object, isHard) !== undefined || labelsAgainst(spec, node.object) !== undefined)
        continue
      if (!node.hasRoomFor(pod.facts.requests) || portHolder(pod, node, pods) !== undefined) continue
      this.#parts.findings.addAt(
        'schedulable-pod-is-bound',
        end,
        pod.createdRow,
        pod.symbol,
        `${podNamed(pod)} is bound to no node at ${at(end)} although ${node.name} has room for it`,
        pod.createdRow,
      )
      return
    }
  }

  #add(law: string, pod: PodRecord, node: NodeRecord, what: string): void {
    this.#parts.findings.add(law, pod.symbol, `${podNamed(pod)} is bound to ${node.name}, ${what}`, pod.createdRow)
  }
}

interface Placed {
  readonly affinity?: { readonly podAffinity?: unknown; readonly podAntiAffinity?: unknown }
  readonly schedulerName?: string
  readonly topologySpreadConstraints?: readonly unknown[]
}

/** Room is counted for what every node has; devices and the like are not. */
const asksForExtendedResources = ({ containers, initContainers = [] }: Pod['spec']): boolean =>
  [...containers, ...initContainers].some(({ resources }) =>
    Object.keys({ ...resources?.requests, ...resources?.limits }).some(name => name.includes('/')),
  )

const hasAntiAffinity = ({ facts }: PodRecord): boolean =>
  (facts.object.spec as Placed).affinity?.podAntiAffinity !== undefined

/** An unfinished pod of the node that has one of the pod's host ports. */
function portHolder(pod: PodRecord, node: NodeRecord, pods: readonly PodRecord[]): PodRecord | undefined {
  const { hostPorts } = pod.facts
  if (hostPorts.length === 0) return undefined
  return pods.find(
    other =>
      other !== pod &&
      !other.isGone &&
      other.node === node.symbol &&
      other.phase < PHASE.Succeeded &&
      other.facts.hostPorts.some(theirs => hostPorts.some(own => areInConflict(own, theirs))),
  )
}
