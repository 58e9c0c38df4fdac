import { quantityOfNanos, readQuantity } from '../../model/index.js'
import { type FieldType, structOf } from '../schema/schema.js'
import { type JsonRecord, setKey } from './decode-special.js'

const MILLI = 1_000_000n

/**
 * Writes every quantity of a decoded and defaulted object as the API server stores it: in canonical form, and in resource
 * lists rounded up to thousandths (SetDefaults_ResourceList).
 *
 * What has no quantity inside is shared with the input.
 */
export function canonicalObject<T extends { readonly kind: string }>(object: T): T {
  return canonicalStruct(object.kind, object as unknown as JsonRecord) as unknown as T
}

function canonicalStruct(name: string, value: JsonRecord): JsonRecord {
  let changed: JsonRecord | undefined
  for (const field of structOf(name).values()) {
    const member = value[field.name]
    if (member === undefined || !holdsQuantities(field.type)) continue
    const canonical = canonicalValue(field.type, member)
    if (canonical === member) continue
    changed ??= { ...value }
    changed[field.name] = canonical
  }
  return changed ?? value
}

function canonicalValue(type: FieldType, value: unknown): unknown {
  switch (type.kind) {
    case 'quantity':
      return canonicalQuantity(value as string, false)
    case 'struct':
      return canonicalStruct(type.struct, value as JsonRecord)
    case 'list':
      return (value as readonly unknown[]).map(element => canonicalValue(type.element, element))
    case 'map':
      return canonicalMap(type.element, value as JsonRecord)
    default:
      return value
  }
}

function canonicalMap(element: FieldType, value: JsonRecord): JsonRecord {
  const map: JsonRecord = {}
  for (const key of Object.keys(value)) {
    const member = value[key]
    setKey(
      map,
      key,
      element.kind === 'quantity' ? canonicalQuantity(member as string, true) : canonicalValue(element, member),
    )
  }
  return map
}

function canonicalQuantity(text: string, isResource: boolean): string {
  const quantity = readQuantity(text)
  if ('problem' in quantity) return text
  const remainder = quantity.nanos % MILLI
  if (!isResource || remainder === 0n) return quantity.text
  const rounded = quantity.nanos - remainder + (remainder > 0n ? MILLI : -MILLI)
  return quantityOfNanos(rounded, quantity.format).text
}

/** Which structs hold quantities at any depth; found once, so that labels, probes and the like are not walked. */
const HOLDERS = new Map<string, boolean>()

function holdsQuantities(type: FieldType): boolean {
  if (type.kind === 'quantity') return true
  if (type.kind === 'list' || type.kind === 'map') return holdsQuantities(type.element)
  if (type.kind !== 'struct') return false
  const known = HOLDERS.get(type.struct)
  if (known !== undefined) return known
  HOLDERS.set(type.struct, false)
  const holds = [...structOf(type.struct).values()].some(field => holdsQuantities(field.type))
  HOLDERS.set(type.struct, holds)
  return holds
}
