/** A value of a JSON document. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** An object of a JSON document. */
export type JsonObject = { readonly [key: string]: Json }

/** One operation of a JSON patch, as it came: a patch is data from outside. */
export interface JsonPatchOperation {
  readonly op?: unknown
  readonly path?: unknown
  readonly from?: unknown
  readonly value?: Json
}

/**
 * Applies a JSON patch to a document and answers the new one, or undefined where an operation does not apply.
 *
 * It takes what the library of the API server takes, which is more than RFC 6902 in places: `replace` of a field that is not there
 * adds it, `copy` of one is null, `test` of one for null holds, and indices below 0 count from the end. Where an object or list on
 * the way is missing, nothing applies.
 *
 * apiserver: evanphx/json-patch v4 (patch.go), with SupportNegativeIndices.
 */
export function applyJsonPatch(document: Json, operations: readonly JsonPatchOperation[]): Json | undefined {
  let result: Json | undefined = document
  for (const operation of operations) {
    if (result === undefined || !isObject(operation as Json)) return undefined
    result = applied(result, operation)
  }
  return result
}

function applied(document: Json, { op, path, from, value }: JsonPatchOperation): Json | undefined {
  if (typeof path !== 'string') return undefined
  const place = pointer(path)
  switch (op) {
    case 'add':
      return changed(document, place, { how: 'add', value: value ?? null })
    case 'replace':
      return path === '' ? wholeDocument(value) : changed(document, place, { how: 'replace', value: value ?? null })
    case 'remove':
      return changed(document, place, { how: 'remove' })
    case 'test':
      return holds(document, path, value) ? document : undefined
    case 'copy':
    case 'move': {
      if (typeof from !== 'string') return undefined
      const source = pointer(from)
      const found = read(document, source)
      if (found === undefined) return undefined
      const rest = op === 'move' ? changed(document, source, { how: 'remove' }) : document
      return rest && changed(rest, place, { how: 'add', value: found })
    }
    default:
      return undefined
  }
}

const wholeDocument = (value: Json | undefined): Json | undefined =>
  typeof value === 'object' && value !== null ? value : undefined

function holds(document: Json, path: string, value: Json = null): boolean {
  const found = path === '' ? document : read(document, pointer(path))
  return found !== undefined && isEqual(found, value)
}

/** The steps to a place; none for what is no pointer, and for the document itself. */
const pointer = (path: string): readonly string[] =>
  path
    .split('/')
    .slice(1)
    .map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'))

/** What stands at a place, null where an object has no such field; undefined where there is no such place. */
function read(document: Json, place: readonly string[]): Json | undefined {
  const [key, ...rest] = place
  if (key === undefined) return undefined
  const found = childOf(document, key)
  return rest.length === 0 ? found : found === undefined || found === null ? undefined : read(found, rest)
}

function childOf(value: Json, key: string): Json | undefined {
  if (isObject(value)) return Object.hasOwn(value, key) ? value[key] : null
  if (!Array.isArray(value)) return undefined
  const index = indexOf(key, value.length)
  return index === undefined || index >= value.length ? undefined : value[index]
}

/** An index as it is written, from the end where it is below 0; undefined for what is none, or before the beginning. */
function indexOf(key: string, length: number): number | undefined {
  if (!/^[-+]?\d+$/.test(key)) return undefined
  const index = Number(key) < 0 ? Number(key) + length : Number(key)
  return index < 0 ? undefined : index
}

type Change =
  | { readonly how: 'add' | 'replace'; readonly value: Json }
  | { readonly how: 'remove'; readonly value?: undefined }

function changed(value: Json, place: readonly string[], change: Change): Json | undefined {
  const [key, ...rest] = place
  if (key === undefined) return undefined
  if (rest.length === 0)
    return Array.isArray(value) ? changedList(value, key, change) : changedObject(value, key, change)
  const child = childOf(value, key)
  const next = child === undefined || child === null ? undefined : changed(child, rest, change)
  if (next === undefined) return undefined
  if (isObject(value)) return withField(value, key, next)
  const list = (value as readonly Json[]).slice()
  list[indexOf(key, list.length) ?? 0] = next
  return list
}

function changedObject(value: Json, key: string, change: Change): Json | undefined {
  if (!isObject(value)) return undefined
  if (change.how !== 'remove') return withField(value, key, change.value)
  if (!Object.hasOwn(value, key)) return undefined
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key))
}

/** A field is set by name as data: `__proto__` is one like any other. */
const withField = (value: JsonObject, key: string, next: Json): JsonObject =>
  Object.fromEntries([...Object.entries(value), [key, next]])

function changedList(value: readonly Json[], key: string, change: Change): Json | undefined {
  const list = value.slice()
  if (change.how === 'add') {
    const index = key === '-' ? list.length : indexOf(key, list.length + 1)
    if (index === undefined || index > list.length) return undefined
    list.splice(index, 0, change.value)
    return list
  }
  const index = indexOf(key, list.length)
  if (index === undefined || index >= list.length) return undefined
  if (change.how === 'replace') list[index] = change.value
  else list.splice(index, 1)
  return list
}

const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function isEqual(one: Json, other: Json): boolean {
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((each, index) => isEqual(each, other[index]))
  }
  if (!isObject(one) || !isObject(other)) return one === other
  const keys = Object.keys(one)
  return (
    keys.length === Object.keys(other).length &&
    keys.every(key => Object.hasOwn(other, key) && isEqual(one[key], other[key]))
  )
}
