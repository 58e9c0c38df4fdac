import type { Json, JsonObject } from '../json-patch.js'

/** Whether a value of a JSON document is an object. */
export const isJsonObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether a value of a JSON document is a list. */
export const isJsonList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value)

/** Whether two values are the same; absent fields and fields that hold nothing are the same, too. */
export function isSameJson(one: Json | undefined, other: Json | undefined): boolean {
  if (one === other) return true
  if (isJsonList(one) && isJsonList(other))
    return one.length === other.length && one.every((each, index) => isSameJson(each, other[index]))
  if (!isJsonObject(one) || !isJsonObject(other)) return false
  for (const key of new Set([...Object.keys(one), ...Object.keys(other)]))
    if (!isSameJson(one[key], other[key])) return false
  return true
}

/** An object with its fields set as data: `__proto__` is a field like any other. */
export const jsonObject = (fields: ReadonlyMap<string, Json>): JsonObject => Object.fromEntries(fields)

/** The fields of an object that hold something. */
export const fieldsOf = (value: Json | undefined): Map<string, Json> =>
  new Map(isJsonObject(value) ? Object.entries(value).filter(([, field]) => field !== undefined) : [])
