import { uidOf } from '../../hash/index.js'
import type { OwnerKind, PodDisruptionBudget } from '../../model/index.js'
import { ROW, type TraceObject } from '../../trace/index.js'
import {
  alreadyExistsError,
  apiSeconds,
  CHANGE,
  checkPreconditions,
  type DeleteOptions,
  type Environment,
  finalizersOf,
  modifiedError,
  notFoundError,
  type ObjectClient,
  type ObjectVersion,
  type ObjectWatcher,
  OP,
  type OwnerObject,
  type StatusWrite,
  specOf,
} from '../contract/index.js'
import { EMPTY_COUNTS } from './empty-counts.js'
import { changedFields, ObjectRows } from './object-rows.js'
import { prepareForCreate } from './prepare-for-create.js'

/** A notification on its way to the watchers of a kind. */
interface Notification {
  readonly change: number
  readonly version: ObjectVersion
  readonly previous: ObjectVersion | null
  readonly cause: number
}

/** Where the manifests and objects that a run brings forth are kept for its trace. */
export interface ObjectRegister {
  addManifest(object: OwnerObject): number
  addObject(object: TraceObject): void
}

/**
 * The API server's store of workload objects: immutable versions, optimistic concurrency, deletion with finalizers, one watch of
 * everything for those who share an informer.
 *
 * apiserver: pkg/registry/generic/registry/store.go, v1.32 (API-10, API-11, API-15, DEL-1, DEL-9; C-10).
 */
export class ObjectStore implements ObjectClient {
  readonly #environment: Environment
  readonly #register: ObjectRegister
  readonly #nextResourceVersion: () => number
  readonly #rows: ObjectRows
  #objects = new Map<number, ObjectVersion>()
  #incarnations = new Map<number, number>()
  #count = 0
  #watcher: ObjectWatcher | null = null
  /** Hears of every write as it is made. */
  observer: ObjectWatcher | null = null
  #notifications: Notification[] = []
  #delivered = 0

  constructor(environment: Environment, register: ObjectRegister, nextResourceVersion: () => number) {
    this.#environment = environment
    this.#register = register
    this.#nextResourceVersion = nextResourceVersion
    this.#rows = new ObjectRows(environment, object => register.addManifest(object))
  }

  reset(): void {
    this.#objects = new Map()
    this.#incarnations = new Map()
    this.#count = 0
    this.#notifications = []
    this.#delivered = 0
  }

  /** The shared informer of the controllers. */
  watchObjects(watcher: ObjectWatcher): void {
    this.#watcher = watcher
  }

  /** Delivers the next notification. */
  deliver(): void {
    const notification = this.#notifications[this.#delivered++]
    if (notification === undefined) return
    if (this.#delivered === this.#notifications.length) {
      this.#notifications = []
      this.#delivered = 0
    }
    const { change, version, previous, cause } = notification
    this.#watcher?.objectChanged(change, version, previous, cause)
  }

  object<Kind extends OwnerKind>(kind: Kind, namespace: string, name: string): ObjectVersion<Kind> | null {
    const path = this.#environment.symbols.find(`${kind}/${namespace}/${name}`)
    if (path === undefined) return null
    return (this.#objects.get(path) as ObjectVersion<Kind> | undefined) ?? null
  }

