import { apiVersionOf, KINDS, type KubernetesObject, type Labels, matchesLabelSelector } from '../model/index.js'
import type { ApiRequest } from '../scenario/index.js'
import { ROW } from '../trace/index.js'
import {
  afterUpdate,
  applyPatch,
  authorize,
  conflictMessage,
  type FieldManager,
  type Json,
  type ManagedFields,
  serverSideApply,
  threeWayMerge,
} from './api-server/index.js'
import { ApiError, forbiddenError } from './contract/index.js'
import { decodedBody, updatedObject } from './object-writes.js'
import type { RequestWrites } from './request-writes.js'
import type { ObjectParts, StoredObject, StoredObjects } from './stored-objects.js'

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

/** What kubectl calls itself as a field manager, by verb. */
const MANAGERS: Readonly<Record<string, string>> = {
  create: 'kubectl-create',
  update: 'kubectl-replace',
  apply: 'kubectl-client-side-apply',
  patch: 'kubectl-patch',
  scale: 'kubectl',
}

/** Kinds with the subresource scale. */
const SCALED: ReadonlySet<string> = new Set(['Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet'])

/** A request with its names filled in. */
interface Named {
  readonly request: ApiRequest
  readonly namespace: string
  readonly name: string
}

/**
 * Carries out requests to the API server: authorization, then what the verb does. What is refused is told by a row with the API
 * server's message and code.
 *
 * apiserver: pkg/server/config.go DefaultBuildHandlerChain, pkg/endpoints/handlers, v1.32 (API-1, API-2).
 */
export class ApiRequests {
  readonly #parts: ObjectParts
  readonly #objects: StoredObjects
  readonly #writes: RequestWrites
  /** By UID: who owns which fields, of objects that requests have written. */
  #managers = new Map<string, readonly ManagedFields[]>()

  constructor(parts: ObjectParts, objects: StoredObjects, writes: RequestWrites) {
    this.#parts = parts
    this.#objects = objects
    this.#writes = writes
  }

  reset(): void {
    if (this.#managers.size > 0) this.#managers = new Map()
  }

  /** Who owns the fields of an object that requests have written. */
  managersOf(uid: string): readonly ManagedFields[] {
    return this.#managers.get(uid) ?? []
  }

  handle(request: ApiRequest, cause: number): void {
    const metadata = (request.object as KubernetesObject | undefined)?.metadata
    const named: Named = {
      request,
      namespace: request.namespace ?? metadata?.namespace ?? 'default',
      name: request.name ?? metadata?.name ?? '',
    }
    try {
      this.#carryOut(named, cause)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      const { kernel, trace, symbols } = this.#parts.environment
      const path = this.#objects.path(request.kind, named.namespace, named.name)
      trace.append(kernel.now, ROW.refused, path, symbols.intern(error.message), error.code, 0, cause)
    }
  }

  #carryOut(named: Named, cause: number): void {
    const { request } = named
    switch (request.verb) {
      case 'create':
        this.#create(named, cause)
        break
      case 'apply':
        this.#apply(named, cause)
        break
      case 'update':
        this.#authorize(named, 'update', request.subresource)
        this.#update(named, () => request.object, cause)
        break
      case 'patch':
        this.#patch(named, cause)
        break
      case 'scale':
        this.#scale(named, cause)
        break
      case 'evict':
        this.#authorize(named, 'create', 'eviction')
        this.#writes.evict(this.#get(named), cause)
        break
      case 'delete':
        this.#authorize(named, 'delete')
        this.#writes.delete(this.#get(named), request, cause)
        break
      case 'deletecollection':
        this.#deleteCollection(named, cause)
        break
    }
  }

