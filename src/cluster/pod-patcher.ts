import { PodwrightError } from '../errors/index.js'
import type { Pod, PodCondition } from '../model/index.js'
import type { PlanPod, ReactionStep } from '../scenario/index.js'
import { ROW } from '../trace/index.js'
import { admitPod, applyPatch, type Store } from './api-server/index.js'
import { type Behaviours, compilePod } from './compile-pod.js'
import {
  condition,
  type Environment,
  type PodIdentity,
  type PodSpec,
  type PodVersion,
  TRUTH,
} from './contract/index.js'
import { identify } from './pod-identity.js'
import { describePod, type PreparedPlan } from './prepared-plan.js'
import type { RunRegister } from './run-register.js'
import { updatePod } from './update-pod.js'

type Patch = Extract<ReactionStep, { readonly do: 'patch' }>

/**
 * Applies patches to pods: of the spec and metadata by making another spec, of the status by setting conditions. What the API server
 * would refuse changes nothing.
 */
export class PodPatcher {
  readonly #environment: Environment
  readonly #store: Store
  readonly #prepared: PreparedPlan
  readonly #register: RunRegister
  /** By index: pods created by hand, which the plan does not know. */
  #created = new Map<number, PlanPod>()

  constructor(environment: Environment, store: Store, prepared: PreparedPlan, register: RunRegister) {
    this.#environment = environment
    this.#store = store
    this.#prepared = prepared
    this.#register = register
  }

  reset(): void {
    if (this.#created.size > 0) this.#created = new Map()
  }

  /** Compiles a pod that the plan did not know of: one created by hand while the run was paused. */
  compile(
    planned: PlanPod,
    index: number,
    generation: number,
  ): { readonly identity: PodIdentity; readonly spec: PodSpec; readonly refusal?: string | undefined } {
    const { symbols, profile } = this.#environment
    this.#created.set(index, planned)
    const identity = identify(symbols, index, planned.pod, generation)
    const { origin, fieldOrigin } = planned
    const admitted = admitPod(planned.pod, this.#store)
    const pod = 'pod' in admitted ? admitted.pod : planned.pod
    const manifest = this.#register.addManifest(pod, origin, fieldOrigin)
    const spec = compilePod(symbols, pod, manifest, planned.containers, planned.sandbox, profile)
    describePod(symbols, identity, spec, object => this.#register.addObject(object))
    return { identity, spec, refusal: 'refusal' in admitted ? admitted.refusal : undefined }
  }

  patch(pod: PodVersion, step: Patch, cause: number): void {
    if (step.subresource === 'status') this.#patchStatus(pod, step, cause)
    else this.#patchObject(pod, step, cause)
  }

  #patchObject(pod: PodVersion, step: Patch, cause: number): void {
    const { profile } = this.#environment
    if (step.type === 'json') checkJsonPatch(step.patch)
    const node = pod.node < 0 ? '' : this.#store.nodes[pod.node].name
    const { object, refusal } = updatePod(pod, node, served => applyPatch(served, step.patch, step.type), profile)
    if (refusal !== undefined) {
      this.#refuse(pod, refusal, cause)
      return
    }
    this.write(pod, object, cause)
  }

  /** Writes an update that was found valid. */
  write(pod: PodVersion, object: Pod, cause: number): void {
    const { symbols, profile } = this.#environment
    const before = pod.spec.object
    // API-11: an update that changes nothing is none.
    if (object === before) return
    const { index } = pod.identity
    const planned = this.#prepared.pods[index]?.planned ?? this.#created.get(index)
    const manifest = this.#register.addManifest(object, planned?.origin)
    const containers = planned?.containers ?? behavioursOf(pod.spec)
    const spec = compilePod(symbols, object, manifest, containers, pod.spec.sandbox, profile)
    describePod(symbols, pod.identity, spec, each => this.#register.addObject(each))
    this.#store.replaceSpec(pod.identity.index, spec, symbols.intern(changedFields(before, object)), cause)
  }

  /** Conditions are what others than the kubelet may set in a pod's status: readiness gates live on them. */
  #patchStatus(pod: PodVersion, step: Patch, cause: number): void {
    const { symbols } = this.#environment
    const conditions = (step.patch as { readonly status?: { readonly conditions?: readonly PodCondition[] } })?.status
      ?.conditions
    if (!Array.isArray(conditions)) {
      throw new PodwrightError({
        code: 'SCENARIO_INVALID',
        where: 'step',
        problem: 'expected a patch of status.conditions, got another one',
        hint: 'the rest of a pod’s status belongs to its kubelet',
      })
    }
    for (const each of conditions as readonly PodCondition[]) {
      const status = each.status === 'True' ? TRUTH.True : each.status === 'False' ? TRUTH.False : TRUTH.Unknown
      const next = condition(
        symbols.intern(each.type),
        status,
        symbols.intern(each.reason ?? ''),
        symbols.intern(each.message ?? ''),
      )
      this.#store.setCondition(pod.identity.index, next, cause)
    }
  }

  #refuse({ identity }: PodVersion, message: string, cause: number): void {
    const { kernel, trace, symbols } = this.#environment
    trace.append(kernel.now, ROW.refused, identity.path, symbols.intern(message), 0, 0, cause)
  }
}

/**
 * A status that a patch of the object could read or write is not served to it, which must not pass for an answer.
 *
 * @throws PodwrightError `SCENARIO_INVALID` for an operation on the status.
 */
function checkJsonPatch(operations: unknown): void {
  if (!Array.isArray(operations)) {
    const problem = 'expected a JSON patch, a list of operations, got none'
    throw new PodwrightError({ code: 'SCENARIO_INVALID', where: 'step', problem })
  }
  type Places = { readonly path?: unknown; readonly from?: unknown } | null
  for (const operation of operations as readonly Places[]) {
    const touched = [operation?.path, operation?.from].find(
      each => typeof each === 'string' && /^\/status(\/|$)/.test(each),
    )
    if (touched === undefined) continue
    throw new PodwrightError({
      code: 'SCENARIO_INVALID',
      where: 'step',
      problem: `expected operations of a JSON patch on metadata and spec, got ${JSON.stringify(touched)}`,
      hint: 'conditions are set with a mapping and subresource: status',
    })
  }
}

/** What the containers of a pod do that the plan does not know of: one that a controller made. */
const behavioursOf = ({ bySlot }: PodSpec): Behaviours =>
  Object.fromEntries(bySlot.map(({ name, behaviour }) => [name, behaviour]))

/** Which parts of the object a patch changed, for the timeline. */
function changedFields(before: Pod, after: Pod): string {
  const changed: string[] = []
  const lists = ['initContainers', 'containers', 'ephemeralContainers'] as const
  for (const list of lists) {
    for (const container of after.spec[list] ?? []) {
      const old = before.spec[list]?.find(each => each.name === container.name)
      if (old === undefined) changed.push(`${list}: ${container.name} added`)
      else if (old.image !== container.image) changed.push(`image of ${container.name}: ${container.image}`)
    }
  }
  for (const field of Object.keys({ ...before.spec, ...after.spec }) as (keyof Pod['spec'])[]) {
    if ((lists as readonly string[]).includes(field)) continue
    if (JSON.stringify(before.spec[field]) !== JSON.stringify(after.spec[field])) changed.push(`spec.${field}`)
  }
  if (JSON.stringify(before.metadata) !== JSON.stringify(after.metadata)) changed.push('metadata')
  return changed.join(', ')
}
