import type { KubernetesObject, OwnerKind } from '../model/index.js'
import type { ReactionStep } from '../scenario/index.js'
import { ROW } from '../trace/index.js'
import { applyPatch, type ObjectStore, type Store } from './api-server/index.js'
import { ApiError, type Environment, isOwnerKind, type OwnerObject } from './contract/index.js'
import { rollOut, scale } from './rollout-steps.js'
import { updateWorkload } from './update-workload.js'

type RollStep = Extract<ReactionStep, { readonly do: 'scale' | 'rollout' }>
type PatchStep = Extract<ReactionStep, { readonly do: 'patchObject' }>
type DeleteStep = Extract<ReactionStep, { readonly do: 'deleteObject' }>

/** Carries out steps about objects that are no pods; what the API server refuses is told by a row. */
export class ObjectSteps {
  readonly #environment: Environment
  readonly #store: Store
  /** Wires controllers where there are none yet. */
  readonly #objects: () => ObjectStore

  constructor(environment: Environment, store: Store, objects: () => ObjectStore) {
    this.#environment = environment
    this.#store = store
    this.#objects = objects
  }

  create(object: KubernetesObject, cause: number): void {
    const { kind, metadata } = object
    if (!isOwnerKind(kind)) {
      this.#store.createObject(object)
      return
    }
    const path = `${kind}/${metadata.namespace ?? 'default'}/${metadata.name ?? ''}`
    this.#attempt(path, cause, objects => objects.createObject(object as OwnerObject, cause))
  }

  patch({ object, patch, type }: PatchStep, cause: number): void {
    const [kind, namespace, name] = object.split('/')
    const plain = isOwnerKind(kind) ? null : this.#store.find(kind, namespace, name)
    if (plain !== null) {
      this.#store.createObject(applyPatch(plain, patch, type) as KubernetesObject)
      return
    }
    this.#attempt(object, cause, objects => {
      const { kind, namespace, name } = partsOf(object)
      const { profile } = this.#environment
      const change = (stored: OwnerObject): OwnerObject =>
        updateWorkload(stored, applyPatch(stored, patch, type), profile)
      objects.patchObject(kind, namespace, name, change, cause)
    })
  }

  delete({ object, propagationPolicy }: DeleteStep, cause: number): void {
    this.#attempt(object, cause, objects => {
      const { kind, namespace, name } = partsOf(object)
      objects.deleteObject(kind, namespace, name, { propagationPolicy }, cause)
    })
  }

  /** What `kubectl scale` and `kubectl rollout` do; what kubectl itself refuses is told like what the API server refuses. */
  roll(step: RollStep, cause: number): void {
    this.#attempt(step.object, cause, objects => {
      if (step.do === 'scale') scale(objects, step, cause)
      else rollOut(objects, this.#environment, step, cause)
    })
  }

  #attempt(path: string, cause: number, act: (objects: ObjectStore) => void): void {
    const { kernel, trace, symbols } = this.#environment
    try {
      act(this.#objects())
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      trace.append(kernel.now, ROW.refused, symbols.intern(path), symbols.intern(error.message), 0, 0, cause)
    }
  }
}

function partsOf(path: string): { readonly kind: OwnerKind; readonly namespace: string; readonly name: string } {
  const [kind, namespace, name] = path.split('/')
  if (!isOwnerKind(kind)) throw new ApiError('NotFound', `the server doesn't have a resource type "${kind}"`)
  return { kind, namespace, name }
}
