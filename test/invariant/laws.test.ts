import { describe, expect, test } from 'vitest'
import { checkLaws, LAWS } from '../../src/invariant/index.js'
import { artificialTrace } from './artificial-trace.js'
import { CASES } from './cases/index.js'

/** They look at objects beside the rows, which an artificial trace has not: law-monitor.test.ts and test/broken-engines show them. */
const OF_THE_OBJECTS = [
  'transition-time-moves-with-status',
  'endpoints-catch-up',
  'endpoint-of-a-selected-pod',
  'starts-with-bound-claims',
]

test('every law has a case', () => {
  expect([...new Set(CASES.map(({ law }) => law))].sort()).toEqual(
    LAWS.map(({ name }) => name)
      .filter(name => !OF_THE_OBJECTS.includes(name))
      .sort(),
  )
})

describe.each(CASES)('$law', ({ law, when, options = {}, lawful, broken, brokenOptions, says }) => {
  test(`is kept where ${when}`, () => {
    // A few rows leave out much that other laws ask for.
    expect(checkLaws(artificialTrace(lawful, options)).filter(each => each.law === law)).toEqual([])
  })

  test('is found broken', () => {
    const found = checkLaws(artificialTrace(broken, brokenOptions ?? options)).filter(each => each.law === law)
    expect(found.map(({ text }) => text)).toEqual([says])
  })

  test('is not looked at where it is off', () => {
    const found = checkLaws(artificialTrace(broken, brokenOptions ?? options), { off: [law] })
    expect(found.filter(each => each.law === law)).toEqual([])
  })
})
