import { expect, test } from 'vitest'
import { OP } from '../../src/cluster/contract/index.js'

test('every operation of the queue has a number of its own, small enough for the address of a tie', () => {
  const numbers = Object.values(OP)
  expect(new Set(numbers).size).toBe(numbers.length)
  expect(Math.max(...numbers)).toBeLessThan(64)
})
