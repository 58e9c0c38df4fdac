import type { Json } from '../json-patch.js'
import { fieldsOf, isJsonObject, jsonObject } from './json-object.js'

/** RFC 7386: null removes, objects merge, anything else replaces. The document stays as it is. */
export function mergePatch(document: Json | undefined, patch: Json): Json {
  if (!isJsonObject(patch)) return patch
  const fields = fieldsOf(document)
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) fields.delete(key)
    else fields.set(key, mergePatch(fields.get(key), value))
  }
  return jsonObject(fields)
}
