import type { DaemonSet, IntOrString, PodSpec, Toleration } from '../model/index.js'
import { NEVER } from './container-record.js'
import type { Law } from './law.js'
import { type LawParts, podNamed } from './law-parts.js'
import type { LawState } from './law-state.js'
import { isHard, labelsAgainst, taintAgainst } from './node-fit.js'
import type { NodeRecord } from './node-record.js'
import { isOver, sinceOf } from './owner-laws.js'
import { isActive, isReady, type OwnerRecord, ownerNamed } from './owner-record.js'
import { CONDITION, type PodRecord } from './pod-record.js'

/** Laws of DaemonSets. */
export const DAEMON_SET_LAWS: readonly Law[] = [
  {
    name: 'one-daemon-pod-per-node',
    family: 'daemon sets',
    sentence:
      'A DaemonSet makes a pod for a node only where no unfinished pod that it made for it is stored; in an update that surges one more may be there.',
    source: 'pkg/controller/daemon/daemon_controller.go podsShouldBeOnNode (DS-4, DS-5)',
  },
  {
    name: 'daemon-pod-where-it-may-run',
    family: 'daemon sets',
    sentence:
      'A DaemonSet makes pods only for nodes whose labels its template asks for and whose taints its pods tolerate, as they were within the last second.',
    source: 'pkg/controller/daemon/daemon_controller.go NodeShouldRunDaemonPod (DS-1, DS-2)',
  },
  {
    name: 'daemon-update-keeps-enough-available',
    family: 'daemon sets',
    sentence:
      'A DaemonSet that replaces pods deletes an available one, of a node where it may stay, only as long as no more than maxUnavailable nodes are without a ready one.',
    source: 'pkg/controller/daemon/update.go rollingUpdate (DS-5)',
  },
  {
    name: 'daemonset-covers-its-nodes',
    family: 'daemon sets',
    sentence:
      'When nothing more can happen, a DaemonSet that was refused nothing has one pod for each node where it is to run that is there; in an update that surges two.',
    source: 'pkg/controller/daemon/daemon_controller.go manage (DS-1, DS-4)',
  },
]

/** Looks at what DaemonSets make and delete. */
export class DaemonSetLaws {
  readonly #parts: LawParts
  readonly #state: LawState

  constructor(parts: LawParts, state: LawState) {
    this.#parts = parts
    this.#state = state
  }

  makes(owner: OwnerRecord, pod: PodRecord): void {
    const since = sinceOf(this.#parts)
    const target = targetOf(pod)
    const others = owner
      .storedPods()
      .filter(each => each !== pod && each.isMadeByOwner && targetOf(each) === target && !isOver(each))
    const most = daemonsOf(owner, since).some(isSurging) ? 1 : 0
    const active = most === 0 ? others : others.filter(isActive)
    if (active.length > most)
      this.#add(
        'one-daemon-pod-per-node',
        owner,
        pod,
        `makes ${podNamed(pod)} for ${target}, where ${podNamed(active[0])} is`,
      )
    const node = this.#state.nodes.find(({ name }) => name === target)
    if (node === undefined || node.changedAt >= since || owner.changedAt >= since) return
    const why = this.#whyNot(pod.facts.object.spec, node)
    if (why !== undefined)
      this.#add('daemon-pod-where-it-may-run', owner, pod, `makes ${podNamed(pod)} for ${target}, which ${why}`)
  }

