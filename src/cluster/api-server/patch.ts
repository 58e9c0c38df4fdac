import { applyJsonPatch, type Json, type JsonPatchOperation } from './json-patch.js'
import { mergePatch } from './patches/merge-patch.js'
import { strategicMergePatch } from './patches/strategic-merge-patch.js'

/** The kinds of patches that the API server takes, without server-side apply. */
export type PatchType = 'strategic' | 'merge' | 'json'

/**
 * Applies a patch to an object and answers the new one, undefined where an operation of a JSON patch or a directive does not apply;
 * the old one stays as it is.
 *
 * apimachinery: pkg/util/strategicpatch/patch.go, RFC 7386 (merge), RFC 6902 (json).
 */
export function applyPatch(object: unknown, patch: unknown, type: PatchType): unknown {
  if (type === 'json') return applyJsonPatch(definedPart(object) as Json, patch as readonly JsonPatchOperation[])
  return type === 'merge'
    ? mergePatch(object as Json, patch as Json)
    : strategicMergePatch(object as Json, patch as Json)
}

/** Fields that hold nothing are not there for an operation. */
const definedPart = (object: unknown): unknown => JSON.parse(JSON.stringify(object))
