import type { Service } from '../model/index.js'
import type { Milliseconds } from '../time/index.js'
import { NEVER } from './container-record.js'
import type { LawContext } from './law-context.js'
import { type LawParts, podNamed } from './law-parts.js'
import type { LawState } from './law-state.js'
import { CONDITION, PHASE, type PodRecord, TRUTH } from './pod-record.js'

/** So long the controller may take. */
const LATENCY_MS = 10_000

/** Compares a Service's addresses with its pods where these have not changed for a while. */
export class EndpointRest {
  readonly #parts: LawParts
  readonly #context: LawContext
  /** Paths of the Services. */
  readonly #services: readonly string[]

  constructor(parts: LawParts, context: LawContext) {
    this.#parts = parts
    this.#context = context
    this.#services = context.services?.() ?? []
  }

  finished({ endpoints, known }: LawState, end: Milliseconds, isOver: boolean): void {
    const { symbols } = this.#parts
    for (const name of this.#services) {
      const service = this.#context.service(name) as Service | undefined
      if (service === undefined) continue
      const path = symbols.intern(name)
      const addresses = endpoints.find(each => each.path === path)?.addresses ?? 0
      const listed = symbols.text(addresses).split(', ')
      for (const pod of known) {
        if (!isOver && end - pod.writtenAt <= LATENCY_MS) continue
        if (isSelected(pod, service)) this.#compare(pod, service, path, listed, end)
      }
    }
  }

  #compare(pod: PodRecord, { spec }: Service, path: number, listed: readonly string[], end: Milliseconds): void {
    const { symbols, findings } = this.#parts
    const isReady = pod.truths[CONDITION.Ready] === TRUTH.True
    const isDeleted = pod.deletedAt !== NEVER
    const words = [symbols.text(pod.ip)]
    if (spec.publishNotReadyAddresses === true || (isReady && !isDeleted)) words.push('ready')
    if (isReady) words.push('serving')
    if (isDeleted) words.push('terminating')
    const expected = words.join(' ')
    if (listed.includes(expected)) return
    findings.addAt(
      'endpoints-catch-up',
      end,
      pod.phaseRow,
      path,
      `${symbols.text(path).replace('/', ' ')} does not list ${podNamed(pod)} as ${JSON.stringify(expected)}`,
      pod.phaseRow,
    )
  }
}

/** An unfinished pod of the Service, with an address of its own. */
const isSelected = (pod: PodRecord, service: Service): boolean =>
  !pod.isGone && pod.ip !== 0 && pod.phase < PHASE.Succeeded && selects(service, pod)

/** Whether the pod is in the Service's namespace and has the labels that it asks for. */
export function selects({ metadata, spec }: Service, pod: PodRecord): boolean {
  const { labels = {}, namespace = 'default' } = pod.facts.object.metadata
  const wanted = Object.entries(spec.selector ?? {})
  if (wanted.length === 0 || namespace !== (metadata.namespace ?? 'default')) return false
  return wanted.every(([key, value]) => labels[key] === value)
}
