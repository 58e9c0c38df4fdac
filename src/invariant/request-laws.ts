import { REQUEST_FAILURES, ROW } from '../trace/index.js'
import { NEVER } from './container-record.js'
import type { Law } from './law.js'
import { at, type LawParts, podNamed } from './law-parts.js'
import type { PodRecord } from './pod-record.js'

/** Laws of requests to Services. */
export const REQUEST_LAWS: readonly Law[] = [
  {
    name: 'request-reaches-a-pod-that-was-an-endpoint',
    family: 'requests',
    sentence:
      'A request is sent only to a pod that its Service has listed as ready, or as serving; one that never was gets none.',
    source: 'kube-proxy: topology.go CategorizeEndpoints (KP-1)',
  },
  {
    name: 'answered-while-it-runs',
    family: 'requests',
    sentence: 'A pod answers requests only while one of its containers runs: none after the last of them has exited.',
    source: 'control-plane.md 5.4, step 3 (TR-2)',
  },
  {
    name: 'lost-request-names-its-race',
    family: 'requests',
    sentence:
      'Each request that is lost or sent again names the race that it lost; "has exited" is said of a pod with a container that does not run, "has closed its listener" of one that has got SIGTERM, or of the pod that had its name before, and a pod is named unless there was no endpoint.',
    source: 'control-plane.md 5.3, 5.4 (TR-1, TR-3, KP-3)',
  },
]

const EXITED = 3
const CLOSED = 2

/** Looks at every row about requests. */
export class RequestLaws {
  readonly #parts: LawParts

  constructor(parts: LawParts) {
    this.#parts = parts
  }

  /** The row in hand is about requests to a Service; `pod` is the one that it names. */
  written(pod: PodRecord | undefined): void {
    const { kind } = this.#parts.row
    if (pod !== undefined && !pod.wasEndpoint) {
      this.#add(
        'request-reaches-a-pod-that-was-an-endpoint',
        `are sent to ${podNamed(pod)}, which never was an endpoint`,
      )
    }
    if (kind === ROW.requestsAnswered) this.#answered(pod)
    else this.#failed(pod)
  }

  #answered(pod: PodRecord | undefined): void {
    const { row } = this.#parts
    if (pod === undefined || pod.containers.some(({ isAlive }) => isAlive)) return
    const last = row.time - row.c
    const exitedAt = Math.max(...pod.containers.map(({ exitedAt }) => exitedAt))
    if (exitedAt === NEVER || last <= exitedAt) return
    this.#add(
      'answered-while-it-runs',
      `are answered by ${podNamed(pod)} until ${at(last)}, whose last container exited at ${at(exitedAt)}`,
    )
  }

  #failed(pod: PodRecord | undefined): void {
    const { row } = this.#parts
    const failure = REQUEST_FAILURES[row.a]
    if (failure === undefined) this.#addRace('without a race')
    else if ((row.b === 0) !== (failure.race === 'no endpoint')) {
      this.#addRace(row.b === 0 ? `as ${failure.race} by no pod` : 'for lack of an endpoint, by a pod')
    } else if (pod === undefined || pod.isHaunted || (row.cause >= 0 && row.cause < pod.createdRow)) {
      // A listed address may be that of a pod that is gone, and whose name another has got since.
      return
    } else if (row.a === EXITED && pod.containers.every(({ isAlive }) => isAlive)) {
      this.#addRace(`by ${podNamed(pod)} since ${failure.why}, and its containers run`)
    } else if (row.a === CLOSED && pod.containers.every(({ sigtermAt }) => sigtermAt === NEVER)) {
      this.#addRace(`by ${podNamed(pod)} since ${failure.why}, and none of its containers got SIGTERM`)
    }
  }

  #addRace(how: string): void {
    this.#add('lost-request-names-its-race', `are lost ${how}`)
  }

  #add(law: string, what: string): void {
    const { row, findings, symbols } = this.#parts
    findings.add(law, row.object, `requests to ${symbols.text(row.object).replace('/', ' ')} ${what}`)
  }
}
