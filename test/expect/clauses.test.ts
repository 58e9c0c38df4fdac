import { describe, expect, test } from 'vitest'
import type { Bound, Clause, ContainerName, Level, Occurrence } from '../../src/expect/index.js'
import { type Story, told, verdictOn, WEB } from './stories.js'

const app: ContainerName = { pod: 'web', container: 'app' }
const ready: Level = { kind: 'ready', container: app }
const alive: Level = { kind: 'alive', container: app }
const starts: Occurrence = { kind: 'started', container: app }
const exits: Occurrence = { kind: 'exited', container: app }
const terminates: Occurrence = { kind: 'signalled', container: app, signal: 'SIGTERM' }
const kills: Occurrence = { kind: 'signalled', container: app, signal: 'SIGKILL' }
const deleted: Occurrence = { kind: 'deleted', pod: 'web' }
const horizon = { outcome: 'horizon', end: 100 } as const

/** Starts at 10, is ready from 20 to 50, is deleted at 40 and gets SIGTERM at once, exits at 60. */
const life = (story: Story): void => {
  story.at(10).starts()
  story.at(20).isReady()
  story.at(40).isDeleted()
  story.terminates()
  story.at(50).isReady(false)
  story.at(60).exits(0)
}
const ofLife = (clause: Clause): string => verdictOn(clause, told(life))

const response = (trigger: Occurrence, then: Level | Occurrence, bound?: Bound): Clause => ({
  kind: 'response',
  trigger,
  then,
  bound,
})

describe('always and never', () => {
  test('always holds while the level is so at every instant, and names the instant at which it is not', () => {
    expect(ofLife({ kind: 'always', level: { kind: 'exists', pod: 'web' } })).toBe('holds')
    expect(ofLife({ kind: 'always', level: { kind: 'or', levels: [alive, { kind: 'not', level: ready }] } })).toBe(
      'holds',
    )
    expect(ofLife({ kind: 'always', level: { kind: 'not', level: ready } })).toBe('violated at 20 by row 2')
  })

  test('a level that is so only between two rows of one instant has never been so', () => {
    const flicker = told(story => {
      story.at(10).isReady()
      story.isReady(false)
    })
    expect(verdictOn({ kind: 'never', what: ready }, flicker)).toBe('holds')
    expect(verdictOn({ kind: 'never', what: { kind: 'becomes', level: ready } }, flicker)).toBe(
      'violated at 10 by row 1',
    )
  })

  test('the beginning is an instant, even where no row is', () => {
    expect(ofLife({ kind: 'always', level: alive })).toBe('violated at 0 by row 0')
    expect(
      verdictOn(
        { kind: 'never', what: { kind: 'not', level: alive } },
        told(story => story.starts()),
      ),
    ).toBe('holds')
  })

  test('never of something that happens is violated by its first row', () => {
    expect(ofLife({ kind: 'never', what: kills })).toBe('holds')
    expect(ofLife({ kind: 'never', what: terminates })).toBe('violated at 40 by row 4')
  })
})

describe('stays', () => {
  const stays = (ms: number): Clause => ({ kind: 'stays', level: ready, ms })

  test('it holds where the level lasts longer than asked, and not where it lasts exactly as long', () => {
    expect(ofLife(stays(29))).toBe('holds')
    expect(ofLife(stays(30))).toBe('violated at 50 by row 5, set off by row 2')
  })

  test('what never becomes so is vacuous', () => {
    expect(
      verdictOn(
        stays(1),
        told(() => {}),
      ),
    ).toBe('vacuous')
  })

  test('what is so at the end stays so for good, but a horizon leaves it open', () => {
    const late = (story: Story): void => void story.at(90).isReady()
    expect(verdictOn(stays(20), told(late))).toBe('holds')
    expect(verdictOn(stays(20), told(late, horizon))).toBe('open until 110, set off by row 1')
    expect(verdictOn(stays(10), told(late, horizon))).toBe('holds')
  })
})