  /** API-1. @throws ApiError Forbidden. */
  #authorize({ request, namespace, name }: Named, verb: string, subresource?: string): void {
    const { kind, as, groups } = request
    if (as === undefined) return
    const { group, resource, isNamespaced } = KINDS[kind]
    const isCollection = (verb === 'create' && subresource === undefined) || verb === 'deletecollection'
    const { resources } = this.#parts
    const attributes = {
      verb,
      group,
      resource,
      subresource,
      // A request about one Namespace counts as one in it (apiserver: pkg/endpoints/request/requestinfo.go).
      namespace: isNamespaced ? namespace : kind === 'Namespace' && !isCollection ? name : undefined,
      name: isCollection ? undefined : name,
    }
    const refusal = authorize({ user: as, groups }, attributes, {
      roles: resources.resources('Role').map(({ object }) => object),
      clusterRoles: resources.resources('ClusterRole').map(({ object }) => object),
      roleBindings: resources.resources('RoleBinding').map(({ object }) => object),
      clusterRoleBindings: resources.resources('ClusterRoleBinding').map(({ object }) => object),
    })
    if (refusal !== undefined) throw forbiddenError(kind, isCollection ? '' : name, refusal)
  }

  #get({ request: { kind }, namespace, name }: Named): StoredObject {
    return this.#objects.get(kind, namespace, name)
  }

  #create(named: Named, cause: number, body: unknown = named.request.object): StoredObject {
    const { request, namespace } = named
    this.#authorize(named, 'create')
    const decoded = decodedBody(request.kind, body, this.#parts.environment.profile)
    const { namespace: own = namespace } = decoded.metadata
    if (KINDS[request.kind].isNamespaced && own !== namespace)
      throw new ApiError(
        'BadRequest',
        'the namespace of the provided object does not match the namespace sent on the request',
      )
    const placed = { ...decoded, metadata: { ...decoded.metadata, namespace } } as KubernetesObject
    const stored = this.#writes.create(KINDS[request.kind].isNamespaced ? placed : decoded, cause)
    this.#own(stored.uid, afterUpdate([], this.#manager(request), undefined, json(stored.served)))
    return stored
  }

  /** kubectl: pkg/cmd/apply/apply.go, patcher.go: what was applied last stands in an annotation. */
  #apply(named: Named, cause: number): void {
    const { request, namespace, name } = named
    const { kind, object = {} } = request
    this.#authorize(named, 'get')
    const written = { apiVersion: apiVersionOf(KINDS[kind]), kind, ...object }
    const modified = withAnnotation(json(written), LAST_APPLIED, `${JSON.stringify(withoutAnnotation(written))}\n`)
    if (this.#objects.find(kind, namespace, name) === null) {
      this.#create(named, cause, modified)
      return
    }
    this.#authorize(named, 'patch')
    this.#update(
      named,
      served => {
        const last = served.metadata.annotations?.[LAST_APPLIED]
        return threeWayMerge(last === undefined ? undefined : (JSON.parse(last) as Json), modified, json(served))
      },
      cause,
    )
  }

  #patch(named: Named, cause: number): void {
    const { patchType = 'strategic', patch, subresource } = named.request
    if (patchType === 'apply') {
      this.#serverSideApply(named, cause)
      return
    }
    this.#authorize(named, 'patch', subresource)
    this.#update(named, served => applyPatch(json(served), patch, patchType), cause)
  }

  /** Changes an object, and takes note of whose its fields are. */
  #update(
    named: Named,
    change: (served: KubernetesObject) => unknown,
    cause: number,
    writer = this.#manager(named.request),
  ): void {
    const stored = this.#get(named)
    const { request } = named
    const { profile } = this.#parts.environment
    const isStatus = request.subresource === 'status'
    const next = updatedObject(stored, change(stored.served), isStatus, profile)
    this.#writes.replace(stored, next, cause)
    this.#own(stored.uid, afterUpdate(this.managersOf(stored.uid), writer, json(stored.served), json(next)))
  }

  #serverSideApply(named: Named, cause: number): void {
    const { request, namespace, name } = named
    const { kind, patch, force = false } = request
    this.#authorize(named, 'patch', request.subresource)
    const apiVersion = apiVersionOf(KINDS[kind])
    const manager: FieldManager = { manager: request.fieldManager ?? 'kubectl', operation: 'Apply', apiVersion }
    // A configuration is as it was written: its defaults are nobody's.
    const configuration = json({ apiVersion, kind, ...(patch as object) })
    const stored = this.#objects.find(kind, namespace, name)
    if (stored === null) {
      this.#authorize(named, 'create')
      const created = this.#create({ ...named, request: { ...request, as: undefined } }, cause, configuration)
      this.#own(created.uid, serverSideApply({}, configuration, [], { manager, force }).managers ?? [])
      return
    }
    const applied = serverSideApply(json(stored.served), configuration, this.managersOf(stored.uid), { manager, force })
    if (applied.conflicts !== undefined) throw new ApiError('Conflict', conflictMessage(applied.conflicts))
    const next = updatedObject(
      stored,
      applied.object,
      request.subresource === 'status',
      this.#parts.environment.profile,
    )
    this.#writes.replace(stored, next, cause)
    this.#own(stored.uid, applied.managers)
  }

  /** API-16: kubectl patches the subresource. */
  #scale(named: Named, cause: number): void {
    const { request, name } = named
    const { kind, replicas = 1 } = request
    this.#authorize(named, 'patch', 'scale')
    if (!SCALED.has(kind)) throw new ApiError('NotFound', 'the server could not find the requested resource')
    if (replicas < 0) {
      const what = `Scale.autoscaling "${name}" is invalid: spec.replicas: Invalid value: ${replicas}`
      throw new ApiError('Invalid', `${what}: must be greater than or equal to 0`)
    }
    const writer = { ...this.#manager(request), subresource: 'scale' }
    this.#update(named, served => applyPatch(json(served), { spec: { replicas } }, 'merge'), cause, writer)
  }

  #deleteCollection(named: Named, cause: number): void {
    const { request, namespace } = named
    this.#authorize(named, 'deletecollection')
    const isMeant = (labels: Labels): boolean =>
      request.selector === undefined || matchesLabelSelector(request.selector, labels)
    for (const stored of this.#objects.list(request.kind, namespace))
      if (isMeant(stored.served.metadata.labels)) this.#writes.delete(stored, request, cause)
  }

  #manager({ verb, kind, fieldManager }: ApiRequest): FieldManager {
    const manager = fieldManager ?? MANAGERS[verb] ?? 'kubectl'
    return { manager, operation: 'Update', apiVersion: apiVersionOf(KINDS[kind]) }
  }

  #own(uid: string, managers: readonly ManagedFields[]): void {
    this.#managers.set(uid, managers)
  }
}

/** An object as JSON: fields that hold nothing are not there. */
const json = (object: object): Json => JSON.parse(JSON.stringify(object)) as Json

function withAnnotation(object: Json, key: string, value: string): Json {
  const { metadata, ...rest } = object as { readonly metadata?: { readonly annotations?: object } }
  return json({ ...rest, metadata: { ...metadata, annotations: { ...metadata?.annotations, [key]: value } } })
}

/** kubectl: pkg/util/apply.go GetModifiedConfiguration leaves its own annotation out of it. */
function withoutAnnotation(object: object): object {
  const { metadata, ...rest } = object as {
    readonly metadata?: { readonly annotations?: Readonly<Record<string, string>> }
  }
  const { [LAST_APPLIED]: _, ...annotations } = metadata?.annotations ?? {}
  return { ...rest, metadata: { ...metadata, annotations } }
}