  /** The objects of a kind and namespace. */
  *all<Kind extends OwnerKind>(kind: Kind, namespace: string): Iterable<ObjectVersion<Kind>> {
    for (const version of this.#objects.values())
      if (version.kind === kind && version.namespace === namespace) yield version as ObjectVersion<Kind>
  }

  /** The budgets of all namespaces, with what is read of their status. */
  budgets(): PodDisruptionBudget[] {
    const budgets: PodDisruptionBudget[] = []
    for (const version of this.#objects.values())
      if (version.kind === 'PodDisruptionBudget')
        budgets.push(withStatus(version as ObjectVersion<'PodDisruptionBudget'>))
    return budgets
  }

  /** Everything in a namespace, in order of creation. */
  inNamespace(namespace: string): readonly ObjectVersion[] {
    return [...this.#objects.values()].filter(each => each.namespace === namespace)
  }

  createObject<Kind extends OwnerKind>(given: OwnerObject<Kind>, cause: number): ObjectVersion<Kind> {
    const { kernel, trace, symbols } = this.#environment
    const kind = given.kind as Kind
    const { namespace = 'default', name = '' } = given.metadata
    const text = `${kind}/${namespace}/${name}`
    const path = symbols.intern(text)
    const existing = this.#objects.get(path)
    if (existing !== undefined) throw alreadyExistsError(kind, name, existing.deletionSeconds >= 0)
    const incarnation = this.#incarnations.get(path) ?? 0
    this.#incarnations.set(path, incarnation + 1)
    const uid = uidOf(text, incarnation)
    const object = prepareForCreate(given, uid) as OwnerObject<Kind>
    this.#register.addObject({ symbol: path, path: text, kind, namespace, name })
    const row = trace.append(kernel.now, ROW.created, path, this.#register.addManifest(object), 0, 0, cause)
    const version: ObjectVersion<Kind> = {
      index: this.#count++,
      kind,
      namespace,
      name,
      uid,
      path,
      object,
      counts: EMPTY_COUNTS[kind],
      conditions: [],
      row,
      resourceVersion: this.#nextResourceVersion(),
      generation: 1,
      creationSeconds: apiSeconds(this.#environment, kernel.now),
      deletionSeconds: -1,
    }
    this.#objects.set(path, version)
    this.#notify(CHANGE.added, version, null, row)
    return version
  }

  updateObject<Kind extends OwnerKind>(
    seen: ObjectVersion<Kind>,
    object: OwnerObject<Kind>,
    cause: number,
  ): ObjectVersion<Kind> {
    return this.#writeObject(this.#current(seen), object, cause)
  }

  /** A client's patch, of what is stored at that moment (API-10). `change` answers the object with it, or throws an `ApiError`. */
  patchObject(
    kind: OwnerKind,
    namespace: string,
    name: string,
    change: (object: OwnerObject) => OwnerObject,
    cause: number,
  ): void {
    const version = this.object(kind, namespace, name)
    if (version === null) throw notFoundError(kind, name)
    const { object } = version
    const patched = change(object)
    const isSame = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b)
    // What a patch only touched is shared again, so that differences are found by identity.
    const share = <Part extends object>(before: Part, after: Part): Part => {
      const result: Record<string, unknown> = {}
      for (const [key, value] of Object.entries(after)) {
        const old = (before as Readonly<Record<string, unknown>>)[key]
        result[key] = isSame(old, value) ? old : value
      }
      return result as Part
    }
    const shared = {
      ...object,
      metadata: share(object.metadata, patched.metadata),
      ...('spec' in object ? { spec: share(specOf(object), specOf(patched)) } : {}),
    }
    this.#writeObject(version, shared as OwnerObject, cause)
  }

  #writeObject<Kind extends OwnerKind>(
    version: ObjectVersion<Kind>,
    object: OwnerObject<Kind>,
    cause: number,
  ): ObjectVersion<Kind> {
    const isNext =
      specOf(object).replicas !== specOf(version.object).replicas ||
      changedFields(version.object, object).some(field => field.startsWith('spec.'))
    const written = this.#replace(version, { object, generation: version.generation + (isNext ? 1 : 0) }, cause)
    // DEL-7: the last finalizer of an object that waits for nothing else takes the object with it.
    if (written.deletionSeconds >= 0 && finalizersOf(written).length === 0) this.#remove(written, written.row)
    return written
  }

  updateObjectStatus<Kind extends OwnerKind>(
    seen: ObjectVersion<Kind>,
    { counts, conditions, object }: StatusWrite<Kind>,
    cause: number,
  ): ObjectVersion<Kind> {
    const version = this.#current(seen)
    return this.#replace(version, { counts, conditions, ...(object === undefined ? {} : { object }) }, cause)
  }

  deleteObject(kind: OwnerKind, namespace: string, name: string, options: DeleteOptions, cause: number): void {
    const version = this.object(kind, namespace, name)
    if (version === null) throw notFoundError(kind, name)
    checkPreconditions(kind, name, { uid: options.uid }, version)
    const finalizer = FINALIZERS[options.propagationPolicy ?? 'Background']
    const before = finalizersOf(version)
    const finalizers = before.filter(each => each !== 'foregroundDeletion' && each !== 'orphan')
    if (finalizer !== undefined) finalizers.push(finalizer)
    if (finalizers.length === 0) {
      this.#remove(version, cause)
      return
    }
    const metadata = { ...version.object.metadata, finalizers }
    // A later request may ask for another order: what an earlier one waits for is taken back.
    const isSame = finalizers.join() === before.join()
    const object = isSame ? version.object : ({ ...version.object, metadata } as OwnerObject)
    this.#markDeleting(version, object, cause)
  }

  /** DEL-1, DEL-3: without graceful support the deadline is now; the object stays until its finalizers are gone. */
  #markDeleting(version: ObjectVersion, object: OwnerObject, cause: number): void {
    const { kernel, trace } = this.#environment
    if (version.deletionSeconds >= 0) {
      this.#replace(version, { object }, cause)
      return
    }
    const now = apiSeconds(this.#environment, kernel.now)
    const row = trace.append(kernel.now, ROW.deletionRequested, version.path, 0, now, 0, cause)
    this.#replace(version, { object, deletionSeconds: now, generation: version.generation + 1 }, row, row)
  }

  #remove(version: ObjectVersion, cause: number): void {
    const { kernel, trace } = this.#environment
    const row = trace.append(kernel.now, ROW.removed, version.path, 0, 0, 0, cause)
    this.#objects.delete(version.path)
    this.#notify(CHANGE.removed, version, version, row)
  }

  /** The stored version, if it is the one that the writer saw (API-10). */
  #current<Kind extends OwnerKind>(seen: ObjectVersion<Kind>): ObjectVersion<Kind> {
    const version = this.#objects.get(seen.path) as ObjectVersion<Kind> | undefined
    if (version === undefined || version.uid !== seen.uid) throw notFoundError(seen.kind, seen.name)
    if (version.resourceVersion !== seen.resourceVersion) throw modifiedError(seen.kind, seen.name)
    return version
  }

  /** A write that changes nothing is none (API-11). `known` is the row of a change that has one of its own. */
  #replace<Kind extends OwnerKind>(
    old: ObjectVersion<Kind>,
    changes: Partial<Pick<ObjectVersion<Kind>, 'object' | 'counts' | 'conditions' | 'generation' | 'deletionSeconds'>>,
    cause: number,
    known = -1,
  ): ObjectVersion<Kind> {
    const next: ObjectVersion<Kind> = { ...old, ...changes, resourceVersion: -1 }
    const first = this.#rows.write(old, next, cause)
    if (first < 0 && known < 0) return old
    const row = known >= 0 ? known : first
    const version: ObjectVersion<Kind> = { ...next, row, resourceVersion: this.#nextResourceVersion() }
    this.#objects.set(version.path, version)
    this.#notify(CHANGE.modified, version, old, row)
    return version
  }

  #notify(change: number, version: ObjectVersion, previous: ObjectVersion | null, cause: number): void {
    this.observer?.objectChanged(change, version, previous, cause)
    if (this.#watcher === null) return
    const { kernel, timing } = this.#environment
    this.#notifications.push({ change, version, previous, cause })
    kernel.schedule(kernel.now + timing.watch, OP.watchObjects, 0, cause)
  }
}

function withStatus({ object, counts }: ObjectVersion<'PodDisruptionBudget'>): PodDisruptionBudget {
  const { disruptedPods, observedGeneration, disruptionsAllowed, currentHealthy, desiredHealthy, expectedPods } = counts
  const names = disruptedPods === '' ? [] : disruptedPods.split(',')
  return {
    ...object,
    status: {
      observedGeneration,
      disruptionsAllowed,
      currentHealthy,
      desiredHealthy,
      expectedPods,
      disruptedPods: Object.fromEntries(names.map(each => each.split('='))),
    },
  }
}

const FINALIZERS = { Background: undefined, Foreground: 'foregroundDeletion', Orphan: 'orphan' } as const
