import { readQuantity } from '../../model/index.js'
import type { DecodeState } from './decode-state.js'
import { timeProblem } from './time-problem.js'

/** A JSON object. */
export type JsonRecord = Record<string, unknown>

export const isRecord = (value: unknown): value is JsonRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What Go calls the kind of a JSON value. */
export function jsonKind(value: unknown): string {
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'boolean') return 'bool'
  return typeof value
}

/** Writes a number as Go's JSON encoder does. */
export const numberText = (value: number): string => String(value)

/** Sets a key of a map; `__proto__` is a key like any other. */
export function setKey(map: JsonRecord, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(map, key, { value, enumerable: true, writable: true, configurable: true })
  else map[key] = value
}

/** Decodes the types that decode themselves in Go; their errors end the decoding and do not name the field. */
export function decodeSpecial(
  state: DecodeState,
  kind: 'quantity' | 'intOrString' | 'time' | 'microTime' | 'json' | 'bytes',
  value: unknown,
): unknown {
  switch (kind) {
    case 'quantity':
      return decodeQuantity(state, value)
    case 'intOrString':
      return decodeIntOrString(state, value)
    case 'time':
    case 'microTime':
      return decodeTime(state, kind, value)
    case 'bytes':
      return decodeBytes(state, value)
    case 'json':
      return value
  }
}

/** apimachinery: pkg/api/resource/quantity.go UnmarshalJSON reads the JSON text itself, a number as well as a string. */
function decodeQuantity(state: DecodeState, value: unknown): unknown {
  const text = typeof value === 'number' ? numberText(value) : typeof value === 'string' ? value.trim() : '[]'
  const quantity = readQuantity(text)
  if ('problem' in quantity) state.failFatally(quantity.problem)
  return text
}

/** apimachinery: pkg/util/intstr/intstr.go UnmarshalJSON. */
function decodeIntOrString(state: DecodeState, value: unknown): unknown {
  if (typeof value === 'string') return value
  if (typeof value !== 'number') {
    state.failFatally(`json: cannot unmarshal ${jsonKind(value)} into Go value of type int32`)
  } else if (!Number.isInteger(value) || Math.abs(value) > 2 ** 31 - 1) {
    state.failFatally(`json: cannot unmarshal number ${numberText(value)} into Go value of type int32`)
  }
  return value
}

/** apimachinery: pkg/apis/meta/v1/time.go UnmarshalJSON. */
function decodeTime(state: DecodeState, kind: 'time' | 'microTime', value: unknown): unknown {
  if (typeof value !== 'string') {
    state.failFatally(`json: cannot unmarshal ${jsonKind(value)} into Go value of type string`)
    return undefined
  }
  const problem = timeProblem(value, kind === 'microTime')
  if (problem !== undefined) state.failFatally(problem)
  return value
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

function decodeBytes(state: DecodeState, value: unknown): unknown {
  if (typeof value !== 'string') {
    state.failType(jsonKind(value), '[]uint8')
    return undefined
  }
  const text = value.replace(/[\r\n]/g, '')
  if (!BASE64.test(text)) state.failPlain(`illegal base64 data at input byte ${firstIllegalByte(value)}`)
  return value
}

function firstIllegalByte(text: string): number {
  const foreign = /[^A-Za-z0-9+/=\r\n]/.exec(text)
  if (foreign !== null) return foreign.index
  const padding = text.indexOf('=')
  return padding === -1 ? text.length - (text.length % 4) : padding
}
