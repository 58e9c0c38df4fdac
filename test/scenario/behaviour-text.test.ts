import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PodwrightError } from '../../src/errors/index.js'
import type { BehaviourRule, StatedBehaviour } from '../../src/scenario/behaviour-rule.js'
import { parseBehaviour, parseBehaviourRule } from '../../src/scenario/behaviour-text.js'
import { describeBehaviour, formatBehaviourRule } from '../../src/scenario/describe-behaviour.js'
import { arbitraryBehaviour } from './arbitrary-behaviours.js'

const STILL = { exitAfter: null, exitCode: 0, isOomKilled: false, startError: null }

/** Message of the error that `act` throws. */
function refusal(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    if (error instanceof PodwrightError) return error.message
    throw error
  }
  throw new Error('expected an error, got none')
}

describe('words of one line', () => {
  test.each<[string, StatedBehaviour]>([
    ['runs', { runs: [STILL] }],
    ['exits 1 after 5s', { runs: [{ ...STILL, exitCode: 1, exitAfter: 5000 }] }],
    ['exits with code 0', { runs: [{ ...STILL, exitAfter: 0 }] }],
    ['is oomkilled after 1m30s', { runs: [{ ...STILL, exitCode: 137, exitAfter: 90_000, isOomKilled: true }] }],
    ['fails to start exec format error', { runs: [{ ...STILL, startError: 'exec format error' }] }],
    [
      'crashes after 2s 2 times, then runs and ignores SIGTERM',
      {
        runs: [
          { ...STILL, exitCode: 1, exitAfter: 2000 },
          { ...STILL, exitCode: 1, exitAfter: 2000 },
          { ...STILL, onTerm: null },
        ],
      },
    ],
    ['stops after 45s with 3 on SIGTERM', { onTerm: { exitAfter: 45_000, exitCode: 3 } }],
    ['ignores sigterm', { onTerm: null }],
    [
      'readiness fails until 12s',
      {
        readiness: [
          [
            { from: 0, result: 'failure' },
            { from: 12_000, result: 'success' },
          ],
        ],
      },
    ],
    [
      'liveness hangs from 60s; startup succeeds from 3s',
      {
        liveness: [[{ from: 60_000, result: 'hang' }]],
        startup: [
          [
            { from: 0, result: 'failure' },
            { from: 3000, result: 'success' },
          ],
        ],
      },
    ],
    [
      'readiness fails from 30s to 50s and hangs from 60s, then succeeds',
      {
        readiness: [
          [
            { from: 30_000, result: 'failure' },
            { from: 50_000, result: 'success' },
            { from: 60_000, result: 'hang' },
          ],
          [],
        ],
      },
    ],
    [
      'postStart takes 2s; preStop takes 20s and fails with 7',
      { postStart: { duration: 2000, exitCode: 0 }, preStop: { duration: 20_000, exitCode: 7 } },
    ],
    ['preStop fails', { preStop: { duration: 100, exitCode: 1 } }],
    [
      'image app:2 pulls in 8s; image app:2 fails 2 times; image db is present; image "x y" does not exist',
      {
        images: {
          'app:2': { pullDuration: 8000, failures: [null, null] },
          db: { isPresent: true },
          'x y': { alwaysFails: null },
        },
      },
    ],
    ['image a fails once with "no route", then 2 times', { images: { a: { failures: ['no route', null, null] } } }],
    ['sandbox takes 2s; sandbox dies after 1m', { sandbox: { delay: 2000, diesAfter: 60_000 } }],
  ])('%s', (text, expected) => {
    expect(parseBehaviour(text)).toEqual(expected)
  })
})

describe('whom a rule is for', () => {
  test.each<[string, BehaviourRule['target']]>([
    ['app', { container: 'app' }],
    ['*', {}],
    ['web/app', { name: 'web', container: 'app' }],
    ['deploy/web', { kind: 'Deployment', name: 'web' }],
    ['StatefulSet/db/pg', { kind: 'StatefulSet', name: 'db', container: 'pg' }],
    ['shop/deployment/web/app', { namespace: 'shop', kind: 'Deployment', name: 'web', container: 'app' }],
    ['shop/web/app', { namespace: 'shop', name: 'web', container: 'app' }],
    ['[app.kubernetes.io/name=web,tier=front]', { labels: { 'app.kubernetes.io/name': 'web', tier: 'front' } }],
    ['[app=web]/app', { labels: { app: 'web' }, container: 'app' }],
  ])('%s', (text, target) => {
    expect(parseBehaviourRule(`${text}: runs`).target).toEqual(target)
  })

  test('a rule about images needs nobody', () => {
    expect(parseBehaviourRule('image app:2 pulls in 8s')).toEqual({
      target: {},
      behaviour: { images: { 'app:2': { pullDuration: 8000 } } },
      where: undefined,
    })
  })
})

describe('a mistake names its column, what was expected, and the nearest word', () => {
  test.each([
    ['web/app: exitss 1'],
    ['web/app: exits one'],
    ['web/app: exits 256'],
    ['web/app: exits 1 after 5'],
    ['web/app: exits 1 after 5s, runs'],
    ['web/app: exits 1; runs'],
    ['web/app: is OOMKiled'],
    ['web/app: readines fails until 12s'],
    ['web/app: readiness fails until 12s and fails from 10s'],
    ['web/app: readiness fails from 12s to 12s'],
    ['web/app: preStop takes'],
    ['web/app: fails with 1'],
    ['web/app: fails to start "exec'],
    ['web/app: '],
    ['web/app:runs'],
    ['web/app'],
    ['deploymnt/x/web/app: runs'],
    ['we b: runs'],
    ['[app]: runs'],
    ['image app:2 pulls 8s'],
    ['image app:2 is present; runs'],
    ['web/app: crashes 5000 times'],
  ])('%s', rule => {
    expect(refusal(() => parseBehaviourRule(rule, '--behave'))).toMatchSnapshot()
  })

  test('a text of any length is refused, not searched', () => {
    expect(refusal(() => parseBehaviourRule(`app: ${'runs '.repeat(10_000)}`))).toMatch(/at most 8192 characters$/)
  })
})

describe('writing and reading', () => {
  test('whatever is written is read as the same', () => {
    fc.assert(
      fc.property(arbitraryBehaviour, stated => {
        expect(parseBehaviour(describeBehaviour(stated))).toEqual(stated)
      }),
    )
  })

  test('a rule keeps whom it is for', () => {
    const rules = [
      'app: runs',
      '*: runs',
      'web/*: runs',
      'deployment/web: runs',
      'a/pod/b/c: runs',
      '[a=b,c=d]/e: runs',
    ]
    expect(rules.map(rule => formatBehaviourRule(parseBehaviourRule(rule)))).toEqual(rules)
  })

  test('the writer prefers the plain words', () => {
    const text =
      'crashes after 2s, then crashes after 2s, then runs; stops after 3s; liveness fails until 12s and from 30s to 50s; image a fails 1 time'
    expect(describeBehaviour(parseBehaviour(text))).toBe(
      'exits 1 after 2s 2 times, then runs; stops after 3s on SIGTERM; liveness fails until 12s and fails from 30s to 50s; image a fails once',
    )
  })
})
