import { describe, expect, test } from 'vitest'
import {
  firstDifference,
  judge,
  type Observed,
  type Recording,
  Reference,
  replay,
  ruleOf,
  scoreOf,
  sideBySide,
} from '../../src/conformance/index.js'
import { later, recordingOfTheModel } from './recordings.js'

const recording = recordingOfTheModel()

const phases = (...entries: readonly (readonly [number, string])[]): Observed =>
  ({ phase: entries.map(([t, phase]) => ({ t, phase })) }) as unknown as Observed

const ofPhases = (...runs: readonly Observed[]): Reference =>
  new Reference({ ...recording, duration: 60, runs } as Recording)

const problems = (reference: Reference, observed: Observed): string[] =>
  reference.compare(observed).differences.map(({ aspect, problem }) => `${aspect}: ${problem}`)

describe('a comparison', () => {
  test('finds no difference between a run and itself', () => {
    const { differences, wording } = new Reference(recording).compare(recording.runs[0])
    expect({ differences, wording }).toEqual({ differences: [], wording: [] })
  })

  test('overlooks a state that a relist may have hidden, and no longer one', () => {
    const real = ofPhases(phases([0, 'Pending'], [5, 'Running'], [20, 'Succeeded']))
    expect(problems(real, phases([0, 'Pending'], [5, 'Running'], [18.6, 'Unknown'], [20, 'Succeeded']))).toEqual([])
    expect(problems(real, phases([0, 'Pending'], [5, 'Running'], [18.4, 'Unknown'], [20, 'Succeeded']))).toEqual([
      'phase: sequence',
    ])
  })

  test('allows an instant the spread of the real runs and one relist', () => {
    const real = ofPhases(phases([0, 'Pending'], [5, 'Running']), phases([0, 'Pending'], [7, 'Running']))
    expect(problems(real, phases([0, 'Pending'], [10, 'Running']))).toEqual([])
    expect(problems(real, phases([0, 'Pending'], [10.2, 'Running']))).toEqual(['phase: 0.2 s outside the allowed time'])
  })

  test('judges the removal of the object beyond the end of the recording', () => {
    const gone = (deletedAt: number | null): Observed => ({ ...phases([0, 'Pending']), deletedAt })
    expect(problems(ofPhases(gone(61)), gone(null))).toEqual(['deleted: not removed, in reality at 61.0 s'])
    expect(problems(ofPhases(gone(null)), gone(30))).toEqual(['deleted: removed at 30.0 s, in reality never'])
  })

  test('counts Events within fifteen percent', () => {
    const written = (count: number): Observed => ({
      events: Array.from({ length: count }, () => ({
        t: 10,
        type: 'Warning',
        reason: 'BackOff',
        message: '',
        count: 1,
        source: 'kubelet',
      })),
    })
    expect(problems(ofPhases(written(20)), written(24))).toEqual([])
    expect(problems(ofPhases(written(20)), written(25))).toEqual(['count BackOff/: written 25 times, in reality 20'])
  })

  test('tells texts that are missing, and those that no real run showed', () => {
    const saying = (message: string): Observed =>
      ({ phase: [{ t: 0, phase: 'Failed', message }] }) as unknown as Observed
    const { wording } = ofPhases(saying('Pod p_a-crashing(1-2) is gone')).compare(saying('Pod p_x(3-4) went'))
    expect(wording).toEqual([
      'missing phase: Pod p_<namespace>(<uid>) is gone',
      'never in reality: phase: Pod p_<namespace>(<uid>) went',
    ])
  })
})

describe('a verdict', () => {
  test('names the first difference, the rules behind it, and the row with which the model parted', () => {
    const verdict = judge({ ...recording, runs: recording.runs.map(run => later(run, 20)) }, 0)
    expect(verdict.isMatched).toBe(false)
    const first = firstDifference(verdict.differences.filter(({ aspect }) => aspect === 'phase'))
    expect(first).toMatchObject({ aspect: 'phase', at: expect.any(Number) })
    const { rules, row } = ruleOf(verdict.canonical.trace, first!)
    expect(rules).toBe('R-801 … R-806 (getPhase)')
    expect(verdict.canonical.trace.symbols.text(row!.a)).toBe('Pending')
  })

  test('counts a recording that only a seeded run matches as matched by some', () => {
    const seeded = replay(recording, 3).observed
    const verdict = judge({ ...recording, runs: [seeded] }, 5)
    expect(verdict.isMatchedBySome).toBe(true)
  })

  test('hands every run on, the canonical one first', () => {
    const seeds: number[] = []
    judge(recording, 3, seed => seeds.push(seed))
    expect(seeds).toEqual([0, 1, 2, 3])
  })
})

test('the score counts the classes A to I and O, and P is only told', () => {
  const verdictOf = (name: string, isMatched: boolean) => ({
    ...judge(recording, 0),
    class: name,
    isMatched,
    isMatchedBySome: undefined,
  })
  const score = scoreOf([verdictOf('O', true), verdictOf('A', false), verdictOf('P', false), verdictOf('A', true)])
  expect(score).toMatchObject({ matched: 2, total: 4, score: 200 / 3, perClass: { A: { matched: 1, total: 2 } } })
  expect(Object.keys(score.perClass)).toEqual(['A', 'O', 'P'])
  expect(scoreOf([]).score).toBeNull()
})

test('two sequences lie beside one another in the order of time', () => {
  const entries = (...list: readonly (readonly [number, string])[]) => list.map(([t, value]) => ({ t, value }))
  const lines = sideBySide(entries([0, 'a'], [2, 'b'], [9, 'd']), entries([0, 'a'], [5, 'c'], [8, 'd']))
  expect(lines.map(({ expected, observed }) => [expected?.value, observed?.value])).toEqual([
    ['a', 'a'],
    ['b', undefined],
    [undefined, 'c'],
    ['d', 'd'],
  ])
})
