import type { Node } from '../model/index.js'
import { NEVER } from './container-record.js'
import type { Law } from './law.js'
import { type LawParts, podNamed } from './law-parts.js'
import { areInConflict, isTolerated, labelsAgainst, taintAgainst } from './node-fit.js'
import type { KnownTaint, NodeRecord } from './node-record.js'
import { PHASE, type PodRecord } from './pod-record.js'
import type { Amounts } from './pod-requests.js'

/** Laws of what a node's kubelet takes in, and of what it refuses. */
export const ADMISSION_LAWS: readonly Law[] = [
  {
    name: 'rejected-only-for-what-is-so',
    family: 'scheduling',
    sentence:
      'A kubelet rejects a pod for its node’s labels, name, ports, NoExecute taints or allocatable only where that stands against the pod.',
    source: 'pkg/kubelet/lifecycle/predicate.go Admit (R-761, R-762)',
  },
  {
    name: 'taken-in-only-where-allowed',
    family: 'scheduling',
    sentence:
      'A kubelet takes in no pod, unless it is being deleted, whose nodeSelector or required affinity its node does not match, whose node has a NoExecute taint that it does not tolerate, or one of whose host ports an unfinished pod that it has taken in holds; it may not have heard of what its node got within the last two seconds.',
    source: 'pkg/kubelet/lifecycle/predicate.go Admit (R-762)',
  },
]

/** How much later than the store a kubelet may hear that a pod is over, or that its node is another. */
const WATCH_MS = 2000

/** The words of R-762 for what a node has too little of. */
const RESOURCES: Readonly<Record<string, keyof Amounts | 'pods'>> = {
  OutOfpods: 'pods',
  OutOfcpu: 'milliCpu',
  OutOfmemory: 'memory',
  'OutOfephemeral-storage': 'ephemeralStorage',
}

/** Looks at pods that are taken in, and at those that are rejected. */
export class AdmissionLaws {
  readonly #parts: LawParts

  constructor(parts: LawParts) {
    this.#parts = parts
  }

  /** The row in hand makes the pod Failed and gives a reason. */
  failed(pod: PodRecord, known: readonly PodRecord[]): void {
    const { home } = pod
    if (home === undefined || pod.isHaunted || pod.isPhaseHandmade) return
    const { row, symbols, findings } = this.#parts
    const reason = symbols.text(row.b)
    if (this.#isSo(reason, pod, home, known)) return
    const text = `${podNamed(pod)} is rejected by ${home.name} for the reason ${reason}, which is not so`
    findings.add('rejected-only-for-what-is-so', pod.symbol, text, pod.boundRow)
  }

  #isSo(reason: string, pod: PodRecord, home: NodeRecord, known: readonly PodRecord[]): boolean {
    const { spec } = pod.facts.object
    const node = home.object as Node
    switch (reason) {
      case 'NodeAffinity':
        return labelsAgainst(spec, node) !== undefined
      case 'NodeName':
        return pod.facts.nodeName !== '' && pod.facts.nodeName !== home.name
      case 'TaintToleration':
        return taintAgainst(spec, node, isNoExecute) !== undefined
      case 'NodePorts':
        return this.#others(pod, known).some(other => shareAPort(pod, other) || other.isHaunted)
    }
    const resource = RESOURCES[reason]
    return resource === undefined || this.#isShort(resource, pod, home, known)
  }

  #isShort(resource: keyof Amounts | 'pods', pod: PodRecord, home: NodeRecord, known: readonly PodRecord[]): boolean {
    const others = this.#others(pod, known)
    // What a pod asked for before it was patched, or before another took its name, may be what its kubelet knows.
    if (others.some(({ isHaunted, hasOldManifest }) => isHaunted || hasOldManifest)) return true
    if (resource === 'pods') return others.length + 1 > home.podLimit
    let sum = pod.facts.requests[resource]
    for (const { facts } of others) sum += facts.requests[resource]
    return sum > home.allocatable[resource]
  }

  /** Who may count against the pod on its node: those that are not over, or have not been for long. */
  #others(pod: PodRecord, known: readonly PodRecord[]): PodRecord[] {
    const since = this.#parts.row.time - WATCH_MS
    return known.filter(other => {
      if (other === pod || other.node !== pod.node) return false
      if (other.isGone) return other.removedAt >= since
      return other.phase < PHASE.Succeeded || other.phaseAt >= since
    })
  }

  /** The row in hand shows that the kubelet has taken the pod in. */
  taken(pod: PodRecord, home: NodeRecord, known: readonly PodRecord[]): void {
    const { facts } = pod
    // One that is being deleted or is over already is not asked (kubelet.go HandlePodAdditions).
    if (pod.isHaunted || pod.deletedAt !== NEVER || pod.phase >= PHASE.Succeeded) return
    if (home.isChoosy || facts.isChoosy) {
      const { spec } = facts.object
      // A change of its own object reaches the kubelet by a watch.
      const since = this.#parts.row.time - WATCH_MS
      const isRelabelled = home.labelledAt !== NEVER && home.labelledAt >= since
      const labels = isRelabelled ? undefined : labelsAgainst(spec, home.object)
      const isHeld = ({ taint, since: from }: KnownTaint): boolean =>
        taint.effect === 'NoExecute' && from < since && !isTolerated(spec, taint)
      const held = home.taints.find(isHeld)
      const reason = labels ?? (held === undefined ? undefined : `has the taint ${held.taint.key}`)
      if (reason !== undefined) this.#add(pod, home, `which ${reason}`)
    }
    if (facts.hostPorts.length > 0) this.#ports(pod, home, known)
  }

  #ports(pod: PodRecord, home: NodeRecord, known: readonly PodRecord[]): void {
    // A restarted kubelet takes its pods in anew, in the order of their creation.
    if (pod.kubeletRestarts > 0) return
    for (const other of known) {
      if (other === pod || other.node !== pod.node || !other.isCounted || other.isHaunted) continue
      if (other.kubeletRestarts === 0 && shareAPort(pod, other))
        this.#add(pod, home, `where ${podNamed(other)} has one of its host ports`)
    }
  }

  #add(pod: PodRecord, { name }: NodeRecord, what: string): void {
    const text = `${podNamed(pod)} is taken in by ${name}, ${what}`
    this.#parts.findings.add('taken-in-only-where-allowed', pod.symbol, text, pod.boundRow)
  }
}

const isNoExecute = (effect: string): boolean => effect === 'NoExecute'

const shareAPort = (pod: PodRecord, other: PodRecord): boolean =>
  other.facts.hostPorts.some(theirs => pod.facts.hostPorts.some(own => areInConflict(own, theirs)))
