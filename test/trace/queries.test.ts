import { describe, expect, test } from 'vitest'
import { PodwrightError } from '../../src/errors/index.js'
import { causalChain, changesOf, findRow, firstDivergence, ROW_KINDS } from '../../src/trace/index.js'
import { APP, crashingWeb, WEB } from './crashing-web.js'
import { TraceBuilder } from './trace-builder.js'

const trace = crashingWeb()
const symbol = (path: string): number => trace.symbols.intern(path)

const problemOf = (text: string, of = trace): string => {
  try {
    findRow(of, text)
  } catch (error) {
    if (error instanceof PodwrightError) return `${error.code} ${error.message}`
    throw error
  }
  return 'no error'
}

describe('changesOf', () => {
  test('lists the phases of a pod and its end', () => {
    const phases = changesOf(trace, symbol(WEB), { of: 'phase' })
    expect(phases.map(({ time, value }) => [time, value])).toEqual([
      [0, 'Pending'],
      [2850, 'Running'],
      [90_900, undefined],
    ])
  })

  test('lists the states of a container with exit codes and reasons', () => {
    const states = changesOf(trace, symbol(APP), { of: 'state' })
    expect(states.map(({ value, reason, exitCode }) => [value, reason, exitCode])).toEqual([
      ['waiting', 'PodInitializing', undefined],
      ['running', undefined, undefined],
      ['terminated', 'Error', 1],
      ['waiting', 'CrashLoopBackOff', undefined],
      ['running', undefined, undefined],
      ['terminated', 'Error', 143],
      [undefined, undefined, undefined],
    ])
  })

  test('follows one condition', () => {
    const ready = changesOf(trace, symbol(WEB), { of: 'condition', type: 'Ready' })
    expect(ready.map(({ value, reason }) => [value, reason])).toEqual([
      ['False', 'ContainersNotReady'],
      ['True', undefined],
      ['False', 'ContainersNotReady'],
      [undefined, undefined],
    ])
  })
})

describe('findRow', () => {
  test.each([
    ['web phase=Running', 2850, 'phase'],
    ['web Ready=False', 61_000, 'condition'],
    ['web Ready=False @10s', 20, 'condition'],
    ['default/web ready=true', 3010, 'containerReady'],
    ['web/app exit', 90_110, 'exit'],
    ['web/app exit=1', 60_400, 'exit'],
    ['web exit=0', 1530, 'exit'],
    ['web/app waiting=crashloopbackoff', 61_010, 'containerWaiting'],
    ['web deleted', 90_000, 'deletionRequested'],
    ['web gone', 90_900, 'removed'],
    ['web scheduled=node-1', 10, 'bound'],
    ['web event=BackOff', 66_000, 'event'],
    ['web event=BackOff @1m5s', 61_000, 'event'],
    ['web/app signal=SIGTERM', 90_010, 'signal'],
    ['Pod/default/web/app started', 71_500, 'containerStart'],
    ['web/app readiness=success', 3000, 'probe'],
    ['web sandboxReady', 30, 'sandboxReady'],
    ['web', 90_900, 'removed'],
    ['web/app @1m5s', 61_010, 'containerLastTerminated'],
  ])('%s', (text, time, kind) => {
    const row = findRow(trace, text)
    expect([row.time, ROW_KINDS[row.kind].name]).toEqual([time, kind])
  })

  test('takes the number of a row', () => {
    expect(findRow(trace, '#3').number).toBe(3)
  })

  test('names the nearest object, condition or fact for a misspelt one', () => {
    expect(problemOf('wev Ready=False')).toBe(
      'UNKNOWN_OBJECT expected an object of the run, got "wev"\n  hint: did you mean web? The pods are web',
    )
    expect(problemOf('web Redy=False')).toContain('hint: did you mean Ready? The forms are: web created')
    expect(problemOf('web/app waitng')).toContain('did you mean waiting?')
  })

  test('says what happened instead of what never did', () => {
    expect(problemOf('web phase=Failed')).toBe(
      'USAGE expected something that happened, got phase=Failed, which never happened to Pod/default/web\n  hint: what did: phase=Pending at 0s, phase=Running at 2.85s',
    )
  })

  test.each(['', 'web Ready=False @', '#999', '   ', '='])('refuses %j with the forms it knows', text => {
    expect(problemOf(text)).toMatch(/^USAGE expected .*\n {2}hint: The forms are: web created/)
  })

  test('asks back when a name means several pods', () => {
    const t = new TraceBuilder()
    t.object('Pod/a/web', { kind: 'Pod', namespace: 'a', name: 'web' })
    t.object('Pod/b/web', { kind: 'Pod', namespace: 'b', name: 'web' })
    expect(problemOf('web deleted', t.build())).toBe(
      'UNKNOWN_OBJECT expected one object, got "web", which 2 objects are called\n  hint: write one of Pod/a/web, Pod/b/web',
    )
  })
})

describe('causalChain', () => {
  test('walks from an effect to the step of the plan', () => {
    const chain = causalChain(trace, findRow(trace, 'web Ready=False').number)
    expect(chain.map(({ row }) => `${row.time} ${ROW_KINDS[row.kind].name}`)).toMatchInlineSnapshot(`
      [
        "61000 condition",
        "60400 exit",
        "2000 containerStart",
        "2000 containerCreate",
        "1530 exit",
        "530 containerStart",
        "530 containerCreate",
        "530 pullEnd",
        "30 pullStart",
        "30 sandboxReady",
        "20 sandboxCreate",
        "10 bound",
        "0 created",
        "0 step",
      ]
    `)
  })

  test('keeps the further causes of a row', () => {
    const [link] = causalChain(trace, findRow(trace, 'web Ready=True').number)
    expect(link.alsoCausedBy.map(({ time }) => time)).toEqual([2850])
  })
})

describe('firstDivergence', () => {
  test('finds nothing between equal runs', () => {
    expect(firstDivergence(trace, crashingWeb())).toBeUndefined()
  })

  test('finds the first row that differs, what differs in it, and the rows around', () => {
    const other = crashingWeb(t => {
      t.at(90_015).row(ROW_KINDS.findIndex(({ name }) => name === 'hookStart') as never, APP, 1, 1, 0)
    })
    const divergence = firstDivergence(trace, other, 2)
    expect(divergence?.fields).toEqual(['kind'])
    expect(divergence?.before.map(({ time }) => time)).toEqual([90_010, 90_010])
    expect(divergence?.left.row?.time).toBe(90_110)
    expect(divergence?.right.row?.time).toBe(90_015)
    expect(divergence?.left.chain.length).toBeGreaterThan(3)
    expect(divergence?.right.after.map(({ time }) => time)).toEqual([90_110, 90_850])
  })

  test('compares texts, not the numbers they happen to have', () => {
    const t = new TraceBuilder()
    t.symbols.intern('a text that shifts all numbers')
    const make = (builder: TraceBuilder, reason: string) => {
      builder.at(5).phase(WEB, 'Failed', reason)
      return builder.build()
    }
    expect(firstDivergence(make(t, 'Evicted'), make(new TraceBuilder(), 'Evicted'))).toBeUndefined()
    const other = firstDivergence(make(new TraceBuilder(), 'Evicted'), make(new TraceBuilder(), 'OutOfcpu'))
    expect(other?.fields).toEqual(['reason'])
  })

  test('says so when one trace is a beginning of the other', () => {
    const t = new TraceBuilder()
    const shorter = t.build()
    const divergence = firstDivergence(shorter, trace)
    expect(divergence).toMatchObject({ number: 0, fields: [], left: { row: undefined } })
  })
})
