import { NEVER } from './container-record.js'
import type { Law } from './law.js'
import { at, type LawParts, podNamed } from './law-parts.js'
import { PHASE, type PodRecord } from './pod-record.js'

/** Laws of how a pod's object comes and goes. */
export const DELETION_LAWS: readonly Law[] = [
  {
    name: 'one-pod-of-a-name',
    family: 'deletion',
    sentence: 'A pod is created only where none of its name is stored, and is written only while it is stored.',
    source: 'apiserver registry/generic/registry/store.go Create (API-5, API-12)',
  },
  {
    name: 'grace-only-shrinks',
    family: 'deletion',
    sentence:
      'A further deletion of a pod can only shorten its grace, and its deletionTimestamp only moves to an earlier second.',
    source: 'apiserver registry/rest/delete.go BeforeDelete (R-702, DEL-5)',
  },
  {
    name: 'deletion-timestamp-is-a-grace-away',
    family: 'deletion',
    sentence:
      'The deletionTimestamp is the second of the deletion and the grace; a shorter grace moves it by the difference.',
    source: 'apiserver registry/rest/delete.go BeforeDelete (R-701, R-702)',
  },
  {
    name: 'deletion-has-the-grace-asked-for',
    family: 'deletion',
    sentence:
      'A step that deletes or evicts a pod that is bound and goes on gives it the grace that it asks for, or else the pod’s own.',
    source: 'pkg/registry/core/pod/strategy.go CheckGracefulDelete (R-701, DEL-2)',
  },
  {
    name: 'unbound-or-finished-goes-at-once',
    family: 'deletion',
    sentence: 'The first deletion of a pod that is bound to no node, or is Succeeded or Failed, has a grace of 0.',
    source: 'pkg/registry/core/pod/strategy.go CheckGracefulDelete (R-701, DEL-2)',
  },
  {
    name: 'gone-after-its-containers',
    family: 'deletion',
    sentence: 'The object of a pod goes only when none of its containers runs, unless a deletion with grace 0 took it.',
    source: 'pkg/kubelet/status/status_manager.go canBeDeleted (R-702, R-733)',
  },
  {
    name: 'gone-after-its-sandbox',
    family: 'deletion',
    sentence: 'The object of a pod goes only when its sandbox is down, unless a deletion with grace 0 took it.',
    source:
      'pkg/kubelet/kubelet.go SyncTerminatingPod; kuberuntime_manager.go killPodWithSyncResult (R-150, R-710, R-733)',
  },
  {
    name: 'gone-when-finished',
    family: 'deletion',
    sentence:
      'The object of a pod that is bound goes only when its phase is Succeeded or Failed, unless a deletion with grace 0 took it.',
    source: 'pkg/kubelet/status/status_manager.go canBeDeleted (R-733, DEL-4)',
  },
]

/** More than any grace that a pod has. */
const MOST_GRACE = 0x1_0000

/** Looks at creations, deletions and removals. */
export class DeletionLaws {
  readonly #parts: LawParts
  /** By symbol of a step's text: the grace that was right for it, and the pod's own. Texts are slow to read. */
  readonly #right = new Map<number, number>()

  constructor(parts: LawParts) {
    this.#parts = parts
  }

  created(pod: PodRecord): void {
    if (!pod.isGone) this.#add('one-pod-of-a-name', pod, 'is created although it is there', pod.createdRow)
  }

  /** A row writes the pod or one of its containers. */
  written(pod: PodRecord): void {
    if (pod.isGone) this.#add('one-pod-of-a-name', pod, 'is written although it is gone', pod.removedRow)
  }

  /** A deletion is entered; the record has the one before. `step`: symbol of the text of the step that asks for it, 0: none does. */
  requested(pod: PodRecord, step: number): void {
    const { row, clockOffset } = this.#parts
    if (pod.deletedAt === NEVER) {
      const due = Math.floor((row.time + clockOffset) / 1000) + row.a
      if (row.b !== due) this.#wrongTimestamp(pod, due)
      const isFinished = pod.phase === PHASE.Succeeded || pod.phase === PHASE.Failed
      if (row.a > 0 && (pod.node === 0 || isFinished))
        this.#add(
          'unbound-or-finished-goes-at-once',
          pod,
          `is given a grace of ${row.a} s although it is ${isFinished ? 'finished' : 'bound to no node'}`,
          pod.phaseRow,
        )
      if (step !== 0 && pod.node !== 0 && !isFinished) this.#asked(pod, step)
      return
    }
    if (row.a >= pod.graceSeconds || row.b > pod.deadlineSeconds) {
      this.#add(
        'grace-only-shrinks',
        pod,
        `is deleted again with a grace of ${row.a} s, its end at second ${row.b}, after ${pod.graceSeconds} s and ${pod.deadlineSeconds}`,
        pod.deletionRow,
      )
    } else if (row.b !== pod.deadlineSeconds - pod.graceSeconds + row.a)
      this.#wrongTimestamp(pod, pod.deadlineSeconds - pod.graceSeconds + row.a)
  }

  #asked(pod: PodRecord, step: number): void {
    const { row, symbols } = this.#parts
    const graces = row.a * MOST_GRACE + pod.facts.graceSeconds
    if (this.#right.get(step) === graces) return
    const [, words] = /, grace ([^,]+)/.exec(symbols.text(step)) ?? []
    const { terminationGracePeriodSeconds: own = 30 } = pod.facts.object.spec
    // What is below 0 counts as 1 (DEL-2).
    if (own < 0 || words?.startsWith('-')) return
    const given = at(row.a * 1000)
    if (given === (words ?? at(own * 1000))) {
      this.#right.set(step, graces)
      return
    }
    const what = `is given a grace of ${given}; ${words === undefined ? `its own is ${at(own * 1000)}` : `${words} is asked for`}`
    this.#add('deletion-has-the-grace-asked-for', pod, what, pod.createdRow)
  }

  #wrongTimestamp(pod: PodRecord, due: number): void {
    const { row } = this.#parts
    this.#add(
      'deletion-timestamp-is-a-grace-away',
      pod,
      `is to be gone by second ${row.b}; with a grace of ${row.a} s that is second ${due}`,
      pod.deletionRow,
    )
  }

  removed(pod: PodRecord): void {
    if (pod.isForced) return
    if (!pod.isHaunted) {
      if (pod.isSandboxReady)
        this.#add('gone-after-its-sandbox', pod, 'goes although its sandbox is up', pod.sandboxRow)
      for (const { facts, isAlive, startedAt, startRow } of pod.containers) {
        if (!isAlive) continue
        this.#add('gone-after-its-containers', pod, `goes although ${facts.name} runs since ${at(startedAt)}`, startRow)
      }
    }
    if (pod.node === 0 || pod.phase === PHASE.Succeeded || pod.phase === PHASE.Failed) return
    this.#add('gone-when-finished', pod, 'goes although it is bound and not finished', pod.deletionRow)
  }

  #add(law: string, pod: PodRecord, what: string, trigger: number): void {
    this.#parts.findings.add(law, pod.symbol, `${podNamed(pod)} ${what}`, trigger)
  }
}