describe('count', () => {
  const count = (is: 'exactly' | 'atLeast' | 'atMost', wanted: number): Clause => ({
    kind: 'count',
    is,
    count: wanted,
    what: starts,
  })
  const twice = (story: Story): void => {
    story.at(10).starts()
    story.at(20).starts()
  }

  test('one too many is violated by its row, one too few by the end', () => {
    expect(verdictOn(count('atMost', 1), told(twice))).toBe('violated at 20 by row 2')
    expect(verdictOn(count('exactly', 1), told(twice))).toBe('violated at 20 by row 2')
    expect(verdictOn(count('exactly', 2), told(twice))).toBe('holds')
    expect(verdictOn(count('atLeast', 3), told(twice))).toBe('violated at 100 by row -1')
  })

  test('a horizon leaves open what may still come, and nothing else', () => {
    expect(verdictOn(count('atLeast', 3), told(twice, horizon))).toBe('open')
    expect(verdictOn(count('exactly', 3), told(twice, horizon))).toBe('open')
    expect(verdictOn(count('atMost', 2), told(twice, horizon))).toBe('holds')
    expect(verdictOn(count('atLeast', 2), told(twice, horizon))).toBe('holds')
  })
})

describe('monotonic', () => {
  const clause: Clause = { kind: 'monotonic', container: app }

  test('a count that falls is violated, one that rises holds, and no status at all is vacuous', () => {
    const rises = told(story => [1, 2, 3].map(story.restarts))
    expect(verdictOn(clause, rises)).toBe('holds')
    expect(
      verdictOn(
        clause,
        told(story => [2, 1].map(story.restarts)),
      ),
    ).toBe('violated at 0 by row 2')
    expect(
      verdictOn(
        clause,
        told(() => {}),
      ),
    ).toBe('vacuous')
  })

  test('another pod of the same name counts anew', () => {
    const again = told(story => {
      story.restarts(2)
      story.isGone()
      story.row(1, WEB)
      story.restarts(1)
    })
    expect(verdictOn(clause, again)).toBe('holds')
  })
})

describe('eventually', () => {
  const eventually = (what: Level | Occurrence, bound?: Bound): Clause => ({ kind: 'eventually', what, bound })

  test('what comes holds, what does not is violated at the end, or open where the horizon cut the run', () => {
    expect(ofLife(eventually(exits))).toBe('holds')
    expect(ofLife(eventually(kills))).toBe('violated at 100 by row -1')
    expect(verdictOn(eventually(kills), told(life, horizon))).toBe('open')
  })

  test('within is closed, and violated at its deadline', () => {
    expect(ofLife(eventually(exits, { kind: 'within', ms: 60 }))).toBe('holds')
    expect(ofLife(eventually(exits, { kind: 'within', ms: 59 }))).toBe('violated at 59 by row -1')
    expect(verdictOn(eventually(kills, { kind: 'within', ms: 101 }), told(life, horizon))).toBe('open until 101')
    expect(verdictOn(eventually(kills, { kind: 'within', ms: 100 }), told(life, horizon))).toBe(
      'violated at 100 by row -1',
    )
    expect(ofLife(eventually(kills, { kind: 'within', ms: 200 }))).toBe('violated at 200 by row -1')
  })

  test('at is exact but for its tolerance; a level need only be so at some moment of it', () => {
    expect(ofLife(eventually(exits, { kind: 'at', ms: 60 }))).toBe('holds')
    expect(ofLife(eventually(exits, { kind: 'at', ms: 61 }))).toBe('violated at 61 by row -1')
    expect(ofLife(eventually(exits, { kind: 'at', ms: 62, toleranceMs: 2 }))).toBe('holds')
    expect(ofLife(eventually(ready, { kind: 'at', ms: 35 }))).toBe('holds')
    expect(ofLife(eventually(ready, { kind: 'at', ms: 50 }))).toBe('violated at 50 by row -1')
    expect(ofLife(eventually(ready, { kind: 'at', ms: 50, toleranceMs: 1 }))).toBe('holds')
  })

  test('noSoonerThan is open at its end, after must come and be later', () => {
    expect(ofLife(eventually(exits, { kind: 'noSoonerThan', ms: 60 }))).toBe('holds')
    expect(ofLife(eventually(exits, { kind: 'noSoonerThan', ms: 61 }))).toBe('violated at 60 by row 6')
    expect(ofLife(eventually(kills, { kind: 'noSoonerThan', ms: 500 }))).toBe('holds')
    expect(verdictOn(eventually(kills, { kind: 'noSoonerThan', ms: 500 }), told(life, horizon))).toBe('open until 499')
    expect(ofLife(eventually(exits, { kind: 'after', ms: 59 }))).toBe('holds')
    expect(ofLife(eventually(exits, { kind: 'after', ms: 60 }))).toBe('violated at 60 by row 6')
    expect(ofLife(eventually(kills, { kind: 'after', ms: 60 }))).toBe('violated at 100 by row -1')
  })

  test('for is throughout, both ends included', () => {
    const unready: Level = { kind: 'not', level: ready }
    expect(ofLife(eventually(unready, { kind: 'for', ms: 19 }))).toBe('holds')
    expect(ofLife(eventually(unready, { kind: 'for', ms: 20 }))).toBe('violated at 20 by row 2')
    expect(verdictOn(eventually({ kind: 'exists', pod: 'web' }, { kind: 'for', ms: 101 }), told(life, horizon))).toBe(
      'open until 101',
    )
  })
})

