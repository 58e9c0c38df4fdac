/** The kinds of patches that the API server takes, without server-side apply. */
export type PatchType = 'strategic' | 'merge' | 'json'

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
type JsonObject = { readonly [key: string]: Json }

/** Lists that a strategic merge patch merges by a key instead of replacing them (the API's patchMergeKey). */
const MERGE_KEYS: Readonly<Record<string, string>> = {
  containers: 'name',
  initContainers: 'name',
  ephemeralContainers: 'name',
  volumes: 'name',
  env: 'name',
  ports: 'containerPort',
  volumeMounts: 'mountPath',
  conditions: 'type',
  schedulingGates: 'name',
  imagePullSecrets: 'name',
  hostAliases: 'ip',
  topologySpreadConstraints: 'topologyKey',
  ownerReferences: 'uid',
  podIPs: 'ip',
}

/** Lists of plain values that a strategic merge patch unites. */
const UNITED_LISTS = new Set(['finalizers'])

/**
 * Applies a patch to an object and answers the new one; the old one stays as it is.
 *
 * apimachinery: pkg/util/strategicpatch/patch.go, RFC 7386 (merge), RFC 6902 (json).
 */
export function applyPatch(object: unknown, patch: unknown, type: PatchType): unknown {
  if (type === 'json') return applyOperations(object as Json, patch as readonly JsonPatchOperation[])
  return type === 'merge'
    ? mergePatch(object as Json, patch as Json)
    : strategicMerge(object as Json, patch as Json, '')
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** RFC 7386: null removes, objects merge, anything else replaces. */
function mergePatch(target: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch
  const result: Record<string, Json> = isObject(target) ? { ...target } : {}
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key]
    else result[key] = mergePatch(result[key], value)
  }
  return result
}

function strategicMerge(target: Json | undefined, patch: Json, field: string): Json {
  if (Array.isArray(patch)) return mergeLists(Array.isArray(target) ? target : [], patch as readonly Json[], field)
  if (!isObject(patch)) return patch
  if (patch.$patch === 'replace') return withoutDirectives(patch)
  const result: Record<string, Json> = isObject(target) ? { ...target } : {}
  for (const [key, value] of Object.entries(patch)) {
    const deleted = key.startsWith(DELETE_FROM) ? key.slice(DELETE_FROM.length) : undefined
    if (deleted !== undefined) result[deleted] = listWithout(result[deleted], value)
    else if (key.startsWith('$')) continue
    else if (value === null) delete result[key]
    else result[key] = strategicMerge(result[key], value, key)
  }
  return result
}

const DELETE_FROM = '$deleteFromPrimitiveList/'

const listWithout = (list: Json | undefined, removed: Json): Json =>
  Array.isArray(list) && Array.isArray(removed) ? list.filter(each => !removed.includes(each)) : (list ?? [])

function withoutDirectives(patch: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(patch).filter(([key]) => !key.startsWith('$')))
}

function mergeLists(target: readonly Json[], patch: readonly Json[], field: string): Json {
  if (UNITED_LISTS.has(field)) return [...target, ...patch.filter(each => !target.includes(each))]
  const key = MERGE_KEYS[field]
  if (key === undefined) return patch
  if (patch.some(each => isObject(each) && each.$patch === 'replace')) {
    return patch.filter(each => !(isObject(each) && each.$patch === 'replace'))
  }
  const result = target.slice()
  for (const each of patch) {
    if (!isObject(each)) continue
    const at = result.findIndex(old => isObject(old) && old[key] === each[key])
    if (each.$patch === 'delete') {
      if (at >= 0) result.splice(at, 1)
    } else if (at >= 0) {
      result[at] = strategicMerge(result[at], each, field)
    } else {
      result.push(withoutDirectives(each))
    }
  }
  return result
}

interface JsonPatchOperation {
  readonly op: 'add' | 'remove' | 'replace' | 'test' | 'move' | 'copy'
  readonly path: string
  readonly value?: Json
  readonly from?: string
}

function applyOperations(object: Json, operations: readonly JsonPatchOperation[]): Json {
  let result = structuredCloneJson(object)
  for (const { op, path, value, from } of operations) {
    if (op === 'remove') result = change(result, pointer(path), undefined, false)
    else if (op === 'add' || op === 'replace') result = change(result, pointer(path), value ?? null, op === 'add')
    else if (op === 'copy' || op === 'move') {
      const moved = read(result, pointer(from ?? ''))
      if (op === 'move') result = change(result, pointer(from ?? ''), undefined, false)
      result = change(result, pointer(path), moved ?? null, true)
    }
  }
  return result
}

const structuredCloneJson = (value: Json): Json => JSON.parse(JSON.stringify(value)) as Json
const pointer = (path: string): string[] =>
  path
    .split('/')
    .slice(1)
    .map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'))

function read(value: Json | undefined, path: readonly string[]): Json | undefined {
  let found: Json | undefined = value
  for (const part of path)
    found = Array.isArray(found) ? found[Number(part)] : isObject(found) ? found[part] : undefined
  return found
}

function change(value: Json, path: readonly string[], next: Json | undefined, isInsertion: boolean): Json {
  const [head, ...rest] = path
  if (head === undefined) return next ?? null
  if (Array.isArray(value)) {
    const list = value.slice() as Json[]
    const at = head === '-' ? list.length : Number(head)
    if (rest.length > 0) list[at] = change(list[at], rest, next, isInsertion)
    else if (next === undefined) list.splice(at, 1)
    else list.splice(at, isInsertion ? 0 : 1, next)
    return list
  }
  const object: Record<string, Json> = isObject(value) ? { ...value } : {}
  if (rest.length > 0) object[head] = change(object[head] ?? {}, rest, next, isInsertion)
  else if (next === undefined) delete object[head]
  else object[head] = next
  return object
}
