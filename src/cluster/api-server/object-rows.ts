import { packStatusAndReason, ROW, type RowKind } from '../../trace/index.js'
import {
  type Environment,
  type ObjectVersion,
  type OwnerCondition,
  type OwnerObject,
  specOf,
  TRUTH,
} from '../contract/index.js'

/** The annotation that says which revision of its Deployment an object is (DP-4). */
const REVISION = 'deployment.kubernetes.io/revision'
/** Annotations whose numbers controllers change with every scaling: told as numbers, not as manifests. */
const NUMBERS: ReadonlySet<string> = new Set([
  'deployment.kubernetes.io/desired-replicas',
  'deployment.kubernetes.io/max-replicas',
])

type Fields = Readonly<Record<string, unknown>>

/** Writes a row for each difference between two versions of a workload object. */
export class ObjectRows {
  readonly #environment: Environment
  readonly #addManifest: (object: OwnerObject) => number
  #first = -1
  #cause = -1

  constructor(environment: Environment, addManifest: (object: OwnerObject) => number) {
    this.#environment = environment
    this.#addManifest = addManifest
  }

  /** Answers the number of the first row; −1: a client could not tell the two apart. */
  write(before: ObjectVersion, after: ObjectVersion, cause: number): number {
    this.#first = -1
    this.#cause = cause
    if (before.object !== after.object) this.#object(before, after)
    if (before.generation !== after.generation) this.#number(after, 'metadata.generation', after.generation)
    if (before.counts !== after.counts) this.counts(before.counts, after)
    if (before.conditions !== after.conditions) this.#conditions(before.conditions, after)
    return this.#first
  }

  /** The numbers and texts of a status that differ. */
  counts(before: object, after: ObjectVersion): void {
    const old = before as Readonly<Record<string, number | string>>
    const counts = after.counts as unknown as Readonly<Record<string, number | string>>
    for (const field in counts) {
      const value = counts[field]
      if (old[field] === value) continue
      if (typeof value === 'number') this.#number(after, field, value)
      else this.#text(after, field, value)
    }
  }

  #object(before: ObjectVersion, after: ObjectVersion): void {
    const changed = changedFields(before.object, after.object)
    if (changed.length > 0) {
      const manifest = this.#addManifest(after.object)
      this.#row(ROW.specChanged, after.path, manifest, this.#environment.symbols.intern(changed.join(', ')), 0)
    }
    const { replicas } = specOf(after.object)
    if (replicas !== undefined && replicas !== specOf(before.object).replicas)
      this.#number(after, 'spec.replicas', replicas)
    this.#annotations(before, after)
    if (after.object.kind === 'ControllerRevision' && after.object.revision !== revisionOf(before.object))
      this.#row(ROW.ownerRevision, after.path, after.object.revision, 0, 0)
  }

  #annotations(before: ObjectVersion, after: ObjectVersion): void {
    const old = before.object.metadata.annotations
    const { annotations } = after.object.metadata
    if (old === annotations || annotations === undefined) return
    if (annotations[REVISION] !== old?.[REVISION])
      this.#row(ROW.ownerRevision, after.path, Number(annotations[REVISION] ?? 0), 0, 0)
    for (const key of NUMBERS) {
      if (annotations[key] !== old?.[key])
        this.#number(after, `metadata.annotations.${key}`, Number(annotations[key] ?? 0))
    }
  }

  #conditions(before: readonly OwnerCondition[], after: ObjectVersion): void {
    const { symbols } = this.#environment
    for (const { type } of before) {
      if (!after.conditions.some(each => each.type === type))
        this.#row(ROW.conditionRemoved, after.path, symbols.intern(type), 0, 0)
    }
    for (const condition of after.conditions) {
      const old = before.find(each => each.type === condition.type)
      if (old !== undefined && isSameCondition(old, condition)) continue
      const { type, status, reason, message } = condition
      const packed = packStatusAndReason(TRUTH[status], symbols.intern(reason))
      this.#row(ROW.condition, after.path, symbols.intern(type), packed, symbols.intern(message))
    }
  }

  #number({ path }: ObjectVersion, field: string, value: number): void {
    this.#row(ROW.ownerStatus, path, this.#environment.symbols.intern(field), value, 0)
  }

  #text({ path }: ObjectVersion, field: string, text: string): void {
    const { symbols } = this.#environment
    this.#row(ROW.ownerText, path, symbols.intern(field), symbols.intern(text), 0)
  }

  #row(kind: RowKind, path: number, a: number, b: number, c: number): void {
    const { kernel, trace } = this.#environment
    const row = trace.append(kernel.now, kind, path, a, b, c, this.#cause)
    if (this.#first < 0) this.#first = row
  }
}

const revisionOf = (object: OwnerObject): number => (object.kind === 'ControllerRevision' ? object.revision : 0)

const isSameCondition = (a: OwnerCondition, b: OwnerCondition): boolean =>
  a === b ||
  (a.status === b.status &&
    a.reason === b.reason &&
    a.message === b.message &&
    a.updateSeconds === b.updateSeconds &&
    a.transitionSeconds === b.transitionSeconds)

/** What differs beside the numbers that have rows of their own; parts that are shared are the same. */
export function changedFields(before: OwnerObject, after: OwnerObject): string[] {
  const changed: string[] = []
  const metadata = before.metadata as unknown as Fields
  for (const key of keysOf(metadata, after.metadata)) {
    if (metadata[key] === (after.metadata as unknown as Fields)[key]) continue
    if (key !== 'annotations' || hasOtherAnnotations(before, after)) changed.push(`metadata.${key}`)
  }
  const [spec, next] = [specOf(before), specOf(after)] as readonly Fields[]
  for (const key of keysOf(spec, next)) {
    if (key !== 'replicas' && spec[key] !== next[key]) changed.push(`spec.${key}`)
  }
  return changed
}

const keysOf = (a: object, b: object): ReadonlySet<string> => new Set([...Object.keys(a), ...Object.keys(b)])

function hasOtherAnnotations(before: OwnerObject, after: OwnerObject): boolean {
  const old = before.metadata.annotations ?? {}
  const now = after.metadata.annotations ?? {}
  for (const key of keysOf(old, now)) if (old[key] !== now[key] && key !== REVISION && !NUMBERS.has(key)) return true
  return false
}
