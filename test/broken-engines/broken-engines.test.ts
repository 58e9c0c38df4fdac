import { fc } from '@fast-check/vitest'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { planOf, scenarios } from '../../src/fuzz/index.js'
import { LAWS, LawMonitor, lawContextOf } from '../../src/invariant/index.js'
import type { Plan } from '../../src/scenario/index.js'
import type { Trace } from '../../src/trace/index.js'
import { BrokenEngines, edited } from './broken-engine.js'
import { HAND_PICKED } from './hand-picked.js'
import { MUTANTS } from './mutants.js'

/** As many as it takes until the law notices. */
const SCENARIOS = 400

/** Hand-picked scenarios first, then random ones. Reactions are the spec room's, which runs the whole engine only. */
const plans = (): Plan[] =>
  [...HAND_PICKED, ...fc.sample(scenarios(), { numRuns: SCENARIOS, seed: 20250101 })]
    .map(planOf)
    .filter(({ reactions }) => reactions === undefined)

/** The names of the laws that a run broke. */
function brokenLaws(trace: Trace): Set<string> {
  const laws = new LawMonitor(lawContextOf(trace))
  for (let number = 0; number < trace.rows.length; number++) {
    const { time, kind, object, a, b, c, cause } = trace.rows.at(number)
    laws.row(number, time, kind, object, a, b, c, cause)
  }
  const ending = trace.outcome === 'quiescent' ? 'quiescent' : 'horizon'
  return new Set(laws.finish(trace.end, ending).map(({ law }) => law))
}

describe('a broken engine', () => {
  const engines = new BrokenEngines()
  let cases: readonly Plan[]
  beforeAll(() => {
    cases = plans()
  })
  afterAll(() => engines.remove())

  test('is there for every law, and for nothing else', () => {
    expect([...new Set(MUTANTS.map(({ law }) => law))].sort()).toEqual(LAWS.map(({ name }) => name).sort())
  })

  test('is refused where the text to break is gone, or there twice', () => {
    const edit = { file: 'kubelet/pleg.js', find: 'one', replace: 'two' }
    expect(edited('one and another', edit)).toBe('two and another')
    expect(() => edited('one or one', edit)).toThrow('kubelet/pleg.js: the text to break is there more than once:\none')
    expect(() => edited('', edit)).toThrow('kubelet/pleg.js: the text to break is not there any more:\none')
  })

  test.each(MUTANTS)('that $does breaks $law', async mutant => {
    const engine = await engines.load(mutant)
    const others = new Set<string>()
    for (const [seed, plan] of cases.entries()) {
      const broken = attempt(() => brokenLaws(engine.run(plan, { seed })))
      if (broken.has(mutant.law)) return
      for (const law of broken) others.add(law)
    }
    expect.fail(`${mutant.law} noticed nothing; noticed by ${[...others].join(', ') || 'no law'}`)
  })
})

/** A broken engine may end in an error: that is no finding of a law. */
function attempt(act: () => Set<string>): Set<string> {
  try {
    return act()
  } catch {
    return new Set()
  }
}
