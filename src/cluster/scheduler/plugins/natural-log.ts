/**
 * The natural logarithm of a whole number above 0, by additions, multiplications and divisions alone: the same bits on every
 * machine, which `Math.log` does not promise.
 *
 * The method is FreeBSD's e_log.c, which Go's `math.Log` is too, so that scores round alike.
 */
export function naturalLog(whole: number): number {
  let fraction = whole
  let exponent = 0
  while (fraction >= 1) {
    fraction /= 2
    exponent++
  }
  if (fraction < HALF_SQRT_2) {
    fraction *= 2
    exponent--
  }
  const f = fraction - 1
  const s = f / (2 + f)
  const s2 = s * s
  const s4 = s2 * s2
  const odd = s2 * (L1 + s4 * (L3 + s4 * (L5 + s4 * L7)))
  const even = s4 * (L2 + s4 * (L4 + s4 * L6))
  const half = 0.5 * f * f
  return exponent * LN2_HIGH - (half - (s * (half + odd + even) + exponent * LN2_LOW) - f)
}

const HALF_SQRT_2 = Math.SQRT1_2
const LN2_HIGH = 0.6931471803691238
const LN2_LOW = 1.9082149292705877e-10
const L1 = 0.6666666666666735
const L2 = 0.3999999999940942
const L3 = 0.2857142874366239
const L4 = 0.22222198432149784
const L5 = 0.1818357216161805
const L6 = 0.15313837699209373
const L7 = 0.14798198605116586
