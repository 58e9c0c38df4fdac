import type { Kind, KubernetesObject } from '../../../model/index.js'
import type {
  Environment,
  NodeRecord,
  ObjectOf,
  PodVersion,
  ResourceClient,
  ResourceVersion,
} from '../../contract/index.js'

/** What the controllers of storage share: the API server's client, and what their informers of pods and nodes show. */
export interface StorageContext {
  readonly environment: Environment
  /** Claims and volumes that it creates go through admission. */
  readonly client: ResourceClient
  readonly nodes: readonly NodeRecord[]
  pods(namespace: string): readonly PodVersion[]
  podAt(path: number): PodVersion | null
  /** The class of claims that name none; undefined: there is none. */
  defaultClass(): string | undefined
  /** The UID of an object as it is stored; undefined: there is none. */
  uidOf(kind: string, namespace: string, name: string): string | undefined
}

export type ClaimVersion = ResourceVersion<'PersistentVolumeClaim'>
export type VolumeVersion = ResourceVersion<'PersistentVolume'>

/** A claim or volume whatever the version stands for; null: it is something else. */
export const asClaim = (version: ResourceVersion): ClaimVersion | null =>
  version.kind === 'PersistentVolumeClaim' ? (version as unknown as ClaimVersion) : null
export const asVolume = (version: ResourceVersion): VolumeVersion | null =>
  version.kind === 'PersistentVolume' ? (version as unknown as VolumeVersion) : null

/** The claim or volume that a key of a queue stands for, as it is stored. */
export function claimAt({ environment, client }: StorageContext, key: number): ClaimVersion | null {
  const [, namespace, name] = environment.symbols.text(key).split('/')
  return client.resource('PersistentVolumeClaim', namespace, name)
}

export function volumeAt({ environment, client }: StorageContext, key: number): VolumeVersion | null {
  const [, name] = environment.symbols.text(key).split('/')
  return client.resource('PersistentVolume', '', name)
}

/** The key of a claim or volume. */
export const claimKey = ({ environment }: StorageContext, namespace: string, name: string): number =>
  environment.symbols.intern(`PersistentVolumeClaim/${namespace}/${name}`)
export const volumeKey = ({ environment }: StorageContext, name: string): number =>
  environment.symbols.intern(`PersistentVolume/${name}`)

export const annotationOf = ({ metadata }: Pick<KubernetesObject, 'metadata'>, key: string): string | undefined =>
  metadata.annotations?.[key]

/** Writes a part of an object; the answer is the version that is stored from then on. */
export function write<Name extends Kind>(
  { client }: StorageContext,
  version: ResourceVersion<Name>,
  part: Partial<ObjectOf<Name>>,
  cause: number,
): ResourceVersion<Name> {
  return client.updateResource(version, { ...version.object, ...part } as ObjectOf<Name>, cause)
}

/** Takes a finalizer away; where it was the last one of what is being deleted, the object goes. */
export function dropFinalizer(
  context: StorageContext,
  version: ResourceVersion,
  finalizer: string,
  cause: number,
): void {
  const { finalizers = [], ...metadata } = version.object.metadata
  const left = finalizers.filter(each => each !== finalizer)
  const next = { ...version.object, metadata: left.length === 0 ? metadata : { ...metadata, finalizers: left } }
  context.client.releaseResource(context.client.updateResource(version, next as never, cause))
}
