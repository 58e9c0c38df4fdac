import { AUTOSCALING_FIELDS, goTypeName } from './autoscaling-fields.js'
import { OBJECT_FIELDS } from './object-fields.js'
import { POD_FIELDS } from './pod-fields.js'
import { VOLUME_FIELDS } from './volume-fields.js'

/** The type of a field, as Go's decoder sees it. `text` is how Go writes it in an error. */
export type FieldType =
  | { readonly kind: 'string' | 'int32' | 'int64' | 'bool' | 'bytes'; readonly text: string }
  | { readonly kind: 'list' | 'map'; readonly element: FieldType; readonly text: string }
  | { readonly kind: 'struct'; readonly struct: string; readonly text: string }
  | { readonly kind: 'quantity' | 'intOrString' | 'time' | 'microTime' | 'json'; readonly text: string }

/** One field of a struct. */
export interface Field {
  readonly name: string
  readonly type: FieldType
  /** Whether absent and zero are two things. */
  readonly isPointer: boolean
  /** Whether the API leaves the field out when it is zero. */
  readonly omitsEmpty: boolean
}

/** The fields of a struct by name, in the API's order. */
export type Struct = ReadonlyMap<string, Field>

/**
 * The struct of that name (`Pod`, `Container`, `ResourceRequirements`). The tables are texts and each struct is parsed when it is
 * first asked for, so that a start of the program does not pay for two hundred of them.
 */
export function structOf(name: string): Struct {
  const known = PARSED.get(name)
  if (known !== undefined) return known
  const text = POD_FIELDS[name] ?? VOLUME_FIELDS[name] ?? OBJECT_FIELDS[name] ?? AUTOSCALING_FIELDS[name]
  const struct = new Map(
    text
      .trim()
      .split(/\s+/)
      .map(parseField)
      .map(field => [field.name, field]),
  )
  PARSED.set(name, struct)
  return struct
}

const PARSED = new Map<string, Struct>()

const isStruct = (name: string): boolean =>
  name in POD_FIELDS || name in VOLUME_FIELDS || name in OBJECT_FIELDS || name in AUTOSCALING_FIELDS

/** Parses `name?:*Type`: the question mark is Go's omitempty, the star a pointer. */
function parseField(text: string): Field {
  const colon = text.indexOf(':')
  const omitsEmpty = text[colon - 1] === '?'
  const isPointer = text[colon + 1] === '*'
  return {
    name: text.slice(0, omitsEmpty ? colon - 1 : colon),
    type: parseType(text.slice(isPointer ? colon + 2 : colon + 1)),
    isPointer,
    omitsEmpty,
  }
}

const SPECIAL: Readonly<Record<string, FieldType>> = {
  string: { kind: 'string', text: 'string' },
  int32: { kind: 'int32', text: 'int32' },
  int64: { kind: 'int64', text: 'int64' },
  bool: { kind: 'bool', text: 'bool' },
  '[]byte': { kind: 'bytes', text: '[]uint8' },
  UID: { kind: 'string', text: 'types.UID' },
  Quantity: { kind: 'quantity', text: 'resource.Quantity' },
  IntOrString: { kind: 'intOrString', text: 'intstr.IntOrString' },
  Time: { kind: 'time', text: 'v1.Time' },
  MicroTime: { kind: 'microTime', text: 'v1.MicroTime' },
  FieldsV1: { kind: 'json', text: 'v1.FieldsV1' },
}

/** Every other name is a struct, or a string type of its own such as `v1.PullPolicy`. */
function parseType(text: string): FieldType {
  if (text in SPECIAL) return SPECIAL[text]
  if (text === 'ResourceList') return { kind: 'map', element: SPECIAL.Quantity, text: 'v1.ResourceList' }
  if (text.startsWith('[]')) {
    const element = parseType(text.slice(2))
    return { kind: 'list', element, text: `[]${element.text}` }
  }
  const map = /^map\[(\w+)\](.*)$/.exec(text)
  if (map !== null) {
    const element = parseType(map[2])
    return { kind: 'map', element, text: `map[${map[1] === 'string' ? '' : 'v1.'}${map[1]}]${element.text}` }
  }
  const name = goTypeName(text)
  return isStruct(text) ? { kind: 'struct', struct: text, text: name } : { kind: 'string', text: name }
}
