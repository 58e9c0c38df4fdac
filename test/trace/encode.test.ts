import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PodwrightError } from '../../src/errors/index.js'
import { decodeTrace, encodeTrace, firstDivergence, ROW_KINDS } from '../../src/trace/index.js'
import { crashingWeb, WEB_POD } from './crashing-web.js'
import { TraceBuilder } from './trace-builder.js'

const trace = crashingWeb()
const lines = [...encodeTrace(trace)]

const problemOf = (changed: readonly string[]): string => {
  try {
    decodeTrace(changed, 'run.jsonl')
  } catch (error) {
    if (error instanceof PodwrightError) return `${error.code} ${error.message}`
    throw error
  }
  return 'no error'
}

describe('encodeTrace', () => {
  test('writes a header and one line per row', () => {
    expect(lines).toHaveLength(trace.rows.length + 1)
    expect(JSON.parse(lines[0])).toMatchObject({
      podwright: 'trace',
      version: 1,
      digest: trace.digest,
      outcome: 'quiescent',
    })
  })

  test('spells rows with readable keys', () => {
    const find = (part: string) => lines.find(line => line.includes(part))
    expect(find('"kind":"probe"')).toMatchInlineSnapshot(
      `"{"row":34,"t":3000,"object":"Pod/default/web/app","kind":"probe","instance":0,"type":"readiness","handler":"httpGet","result":"success","durationMs":10,"cause":29}"`,
    )
    expect(find('"status":"True"')).toMatchInlineSnapshot(
      `"{"row":5,"t":10,"object":"Pod/default/web","kind":"condition","type":"PodScheduled","status":"True","cause":1}"`,
    )
    expect(find('"exitCode":1')).toMatchInlineSnapshot(
      `"{"row":38,"t":60400,"object":"Pod/default/web/app","kind":"exit","instance":0,"exitCode":1,"reason":"Error","cause":29}"`,
    )
    expect(find('"reason":"BackOff"')).toMatchInlineSnapshot(
      `"{"row":44,"t":61000,"object":"Pod/default/web/app","kind":"event","reason":"BackOff","type":"Warning","source":"kubelet","count":1,"message":"Back-off restarting failed container app in pod web","cause":38}"`,
    )
    expect(find('"lanes"')).toMatchInlineSnapshot(
      `"{"row":45,"t":61010,"object":"Pod/default/web/app","kind":"containerWaiting","reason":"CrashLoopBackOff","message":"back-off 10s restarting failed container=app pod=web_default(uid)","cause":38,"lanes":{"message":"da5ddddca9cb85bc"}}"`,
    )
    expect(find('"also"')).toMatchInlineSnapshot(
      `"{"row":35,"t":3010,"object":"Pod/default/web","kind":"condition","type":"Ready","status":"True","cause":34,"also":[31]}"`,
    )
  })
})

describe('decodeTrace', () => {
  test('gives back the same trace with the same digest', () => {
    const decoded = decodeTrace(lines)
    expect(decoded.digest).toBe(trace.digest)
    expect(firstDivergence(trace, decoded)).toBeUndefined()
    expect([...encodeTrace(decoded)]).toEqual(lines)
  })

  test('gives back every kind of row, whatever its numbers are', () => {
    const t = new TraceBuilder()
    t.manifest(WEB_POD)
    t.manifest(WEB_POD)
    ROW_KINDS.forEach(({ types }, kind) => {
      t.now = kind
      const value = (type: string | undefined, n: number) =>
        type === undefined
          ? 0
          : type === 'symbol'
            ? t.symbols.intern(`text ${n} of ${kind}`)
            : type === 'int'
              ? 1
              : 4 * n + 2
      t.row(kind as never, 'Cluster', value(types[0], 1), value(types[1], 2), value(types[2], 3), kind - 1)
    })
    const all = t.build()
    const decoded = decodeTrace(encodeTrace(all))
    expect(decoded.digest).toBe(all.digest)
    expect([...encodeTrace(decoded)]).toEqual([...encodeTrace(all)])
  })

  test('tells a message from a plain text of the same letters', () => {
    const t = new TraceBuilder()
    const template = {
      name: 'same',
      arguments: ['symbol'],
      write: ([text]: readonly (string | number)[]) => `${text}!`,
    } as const
    const plain = t.symbols.intern('oh!')
    const message = t.message(template, 'oh')
    for (const text of [plain, message, plain, message, message])
      t.phase('Pod/default/web', 'Pending', '', '') && t.waiting('c', 'r', text)
    const trace = t.build()
    expect(decodeTrace(encodeTrace(trace)).digest).toBe(trace.digest)
  })

  test.each([
    ['an empty input', [], 'run.jsonl:1:1: expected the header of a trace, got nothing'],
    [
      'another JSON file',
      ['{"a":1}'],
      'run.jsonl:1:1: expected the header of a trace, {"podwright":"trace",…}, got something else',
    ],
    ['a line that is no JSON', [lines[0], '{'], 'run.jsonl:2:1: expected a JSON object, got "{"'],
    ['a row out of order', [lines[0], lines[2]], 'run.jsonl:2:1: row: expected 0, got 1'],
    [
      'an unknown kind',
      [lines[0], lines[1].replace('"step"', '"stop"')],
      'run.jsonl:2:1: kind: expected a kind of row, got "stop"',
    ],
    [
      'a cause that comes later',
      [lines[0], lines[1].replace('}', ',"cause":7}')],
      'run.jsonl:2:1: cause: expected an earlier row, got 7',
    ],
    [
      'a cut file',
      lines.slice(0, 20),
      `run.jsonl:20:1: expected ${trace.rows.length} rows, got 19\n  hint: the file is cut off`,
    ],
  ])('refuses %s, saying where', (_, changed, message) => {
    expect(problemOf(changed)).toBe(`TRACE_UNREADABLE ${message}`)
  })

  test('refuses a newer version and says what to do', () => {
    expect(problemOf([lines[0].replace('"version":1', '"version":2')])).toBe(
      'TRACE_UNREADABLE run.jsonl:1:1: expected a trace of version 1 or older, got 2\n  hint: a newer podwright wrote it: update this one',
    )
  })

  test('answers any damage with an error that names a line', () => {
    const damaged = fc.record({
      line: fc.nat({ max: lines.length - 1 }),
      at: fc.nat({ max: 5000 }),
      length: fc.nat({ max: 12 }),
      text: fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom('"', '{}', '[]', '-1', '99', 'null', 'true')),
    })
    fc.assert(
      fc.property(damaged, ({ line, at, length, text }) => {
        const changed = [...lines]
        const old = changed[line]
        const from = at % (old.length + 1)
        changed[line] = old.slice(0, from) + text + old.slice(from + length)
        const problem = problemOf(changed)
        expect(problem === 'no error' || problem.startsWith('TRACE_UNREADABLE run.jsonl:')).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  test('refuses rows that were changed', () => {
    const changed = lines.map(line =>
      line.replace('"exitCode":143,"reason":"Error"', '"exitCode":137,"reason":"Error"'),
    )
    expect(problemOf(changed)).toContain(`expected rows with the digest "${trace.digest}"`)
  })
})
