import type { Json, JsonObject } from '../json-patch.js'
import { fieldsOf, isJsonList, isJsonObject, isSameJson, jsonObject } from './json-object.js'
import { listRule } from './list-rules.js'
import { orderedList } from './ordered-list.js'

/**
 * Applies a strategic merge patch: objects merge, lists of elements with a merge key merge by it, and directives say what merging
 * cannot: `$patch: replace | delete | merge`, `$retainKeys`, `$deleteFromPrimitiveList/FIELD`, `$setElementOrder/FIELD`. Undefined:
 * a directive that there is not.
 *
 * apimachinery: pkg/util/strategicpatch/patch.go mergeMap, mergeSlice, v1.32.
 */
export function strategicMergePatch(document: Json, patch: Json): Json | undefined {
  try {
    return merged(document, patch, '', '')
  } catch (error) {
    if (error instanceof UnknownDirective) return undefined
    throw error
  }
}

/** Leaves the patch from wherever it stands. */
class UnknownDirective extends Error {}

const DELETE_FROM = '$deleteFromPrimitiveList/'
const ORDER_OF = '$setElementOrder/'

/** `field` is where the value stands, `owner` where the object around it stands. */
function merged(target: Json | undefined, patch: Json, field: string, owner: string): Json {
  if (isJsonList(patch)) return mergedList(isJsonList(target) ? target : [], patch, field, owner)
  if (!isJsonObject(patch)) return patch
  const directive = directiveOf(patch)
  if (directive === 'replace') return withoutDirectives(patch)
  if (directive === 'delete') return {}
  return mergedObject(retained(fieldsOf(target), patch), patch, field)
}

function directiveOf({ $patch }: JsonObject): 'replace' | 'delete' | 'merge' {
  if ($patch === undefined || $patch === 'merge') return 'merge'
  if ($patch === 'replace' || $patch === 'delete') return $patch
  throw new UnknownDirective()
}

/** `$retainKeys`: of the fields that are there only these stay. */
function retained(fields: Map<string, Json>, { $retainKeys: kept }: JsonObject): Map<string, Json> {
  if (!isJsonList(kept)) return fields
  return new Map([...fields].filter(([key]) => kept.includes(key)))
}

function mergedObject(fields: Map<string, Json>, patch: JsonObject, field: string): JsonObject {
  const before = new Map(fields)
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith(DELETE_FROM)) {
      const list = key.slice(DELETE_FROM.length)
      fields.set(list, listWithout(fields.get(list), value))
    } else if (key.startsWith('$')) continue
    else if (value === null) fields.delete(key)
    else fields.set(key, merged(fields.get(key), value, key, field))
  }
  for (const [key, order] of Object.entries(patch)) {
    const list = key.startsWith(ORDER_OF) ? key.slice(ORDER_OF.length) : undefined
    const value = list === undefined ? undefined : fields.get(list)
    if (list !== undefined && isJsonList(value) && isJsonList(order))
      fields.set(list, inOrder(value, order, before.get(list), keyOf(list, field)))
  }
  return jsonObject(fields)
}

const listWithout = (list: Json | undefined, removed: Json): Json =>
  isJsonList(list) && isJsonList(removed) ? list.filter(each => !removed.includes(each)) : (list ?? [])

/** The field that tells elements of a list apart; undefined where they are plain values. */
function keyOf(field: string, owner: string): string | undefined {
  const rule = listRule(field, owner)
  return rule.kind === 'map' ? rule.mergeKey : undefined
}

/** Elements of the patch stand in its order, with or without a directive that says so. */
function inOrder(
  list: readonly Json[],
  order: readonly Json[],
  server: Json | undefined,
  key: string | undefined,
): Json {
  const identity = (element: Json): Json =>
    key !== undefined && isJsonObject(element) ? (element[key] ?? null) : element
  const indexIn = (elements: readonly Json[], element: Json): number =>
    elements.findIndex(each => isSameJson(identity(each), identity(element)))
  const known = list
    .filter(each => indexIn(order, each) >= 0)
    .sort((one, other) => indexIn(order, one) - indexIn(order, other))
  const others = list.filter(each => indexIn(order, each) < 0)
  return orderedList(known, others, each => indexIn(isJsonList(server) ? server : [], each))
}

function mergedList(target: readonly Json[], patch: readonly Json[], field: string, owner: string): Json {
  const rule = listRule(field, owner)
  if (rule.kind === 'set') {
    const union = [...target, ...patch.filter(each => !target.includes(each))]
    return inOrder(union, patch, target, undefined)
  }
  if (rule.kind === 'atomic') return patch.map(withoutDirectives)
  const isReplacement = patch.some(each => isJsonObject(each) && directiveOf(each) === 'replace')
  if (isReplacement) return patch.filter(each => !(isJsonObject(each) && directiveOf(each) === 'replace'))
  return mergedElements(target, patch, { field, key: rule.mergeKey })
}

function mergedElements(
  target: readonly Json[],
  patch: readonly Json[],
  { field, key }: { readonly field: string; readonly key: string },
): Json {
  const result = [...target]
  for (const each of patch) {
    if (!isJsonObject(each)) continue
    const at = result.findIndex(old => isJsonObject(old) && isSameJson(old[key], each[key]))
    if (directiveOf(each) === 'delete') {
      if (at >= 0) result.splice(at, 1)
    } else if (at >= 0) result[at] = merged(result[at], each, field, '')
    else result.push(withoutDirectives(each))
  }
  const order = patch.filter(each => isJsonObject(each) && directiveOf(each) !== 'delete')
  return inOrder(result, order, target, key)
}

/** What a patch brings anew is taken without what it says to the server. */
function withoutDirectives(value: Json): Json {
  if (isJsonList(value)) return value.map(withoutDirectives)
  if (!isJsonObject(value)) return value
  const fields = Object.entries(value).filter(([key, field]) => !key.startsWith('$') && field !== null)
  return Object.fromEntries(fields.map(([key, field]) => [key, withoutDirectives(field)]))
}