  #whyNot(spec: PodSpec, node: NodeRecord): string | undefined {
    if (node.isGone) return 'is gone'
    return whyNot(spec, node)
  }

  deletes(owner: OwnerRecord, pod: PodRecord): void {
    const since = sinceOf(this.#parts)
    const sets = daemonsOf(owner, since)
    // One that has not been ready for minReadySeconds is not available, and goes at once (DS-5).
    const available = Math.min(since, this.#parts.row.time - 1000 * longestMinReady(sets))
    const wasAvailable = isReady(pod) && pod.transitions[CONDITION.Ready] < available
    if (pod.deletedAt !== this.#parts.row.time || isOver(pod) || !wasAvailable) return
    const { home } = pod
    if (home === undefined || home.isLost || home.changedAt >= since) return
    const target = targetOf(pod)
    const pods = owner.storedPods()
    const isDoubled = pods.some(each => each !== pod && isActive(each) && targetOf(each) === target)
    if (isDoubled || sets.some(isSurging) || !sets.every(each => isWanted(each, home))) return
    const desired = owner.recent('desiredNumberScheduled').most(since)
    const most = Math.max(1, ...sets.map(each => mostUnavailable(each, desired)))
    const away = new Set([target])
    for (const each of pods) {
      const isMissed =
        each.deletedAt === NEVER
          ? !isReady(each) && each.transitions[CONDITION.Ready] < since && each.ownedAt < since
          : each.isDeletedByOwner
      if (
        isMissed &&
        each.isMadeByOwner &&
        !pods.some(other => isActive(other) && isReady(other) && targetOf(other) === targetOf(each))
      )
        away.add(targetOf(each))
    }
    if (away.size > most)
      this.#add(
        'daemon-update-keeps-enough-available',
        owner,
        pod,
        `deletes ${podNamed(pod)}, which leaves ${away.size} nodes without a ready pod; at most ${most} may be`,
      )
  }

  /** The run is over, and nothing more can happen. */
  finished(owner: OwnerRecord, end: number): void {
    for (const node of this.#state.nodes) {
      if (node.isGone) continue
      const pods = owner.storedPods().filter(pod => targetOf(pod) === node.name)
      // One that ended on a node that is lost stays there, and where no more pods fit the next is refused as well.
      if (
        !isWanted(owner.object as DaemonSet, node) ||
        node.isLost ||
        pods.length === 1 ||
        pods.some(pod => !isActive(pod))
      )
        continue
      if (pods.length === 2 && isSurging(owner.object as DaemonSet)) continue
      const text = `${ownerNamed(owner)} is left with ${pods.length} pods for ${node.name}`
      this.#parts.findings.addAt(
        'daemonset-covers-its-nodes',
        end,
        owner.createdRow,
        owner.symbol,
        text,
        owner.createdRow,
      )
    }
  }

  #add(law: string, owner: OwnerRecord, pod: PodRecord, what: string): void {
    this.#parts.findings.add(law, pod.symbol, `${ownerNamed(owner)} ${what}`, owner.createdRow)
  }
}

const daemonsOf = (owner: OwnerRecord, since: number): readonly DaemonSet[] =>
  owner.manifests(since) as readonly DaemonSet[]

/** The node that a pod asks for, by the field that the controller sets; where it was bound by hand, that one. */
function targetOf({ facts, home }: PodRecord): string {
  const { affinity, nodeName } = facts.object.spec
  const terms = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? []
  return terms[0]?.matchFields?.[0]?.values?.[0] ?? home?.name ?? nodeName ?? ''
}

const whyNot = (spec: PodSpec, { object }: NodeRecord): string | undefined =>
  taintAgainst(spec, object, isHard) ?? labelsAgainst(spec, object)

/** Whether a set is to have a pod on a node. */
function isWanted({ spec: { template } }: DaemonSet, node: NodeRecord): boolean {
  const { nodeName, tolerations = [] } = template.spec
  if (nodeName !== undefined && nodeName !== node.name) return false
  const tolerant = { ...template.spec, tolerations: [...tolerations, ...ALWAYS_TOLERATED] }
  return whyNot(tolerant, node) === undefined
}

const isSurging = ({ spec }: DaemonSet): boolean => {
  const { type = 'RollingUpdate', rollingUpdate } = spec.updateStrategy ?? {}
  return type === 'RollingUpdate' && Number.parseInt(String(rollingUpdate?.maxSurge ?? 0), 10) > 0
}

const mostUnavailable = ({ spec }: DaemonSet, nodes: number): number => {
  const share: IntOrString = spec.updateStrategy?.rollingUpdate?.maxUnavailable ?? 1
  return typeof share === 'number' ? share : Math.ceil((Number.parseInt(share, 10) * nodes) / 100)
}

const PREFIX = 'node.kubernetes.io/'
/** ctl/daemon/util AddOrUpdateDaemonPodTolerations (DS-2). */
const ALWAYS_TOLERATED: readonly Toleration[] = [
  ...(['not-ready', 'unreachable'] as const).map(
    (key): Toleration => ({ key: `${PREFIX}${key}`, operator: 'Exists', effect: 'NoExecute' }),
  ),
  ...(['disk-pressure', 'memory-pressure', 'pid-pressure', 'unschedulable'] as const).map(
    (key): Toleration => ({ key: `${PREFIX}${key}`, operator: 'Exists', effect: 'NoSchedule' }),
  ),
]

/** In seconds; transition times are cut to whole ones, so that one more is sure. */
const longestMinReady = (sets: readonly DaemonSet[]): number => {
  const seconds = sets.map(({ spec }) => spec.minReadySeconds ?? 0)
  return seconds.some(each => each > 0) ? Math.max(...seconds) + 1 : 0
}
