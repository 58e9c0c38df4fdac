import { describe, expect, test } from 'vitest'
import { checkLaws, LAWS } from '../../src/invariant/index.js'
import { artificialTrace } from './artificial-trace.js'
import { NODE_CASES } from './cases/node-cases.js'
import { ORDER_CASES } from './cases/order-cases.js'
import { PROBE_CASES } from './cases/probe-cases.js'
import { RESTART_CASES } from './cases/restart-cases.js'
import { RUNTIME_CASES } from './cases/runtime-cases.js'
import { STATUS_CASES } from './cases/status-cases.js'
import { TERMINATION_CASES } from './cases/termination-cases.js'

const CASES = [
  ...ORDER_CASES,
  ...RESTART_CASES,
  ...TERMINATION_CASES,
  ...PROBE_CASES,
  ...STATUS_CASES,
  ...RUNTIME_CASES,
  ...NODE_CASES,
]

/** Its trace says the transition times itself: no artificial rows can break it. */
const OF_THE_OBJECTS = 'transition-time-moves-with-status'

test('every law has a case', () => {
  expect(CASES.map(({ law }) => law).sort()).toEqual(
    LAWS.map(({ name }) => name)
      .filter(name => name !== OF_THE_OBJECTS)
      .sort(),
  )
})

describe.each(CASES)('$law', ({ law, when, options = {}, lawful, broken, brokenOptions, says }) => {
  test(`is kept where ${when}`, () => {
    expect(checkLaws(artificialTrace(lawful, options))).toEqual([])
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
