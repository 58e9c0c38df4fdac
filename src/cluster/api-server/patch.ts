import { applyJsonPatch, type Json, type JsonObject, type JsonPatchOperation } from './json-patch.js'

/** The kinds of patches that the API server takes, without server-side apply. */
export type PatchType = 'strategic' | 'merge' | 'json'

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
 * Applies a patch to an object and answers the new one, undefined where an operation of a JSON patch does not apply; the old one
 * stays as it is.
 *
 * apimachinery: pkg/util/strategicpatch/patch.go, RFC 7386 (merge), RFC 6902 (json).
 */
export function applyPatch(object: unknown, patch: unknown, type: PatchType): unknown {
  if (type === 'json') return applyJsonPatch(definedPart(object) as Json, patch as readonly JsonPatchOperation[])
  return type === 'merge'
    ? mergePatch(object as Json, patch as Json)
    : strategicMerge(object as Json, patch as Json, '')
}

/** Fields that hold nothing are not there for an operation. */
const definedPart = (object: unknown): unknown => JSON.parse(JSON.stringify(object))

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
