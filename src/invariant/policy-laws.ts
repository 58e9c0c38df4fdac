import { type Container, type LimitRangeItem, milliValue, type ResourceList, wholeValue } from '../model/index.js'
import { NEVER } from './container-record.js'
import type { Law } from './law.js'
import { type LawParts, podNamed } from './law-parts.js'
import type { LawState } from './law-state.js'
import { PHASE, type PodRecord } from './pod-record.js'
import type { PolicyRecords } from './policy-records.js'

/** Laws of quotas and limit ranges. */
export const POLICY_LAWS: readonly Law[] = [
  {
    name: 'quota-is-not-exceeded',
    family: 'policies',
    sentence:
      'No pod is made that leaves the unfinished pods of a namespace, or what they request of cpu and memory, beyond what a quota without scopes shows as hard.',
    source: 'pkg/quota/v1, apiserver plugin/resourcequota controller.go checkRequest (ADM-7)',
  },
  {
    name: 'quota-shows-what-is-used',
    family: 'policies',
    sentence:
      'When nothing more can happen, a quota without scopes shows as used what the unfinished pods of its namespace, and their requests of cpu and memory, amount to, and as hard what its spec asks for; pods on their way apart.',
    source: 'pkg/controller/resourcequota/resource_quota_controller.go syncResourceQuota (ADM-7)',
  },
  {
    name: 'pod-keeps-to-its-limit-range',
    family: 'policies',
    sentence:
      'No container of a pod that is made asks for less than the min or more than the max of its namespace’s limit ranges, nor lacks what these have a default for.',
    source: 'plugin/pkg/admission/limitranger/admission.go PodValidateLimitFunc (ADM-2)',
  },
]

/** Looks at pods as they are made, and at quotas when nothing more can happen. */
export class PolicyLaws {
  readonly #parts: LawParts
  readonly #state: LawState
  readonly #policies: PolicyRecords

  constructor(parts: LawParts, state: LawState, policies: PolicyRecords) {
    this.#parts = parts
    this.#state = state
    this.#policies = policies
  }

  /** The row in hand makes the pod. */
  created(pod: PodRecord): void {
    // What the plan begins with was admitted before.
    if (this.#policies.areNone || this.#parts.row.cause < 0) return
    const namespace = namespaceOf(pod)
    for (const { metadata, spec, status } of this.#policies.quotas.values()) {
      if ((metadata.namespace ?? 'default') !== namespace || hasScopes(spec)) continue
      for (const [name, most] of Object.entries(status?.hard ?? {})) {
        const sum = this.#usedOf(name, namespace)
        if (sum === undefined || sum <= amountOf(name, most)) continue
        const text = `${podNamed(pod)} is made, and quota ${metadata.name} allows ${String(most)} of ${name}`
        this.#parts.findings.add('quota-is-not-exceeded', pod.symbol, text, pod.createdRow)
      }
    }
    for (const { metadata, spec } of this.#policies.limits.values())
      if ((metadata.namespace ?? 'default') === namespace) for (const item of spec.limits) this.#limits(pod, item)
  }

  #limits(pod: PodRecord, item: LimitRangeItem): void {
    if (item.type !== 'Container') return
    const { containers, initContainers = [] } = pod.facts.object.spec
    for (const container of [...containers, ...initContainers]) {
      const wrong = whyNot(container, item)
      if (wrong === undefined) continue
      const text = `${podNamed(pod)} is made, whose container ${container.name} ${wrong}`
      this.#parts.findings.add('pod-keeps-to-its-limit-range', pod.symbol, text, pod.createdRow)
    }
  }

  /** The run is over, and nothing more can happen. */
  finished(end: number): void {
    for (const [path, { metadata, spec, status }] of this.#policies.quotas) {
      const { name = '', namespace = 'default' } = metadata
      const isOnItsWay = (pod: PodRecord): boolean =>
        !pod.isGone && pod.deletedAt !== NEVER && namespaceOf(pod) === namespace
      if (hasScopes(spec) || status?.hard === undefined || this.#state.known.some(isOnItsWay)) continue
      const { findings, row } = this.#parts
      const tell = (text: string): void =>
        findings.addAt('quota-shows-what-is-used', end, row.number, path, `quota ${namespace}/${name} ${text}`, -1)
      for (const [resource, hard] of Object.entries(spec?.hard ?? {})) {
        const shown = status.hard[resource]
        if (shown === undefined || amountOf(resource, shown) !== amountOf(resource, hard))
          tell(`shows ${String(shown)} of ${resource} as hard; its spec asks for ${String(hard)}`)
        const sum = this.#usedOf(resource, namespace)
        const used = status.used?.[resource] ?? '0'
        if (sum !== undefined && amountOf(resource, used) !== sum)
          tell(`shows ${String(used)} of ${resource} as used; its pods amount to ${sum}`)
      }
    }
  }

  /** What the unfinished pods of a namespace take of a resource; undefined: nobody counts that here. */
  #usedOf(resource: string, namespace: string): number | undefined {
    const count = COUNTS[resource]
    if (count === undefined) return undefined
    const now = this.#parts.row.time
    let sum = 0
    for (const pod of this.#state.known) {
      if (pod.isGone || pod.phase >= PHASE.Succeeded || namespaceOf(pod) !== namespace) continue
      // One whose time is over may be counted no longer.
      if (pod.deletedAt !== NEVER && pod.deadlineSeconds * 1000 <= now) continue
      sum += count(pod)
    }
    return sum
  }
}

const namespaceOf = ({ facts }: PodRecord): string => facts.object.metadata.namespace ?? 'default'

const hasScopes = (
  spec: { readonly scopes?: readonly unknown[]; readonly scopeSelector?: unknown } | undefined,
): boolean => (spec?.scopes ?? []).length > 0 || spec?.scopeSelector !== undefined

const cpuOf = ({ facts }: PodRecord): number => facts.requests.milliCpu
const memoryOf = ({ facts }: PodRecord): number => facts.requests.memory

/** What a pod takes of a resource that a quota can name. */
const COUNTS: Readonly<Record<string, ((pod: PodRecord) => number) | undefined>> = {
  pods: () => 1,
  cpu: cpuOf,
  'requests.cpu': cpuOf,
  memory: memoryOf,
  'requests.memory': memoryOf,
}

/** In thousandths of a core, or in whole units. */
const amountOf = (resource: string, quantity: NonNullable<ResourceList[string]>): number =>
  resource === 'cpu' || resource.endsWith('.cpu') ? milliValue(quantity) : wholeValue(quantity)

/** What of a container is not as the item wants it, in words. */
function whyNot({ resources = {} }: Container, item: LimitRangeItem): string | undefined {
  const { requests = {}, limits = {} } = resources
  for (const name of Object.keys(item.default ?? {}))
    if (limits[name] === undefined) return `has no limit of ${name}, for which there is a default`
  for (const name of Object.keys(item.defaultRequest ?? {}))
    if (requests[name] === undefined) return `has no request of ${name}, for which there is a default`
  for (const [name, least] of Object.entries(item.min ?? {})) {
    const request = requests[name]
    if (request === undefined || amountOf(name, request) < amountOf(name, least))
      return `requests ${String(request ?? 0)} of ${name}; the least is ${String(least)}`
  }
  for (const [name, most] of Object.entries(item.max ?? {})) {
    const limit = limits[name]
    if (limit === undefined || amountOf(name, limit) > amountOf(name, most))
      return `has ${limit === undefined ? 'no limit' : `a limit of ${String(limit)}`} of ${name}; the most is ${String(most)}`
  }
  return undefined
}
