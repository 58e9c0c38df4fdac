import type { Milliseconds } from '../time/index.js'
import { NEVER } from './container-record.js'
import type { Law } from './law.js'
import { at, type LawParts, podNamed } from './law-parts.js'
import { tolerationSeconds } from './node-fit.js'
import type { KnownTaint } from './node-record.js'
import { PHASE, type PodRecord, priorityOf } from './pod-record.js'

/** Laws of what nodes do to their pods. */
export const NODE_LAWS: readonly Law[] = [
  {
    name: 'no-stay-on-an-untolerated-node',
    family: 'nodes',
    sentence: 'A pod that does not tolerate a NoExecute taint of its node at all is being deleted within a second.',
    source: 'pkg/controller/tainteviction/taint_eviction.go processPodOnNode (TE-2, TE-4)',
  },
  {
    name: 'no-stay-beyond-its-toleration',
    family: 'nodes',
    sentence:
      'A pod that tolerates the only NoExecute taint of its node for some seconds is being deleted a second after these are over, where no taint has come or gone since.',
    source: 'pkg/controller/tainteviction/taint_eviction.go processPodOnNode, getMinTolerationTime (TE-2, TE-4)',
  },
  {
    name: 'tolerated-for-its-time',
    family: 'nodes',
    sentence:
      'The taint manager deletes no pod before the shortest of the times is over for which it tolerates the NoExecute taints of its node, counted from when its node got the first of such taints; one that tolerates them for good it leaves.',
    source: 'pkg/controller/tainteviction/taint_eviction.go processPodOnNode, getMinTolerationTime (TE-2, TE-4)',
  },
  {
    name: 'critical-pod-is-not-evicted',
    family: 'nodes',
    sentence:
      'No kubelet evicts a pod whose priority is that of the system’s, or that is static, for want of resources.',
    source: 'pkg/kubelet/eviction/eviction_manager.go evictPod; types.IsCriticalPod (R-906)',
  },
  {
    name: 'an-evicted-pod-says-so',
    family: 'nodes',
    sentence:
      'A pod that its kubelet evicts, and that fails by it, has the reason Evicted from then on; one whose containers all exit with 0 succeeds, one whose node shuts down meanwhile may say Terminated, and one that was in a second sandbox nothing.',
    source: 'pkg/kubelet/eviction/eviction_manager.go evictPod; kubelet_pods.go generateAPIPodStatus (R-805, R-908)',
  },
]

/** scheduling.SystemCriticalPriority. */
const SYSTEM_PRIORITY = 2_000_000_000

/** Between a change of a node and what follows of it there may be a decision that is under way. */
const MARGIN_MS = 1000

/** Looks at taints and evictions. */
export class NodeLaws {
  readonly #parts: LawParts

  constructor(parts: LawParts) {
    this.#parts = parts
  }

  /** A node's taint goes, or the run is over: who did not tolerate it is on its way. */
  stayed(pods: readonly PodRecord[], name: number, known: KnownTaint, until: Milliseconds, isSole: boolean): void {
    if (known.taint.effect !== 'NoExecute') return
    for (const pod of pods) if (pod.node === name) this.#stayed(pod, known, until, isSole)
  }

  #stayed(pod: PodRecord, { taint, since, row }: KnownTaint, until: Milliseconds, isSole: boolean): void {
    if (pod.isGone || pod.deletedAt !== NEVER) return
    const seconds = tolerationSeconds(pod.facts.object.spec, taint)
    const { findings, toleranceMs, row: last } = this.#parts
    const from = Math.max(0, since, pod.boundAt)
    // A pod may have got another toleration meanwhile.
    if (seconds >= 0 && (!isSole || pod.hasOldManifest)) return
    if (until <= from + Math.max(0, seconds) * 1000 + MARGIN_MS + toleranceMs) return
    const how = seconds < 0 ? 'it does not tolerate' : `it tolerates for ${seconds}s`
    findings.addAt(
      seconds < 0 ? 'no-stay-on-an-untolerated-node' : 'no-stay-beyond-its-toleration',
      until,
      last.number,
      pod.symbol,
      `${podNamed(pod)} stays from ${at(from)} to ${at(until)} on a node whose taint ${taint.key} ${how}`,
      row,
    )
  }

  /** The taint manager is about to delete the pod. */
  deletedByTaint(pod: PodRecord): void {
    const { home } = pod
    const { row, findings, toleranceMs } = this.#parts
    if (home === undefined || pod.hasOldManifest || home.changedAt >= row.time - MARGIN_MS - toleranceMs) return
    const taints = home.taints.filter(({ taint }) => taint.effect === 'NoExecute')
    if (taints.length === 0) return
    const seconds = Math.min(...taints.map(({ taint }) => tolerationSeconds(pod.facts.object.spec, taint)))
    // A taint in the place of another does not begin anew (TE-2).
    const from = Math.max(0, pod.boundAt, home.noExecuteSince)
    if (row.time >= from + seconds * 1000) return
    const text = `${podNamed(pod)} is deleted for taints that it tolerates ${seconds === Number.POSITIVE_INFINITY ? 'for good' : `for ${seconds}s from ${at(from)} on`}`
    findings.add('tolerated-for-its-time', pod.symbol, text, taints[0].row)
  }

  /** Its kubelet says that it evicts the pod. */
  evicted(pod: PodRecord): void {
    const priority = priorityOf(pod)
    const source = pod.facts.object.metadata.annotations?.['kubernetes.io/config.source']
    if (priority < SYSTEM_PRIORITY && (source === undefined || source === 'api')) return
    const text = `${podNamed(pod)} of priority ${priority} is evicted although it is critical`
    this.#parts.findings.add('critical-pod-is-not-evicted', pod.symbol, text, pod.createdRow)
  }

  /** The phase of a pod is about to be another, or to have another reason. */
  phase(pod: PodRecord, phase: number): void {
    const { row, words, findings, symbols } = this.#parts
    const wasEvicted = pod.phase === PHASE.Failed && pod.phaseReason === words.evicted
    // Containers that a second sandbox starts anew come back from terminated, and such a status is not taken (R-162).
    const isPlain = pod.deletedAt === NEVER && pod.sandboxAttempt <= 0
    const isBecoming = pod.isEvicted && isPlain && pod.phase < PHASE.Succeeded && phase === PHASE.Failed
    if ((!wasEvicted && !isBecoming) || row.b === words.evicted || row.b === words.deadlineExceeded) return
    // A shutdown of the node that begins before the pod has ended is the last to say why.
    if (isBecoming && row.b === words.terminatedByShutdown) return
    const reason = row.b === 0 ? 'no reason' : `the reason ${symbols.text(row.b)}`
    findings.add('an-evicted-pod-says-so', pod.symbol, `${podNamed(pod)} was evicted and has ${reason}`, pod.phaseRow)
  }
}
