import type { Json } from '../json-patch.js'
import { fieldsOf, isJsonList, isJsonObject, isSameJson, jsonObject } from '../patches/json-object.js'
import { isAtomicMap, listRule } from '../patches/list-rules.js'
import { type FieldConflict, type FieldManager, isSameManager, type ManagedFields, without } from './field-managers.js'
import { changedPaths, elementKey, fieldSetOf } from './field-set.js'

/** What came of an apply, or what it is at odds with. */
export type Applied =
  | { readonly object: Json; readonly managers: readonly ManagedFields[]; readonly conflicts?: undefined }
  | { readonly object?: undefined; readonly managers?: undefined; readonly conflicts: readonly FieldConflict[] }

/**
 * Applies a configuration: its fields take the place of what stands there, and those that the manager applied before and says no
 * more go, unless somebody else owns them, too. A field that another manager owns with another value is a conflict, or the
 * manager's alone where it forces.
 *
 * structured-merge-diff: merge/update.go Updater.Apply, v4.4.
 */
export function serverSideApply(
  live: Json,
  configuration: Json,
  managers: readonly ManagedFields[],
  { manager, force }: { readonly manager: FieldManager; readonly force: boolean },
): Applied {
  const configured = fieldSetOf(configuration)
  const changed = new Set(changedPaths(fieldSetOf(live), configured))
  const own = managers.find(each => isSameManager(each, manager))
  const others = managers.filter(each => each !== own)
  const conflicts = others.flatMap(owner =>
    [...owner.fields]
      .filter(path => changed.has(path))
      .sort()
      .map((path): FieldConflict => ({ owner, path })),
  )
  if (conflicts.length > 0 && !force) return { conflicts }
  const left = others.map(each => without(each, changed))
  const dropped = new Set([...(own?.fields ?? [])].filter(path => !configured.has(path)))
  const isKept = (path: string): boolean => left.some(({ fields }) => holds(fields, path))
  const merged = laidOver(live, configuration, { field: '', owner: '' })
  const object = pruned(merged, { path: '', field: '', owner: '' }, path => dropped.has(path) && !isKept(path))
  const fields = new Set(configured.keys())
  return { object: object ?? {}, managers: [...left, { ...manager, fields }].filter(each => each.fields.size > 0) }
}

/** Whether a manager owns a field, or something inside. */
const holds = (fields: ReadonlySet<string>, path: string): boolean =>
  fields.has(path) || [...fields].some(each => each.startsWith(path) && /^[.[]/.test(each.slice(path.length)))

interface Position {
  readonly field: string
  readonly owner: string
}

function laidOver(live: Json | undefined, value: Json, { field, owner }: Position): Json {
  if (isJsonObject(value) && isJsonObject(live) && !isAtomicMap(field)) {
    const fields = fieldsOf(live)
    for (const [key, each] of fieldsOf(value))
      fields.set(key, laidOver(fields.get(key), each, { field: key, owner: field }))
    return jsonObject(fields)
  }
  const rule = isJsonList(value) ? listRule(field, owner) : undefined
  if (!isJsonList(value) || !isJsonList(live) || rule === undefined || rule.kind === 'atomic') return value
  const list = [...live]
  for (const element of value) {
    const key = elementKey(element, rule)
    const at = list.findIndex(each => elementKey(each, rule) === key)
    if (at < 0) list.push(element)
    else list[at] = laidOver(list[at], element, { field, owner: '' })
  }
  return list
}

/** The value without what is dropped; undefined: nothing is left of it that was not dropped. */
function pruned(
  value: Json,
  { path, field, owner }: Position & { readonly path: string },
  isDropped: (path: string) => boolean,
): Json | undefined {
  if (isJsonObject(value) && !isAtomicMap(field)) {
    const before = fieldsOf(value)
    const after = new Map<string, Json>()
    for (const [key, each] of before) {
      const left = pruned(each, { path: `${path}.${key}`, field: key, owner: field }, isDropped)
      if (left !== undefined) after.set(key, left)
    }
    if (after.size === 0 && before.size > 0) return undefined
    return isDropped(path) && after.size === 0 ? undefined : jsonObject(after)
  }
  const rule = isJsonList(value) ? listRule(field, owner) : undefined
  if (!isJsonList(value) || rule === undefined || rule.kind === 'atomic') return isDropped(path) ? undefined : value
  const list = value.flatMap(element => {
    const at = `${path}${elementKey(element, rule)}`
    if (isDropped(at)) return []
    const left = pruned(element, { path: at, field: rule.kind === 'map' ? field : '', owner: '' }, isDropped)
    return left === undefined ? [] : [left]
  })
  return list.length === 0 && value.length > 0 ? undefined : isSameJson(list, value) ? value : list
}
