import { PodwrightError } from '../errors/index.js'

/** How a quantity was written, and will be written again. */
export type QuantityFormat = 'DecimalSI' | 'BinarySI' | 'DecimalExponent'

/**
 * An amount of a resource, exact: Kubernetes keeps nine decimal places and rounds anything finer away from zero.
 *
 * `text` is what the API server prints: the canonical form (`1500m` for `1.5`, `1Gi` for `1024Mi`).
 */
export interface Quantity {
  readonly nanos: bigint
  readonly format: QuantityFormat
  readonly text: string
}

/** Why a text is no quantity, in the API server's words. */
export interface QuantityProblem {
  readonly problem: string
}

const WRONG_FORM = {
  problem: "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
} as const
const WRONG_SUFFIX = { problem: "unable to parse quantity's suffix" } as const

const SHAPE = /^([+-]?)0*([0-9]*)(?:\.([0-9]*))?([eEinumkKMGTP]*[-+]?[0-9]*)$/
const DECIMAL: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 }
const BINARY: Readonly<Record<string, number>> = { Ki: 10, Mi: 20, Gi: 30, Ti: 40, Pi: 50, Ei: 60 }
const DECIMAL_BY_EXPONENT = new Map(Object.entries(DECIMAL).map(([suffix, exponent]) => [exponent, suffix]))
const BINARY_SUFFIXES = ['', ...Object.keys(BINARY)]

const NANO = 1_000_000_000n
const LARGEST_BINARY = ((1n << 63n) - 1n) * NANO
const ZERO: Quantity = { nanos: 0n, format: 'DecimalSI', text: '0' }

/** Upstream keeps any exponent; its digits have to be held here, so that a number is refused beyond this many of them. */
const LARGEST_EXPONENT = 1000

/**
 * Reads a quantity such as `500m`, `1.5Gi` or `2e3`; the answer to a text that is none says why, in the API server's words.
 *
 * apimachinery: pkg/api/resource/quantity.go ParseQuantity, v1.32.
 */
export function readQuantity(text: string): Quantity | QuantityProblem {
  const trimmed = text.trim()
  if (trimmed === '') return WRONG_FORM
  if (/^[+-]?0*$/.test(trimmed)) return ZERO
  const match = SHAPE.exec(trimmed)
  if (match === null) return WRONG_FORM
  const [, sign, whole, fraction = '', suffix] = match
  const digits = { whole: whole === '' ? '0' : whole, fraction }
  const unit = readSuffix(suffix)
  if (unit === undefined) return WRONG_SUFFIX
  const unsigned = unit.format === 'BinarySI' ? binaryNanos(digits, unit.exponent) : decimalNanos(digits, unit.exponent)
  const nanos = sign === '-' ? -unsigned : unsigned
  const format = unit.format === 'BinarySI' && unsigned < NANO && unsigned > 0n ? 'DecimalSI' : unit.format
  const kept = isKeptAsWritten(digits, unit) ? trimmed : undefined
  return { nanos, format, text: kept ?? canonicalText(nanos, format) }
}

/**
 * Parses a quantity that is known to be one, as in a validated object.
 *
 * @throws PodwrightError `MANIFEST_DECODING` with the API server's words.
 */
export function parseQuantity(text: string): Quantity {
  const quantity = readQuantity(text)
  if ('problem' in quantity) throw new PodwrightError({ code: 'MANIFEST_DECODING', problem: quantity.problem })
  return quantity
}

/** Makes a quantity out of billionths, for sums and differences. */
export const quantityOfNanos = (nanos: bigint, format: QuantityFormat): Quantity => ({
  nanos,
  format,
  text: canonicalText(nanos, format),
})

/** Compares two quantities: below zero, zero, above zero. */
export const compareQuantities = (a: Quantity, b: Quantity): number =>
  a.nanos < b.nanos ? -1 : a.nanos > b.nanos ? 1 : 0

/** Adds two quantities; the sum is written as the first is, unless that is zero. Go: Quantity.Add. */
export const addQuantities = (a: Quantity, b: Quantity): Quantity =>
  quantityOfNanos(a.nanos + b.nanos, a.nanos === 0n ? b.format : a.format)

