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
  test('says how far off gaps may be, and what a pod has', () => {
    const gaps = 'from container app exits to container app starts: gaps of'
    const lines = [
      `${gaps} 10s, 20s, each up to 15s more`,
      `${gaps} 10s ± 1s, each up to 15s more`,
      `${gaps} nothing, each up to 0s more`,
      'always pod web has QoS class Guaranteed',
      'never pod web has an IP',
      'eventually pod web does not have IP 10.244.0.5',
    ]
    expect(lines.map(line => formatClause(parseClause(line)))).toEqual(lines)
    expect(
      complaints(`${gaps} 10s, each 15s more`, `${gaps} 10s, each up to 15s`, 'always pod web has QoS class Best'),
    ).toMatchInlineSnapshot(`
      "
      "from container app exits to container app starts: gaps of 10s, each 15s more", column 69: expected "up to", got "15s"
      "from container app exits to container app starts: gaps of 10s, each up to 15s", column 78: expected "more", got the end
      "always pod web has QoS class Best", column 30: expected Guaranteed, Burstable or BestEffort, got "Best"
        hint: did you mean BestEffort?
      "
    `)
  })

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
        'container app gets event',
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
    ).toMatchInlineSnapshot(`
      "
      "", column 1: expected an expectation, such as: container app exits with 1, got the end
        hint: docs/expectations.md has every word
      "contaner app exits", column 1: expected an expectation, such as: container app exits with 1, got "contaner"
        hint: did you mean container?
      "container app exists with 1", column 15: expected starts, exits, gets, is, is not, becomes, stops being, has restarted or goes through, got "exists"
        hint: did you mean exits?
      "container app restarts at most 3 times", column 15: expected starts, exits, gets, is, is not, becomes, stops being, has restarted or goes through, got "restarts"
        hint: write starts, or has restarted at least 3 times
      "container app exits with one", column 26: expected an exit code, got "one"
      "container is ready within 5s", column 11: expected the name of a container, such as app or web/app, got "is"
        hint: quote it if that is its name: "is"
      "container app exits within 30", column 28: expected a duration such as 500ms, 5s or 1m30s, got "30"
        hint: write 30s
      "container app exits withing 30s", column 21: expected the end of the sentence, got "withing"
        hint: did you mean within?
      "container app is redy within 5s", column 18: expected killed, running, ready, started, alive, waiting, terminated or OOMKilled, got "redy"
        hint: did you mean ready?
      "container app gets SIGTRM", column 20: expected SIGTERM, SIGKILL or event, got "SIGTRM"
        hint: did you mean SIGTERM?
      "container app gets event", column 25: expected the reason of an Event, such as BackOff, got the end
      "pod web is ready", column 12: expected created, deleted, gone, Pending, Running, Succeeded, Failed, Unknown, terminating, scheduled, nominated or in service, got "ready"
        hint: write pod … has Ready=True
      "pod web is Runing within 5s", column 12: expected created, deleted, gone, Pending, Running, Succeeded, Failed, Unknown, terminating, scheduled, nominated or in service, got "Runing"
        hint: did you mean Running?
      "pod web has Ready", column 13: expected a condition such as Ready=True, got "Ready"
        hint: write one of Ready=True, Ready=False, Ready=Unknown
      "pod web has Ready=Maybe", column 13: expected a condition such as Ready=True, got "Ready=Maybe"
        hint: write one of Ready=True, Ready=False, Ready=Unknown
      "pod web goes through Pending, Runing", column 31: expected Pending, Running, Succeeded, Failed or Unknown, got "Runing"
        hint: did you mean Running?
      "Ready of pod web goes through Fals", column 31: expected True, False or Unknown, got "Fals"
        hint: did you mean False?
      "container app goes through waiting, runing", column 37: expected running, waiting or terminated, got "runing"
        hint: did you mean running?
      "each pod of web is Running", column 13: expected a workload such as deployment/web, got "web"
        hint: write pod web, or its kind before it: deployment/web
      "redyness probe of container app fails", column 1: expected an expectation, such as: container app exits with 1, got "redyness"
        hint: did you mean readiness?
      "readiness probe of container app failed", column 34: expected succeeds, fails, gets no answer, cannot be asked or answers, got "failed"
        hint: did you mean fails?
      "preStop hook of container app finishes", column 31: expected begins, ends or fails, got "finishes"
      "pull of app:1 begins", column 15: expected "for", got "begins"
      "restart count of container app never fall", column 38: expected "never falls", got "fall"
        hint: did you mean falls?
      "for each pod of web: pod web exists", column 10: expected container, app, init or sidecar, got "pod"
      "
    `)
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
    ).toMatchInlineSnapshot(`
      "
      "pod web is Running", column 1: expected a word that says when that is so
        hint: write always, never, eventually or "at the end:" before it, or a bound such as within 30s after it
      "always container app exits", column 8: expected something that is so for a while after always, got something that happens
        hint: such as: pod web is Running, container app is ready
      "pod web is Running at most twice", column 1: expected something that happens before a count, got something that is so for a while
        hint: write becomes instead of is, or "it becomes true that" before it
      "whenever pod web is Running, pod web is gone", column 30: expected "it stays so for", after something that is so for a while, got "pod"
        hint: or write becomes instead of is before the comma, for what happens then
      "container app exits until pod web is gone", column 1: expected something that is so for a while before until, got something that happens
        hint: such as: pod web is Running until pod web is deleted
      "no pod web is Running before pod web is gone", column 4: expected something that happens after no, got something that is so for a while
        hint: write becomes instead of is, or "it becomes true that" before it
      "never pod web exists or container app exits", column 25: expected the same on both sides of or: things that are so, or things that happen
        hint: write becomes instead of is to make something happen of what is so
      "after pod web is Running: container app exits", column 7: expected something that happens after after, got something that is so for a while
        hint: write becomes instead of is, or "it becomes true that" before it
      "container app exits when container app starts", column 26: expected something that is so for a while after when, got something that happens
        hint: such as: pod web is Running, container app is ready
      "always (never pod web exists)", column 8: expected something that is so or that happens, got a whole expectation
      "pod web is Running sometime", column 20: expected the end of the sentence, until, unless, within, at, no sooner than, later than, for, immediately, got "sometime"
      "
    `)
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
        'pdo web is gone',
        'container app exits with 0 container app starts',
        'container until starts',
      ),
    ).toMatchInlineSnapshot(`
      "
      "whenever pod web is deleted pod web is gone", column 29: expected a comma, and then what follows, got "pod"
      "in order pod web is created; pod web is gone", column 10: expected ":", got "pod"
      "all of (pod web is created, pod web is gone)", column 27: expected ";" or ")", got ","
      "(container app exits", column 21: expected ")", got the end
      "container app exits)", column 20: expected the end of the sentence, got ")"
      "container app exits \\"with 1", column 21: expected a closing quotation mark, got the end
      "container app exits \\"\\\\x\\"", column 21: expected a text quoted as in JSON
      "between pod web is created or pod web is gone: never pod web exists", column 28: expected "and", got "or"
      "from container app exits to container app starts: 10s", column 51: expected "gaps of", got "10s"
      "at the end pod web exists", column 12: expected ":", got "pod"
      "container app exits with 0 or nothing happens", column 28: expected the end of the sentence, got "or"
      "pdo web is gone", column 1: expected an expectation, such as: container app exits with 1, got "pdo"
        hint: docs/expectations.md has every word
      "container app exits with 0 container app starts", column 28: expected the end of the sentence, got "container"
      "container until starts", column 11: expected the name of a container, such as app or web/app, got "until"
        hint: quote it if that is its name: "until"
      "
    `)
  })

  test('of levels and occurrences alone are told, with where they stand', () => {
    const where = { file: 'web.yaml', line: 3, column: 7 }
    expect(complaint(() => parseLevel('container app exits', where))).toMatchInlineSnapshot(`
      "web.yaml:3:7: "container app exits", column 1: expected something that is so for a while here, got something that happens
        hint: such as: pod web is Running, container app is ready"
    `)
    expect(complaint(() => parseOccurrence('pod web is Running', 'when'))).toMatchInlineSnapshot(`
      "when: "pod web is Running", column 1: expected something that happens here, got something that is so for a while
        hint: write becomes instead of is, or "it becomes true that" before it"
    `)
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
    expect(complaints(...texts)).toMatchInlineSnapshot(`
      "
      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…", column 1: expected at most 10240 characters, got 1000000
      "((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((…", column 33: expected at most 32 sentences inside one another
      "…ot not not not not not not not not not not not not not not not not not not not n…", column 129: expected at most 32 sentences inside one another
      "…nce once once once once once once once once once once once once once once once o…", column 161: expected at most 32 sentences inside one another
      "…ot (not (not (not (not (not (not (not (not (not (not (not (not (not (not (not (n…", column 81: expected at most 32 sentences inside one another
      "…od web is gone: after pod web is gone: after pod web is gone: after pod web is g…", column 737: expected at most 32 sentences inside one another
      "…ll of (all of (all of (all of (all of (all of (all of (all of (all of (all of (a…", column 129: expected at most 32 sentences inside one another
      "::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::…", column 1: expected an expectation, such as: container app exits with 1, got ":"
        hint: docs/expectations.md has every word
      "\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"\\"…", column 1: expected an expectation, such as: container app exits with 1, got ""
        hint: docs/expectations.md has every word
      "\\"a\\"a\\"a\\"a\\"a\\"a\\"a\\"a\\"a\\"a\\"a\\"a\\"a\\"a\\"a\\"a\\"a\\"a\\"a\\"a\\"a\\"a\\"a\\"a\\"a\\"a\\"a\\"a\\"a\\"a\\"a\\"a\\"a\\"a\\"a\\"a\\"a\\"a\\"a\\"a…", column 1: expected an expectation, such as: container app exits with 1, got "a"
        hint: docs/expectations.md has every word
      "±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±±…", column 1: expected an expectation, such as: container app exits with 1, got "±"
        hint: docs/expectations.md has every word
      {"kind":"eventually","what":{"kind":"started","container":{"container":"\\u0000‮\\ud800"}}}
      "pod web is \\u001b[31mRunning", column 12: expected created, deleted, gone, Pending, Running, Succeeded, Failed, Unknown, terminating, scheduled, nominated or in service, got "\\u001b[31mRunning"
      "
    `)
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
