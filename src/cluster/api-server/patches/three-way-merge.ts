import type { Json } from '../json-patch.js'
import { fieldsOf, isJsonList, isJsonObject, isSameJson, jsonObject } from './json-object.js'
import { listRule } from './list-rules.js'
import { orderedList } from './ordered-list.js'

/** A place of the three objects: the field that the value stands in, and the one that the object around it stands in. */
interface Place {
  readonly field: string
  readonly owner: string
}

/** The three values of a place. */
interface Three {
  /** As it was applied last; undefined: never. */
  readonly original: Json | undefined
  readonly modified: Json
  readonly current: Json | undefined
}

/**
 * What `kubectl apply` makes of an object: what it says is laid over what there is, and what it said last and says no more is taken
 * away. What only others have set stays.
 *
 * apimachinery: pkg/util/strategicpatch/patch.go CreateThreeWayMergePatch, v1.32.
 */
export function threeWayMerge(original: Json | undefined, modified: Json, current: Json): Json {
  return merged({ original, modified, current }, { field: '', owner: '' })
}

function merged({ original, modified, current }: Three, place: Place): Json {
  if (isJsonList(modified)) return mergedList(original, modified, current, place)
  if (!isJsonObject(modified)) return modified
  const fields = fieldsOf(current)
  const before = fieldsOf(original)
  const after = fieldsOf(modified)
  for (const key of before.keys()) if (!after.has(key)) fields.delete(key)
  for (const [key, value] of after) {
    if (value === null) fields.delete(key)
    else {
      const three = { original: before.get(key), modified: value, current: fields.get(key) }
      fields.set(key, merged(three, { field: key, owner: place.field }))
    }
  }
  return jsonObject(fields)
}

function mergedList(
  original: Json | undefined,
  modified: readonly Json[],
  current: Json | undefined,
  place: Place,
): Json {
  const rule = listRule(place.field, place.owner)
  const [before, server] = [original, current].map(list => (isJsonList(list) ? list : []))
  if (rule.kind === 'atomic') return modified
  const identity = (element: Json): Json =>
    rule.kind === 'map' && isJsonObject(element) ? (element[rule.mergeKey] ?? null) : element
  const find = (list: readonly Json[], element: Json): Json | undefined =>
    list.find(each => isSameJson(identity(each), identity(element)))
  const known = modified.map(element =>
    merged(
      { original: find(before, element), modified: element, current: find(server, element) },
      { field: place.field, owner: '' },
    ),
  )
  const others = server.filter(each => find(modified, each) === undefined && find(before, each) === undefined)
  return orderedList(known, others, each => server.findIndex(it => isSameJson(identity(it), identity(each))))
}