/** The amount in whole units (bytes of memory), rounded up as Go's `Quantity.Value` does; exact up to 2^53. */
export const wholeValue = (text: string): number => scaledUp(text, NANO)

/** The amount in thousandths (millicores of CPU), rounded up as Go's `Quantity.MilliValue` does; exact up to 2^53. */
export const milliValue = (text: string): number => scaledUp(text, 1_000_000n)

function scaledUp(text: string, unit: bigint): number {
  const { nanos } = parseQuantity(text)
  return Number(divideAwayFromZero(nanos, unit))
}

function divideAwayFromZero(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor
  if (quotient * divisor === dividend) return quotient
  return dividend < 0n ? quotient - 1n : quotient + 1n
}

interface Unit {
  readonly exponent: number
  readonly format: QuantityFormat
}

interface Digits {
  readonly whole: string
  readonly fraction: string
}

function readSuffix(suffix: string): Unit | undefined {
  if (suffix in DECIMAL) return { exponent: DECIMAL[suffix], format: 'DecimalSI' }
  if (suffix in BINARY) return { exponent: BINARY[suffix], format: 'BinarySI' }
  const exponent = /^[eE]([+-]?[0-9]+)$/.exec(suffix)
  if (exponent === null || Math.abs(Number(exponent[1])) > LARGEST_EXPONENT) return undefined
  return { exponent: Number(exponent[1]), format: 'DecimalExponent' }
}

function decimalNanos({ whole, fraction }: Digits, exponent: number): bigint {
  const places = exponent - fraction.length + 9
  const unscaled = BigInt(whole + fraction)
  return places >= 0 ? unscaled * 10n ** BigInt(places) : divideAwayFromZero(unscaled, 10n ** BigInt(-places))
}

function binaryNanos({ whole, fraction }: Digits, exponent: number): bigint {
  const nanos = divideAwayFromZero(
    (BigInt(whole + fraction) << BigInt(exponent)) * NANO,
    10n ** BigInt(fraction.length),
  )
  return nanos > LARGEST_BINARY ? LARGEST_BINARY : nanos
}

/**
 * Tells whether Kubernetes keeps a quantity's text as it was written, because its quick check takes it for canonical
 * (`1.500` and `012Mi` pass, and are printed like that).
 */
function isKeptAsWritten({ whole, fraction }: Digits, { exponent, format }: Unit): boolean {
  if (format === 'BinarySI') {
    if (fraction !== '' || 14 - whole.length - Math.trunc((exponent * 3) / 10) < 0) return false
    return (BigInt(whole) & 7n) !== 0n
  }
  const scale = exponent - fraction.length
  const all = whole + fraction
  if (all.length > 18 || scale < -9) return false
  return scale % 3 === 0 && !all.endsWith('000') && all[0] !== '0'
}

/** apimachinery: Quantity.CanonicalizeBytes: no precision lost, no fraction, the suffix as large as possible. */
function canonicalText(nanos: bigint, format: QuantityFormat): string {
  if (nanos === 0n) return '0'
  const magnitude = nanos < 0n ? -nanos : nanos
  const sign = nanos < 0n ? '-' : ''
  if (format === 'BinarySI' && magnitude >= 1024n * NANO && magnitude % NANO === 0n) {
    return sign + binaryText(magnitude / NANO)
  }
  return sign + decimalText(magnitude, format)
}

function binaryText(whole: bigint): string {
  let amount = whole
  let power = 0
  while (amount % 1024n === 0n && power < BINARY_SUFFIXES.length - 1) {
    amount /= 1024n
    power++
  }
  return `${amount}${BINARY_SUFFIXES[power]}`
}

function decimalText(magnitude: bigint, format: QuantityFormat): string {
  let amount = magnitude
  let exponent = -9
  while (amount % 1000n === 0n) {
    amount /= 1000n
    exponent += 3
  }
  if (exponent === 0) return `${amount}`
  const suffix = format === 'DecimalExponent' ? undefined : DECIMAL_BY_EXPONENT.get(exponent)
  return `${amount}${suffix ?? `e${exponent}`}`
}
