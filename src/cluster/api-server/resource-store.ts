import { uidOf } from '../../hash/index.js'
import { KINDS, type Kind, type KubernetesObject } from '../../model/index.js'
import { ROW, type TraceObject } from '../../trace/index.js'
import {
  alreadyExistsError,
  apiSeconds,
  CHANGE,
  type Environment,
  modifiedError,
  notFoundError,
  type ObjectOf,
  type ResourceClient,
  type ResourceVersion,
  type ResourceWatcher,
} from '../contract/index.js'
import type { Json } from './json-patch.js'
import { isSameJson } from './patches/json-object.js'

/** Where the manifests and objects that a run brings forth are kept for its trace. */
export interface ResourceRegister {
  addManifest(object: KubernetesObject): number
  addObject(object: TraceObject): void
}

/** Who looks objects up by path: they see what is written here. */
export interface ResourceMirror {
  createObject(object: KubernetesObject): void
  removeObject(object: KubernetesObject): void
}

/**
 * The API server's store of objects that neither run nor make pods: immutable versions with optimistic concurrency.
 *
 * What the plan begins with is there from the start and has no rows; the store is filled when somebody first asks for something.
 */
export class ResourceStore implements ResourceClient {
  readonly #environment: Environment
  readonly #register: ResourceRegister
  readonly #mirror: ResourceMirror
  readonly #initial: { readonly objects: readonly KubernetesObject[]; readonly hasPolicies: boolean }
  readonly #nextResourceVersion: () => number
  readonly #watchers: ResourceWatcher[] = []
  /** Whether anything here may say something to new objects: without that nobody has to ask. */
  hasPolicies: boolean
  #byPath: Map<string, ResourceVersion> | undefined
  /** The same kind by kind. */
  readonly #byKind = new Map<Kind, Map<string, ResourceVersion>>()
  #incarnations = new Map<string, number>()

  constructor(
    environment: Environment,
    register: ResourceRegister,
    mirror: ResourceMirror & { nextResourceVersion(): number },
    initial: { readonly objects: readonly KubernetesObject[]; readonly hasPolicies: boolean },
  ) {
    this.#environment = environment
    this.#register = register
    this.#mirror = mirror
    this.#initial = initial
    this.hasPolicies = initial.hasPolicies
    this.#nextResourceVersion = () => mirror.nextResourceVersion()
  }

