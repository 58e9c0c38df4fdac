import type { Json } from '../json-patch.js'
import { changedPaths, type FieldSet, fieldSetOf, removedPaths } from './field-set.js'

/** Who set fields of an object, how, and by which version of the API. */
export interface FieldManager {
  readonly manager: string
  readonly operation: 'Apply' | 'Update'
  readonly apiVersion: string
  readonly subresource?: string | undefined
}

/** A manager with the paths that it owns. */
export interface ManagedFields extends FieldManager {
  readonly fields: ReadonlySet<string>
}

/** A field that a manager would change and another one owns. */
export interface FieldConflict {
  readonly owner: FieldManager
  readonly path: string
}

export const isSameManager = (one: FieldManager, other: FieldManager): boolean =>
  one.manager === other.manager &&
  one.operation === other.operation &&
  one.apiVersion === other.apiVersion &&
  one.subresource === other.subresource

/**
 * Who owns what after a write that is no apply: what it changed is the writer's alone, what is gone is nobody's.
 *
 * structured-merge-diff: merge/update.go Updater.Update, v4.4.
 */
export function afterUpdate(
  managers: readonly ManagedFields[],
  writer: FieldManager,
  before: Json | undefined,
  after: Json,
): readonly ManagedFields[] {
  const [old, next] = [before === undefined ? NOTHING : fieldSetOf(before), fieldSetOf(after)]
  const changed = changedPaths(old, next)
  const removed = new Set(removedPaths(old, next))
  if (changed.length === 0 && removed.size === 0) return managers
  const own = managers.find(each => isSameManager(each, writer))
  const fields = new Set([...(own?.fields ?? []), ...changed].filter(path => !removed.has(path)))
  const taken = new Set([...changed, ...removed])
  const others = managers.filter(each => each !== own).map(each => without(each, taken))
  return [...others, { ...writer, fields }].filter(({ fields: { size } }) => size > 0)
}

const NOTHING: FieldSet = new Map()

/** A manager without some of its fields. */
export function without(manager: ManagedFields, taken: ReadonlySet<string>): ManagedFields {
  const fields = [...manager.fields].filter(path => !taken.has(path))
  return fields.length === manager.fields.size ? manager : { ...manager, fields: new Set(fields) }
}

/**
 * How the API server says which conflicts an apply has.
 *
 * apimachinery: pkg/util/managedfields/internal/conflict.go getConflictMessage, v1.32.
 */
export function conflictMessage(conflicts: readonly FieldConflict[]): string {
  if (conflicts.length === 1) {
    const [{ owner, path }] = conflicts
    return `Apply failed with 1 conflict: conflict with ${managerText(owner)}: ${path}`
  }
  const byManager = new Map<string, string[]>()
  for (const { owner, path } of conflicts) {
    const text = managerText(owner)
    byManager.set(text, [...(byManager.get(text) ?? []), path])
  }
  const texts = [...byManager.keys()]
    .sort()
    .flatMap(manager => [`conflicts with ${manager}:`, ...(byManager.get(manager) ?? []).map(path => `- ${path}`)])
  return `Apply failed with ${conflicts.length} conflicts: ${texts.join('\n')}`
}

function managerText({ manager, operation, apiVersion, subresource }: FieldManager): string {
  const name = subresource === undefined ? `"${manager}"` : `"${manager}" with subresource "${subresource}"`
  return operation === 'Update' ? `${name} using ${apiVersion}` : name
}