describe('response', () => {
  test('each trigger wants its answer, counted from its own row', () => {
    expect(ofLife(response(deleted, terminates, { kind: 'immediately' }))).toBe('holds')
    expect(ofLife(response(deleted, exits, { kind: 'at', ms: 20 }))).toBe('holds')
    expect(ofLife(response(deleted, exits, { kind: 'within', ms: 19 }))).toBe(
      'violated at 59 by row 3, set off by row 3',
    )
    expect(ofLife(response(starts, ready, { kind: 'within', ms: 10 }))).toBe('holds')
  })

  test('a trigger that never comes makes it vacuous, and orVacuous makes it hold', () => {
    const clause = response(kills, exits)
    expect(ofLife(clause)).toBe('vacuous')
    expect(ofLife({ kind: 'orVacuous', clause })).toBe('holds')
  })

  test('what answers before the trigger, in the same instant, is no answer', () => {
    const early = told(story => {
      story.at(40).terminates()
      story.isDeleted()
    })
    expect(verdictOn(response(deleted, terminates, { kind: 'immediately' }), early)).toBe(
      'violated at 40 by row 2, set off by row 2',
    )
  })

  test('of several obligations the earliest decision counts', () => {
    const thrice = told(story => [10, 20, 30].map(time => story.at(time).starts()))
    expect(verdictOn(response(starts, exits, { kind: 'within', ms: 15 }), thrice)).toBe(
      'violated at 25 by row 1, set off by row 1',
    )
    expect(verdictOn(response(starts, exits, { kind: 'within', ms: 500 }), thrice)).toBe(
      'violated at 510 by row 1, set off by row 1',
    )
  })

  test('the smallest deadline beyond the horizon would decide it first', () => {
    const twice = told(story => [90, 95].map(time => story.at(time).starts()), horizon)
    expect(verdictOn(response(starts, exits, { kind: 'within', ms: 20 }), twice)).toBe(
      'open until 110, set off by row 1',
    )
  })
})

