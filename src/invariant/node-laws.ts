import type { Milliseconds } from '../time/index.js'
import { NEVER } from './container-record.js'
import type { Law } from './law.js'
import { at, type LawParts, podNamed } from './law-parts.js'
import { isTolerated } from './node-fit.js'
import type { KnownTaint } from './node-record.js'
import { PHASE, type PodRecord } from './pod-record.js'

/** Laws of what nodes do to their pods. */
export const NODE_LAWS: readonly Law[] = [
  {
    name: 'no-stay-on-an-untolerated-node',
    family: 'nodes',
    sentence: 'A pod that does not tolerate a NoExecute taint of its node at all is being deleted within a second.',
    source: 'pkg/controller/tainteviction/taint_eviction.go processPodOnNode (TE-2, TE-4)',
  },
  {
    name: 'an-evicted-pod-says-so',
    family: 'nodes',
    sentence:
      'A pod that its kubelet evicts, and that fails by it, has the reason Evicted from then on; one whose containers all exit with 0 succeeds, one whose node shuts down meanwhile may say Terminated, and one that was in a second sandbox nothing.',
    source: 'pkg/kubelet/eviction/eviction_manager.go evictPod; kubelet_pods.go generateAPIPodStatus (R-805, R-908)',
  },
]

/** Between a change of a node and what follows of it there may be a decision that is under way. */
const MARGIN_MS = 1000

/** Looks at taints and evictions. */
export class NodeLaws {
  readonly #parts: LawParts

  constructor(parts: LawParts) {
    this.#parts = parts
  }

  /** A node's taint goes, or the run is over: who did not tolerate it is on its way. */
  stayed(pods: readonly PodRecord[], name: number, known: KnownTaint, until: Milliseconds): void {
    if (known.taint.effect !== 'NoExecute') return
    for (const pod of pods) if (pod.node === name) this.#stayed(pod, known, until)
  }

  #stayed(pod: PodRecord, { taint, since, row }: KnownTaint, until: Milliseconds): void {
    if (pod.isGone || pod.deletedAt !== NEVER || isTolerated(pod.facts.object.spec, taint)) return
    const { findings, toleranceMs, row: last } = this.#parts
    const from = Math.max(0, since, pod.boundAt)
    if (until <= from + MARGIN_MS + toleranceMs) return
    findings.addAt(
      'no-stay-on-an-untolerated-node',
      until,
      last.number,
      pod.symbol,
      `${podNamed(pod)} stays from ${at(from)} to ${at(until)} on a node whose taint ${taint.key} it does not tolerate`,
      row,
    )
  }

  /** The phase of a pod is about to be another, or to have another reason. */
  phase(pod: PodRecord, phase: number): void {
    const { row, words, findings, symbols } = this.#parts
    const wasEvicted = pod.phase === PHASE.Failed && pod.phaseReason === words.evicted
    // Containers that a second sandbox starts anew come back from terminated, and such a status is not taken.
    const isPlain = pod.deletedAt === NEVER && pod.sandboxAttempt <= 0
    const isBecoming = pod.isEvicted && isPlain && pod.phase < PHASE.Succeeded && phase === PHASE.Failed
    if ((!wasEvicted && !isBecoming) || row.b === words.evicted || row.b === words.deadlineExceeded) return
    // A shutdown of the node that begins before the pod has ended is the last to say why.
    if (isBecoming && row.b === words.terminatedByShutdown) return
    const reason = row.b === 0 ? 'no reason' : `the reason ${symbols.text(row.b)}`
    findings.add('an-evicted-pod-says-so', pod.symbol, `${podNamed(pod)} was evicted and has ${reason}`, pod.phaseRow)
  }
}
