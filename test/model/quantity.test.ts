import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addQuantities,
  compareQuantities,
  milliValue,
  parseQuantity,
  quantityOfNanos,
  readQuantity,
  wholeValue,
} from '../../src/model/index.js'

const text = (written: string): string => parseQuantity(written).text

describe('readQuantity', () => {
  test.each([
    ['0', '0'],
    ['-0', '0'],
    ['0Ki', '0'],
    ['100m', '100m'],
    ['0.1', '100m'],
    ['1.5', '1500m'],
    ['1000m', '1'],
    ['1024Mi', '1Gi'],
    ['1.5Gi', '1536Mi'],
    ['0.5Ki', '512'],
    ['1000k', '1M'],
    ['1000e3', '1e6'],
    ['2E', '2E'],
    ['0.0000000001', '1n'],
    ['-1.5', '-1500m'],
    ['.5', '500m'],
    [' 5 ', '5'],
    ['1.0', '1'],
  ])('%s is printed as %s', (written, printed) => {
    expect(text(written)).toBe(printed)
  })

  // ParseQuantity takes these for canonical at first sight.
  test.each(['500m', '3Mi', '1.500', '012Mi', '1e3', '12E6', '+5', '5.'])('%s is kept as it was written', written => {
    expect(text(written)).toBe(written)
  })

  test.each(['', ' ', 'abc', '1 Gi', '1,5', '1.2.3', '1Gb', '1KiB', '0x10', '५'])('%j has the wrong form', written => {
    expect(readQuantity(written)).toEqual({
      problem: "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    })
  })

  test.each(['1ki', '1mi', '1e', '1GG', '--1', '1e1001'])('%s has a suffix that is none', written => {
    expect(readQuantity(written)).toEqual({ problem: "unable to parse quantity's suffix" })
  })

  test('an amount beyond 2^63 bytes is cut off there if it is binary', () => {
    expect(text('16Ei')).toBe('9223372036854775807')
    expect(text('16E')).toBe('16E')
  })

  test('what is finer than a billionth is rounded away from zero', () => {
    expect(parseQuantity('1.0000000001').nanos).toBe(1_000_000_001n)
    expect(parseQuantity('-1.0000000001').nanos).toBe(-1_000_000_001n)
  })

  test('every amount survives being printed and read again, and the printed form is final', () => {
    const formats = fc.constantFrom('DecimalSI', 'BinarySI', 'DecimalExponent' as const)
    const nanos = fc.bigInt({ min: -(1n << 63n) * 1_000_000_000n, max: ((1n << 63n) - 1n) * 1_000_000_000n })
    const roundish = fc.tuple(nanos, fc.integer({ min: 0, max: 27 })).map(([n, zeros]) => {
      const unit = 10n ** BigInt(zeros)
      return (n / unit) * unit
    })
    fc.assert(
      fc.property(roundish, formats, (amount, format) => {
        const quantity = quantityOfNanos(amount, format)
        const again = parseQuantity(quantity.text)
        expect(again.nanos).toBe(amount)
        expect(parseQuantity(again.text)).toEqual(again)
      }),
    )
  })

  test('any text is either a quantity or answered with a problem', () => {
    const digits = fc.stringMatching(/^[-+]?[0-9.]{0,12}[eEinumkKMGTP]{0,2}[-+]?[0-9]{0,3}$/)
    fc.assert(
      fc.property(fc.oneof(fc.string(), digits), written => {
        const quantity = readQuantity(written)
        if ('problem' in quantity) expect(quantity.problem).toMatch(/quantit/)
        else expect(parseQuantity(quantity.text).nanos).toBe(quantity.nanos)
      }),
    )
  })
})

describe('parseQuantity', () => {
  test('throws the problem of a text that is no quantity', () => {
    expect(() => parseQuantity('lots')).toThrow(
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    )
  })
})

describe('amounts', () => {
  test('are compared by what they are, not by how they are written', () => {
    expect(compareQuantities(parseQuantity('1Gi'), parseQuantity('1024Mi'))).toBe(0)
    expect(compareQuantities(parseQuantity('1G'), parseQuantity('1Gi'))).toBe(-1)
    expect(compareQuantities(parseQuantity('2'), parseQuantity('1999m'))).toBe(1)
  })

  test('are added exactly, and written as the first was', () => {
    expect(addQuantities(parseQuantity('100m'), parseQuantity('0.9')).text).toBe('1')
    expect(addQuantities(parseQuantity('1Gi'), parseQuantity('24M')).text).toBe('1097741824')
    expect(addQuantities(parseQuantity('0'), parseQuantity('64Mi')).text).toBe('64Mi')
  })

  test('are rounded up to whole units and to thousandths', () => {
    expect([wholeValue('1.1'), wholeValue('1Ki'), wholeValue('-1.1')]).toEqual([2, 1024, -2])
    expect([milliValue('1.5'), milliValue('1u'), milliValue('2')]).toEqual([1500, 1, 2000])
  })
})
