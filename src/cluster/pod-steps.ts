import type { KubernetesObject, Pod } from '../model/index.js'
import type { PlanPod, ReactionStep } from '../scenario/index.js'
import { ROW } from '../trace/index.js'
import { type EvictionParts, evictPod, type PodAdmission, type Store } from './api-server/index.js'
import { compilePod } from './compile-pod.js'
import {
  ApiError,
  alreadyExistsError,
  type Environment,
  isDeleting,
  type PodIdentity,
  type PodSpec,
  type PodVersion,
} from './contract/index.js'
import { podPath } from './pod-identity.js'
import { PodPatcher } from './pod-patcher.js'
import type { PreparedPlan } from './prepared-plan.js'
import type { RunRegister } from './run-register.js'
import type { StoredObject } from './stored-objects.js'

/** What steps about pods work on. */
export interface PodStepParts {
  readonly environment: Environment
  readonly store: Store
  readonly register: RunRegister
  readonly evictions: EvictionParts
  readonly admission: PodAdmission
}

/** A pod as it was compiled before it is asked for; `refusal` says why admission refuses it. */
interface CompiledPod {
  readonly identity: PodIdentity
  readonly spec: PodSpec
  readonly refusal?: string | undefined
}

/** Carries out what steps and requests do to pods; what the API server refuses is told by a row, or thrown to a request. */
export class PodSteps {
  readonly #environment: Environment
  readonly #store: Store
  readonly #prepared: PreparedPlan
  readonly #register: RunRegister
  readonly #evictions: EvictionParts
  readonly #admission: PodAdmission
  readonly #patcher: PodPatcher
  #createdByHand: { readonly identity: PodIdentity }[] = []

  constructor({ environment, store, register, evictions, admission }: PodStepParts, prepared: PreparedPlan) {
    this.#environment = environment
    this.#store = store
    this.#prepared = prepared
    this.#register = register
    this.#evictions = evictions
    this.#admission = admission
    this.#patcher = new PodPatcher(environment, store, prepared, register)
  }

  reset(): void {
    this.#createdByHand = []
    this.#patcher.reset()
  }

  /** `prepared` is the number of a pod that the plan knows of. */
  create(prepared: number | undefined, planned: PlanPod, cause: number): void {
    const compiled = prepared === undefined ? this.#compile(planned) : this.#prepared.pods[prepared]
    const { identity } = compiled
    const exists = this.#store.podAt(identity.path)
    if (exists === null) this.admit(compiled, planned, cause)
    else this.#refuse(identity.path, alreadyExistsError('Pod', identity.name, isDeleting(exists)).message, cause)
  }

  /** What admission makes of a pod that was compiled before: it may be given more, or be refused. */
  admit({ identity, spec, refusal }: CompiledPod, planned: PlanPod, cause: number): void {
    const { symbols, profile } = this.#environment
    try {
      const pod = this.#admission.applyPolicies(spec.object)
      if (refusal !== undefined) throw new ApiError('Forbidden', refusal)
      this.#admission.validate(pod, cause)
      const { origin, containers, sandbox } = planned
      const admitted =
        pod === spec.object
          ? spec
          : compilePod(symbols, pod, this.#register.addManifest(pod, origin), containers, sandbox, profile)
      this.#store.createPod(identity, admitted, this.#nodeOf(pod.spec.nodeName), cause)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      this.#refuse(identity.path, error.message, cause, error.code)
    }
  }

  /** One attempt; a drain would try again. */
  evict(pod: PodVersion, cause: number): void {
    const refusal = evictPod(this.#evictions, pod, cause)
    if (refusal !== null) this.#refuse(pod.identity.path, refusal.message, cause, refusal.code)
  }

  patch(pod: PodVersion, step: Extract<ReactionStep, { readonly do: 'patch' }>, cause: number): void {
    this.#patcher.patch(pod, step, cause)
  }

  /** Creates a pod that admission has let in. */
  createPod(planned: PlanPod, cause: number): void {
    const { identity, spec } = this.#compile(planned)
    this.#store.createPod(identity, spec, this.#nodeOf(spec.object.spec.nodeName), cause)
  }

  /** Writes an update that was found valid. */
  replacePod({ pod }: StoredObject, next: KubernetesObject, cause: number): void {
    if (pod !== undefined) this.#patcher.write(pod, next as Pod, cause)
  }

  /** @throws ApiError TooManyRequests, InternalError. */
  evictPod({ pod }: StoredObject, cause: number): void {
    const refusal = pod === undefined ? null : evictPod(this.#evictions, pod, cause)
    if (refusal !== null)
      throw new ApiError(refusal.code === 429 ? 'TooManyRequests' : 'InternalError', refusal.message)
  }

  /** A pod created by hand: its index follows those of the plan. */
  #compile(planned: PlanPod): CompiledPod {
    const { name, namespace = 'default' } = planned.pod.metadata
    const path = podPath(namespace, name ?? '')
    const isSame = ({ identity }: { readonly identity: PodIdentity }): boolean =>
      this.#environment.symbols.text(identity.path) === path
    const generation = this.#prepared.pods.filter(isSame).length + this.#createdByHand.filter(isSame).length
    const compiled = this.#patcher.compile(planned, this.#register.nextPod(), generation)
    this.#createdByHand.push(compiled)
    return compiled
  }

  #nodeOf(name: string | undefined): number {
    return name === undefined || name === '' ? -1 : this.#prepared.nodes.findIndex(node => node.name === name)
  }

  #refuse(object: number, message: string, cause: number, code = 0): void {
    const { kernel, trace, symbols } = this.#environment
    trace.append(kernel.now, ROW.refused, object, symbols.intern(message), code, 0, cause)
  }
}
