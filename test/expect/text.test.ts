import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PodwrightError } from '../../src/errors/index.js'
import { formatClause } from '../../src/expect/text/format-clause.js'
import { formatLevel, formatOccurrence } from '../../src/expect/text/format-expression.js'
import { parseClause, parseLevel, parseOccurrence } from '../../src/expect/text/parse-clause.js'
import { arbitraryClause, arbitraryLevel, arbitraryOccurrence } from './arbitrary-clauses.js'

/** The same data without fields that are undefined. */
const normal = <Data>(data: Data): Data => JSON.parse(JSON.stringify(data)) as Data

describe('the text form of expectations', () => {
  test('reads back every clause that it writes', () => {
    fc.assert(
      fc.property(arbitraryClause, clause => {
        const text = formatClause(clause)
        const read = parseClause(text)
        expect(read).toStrictEqual(normal(clause))
        expect(formatClause(read)).toBe(text)
      }),
      { numRuns: 5000 },
    )
  })

  test('reads back every level and every occurrence', () => {
    fc.assert(
      fc.property(arbitraryLevel, arbitraryOccurrence, (level, occurrence) => {
        expect(parseLevel(formatLevel(level))).toStrictEqual(normal(level))
        expect(parseOccurrence(formatOccurrence(occurrence))).toStrictEqual(normal(occurrence))
      }),
      { numRuns: 3000 },
    )
  })
})

/** What is said of mistakes, one after the other. */
function complaints(...texts: readonly string[]): string {
  return `\n${texts.map(text => complaint(() => parseClause(text))).join('\n')}\n`
}

function complaint(read: () => unknown): string {
  try {
    return JSON.stringify(read())
  } catch (error) {
    if (error instanceof PodwrightError && error.code === 'EXPECTATION_INVALID') return error.message
    throw error
  }
}

describe('other ways to say the same', () => {
  const samples: readonly (readonly [string, string])[] = [
    [
      'The init container migrate exits with 0 BEFORE sidecar proxy starts',
      'container migrate exits with 0 before container proxy starts',
    ],
    ['container app of pod web starts', 'container web/app starts'],
    ['container "app" of pod web starts', 'container web/app starts'],
    ['any container starts', 'any container starts'],
    ['container shop/web/* starts', 'any container of pod shop/web starts'],
    ['pod deployment/web is created', 'each pod of deployment/web is created'],
    ['container app is killed at 90s +- 1s', 'container app is killed with SIGKILL at 1m30s ± 1s'],
    ['container app gets SIGKILL at 1.5m±500ms', 'container app is killed with SIGKILL at 1m30s ± 500ms'],
    ['container app is in CrashLoopBackOff within 1m', 'container app is waiting with CrashLoopBackOff within 1m0s'],
    ['never container app is OOMKilled', 'never container app is terminated with OOMKilled'],
    ['container app is started up after 5s', 'container app is started later than 5s'],
    ['whenever pod web is deleted, then eventually pod web is gone', 'whenever pod web is deleted, pod web is gone'],
    ['whenever pod web is deleted, pod web is gone at 30s', 'whenever pod web is deleted, pod web is gone at +30s'],
    ['always Ready of pod web is not Unknown', 'always pod web does not have Ready=Unknown'],
    ['always not pod web is Running', 'always pod web is not Running'],
    ['container app becomes not ready', 'container app stops being ready'],
    ['container app starts exactly 1 time', 'container app starts exactly once'],
    ['always pod a exists and pod b exists or pod c exists', 'always (pod a exists and pod b exists) or pod c exists'],
    ['for each container of pod web: it starts', 'for each container of pod web: container it starts'],
    ['for each app of pod web: container it exits', 'for each app container of pod web: container it exits'],
    ['at the end: always pod web exists', 'at the end: always pod web exists'],
    ['eventually container app starts', 'container app starts'],
    ['((container app starts))', 'container app starts'],
  ]

  test.each(samples)('%s', (said, written) => {
    expect(formatClause(parseClause(said))).toBe(written)
  })
})

