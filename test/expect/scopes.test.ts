import { describe, expect, test } from 'vitest'
import type { Clause, ContainerName, Level, Occurrence, Scope } from '../../src/expect/index.js'
import { type Story, told, verdictOn, WEB } from './stories.js'

const app: ContainerName = { pod: 'web', container: 'app' }
const ready: Level = { kind: 'ready', container: app }
const starts: Occurrence = { kind: 'started', container: app }
const exits: Occurrence = { kind: 'exited', container: app }
const deleted: Occurrence = { kind: 'deleted', pod: 'web' }
const kills: Occurrence = { kind: 'signalled', container: app, signal: 'SIGKILL' }
const horizon = { outcome: 'horizon', end: 100 } as const

/** Two rounds of start (10, 50) and exit (30, 70); deleted at 80. */
const rounds = (story: Story): void => {
  story.at(10).starts()
  story.at(20).isReady()
  story.at(30).isReady(false)
  story.exits(1)
  story.at(50).starts()
  story.at(70).exits(1)
  story.at(80).isDeleted()
}
const of = (scope: Scope, clause: Clause, options?: Parameters<typeof told>[1]): string =>
  verdictOn({ kind: 'scoped', scope, clause }, told(rounds, options))

describe('Scopes', () => {
  test('after: from the row on, which is in the scope; without one there is nothing to say', () => {
    expect(of({ kind: 'after', what: exits }, { kind: 'count', is: 'exactly', count: 2, what: exits })).toBe('holds')
    expect(
      of({ kind: 'after', what: exits }, { kind: 'eventually', what: starts, bound: { kind: 'within', ms: 20 } }),
    ).toBe('holds')
    expect(of({ kind: 'after', what: exits }, { kind: 'eventually', what: kills })).toBe(
      'violated at 100 by row 4, set off by row 4',
    )
    expect(of({ kind: 'after', what: kills }, { kind: 'never', what: starts })).toBe('vacuous')
  })

  test('before: up to the row, which is not in the scope; without one there is nothing to say', () => {
    expect(of({ kind: 'before', what: deleted }, { kind: 'never', what: deleted })).toBe('holds')
    expect(of({ kind: 'before', what: deleted }, { kind: 'eventually', what: kills })).toBe('violated at 80 by row -1')
    expect(of({ kind: 'before', what: kills }, { kind: 'never', what: starts })).toBe('vacuous')
    expect(of({ kind: 'before', what: kills }, { kind: 'never', what: starts }, horizon)).toBe('vacuous')
  })

  test('the instant in which a scope ends is not read for levels', () => {
    const trace = told(story => {
      story.isReady()
      story.at(40).isDeleted()
      story.isReady(false)
    })
    const always: Clause = { kind: 'always', level: ready }
    expect(verdictOn({ kind: 'scoped', scope: { kind: 'before', what: deleted }, clause: always }, trace)).toBe('holds')
    expect(verdictOn({ kind: 'scoped', scope: { kind: 'after', what: deleted }, clause: always }, trace)).toBe(
      'violated at 40 by row 3, set off by row 2',
    )
  })

  test('between: each round is judged by itself, the last up to the end', () => {
    const scope: Scope = { kind: 'between', from: starts, to: exits }
    expect(of(scope, { kind: 'count', is: 'exactly', count: 1, what: starts })).toBe('holds')
    expect(of(scope, { kind: 'eventually', what: ready })).toBe('violated at 70 by row 5, set off by row 5')
    const gap: Scope = { kind: 'between', from: exits, to: starts }
    expect(of(gap, { kind: 'eventually', what: kills }, horizon)).toBe('violated at 50 by row 4, set off by row 4')
    expect(of({ kind: 'between', from: deleted, to: starts }, { kind: 'eventually', what: kills }, horizon)).toBe(
      'open, set off by row 7',
    )
  })

  test('what must last is kept when its scope ends, what must come is not', () => {
    const scope: Scope = { kind: 'between', from: starts, to: exits }
    const alive: Level = { kind: 'alive', container: app }
    expect(of(scope, { kind: 'eventually', what: alive, bound: { kind: 'for', ms: 500 } })).toBe('holds')
    expect(of(scope, { kind: 'stays', level: alive, ms: 500 })).toBe('holds')
    expect(of(scope, { kind: 'eventually', what: kills, bound: { kind: 'noSoonerThan', ms: 500 } })).toBe('holds')
    expect(of(scope, { kind: 'eventually', what: kills, bound: { kind: 'within', ms: 500 } })).toBe(
      'violated at 30 by row 1, set off by row 1',
    )
  })

  test('while: whole instants belong to a stretch of a level, that in which it ends does not', () => {
    const alive: Scope = { kind: 'while', level: { kind: 'alive', container: app } }
    expect(of(alive, { kind: 'count', is: 'exactly', count: 1, what: starts })).toBe('holds')
    expect(of(alive, { kind: 'never', what: exits })).toBe('holds')
    expect(of(alive, { kind: 'eventually', what: ready })).toBe('violated at 70 by row 5, set off by row 5')
    expect(of({ kind: 'while', level: { kind: 'terminating', pod: 'web' } }, { kind: 'never', what: deleted })).toBe(
      'violated at 80 by row 7, set off by row 7',
    )
    expect(
      of({ kind: 'while', level: { kind: 'phase', pod: 'web', phase: 'Failed' } }, { kind: 'never', what: exits }),
    ).toBe('vacuous')
  })

  test('a sequence begins with the value right after the row that opens the scope', () => {
    const trace = told(story => {
      story.phase(WEB, 'Pending')
      story.at(10).phase(WEB, 'Running')
      story.starts()
      story.at(20).phase(WEB, 'Succeeded')
    })
    const phases: Clause = { kind: 'phases', pod: 'web', phases: ['Running', 'Succeeded'] }
    expect(verdictOn({ kind: 'scoped', scope: { kind: 'after', what: starts }, clause: phases }, trace)).toBe('holds')
    const alive: Scope = { kind: 'while', level: { kind: 'alive', container: app } }
    expect(verdictOn({ kind: 'scoped', scope: alive, clause: phases }, trace)).toBe('holds')
  })

  test('afterQuiescence: what is left when nothing more can happen, which a horizon leaves open', () => {
    const scope: Scope = { kind: 'afterQuiescence' }
    expect(of(scope, { kind: 'always', level: { kind: 'not', level: ready } })).toBe('holds')
    expect(of(scope, { kind: 'eventually', what: ready })).toBe('violated at 100 by row 7, set off by row 7')
    expect(of(scope, { kind: 'never', what: deleted })).toBe('holds')
    expect(of(scope, { kind: 'never', what: deleted }, horizon)).toBe('open')
    expect(
      of({ kind: 'before', what: deleted }, { kind: 'scoped', scope, clause: { kind: 'never', what: starts } }),
    ).toBe('vacuous')
  })
})
