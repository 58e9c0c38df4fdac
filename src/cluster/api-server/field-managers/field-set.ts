import type { Json } from '../json-patch.js'
import { fieldsOf, isJsonList, isJsonObject, isSameJson } from '../patches/json-object.js'
import { isAtomicMap, listRule } from '../patches/list-rules.js'

/** Paths of fields as conflicts name them, `.spec.template.spec.containers[name="app"].image`, each with what stands there. */
export type FieldSet = ReadonlyMap<string, Json>

/** What no manager owns: the API server writes it itself. */
const SYSTEM_FIELDS: ReadonlySet<string> = new Set([
  ...['.apiVersion', '.kind', '.metadata.name', '.metadata.namespace', '.metadata.generateName', '.metadata.uid'],
  ...['.metadata.resourceVersion', '.metadata.generation', '.metadata.creationTimestamp', '.metadata.managedFields'],
  ...['.metadata.deletionTimestamp', '.metadata.deletionGracePeriodSeconds', '.metadata.selfLink', '.status'],
])

/**
 * The fields that an object sets: each value that is taken as one, and each element of a list that has keys.
 *
 * structured-merge-diff: typed/tofieldset.go, fieldpath/serialize-pe.go, v4.4.
 */
export function fieldSetOf(object: Json): FieldSet {
  const found = new Map<string, Json>()
  collect(object, { path: '', field: '', owner: '' }, found)
  return found
}

interface Place {
  readonly path: string
  /** Where the value stands, and where the object around it stands. */
  readonly field: string
  readonly owner: string
}

function collect(value: Json, { path, field, owner }: Place, found: Map<string, Json>): void {
  if (SYSTEM_FIELDS.has(path)) return
  if (isJsonObject(value) && !isAtomicMap(field)) {
    const fields = fieldsOf(value)
    if (fields.size === 0 && path !== '') found.set(path, value)
    for (const [key, each] of fields) collect(each, { path: `${path}.${key}`, field: key, owner: field }, found)
    return
  }
  const rule = isJsonList(value) ? listRule(field, owner) : undefined
  if (!isJsonList(value) || rule === undefined || rule.kind === 'atomic') {
    found.set(path, value)
    return
  }
  for (const element of value) {
    const at = `${path}${elementKey(element, rule)}`
    if (rule.kind === 'map') found.set(at, KEYED)
    collect(element, { path: at, field: rule.kind === 'map' ? field : '', owner: '' }, found)
  }
}

/** An element of a list is a field of its own, beside what it holds. */
const KEYED: Json = '\u0000element'

/** `[name="app"]`, `[containerPort=80,protocol="TCP"]`, `[="example.com/finalizer"]`. */
export function elementKey(element: Json, rule: ReturnType<typeof listRule>): string {
  if (rule.kind !== 'map' || !isJsonObject(element)) return `[=${JSON.stringify(element)}]`
  const keys = Object.entries(rule.keys).map(
    ([key, absent]) => `${key}=${JSON.stringify(element[key] ?? absent ?? null)}`,
  )
  return `[${keys.join(',')}]`
}

/** The paths of `next` where something else stood before, or nothing. */
export const changedPaths = (before: FieldSet, next: FieldSet): string[] =>
  [...next].filter(([path, value]) => !isSameJson(before.get(path), value)).map(([path]) => path)

/** The paths that are no more. */
export const removedPaths = (before: FieldSet, next: FieldSet): string[] =>
  [...before.keys()].filter(path => !next.has(path))
