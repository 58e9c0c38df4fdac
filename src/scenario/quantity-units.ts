import { quantityOfNanos, readQuantity } from '../model/index.js'

/** How many of a unit, given in billionths, a quantity is; undefined: it is none, negative, or no whole number of them. */
export function unitsIn(text: string, unitNanos: bigint): number | undefined {
  const read = readQuantity(text)
  if ('problem' in read || read.nanos < 0n || read.nanos % unitNanos !== 0n) return undefined
  const units = Number(read.nanos / unitNanos)
  return Number.isSafeInteger(units) ? units : undefined
}

/** So many of a unit as a file says them: `100m`, `50Mi`. */
export const unitsText = (units: number, unitNanos: bigint): string =>
  quantityOfNanos(BigInt(units) * unitNanos, 'BinarySI').text