describe('order', () => {
  test('precedes is violated by a second without a first, and vacuous without a second', () => {
    expect(ofLife({ kind: 'precedes', first: starts, second: exits })).toBe('holds')
    expect(ofLife({ kind: 'precedes', first: exits, second: starts })).toBe('violated at 10 by row 1')
    expect(ofLife({ kind: 'precedes', first: starts, second: kills })).toBe('vacuous')
  })

  test('notBefore says the same of what must be absent, and holds where it is', () => {
    expect(ofLife({ kind: 'notBefore', what: exits, before: deleted })).toBe('holds')
    expect(ofLife({ kind: 'notBefore', what: kills, before: deleted })).toBe('holds')
    expect(ofLife({ kind: 'notBefore', what: starts, before: deleted })).toBe('violated at 10 by row 1')
  })

  test('inOrder wants the first of each, at different rows; strictly, at different instants', () => {
    const inOrder = (occurrences: readonly Occurrence[], isStrict?: boolean): Clause => ({
      kind: 'inOrder',
      occurrences,
      isStrict,
    })
    expect(ofLife(inOrder([starts, deleted, terminates, exits]))).toBe('holds')
    expect(ofLife(inOrder([starts, deleted, terminates], true))).toBe('violated at 40 by row 4')
    expect(ofLife(inOrder([deleted, starts]))).toBe('violated at 10 by row 1')
    expect(ofLife(inOrder([starts, kills]))).toBe('violated at 100 by row -1')
    expect(verdictOn(inOrder([starts, kills]), told(life, horizon))).toBe('open')
    expect(ofLife(inOrder([kills]))).toBe('vacuous')
  })

  test('gaps are those from each beginning to the next end', () => {
    const beats = (story: Story): void => {
      for (const time of [0, 10, 30, 70]) story.at(time).starts()
    }
    const gaps = (are: readonly number[], toleranceMs?: number): Clause => ({
      kind: 'gaps',
      from: starts,
      to: starts,
      are,
      toleranceMs,
    })
    expect(verdictOn(gaps([10, 20, 40]), told(beats))).toBe('holds')
    expect(verdictOn(gaps([10]), told(beats))).toBe('holds')
    expect(verdictOn(gaps([10, 21]), told(beats))).toBe('violated at 30 by row 3, set off by row 2')
    expect(verdictOn(gaps([10, 21], 1), told(beats))).toBe('holds')
    const late = (are: readonly number[], lateMs: number, toleranceMs?: number): Clause => {
      return { kind: 'gaps', from: starts, to: starts, are, toleranceMs, lateMs }
    }
    expect(verdictOn(late([9, 18, 40], 2), told(beats))).toBe('holds')
    expect(verdictOn(late([9, 17], 2), told(beats))).toBe('violated at 30 by row 3, set off by row 2')
    expect(verdictOn(late([11], 2), told(beats))).toBe('violated at 10 by row 2, set off by row 1')
    expect(verdictOn(late([11, 18], 2, 1), told(beats))).toBe('holds')
    expect(verdictOn(late([9], 0, 1), told(beats))).toBe('violated at 10 by row 2, set off by row 1')
    expect(verdictOn(gaps([10, 20, 40, 80]), told(beats))).toBe('violated at 100 by row -1')
    expect(verdictOn(gaps([10, 20, 40, 80]), told(beats, horizon))).toBe('open')
    expect(
      verdictOn(
        gaps([10]),
        told(() => {}),
      ),
    ).toBe('vacuous')
  })
})