  reset(): void {
    this.hasPolicies = this.#initial.hasPolicies
    this.#byPath = undefined
    this.#byKind.clear()
    if (this.#incarnations.size > 0) this.#incarnations = new Map()
  }

  watchResources(watcher: ResourceWatcher): void {
    this.#watchers.push(watcher)
  }

  resource<Name extends Kind>(kind: Name, namespace: string, name: string): ResourceVersion<Name> | null {
    return (this.#objects().get(resourcePath(kind, namespace, name)) as ResourceVersion<Name> | undefined) ?? null
  }

  resources<Name extends Kind>(kind: Name, namespace?: string): readonly ResourceVersion<Name>[] {
    this.#objects()
    const all = [...(this.#byKind.get(kind)?.values() ?? [])] as unknown as ResourceVersion<Name>[]
    return namespace === undefined ? all : all.filter(each => each.namespace === namespace)
  }

  /** Everything in a namespace, in order of creation. */
  inNamespace(namespace: string): readonly ResourceVersion[] {
    return [...this.#objects().values()].filter(each => each.namespace === namespace)
  }

  /** @throws ApiError AlreadyExists: something has the name of a new object. */
  checkFree({ kind, metadata: { name = '', namespace = 'default' } }: KubernetesObject): void {
    const existing = this.resource(kind, namespace, name)
    if (existing !== null) throw alreadyExistsError(kind, name, existing.deletionSeconds >= 0)
  }

  createResource(object: KubernetesObject, cause: number): ResourceVersion {
    const { kernel, trace } = this.#environment
    this.checkFree(object)
    const fresh = this.#versionOf(object)
    const row = trace.append(kernel.now, ROW.created, fresh.path, this.#register.addManifest(fresh.object), 0, 0, cause)
    return this.#put({ ...fresh, row, resourceVersion: this.#nextResourceVersion() }, CHANGE.added)
  }

  /** Takes in what another part of the API server wrote, without a row. */
  note(object: KubernetesObject): void {
    this.#keep(this.#objects(), this.#versionOf(object))
  }

  #keep(objects: Map<string, ResourceVersion>, version: ResourceVersion): void {
    const path = resourcePath(version.kind, version.namespace, version.name)
    const known = this.#byKind.get(version.kind)
    objects.set(path, version)
    if (known === undefined) this.#byKind.set(version.kind, new Map([[path, version]]))
    else known.set(path, version)
  }

  updateResource<Name extends Kind>(
    seen: ResourceVersion<Name>,
    object: ObjectOf<Name>,
    cause: number,
  ): ResourceVersion<Name> {
    const stored = this.#current(seen)
    // API-11.
    if (isSameJson(stored.object as unknown as Json, object as unknown as Json)) return stored
    const changed = changedParts(stored.object, object)
    const { kernel, trace, symbols } = this.#environment
    const manifest = this.#register.addManifest(object)
    const row = trace.append(
      kernel.now,
      ROW.specChanged,
      stored.path,
      manifest,
      symbols.intern(changed.join(', ')),
      0,
      cause,
    )
    const generation = stored.generation + (changed.includes('spec') ? 1 : 0)
    return this.#put(
      { ...stored, object, row, generation, resourceVersion: this.#nextResourceVersion() },
      CHANGE.modified,
    )
  }

  /** DEL-1: a deletion that finalizers hold up. */
  markDeleting<Name extends Kind>(
    version: ResourceVersion<Name>,
    object: ObjectOf<Name>,
    cause: number,
  ): ResourceVersion<Name> {
    if (version.deletionSeconds >= 0) return version
    const { kernel, trace } = this.#environment
    const now = apiSeconds(this.#environment, kernel.now)
    const row = trace.append(kernel.now, ROW.deletionRequested, version.path, 0, now, 0, cause)
    return this.#put(
      { ...version, object, row, deletionSeconds: now, resourceVersion: this.#nextResourceVersion() },
      CHANGE.modified,
    )
  }

  /** DEL-1: what finalizers hold up is marked, anything else goes. */
  deleteResource(version: ResourceVersion, cause: number): void {
    const { finalizers = [] } = version.object.metadata
    if (finalizers.length > 0) this.markDeleting(version, version.object as never, cause)
    else this.removeResource(version, cause)
  }

  /** DEL-7: an update that takes the last finalizer of an object that is being deleted takes the object. */
  releaseResource(version: ResourceVersion): void {
    const { finalizers = [] } = version.object.metadata
    if (version.deletionSeconds >= 0 && finalizers.length === 0) this.removeResource(version, version.row)
  }

  removeResource(version: ResourceVersion, cause: number): void {
    const { kernel, trace } = this.#environment
    const row = trace.append(kernel.now, ROW.removed, version.path, 0, 0, 0, cause)
    const path = resourcePath(version.kind, version.namespace, version.name)
    this.#objects().delete(path)
    this.#byKind.get(version.kind)?.delete(path)
    this.#mirror.removeObject(version.object)
    for (const watcher of this.#watchers) watcher.resourceChanged(CHANGE.removed, version, row)
  }

  #current<Name extends Kind>(seen: ResourceVersion<Name>): ResourceVersion<Name> {
    const stored = this.resource(seen.kind, seen.namespace, seen.name)
    if (stored === null || stored.uid !== seen.uid) throw notFoundError(seen.kind, seen.name)
    if (stored.resourceVersion !== seen.resourceVersion) throw modifiedError(seen.kind, seen.name)
    return stored
  }

  #put<Name extends Kind>(version: ResourceVersion<Name>, change: number): ResourceVersion<Name> {
    this.hasPolicies = true
    this.#keep(this.#objects(), version as unknown as ResourceVersion)
    this.#mirror.createObject(version.object as KubernetesObject)
    for (const watcher of this.#watchers)
      watcher.resourceChanged(change, version as unknown as ResourceVersion, version.row)
    return version
  }

  #objects(): Map<string, ResourceVersion> {
    if (this.#byPath !== undefined) return this.#byPath
    this.#byPath = new Map()
    for (const object of this.#initial.objects) this.#keep(this.#byPath, this.#versionOf(object))
    return this.#byPath
  }

  #versionOf(object: KubernetesObject): ResourceVersion {
    const { kind, metadata } = object
    const { name = '' } = metadata
    const namespace = KINDS[kind].isNamespaced ? (metadata.namespace ?? 'default') : ''
    const text = resourcePath(kind, namespace, name)
    const incarnation = this.#incarnations.get(text) ?? 0
    this.#incarnations.set(text, incarnation + 1)
    const path = this.#environment.symbols.intern(text)
    this.#register.addObject({ symbol: path, path: text, kind: traceKind(kind), namespace, name })
    const uid = uidOf(text, incarnation)
    return {
      kind,
      namespace,
      name,
      uid,
      path,
      object: object as never,
      row: -1,
      resourceVersion: 0,
      generation: 1,
      deletionSeconds: -1,
    }
  }
}

/** `ResourceQuota/shop/compute`, `Namespace/shop`. */
export const resourcePath = (kind: Kind, namespace: string, name: string): string =>
  KINDS[kind].isNamespaced ? `${kind}/${namespace}/${name}` : `${kind}/${name}`

/** The parts of an object that differ, for the timeline. */
function changedParts(before: object, after: object): string[] {
  const [old, next] = [before, after] as unknown as readonly Readonly<Record<string, Json>>[]
  return [...new Set([...Object.keys(old), ...Object.keys(next)])].filter(part => !isSameJson(old[part], next[part]))
}

/** A trace tells kinds apart that have views of their own. */
const traceKind = (kind: Kind): TraceObject['kind'] => (kind === 'Service' ? 'Service' : 'Other')
