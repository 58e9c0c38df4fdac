import { type Field, type FieldType, structOf } from '../schema/schema.js'
import { decodeSpecial, isRecord, type JsonRecord, jsonKind, numberText, setKey } from './decode-special.js'
import type { DecodeState } from './decode-state.js'

type StructType = Extract<FieldType, { kind: 'struct' }>
type CollectionType = Extract<FieldType, { kind: 'list' | 'map' }>

/**
 * Decodes a struct as Go does: null leaves a field as it is, what omitempty would leave out is left out, and what Go
 * would print although it was not given (`resources: {}`) is there.
 */
export function decodeStruct(state: DecodeState, type: StructType, value: unknown): JsonRecord {
  const struct = structOf(type.struct)
  const decoded: JsonRecord = {}
  if (!isRecord(value)) {
    if (value !== null && value !== undefined) state.failType(jsonKind(value), type.text)
    return fillZeros(state, struct.values(), decoded)
  }
  // kubectl sends the keys sorted, so that is the order in which the API server meets them.
  for (const key of Object.keys(value).sort()) {
    const field = struct.get(key)
    if (field === undefined || state.absent.has(key)) {
      state.addUnknownField(type.struct, key)
      continue
    }
    state.enterField(type.struct, key)
    const member = decodeField(state, field, value[key])
    state.leaveField()
    if (member !== undefined) decoded[key] = member
    if (state.fatal !== undefined) return decoded
  }
  return fillZeros(state, struct.values(), decoded)
}

/** Puts the fields into the API's order and adds the zero values that Go prints. */
function fillZeros(state: DecodeState, fields: Iterable<Field>, decoded: JsonRecord): JsonRecord {
  const ordered: JsonRecord = {}
  for (const field of fields) {
    const member = decoded[field.name] ?? zeroOf(state, field)
    if (member !== undefined) ordered[field.name] = member
  }
  return ordered
}

function zeroOf(state: DecodeState, field: Field): unknown {
  if (field.isPointer) return undefined
  if (field.type.kind === 'struct') return decodeStruct(state, field.type, undefined)
  if (field.type.kind === 'quantity') return '0'
  return field.omitsEmpty ? undefined : zeroElement(state, field.type)
}

function decodeField(state: DecodeState, field: Field, value: unknown): unknown {
  if (value === null || value === undefined) return undefined
  const decoded = decodeValue(state, field.type, value)
  return field.omitsEmpty && !field.isPointer && isZero(field.type, decoded) ? undefined : decoded
}

function isZero(type: FieldType, value: unknown): boolean {
  switch (type.kind) {
    case 'list':
      return (value as readonly unknown[] | undefined)?.length === 0
    case 'map':
      return value === undefined || Object.keys(value as JsonRecord).length === 0
    case 'string':
    case 'bytes':
      return value === ''
    case 'int32':
    case 'int64':
      return value === 0
    case 'bool':
      return value === false
    default:
      return false
  }
}

/** Decodes a value that is not null; undefined after an error. */
function decodeValue(state: DecodeState, type: FieldType, value: unknown): unknown {
  switch (type.kind) {
    case 'struct':
      return decodeStruct(state, type, value)
    case 'list':
      return decodeList(state, type, value)
    case 'map':
      return decodeMap(state, type, value)
    case 'string':
      if (typeof value === 'string') return value
      break
    case 'bool':
      if (typeof value === 'boolean') return value
      break
    case 'int32':
    case 'int64':
      if (typeof value === 'number') return decodeInteger(state, type.kind, value)
      break
    default:
      return decodeSpecial(state, type.kind, value)
  }
  state.failType(jsonKind(value), type.text)
  return undefined
}

/** The largest 64-bit integer cannot be told from the one after it here, and gets the benefit of the doubt. */
const LARGEST = { int32: 2 ** 31 - 1, int64: 2 ** 63 }

function decodeInteger(state: DecodeState, kind: 'int32' | 'int64', value: number): unknown {
  const largest = LARGEST[kind]
  if (Number.isInteger(value) && value <= largest && value >= -largest - (kind === 'int32' ? 1 : 0)) return value
  state.failType(`number ${numberText(value)}`, kind)
  return undefined
}

function decodeList(state: DecodeState, type: CollectionType, value: unknown): unknown {
  if (!Array.isArray(value)) {
    state.failType(jsonKind(value), type.text)
    return undefined
  }
  const list: unknown[] = []
  for (let i = 0; i < value.length && state.fatal === undefined; i++) {
    state.enterElement(i)
    list.push(decodeElement(state, type.element, value[i]))
    state.leaveElement()
  }
  return list
}

function decodeMap(state: DecodeState, type: CollectionType, value: unknown): unknown {
  if (!isRecord(value)) {
    state.failType(jsonKind(value), type.text)
    return undefined
  }
  const map: JsonRecord = {}
  for (const key of Object.keys(value).sort()) {
    state.enterElement(key)
    setKey(map, key, decodeElement(state, type.element, value[key]))
    state.leaveElement()
    if (state.fatal !== undefined) break
  }
  return map
}

/** In a list or map a null is a zero value, not an absence. */
const decodeElement = (state: DecodeState, type: FieldType, value: unknown): unknown =>
  value === null || value === undefined ? zeroElement(state, type) : decodeValue(state, type, value)

function zeroElement(state: DecodeState, type: FieldType): unknown {
  switch (type.kind) {
    case 'struct':
      return decodeStruct(state, type, undefined)
    case 'string':
    case 'bytes':
      return ''
    case 'int32':
    case 'int64':
    case 'intOrString':
      return 0
    case 'bool':
      return false
    case 'quantity':
      return '0'
    default:
      return undefined
  }
}
