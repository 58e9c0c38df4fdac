import { goQuote } from './go-text.js'

const DECIMAL: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 }

/**
 * Prints a quantity as Go's `%#v` does, for the one message that quotes it like that (`must be an integer`): mantissa and
 * power of ten as they were parsed, and the text only where the parser kept it.
 *
 * apimachinery: pkg/api/resource/quantity.go ParseQuantity, v1.32. Amounts beyond 18 digits print their pointer there and are
 * only approximated here.
 */
export function goQuantity(text: string): string {
  const match = /^([+-]?)0*([0-9]*)(?:\.([0-9]*))?([eE][+-]?[0-9]+|[numkMGTPE]?)(i?)$/.exec(text)
  if (match === null) return `resource.Quantity{${goQuote(text)}}`
  const [, sign, whole, fraction = '', suffix, binary] = match
  const digits = (whole === '' ? '0' : whole) + fraction
  const isExponent = suffix.length > 1
  const exponent = (isExponent ? Number(suffix.slice(1)) : (DECIMAL[suffix] ?? 0)) - fraction.length
  const scale = Math.max(exponent, -3)
  const value = scaledUp(BigInt(digits), scale - exponent)
  const isKept = exponent === scale && scale % 3 === 0 && !digits.endsWith('000') && digits[0] !== '0' && binary === ''
  const format = isExponent ? 'DecimalExponent' : 'DecimalSI'
  const amount = `resource.int64Amount{value:${sign === '-' ? '-' : ''}${value}, scale:${scale}}`
  const kept = goQuote(isKept ? text : '')
  return `resource.Quantity{i:${amount}, d:resource.infDecAmount{Dec:(*inf.Dec)(nil)}, s:${kept}, Format:"${format}"}`
}

/** Drops decimal places and rounds up, as defaulting does with what is finer than a thousandth. */
function scaledUp(value: bigint, places: number): bigint {
  const divisor = 10n ** BigInt(places)
  return (value + divisor - 1n) / divisor
}
