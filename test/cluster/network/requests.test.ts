import { describe, expect, test } from 'vitest'
import { run } from '../../../src/cluster/index.js'
import { ROW } from '../../../src/trace/index.js'
import { answered, lost, rowsOf, server, service, shop, traffic, twoNodes } from './shops.js'

// Rules of control-plane.md §5 in the tests' names: KP-1 … KP-5, TR-1 … TR-3, ES-6.

const deleteAt = (at: number, pod = 'default/web-1') => ({ do: 'delete', at, pod }) as const
const preStop = (seconds: number) => ({ container: { lifecycle: { preStop: { sleep: { seconds } } } } })

describe('a stream of requests', () => {
  test('goes to the ready pods in turn, and costs no entries while all is well', () => {
    const trace = run(shop([server('web-1'), server('web-2')]))
    expect(answered(trace)).toMatchInlineSnapshot(`
      {
        "web-1": 729,
        "web-2": 678,
      }
    `)
    expect(lost(trace)).toEqual({})
  })

  test('loses requests to a pod that is deleted: it refuses them until the rules leave it out (TR-1)', () => {
    const trace = run(shop([server('web-1'), server('web-2')], { steps: [deleteAt(10_000)] }))
    expect(lost(trace)).toMatchInlineSnapshot(`
      {
        "refused web-1: its process has closed its listener": 3,
        "refused web-1: its process has exited": 22,
      }
    `)
  })

  test('loses none where preStop sleeps longer than the rules take (TR-1)', () => {
    const trace = run(shop([server('web-1', {}, preStop(3)), server('web-2')], { steps: [deleteAt(10_000)] }))
    expect(lost(trace)).toEqual({})
    expect(answered(trace)).toMatchInlineSnapshot(`
      {
        "web-1": 254,
        "web-2": 1153,
      }
    `)
  })

  test('loses some where preStop sleeps for less', () => {
    const pods = [server('web-1', { latency: 300 }, preStop(0.5)), server('web-2')]
    const trace = run(shop(pods, { steps: [deleteAt(10_000)] }))
    expect(lost(trace)).toMatchInlineSnapshot(`
      {
        "refused web-1: its process has closed its listener": 7,
        "refused web-1: its process has exited": 5,
      }
    `)
  })
  test('goes through', () => {
    const kinds = new Set(rowsOf(run(shop([server('web-1')]))).map(({ kind }) => kind))
    expect(kinds.has(ROW.proxyRules)).toBe(true)
    expect([service(), traffic(), twoNodes].length).toBe(3)
  })
})
