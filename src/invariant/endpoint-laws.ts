import type { Service } from '../model/index.js'
import { NEVER } from './container-record.js'
import { selects } from './endpoint-rest.js'
import type { Law } from './law.js'
import { type LawParts, podNamed } from './law-parts.js'
import { CONDITION, PHASE, type PodRecord, TRUTH } from './pod-record.js'

/** Laws of a Service's addresses, at the moment they are written. */
export const ENDPOINT_LAWS: readonly Law[] = [
  {
    name: 'endpoint-serves-only-if-its-pod-is-ready',
    family: 'endpoints',
    sentence:
      'An address is written as serving only if its pod is Ready, and as ready only if its pod is Ready and not being deleted, or the Service publishes addresses that are not ready.',
    source: 'endpointslice utils.go podToEndpoint (ES-2)',
  },
  {
    name: 'endpoint-of-an-unfinished-pod',
    family: 'endpoints',
    sentence:
      'Each address that is written is that of a stored pod that is neither Succeeded nor Failed; one written before may outlast its pod’s failure.',
    source: 'endpointslice utils.go ShouldPodBeInEndpoints (ES-2, ES-4)',
  },
  {
    name: 'endpoint-of-a-selected-pod',
    family: 'endpoints',
    sentence: 'Each address that is written is that of a pod whose labels the Service’s selector asks for.',
    source: 'endpointslice reconciler.go; endpointslice_controller.go syncService (ES-1)',
  },
  {
    name: 'endpoint-terminates-with-its-pod',
    family: 'endpoints',
    sentence: 'An address is written as terminating only if its pod is being deleted.',
    source: 'endpointslice utils.go podToEndpoint (ES-2)',
  },
  {
    name: 'endpoints-catch-up',
    family: 'endpoints',
    sentence:
      'Ten seconds after the last change of an unfinished pod with an address, each Service that selects it lists it, as ready if it is Ready and not being deleted.',
    source: 'endpointslice reconciler.go; utils.go podToEndpoint (ES-1, ES-2, ES-4)',
  },
]

/** Looks at every list of addresses. */
export class EndpointLaws {
  readonly #parts: LawParts

  constructor(parts: LawParts) {
    this.#parts = parts
  }

  /** The row in hand writes a Service's addresses; `service` is undefined where its manifest is not known. */
  written(pods: readonly PodRecord[], service: Service | undefined): void {
    const { row, symbols } = this.#parts
    const text = symbols.text(row.a)
    if (text === '') return
    for (const address of text.split(', ')) {
      const [ip, ...words] = address.split(' ')
      const pod = podOf(pods, symbols.find(ip) ?? 0)
      if (pod === undefined) this.#add('endpoint-of-an-unfinished-pod', `${ip}, which no unfinished pod has`)
      else {
        if (words.includes('ready') || words.includes('serving')) pod.wasEndpoint = true
        this.#conditions(pod, words, service)
      }
      // Pods of the host's network share their address, and a pod's labels may just have been patched.
      if (pod === undefined || service === undefined || pod.facts.hostNetwork || pod.hasOldManifest) continue
      if (!selects(service, pod)) this.#add('endpoint-of-a-selected-pod', `${podNamed(pod)}, which it does not select`)
    }
  }

  #conditions(pod: PodRecord, words: readonly string[], service: Service | undefined): void {
    if (words.includes('terminating') && pod.deletedAt === NEVER && !pod.facts.hostNetwork)
      this.#add('endpoint-terminates-with-its-pod', `${podNamed(pod)} as terminating, which nobody deletes`)
    const isReady = pod.truths[CONDITION.Ready] === TRUTH.True
    if (words.includes('serving') && !isReady)
      this.#add('endpoint-serves-only-if-its-pod-is-ready', `${podNamed(pod)} as serving, which is not Ready`)
    // Without the manifest nobody knows whether the Service wants them all to be ready.
    if (!words.includes('ready') || service === undefined || service.spec.publishNotReadyAddresses === true) return
    if (!isReady) this.#add('endpoint-serves-only-if-its-pod-is-ready', `${podNamed(pod)} as ready, which is not Ready`)
    else if (pod.deletedAt !== NEVER)
      this.#add('endpoint-serves-only-if-its-pod-is-ready', `${podNamed(pod)} as ready, which is being deleted`)
  }

  #add(law: string, what: string): void {
    const { row, findings, symbols } = this.#parts
    findings.add(law, row.object, `${symbols.text(row.object).replace('/', ' ')} lists ${what}`)
  }
}

/** Pods of the host's network share their address: one that fits is enough. */
function podOf(pods: readonly PodRecord[], ip: number): PodRecord | undefined {
  let found: PodRecord | undefined
  for (const pod of pods) {
    if (ip === 0 || pod.ip !== ip || pod.isGone || pod.phase === PHASE.Succeeded || pod.phase === PHASE.Failed) continue
    if (found === undefined || pod.truths[CONDITION.Ready] === TRUTH.True) found = pod
  }
  return found
}