describe('sequences', () => {
  const phases = (...names: ('Pending' | 'Running' | 'Succeeded')[]): Clause => ({
    kind: 'phases',
    pod: 'web',
    phases: names,
  })
  const two = (story: Story): void => {
    story.phase(WEB, 'Pending')
    story.at(10).phase(WEB, 'Running')
    story.at(20).phase(WEB, 'Running', 'Reason')
  }

  test('phases are these, no others, in this order', () => {
    expect(verdictOn(phases('Pending', 'Running'), told(two))).toBe('holds')
    expect(verdictOn(phases('Pending'), told(two))).toBe('violated at 10 by row 2')
    expect(verdictOn(phases('Running'), told(two))).toBe('violated at 0 by row 1')
    expect(verdictOn(phases('Pending', 'Running', 'Succeeded'), told(two))).toBe('violated at 100 by row -1')
    expect(verdictOn(phases('Pending', 'Running', 'Succeeded'), told(two, horizon))).toBe('open')
    expect(
      verdictOn(
        phases('Pending'),
        told(() => {}),
      ),
    ).toBe('vacuous')
  })

  test('a condition goes through its statuses, whatever the reasons', () => {
    const clause: Clause = { kind: 'conditions', pod: 'web', type: 'Ready', statuses: ['False', 'True'] }
    const trace = told(story => {
      story.condition(WEB, 'Ready', 'False', 'ContainersNotReady')
      story.condition(WEB, 'Ready', 'False', 'Other')
      story.condition(WEB, 'Initialized', 'True')
      story.at(10).condition(WEB, 'Ready', 'True')
    })
    expect(verdictOn(clause, trace)).toBe('holds')
    expect(verdictOn({ ...clause, statuses: ['True'] }, trace)).toBe('violated at 0 by row 1')
  })

  test('a state without a reason takes in successive ones with different reasons', () => {
    const trace = told(story => {
      story.waiting(`${WEB}/app`, 'ContainerCreating')
      story.at(5).waiting(`${WEB}/app`, 'ErrImagePull')
      story.at(10).running(`${WEB}/app`, 0)
      story.at(20).terminated(`${WEB}/app`, 0, 1, 'Error')
    })
    const states = (...words: Extract<Clause, { kind: 'states' }>['states']): Clause => ({
      kind: 'states',
      container: app,
      states: words,
    })
    expect(verdictOn(states('waiting', 'running', 'terminated Error'), trace)).toBe('holds')
    expect(verdictOn(states('waiting ContainerCreating', 'running'), trace)).toBe('violated at 5 by row 2')
    expect(verdictOn(states('waiting', 'running', 'terminated Completed'), trace)).toBe('violated at 20 by row 4')
  })
})

describe('until', () => {
  const until = (level: Level, end: Level | Occurrence, isWeak?: boolean): Clause => ({
    kind: 'until',
    level,
    until: end,
    isWeak,
  })
  const unready: Level = { kind: 'not', level: ready }

  test('the level holds before the end comes, which may be in the instant in which it ceases', () => {
    expect(ofLife(until(unready, { kind: 'becomes', level: ready }))).toBe('holds')
    expect(ofLife(until(unready, ready))).toBe('holds')
    expect(ofLife(until(unready, exits))).toBe('violated at 20 by row 2')
  })

  test('the end must come, unless it is said weakly', () => {
    const exists: Level = { kind: 'exists', pod: 'web' }
    expect(ofLife(until(exists, kills))).toBe('violated at 100 by row -1')
    expect(verdictOn(until(exists, kills), told(life, horizon))).toBe('open')
    expect(ofLife(until(exists, kills, true))).toBe('holds')
  })
})

describe('once and since', () => {
  test('once is so for ever after, since only as long as the level lasts', () => {
    const after: Level = { kind: 'once', what: starts }
    const since: Level = { kind: 'since', level: ready, what: starts }
    expect(ofLife(response(starts, after, { kind: 'for', ms: 90 }))).toBe('holds')
    expect(ofLife({ kind: 'never', what: since })).toBe('holds')
    const restarted = told(story => {
      story.at(10).isReady()
      story.at(20).starts()
      story.at(30).isReady(false)
      story.at(40).isReady()
    })
    expect(verdictOn({ kind: 'never', what: since }, restarted)).toBe('violated at 20 by row 2')
    const from30: Clause = {
      kind: 'scoped',
      scope: { kind: 'after', what: { kind: 'becomes', level: { kind: 'not', level: ready } } },
      clause: { kind: 'never', what: since },
    }
    expect(verdictOn(from30, restarted)).toBe('holds')
  })
})

describe('all of several', () => {
  test('violated comes before open before vacuous before holds', () => {
    const holds: Clause = { kind: 'never', what: kills }
    const vacuous: Clause = response(kills, exits)
    const open: Clause = { kind: 'eventually', what: kills }
    const violated: Clause = { kind: 'never', what: terminates }
    const earlier: Clause = { kind: 'never', what: starts }
    const of = (...clauses: Clause[]): string => verdictOn({ kind: 'allOf', clauses }, told(life, horizon))
    expect(of()).toBe('holds')
    expect(of(holds, vacuous)).toBe('vacuous')
    expect(of(holds, vacuous, open)).toBe('open')
    expect(of(open, violated, earlier)).toBe('violated at 10 by row 1')
  })
})