describe('mistakes in an expectation', () => {
  test('are told with their column, what was expected, and the nearest word', () => {
    expect(
      complaints(
        '',
        'contaner app exits',
        'container app exists with 1',
        'container app restarts at most 3 times',
        'container app exits with one',
        'container is ready within 5s',
        'container app exits within 30',
        'container app exits withing 30s',
        'container app is redy within 5s',
        'container app gets SIGTRM',
        'container app gets event BackOff',
        'pod web is ready',
        'pod web is Runing within 5s',
        'pod web has Ready',
        'pod web has Ready=Maybe',
        'pod web goes through Pending, Runing',
        'Ready of pod web goes through Fals',
        'container app goes through waiting, runing',
        'each pod of web is Running',
        'redyness probe of container app fails',
        'readiness probe of container app failed',
        'preStop hook of container app finishes',
        'pull of app:1 begins',
        'restart count of container app never fall',
        'for each pod of web: pod web exists',
      ),
    ).toMatchInlineSnapshot()
  })

  test('of levels in the place of occurrences, and the other way round, are told', () => {
    expect(
      complaints(
        'pod web is Running',
        'always container app exits',
        'pod web is Running at most twice',
        'whenever pod web is Running, pod web is gone',
        'container app exits until pod web is gone',
        'no pod web is Running before pod web is gone',
        'never pod web exists or container app exits',
        'after pod web is Running: container app exits',
        'container app exits when container app starts',
        'always (never pod web exists)',
        'pod web is Running sometime',
      ),
    ).toMatchInlineSnapshot()
  })

  test('of structure are told where they are', () => {
    expect(
      complaints(
        'whenever pod web is deleted pod web is gone',
        'in order pod web is created; pod web is gone',
        'all of (pod web is created, pod web is gone)',
        '(container app exits',
        'container app exits)',
        'container app exits "with 1',
        'container app exits "\\x"',
        'between pod web is created or pod web is gone: never pod web exists',
        'from container app exits to container app starts: 10s',
        'at the end pod web exists',
        'container app exits with 0 or nothing happens',
        'container app exits with 0 container app starts',
        'container until starts',
      ),
    ).toMatchInlineSnapshot()
  })

  test('of levels and occurrences alone are told, with where they stand', () => {
    const where = { file: 'web.yaml', line: 3, column: 7 }
    expect(complaint(() => parseLevel('container app exits', where))).toMatchInlineSnapshot()
    expect(complaint(() => parseOccurrence('pod web is Running', 'when'))).toMatchInlineSnapshot()
  })

  test('of hostile size end in a complaint, not in a hang', () => {
    const deep = (text: string, times: number) => text.repeat(times)
    const texts = [
      deep('a', 1_000_000),
      deep('(', 10_000),
      deep('not ', 2_000),
      deep('once ', 2_000),
      `${deep('not (', 100)}pod web exists${deep(')', 100)}`,
      deep('after pod web is gone: ', 400),
      deep('all of (', 1_000),
      deep(':', 10_000),
      deep('"', 10_000),
      deep('"a', 5_000),
      deep('±', 10_000),
      'container \u0000\u202e\ud800 starts',
      'pod web is \u001b[31mRunning',
    ]
    expect(complaints(...texts)).toMatchInlineSnapshot()
  })

  test('no text whatever makes anything else of it', () => {
    const words = [
      'pod',
      'web',
      'is',
      'Running',
      'not',
      '(',
      ')',
      ';',
      ',',
      ':',
      'or',
      'nothing',
      'of',
      'it',
      'happens',
      'and',
    ]
    const more = [
      'container',
      'exits',
      'whenever',
      'always',
      'never',
      'before',
      'until',
      '"',
      '5s',
      '±',
      'at',
      'for',
      'each',
    ]
    const text = fc.oneof(
      fc.array(fc.constantFrom(...words, ...more), { maxLength: 30 }).map(all => all.join(' ')),
      fc.string({ unit: 'binary', maxLength: 60 }),
    )
    fc.assert(
      fc.property(text, said => {
        complaint(() => parseClause(said))
      }),
      { numRuns: 5000 },
    )
  })
})
