import { nearestWord } from '../../errors/index.js'
import type { Kind, KubernetesObject } from '../../model/index.js'
import { goStructName, goTypeName } from '../schema/autoscaling-fields.js'
import { structOf } from '../schema/schema.js'
import { writtenStruct } from '../schema/written-version.js'
import { convertAutoscaler } from './convert-autoscaler.js'
import { DecodeState } from './decode-state.js'
import { decodeStruct } from './decode-value.js'
import type { DecodingError, PathSegment } from './decoding-error.js'

/** A decoded object, or why there is none. */
export type Decoded =
  | { readonly object: KubernetesObject; readonly error?: undefined }
  | { readonly object?: undefined; readonly error: DecodingError }

/** What differs between releases in the fields that objects have. */
export interface DecodingOptions {
  /** Whether containers have `restartPolicyRules` (`Profile.containerRestartRules`). */
  readonly containerRestartRules?: boolean
}

const NO_FIELDS: ReadonlySet<string> = new Set()
const RESTART_RULES: ReadonlySet<string> = new Set(['restartPolicyRules'])

/**
 * Decodes the JSON form of an object strictly: wrong types and unknown fields are errors in the words of the API server
 * (`fieldValidation=Strict`), and an older version is converted. Quantities stay as they were written until `canonicalObject`, because validation quotes them.
 *
 * apimachinery: pkg/runtime/serializer/json/json.go Decode, v1.32; sigs.k8s.io/json UnmarshalStrict (R-1252).
 */
export function decodeObject(kind: Kind, value: unknown, options: DecodingOptions = {}): Decoded {
  const state = new DecodeState(options.containerRestartRules === true ? NO_FIELDS : RESTART_RULES)
  const struct = writtenStruct(kind, value)
  const object = decodeStruct(state, { kind: 'struct', struct, text: goTypeName(struct) }, value)
  if (state.fatal !== undefined) return { error: state.fatal }
  if (state.firstTypeError !== undefined) return { error: state.firstTypeError }
  if (state.unknownFields.length > 0) return { error: strictError(state.unknownFields) }
  if (struct !== kind) return convertAutoscaler(object)
  return { object: object as unknown as KubernetesObject }
}

/** An unknown field: its path, and the struct that does not have it. */
interface UnknownField {
  readonly text: string
  readonly path: readonly PathSegment[]
  readonly struct: string
}

function strictError(unknown: readonly UnknownField[]): DecodingError {
  const hints = unknown.slice(0, MOST_HINTS).map(nearestHint)
  const found = hints.filter(hint => hint !== undefined)
  return {
    message: `strict decoding error: ${unknown.map(field => `unknown field ${JSON.stringify(field.text)}`).join(', ')}`,
    path: unknown[0].path,
    hint: found.length > 0 ? found.join(' ') : fieldsOf(unknown[0].struct),
  }
}

const MOST_HINTS = 5
const MOST_NAMES = 12

function nearestHint({ path, struct }: UnknownField): string | undefined {
  const written = String(path.at(-1))
  const fields = structOf(struct)
  if (fields.has(written)) return `${written} comes with Kubernetes 1.35`
  const nearest = nearestWord(written, fields.keys())
  return nearest && `did you mean ${nearest} instead of ${written.slice(0, 80)}?`
}

function fieldsOf(struct: string): string {
  const names = [...structOf(struct).keys()]
  const shown = names.slice(0, MOST_NAMES).join(', ')
  return `a ${goStructName(struct)} has ${names.length > MOST_NAMES ? `${shown}, …` : shown}`
}
