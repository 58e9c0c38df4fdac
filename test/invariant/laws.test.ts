import { describe, expect, test } from 'vitest'
import { checkLaws, LAWS, type LawFamily } from '../../src/invariant/index.js'
import { artificialTrace } from './artificial-trace.js'
import { CASES } from './cases/index.js'

/** They look at objects beside the rows, which an artificial trace has not: law-monitor.test.ts shows them. */
const OF_THE_OBJECTS = ['transition-time-moves-with-status', 'endpoints-catch-up', 'endpoint-of-a-selected-pod']

/** They look at workloads, which an artificial trace has not: test/broken-engines shows that each notices, random runs that it is kept. */
const OF_WORKLOADS: readonly LawFamily[] = [
  'owners',
  'deployments',
  'stateful sets',
  'daemon sets',
  'jobs',
  'disruptions',
]

test('every law has a case', () => {
  expect([...new Set(CASES.map(({ law }) => law))].sort()).toEqual(
    LAWS.filter(({ family }) => !OF_WORKLOADS.includes(family))
      .map(({ name }) => name)
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
