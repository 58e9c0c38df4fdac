import { controllerOf, type ObjectMeta, type OwnerKind } from '../../model/index.js'
import { CHANGE, type ObjectVersion } from '../contract/index.js'

type Objects = Map<number, ObjectVersion>
const NO_OBJECTS: ReadonlyMap<number, ObjectVersion> = new Map()

/** The workload objects that a shared informer has shown so far: by path, by controller, by kind and namespace. */
export class ObjectCache {
  #objects: Objects = new Map()
  #owned = new Map<string, Objects>()
  #byUid = new Map<string, ObjectVersion>()
  #orphans = new Map<string, Objects>()
  #kinds = new Map<string, Objects>()

  reset(): void {
    this.#objects = new Map()
    this.#owned = new Map()
    this.#byUid = new Map()
    this.#orphans = new Map()
    this.#kinds = new Map()
  }

  apply(change: number, version: ObjectVersion): void {
    const { path } = version
    const old = this.#objects.get(path)
    if (old !== undefined) this.#forget(old)
    if (change === CHANGE.removed) return
    this.#objects.set(path, version)
    this.#byUid.set(version.uid, version)
    for (const [list, key] of this.#listsOf(version)) {
      const objects = list.get(key)
      if (objects === undefined) list.set(key, new Map([[path, version]]))
      else objects.set(path, version)
    }
  }

  #forget(version: ObjectVersion): void {
    this.#objects.delete(version.path)
    this.#byUid.delete(version.uid)
    for (const [list, key] of this.#listsOf(version)) list.get(key)?.delete(version.path)
  }

  #listsOf({ kind, namespace, object }: ObjectVersion): [Map<string, Objects>, string][] {
    const uid = controllerOf(object.metadata)?.uid
    const place = `${kind}/${namespace}`
    return [[this.#kinds, place], uid === undefined ? [this.#orphans, place] : [this.#owned, uid]]
  }

  /** By symbol of the path. */
  get<Kind extends OwnerKind>(path: number, kind: Kind): ObjectVersion<Kind> | undefined {
    const version = this.#objects.get(path)
    return version?.kind === kind ? (version as ObjectVersion<Kind>) : undefined
  }

  /** By UID, whatever it is. */
  withUid(uid: string): ObjectVersion | undefined {
    return this.#byUid.get(uid)
  }

  /** The object of a kind that controls the one with this metadata. */
  ownerOf<Kind extends OwnerKind>(kind: Kind, metadata: ObjectMeta): ObjectVersion<Kind> | undefined {
    const uid = controllerOf(metadata)?.uid
    const owner = uid === undefined ? undefined : this.#byUid.get(uid)
    return owner?.kind === kind ? (owner as ObjectVersion<Kind>) : undefined
  }

  /** The objects that another one controls. */
  ownedBy(uid: string): Iterable<ObjectVersion> {
    return (this.#owned.get(uid) ?? NO_OBJECTS).values()
  }

  /** The objects of a kind and namespace. */
  all<Kind extends OwnerKind>(kind: Kind, namespace: string): Iterable<ObjectVersion<Kind>> {
    return (this.#kinds.get(`${kind}/${namespace}`) ?? NO_OBJECTS).values() as Iterable<ObjectVersion<Kind>>
  }

  /** Those of them that nobody controls. */
  orphansOf<Kind extends OwnerKind>(kind: Kind, namespace: string): Iterable<ObjectVersion<Kind>> {
    return (this.#orphans.get(`${kind}/${namespace}`) ?? NO_OBJECTS).values() as Iterable<ObjectVersion<Kind>>
  }
}
