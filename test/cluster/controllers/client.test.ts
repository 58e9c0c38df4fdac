import { beforeEach, describe, expect, test } from 'vitest'
import { Expectations, WorkQueue } from '../../../src/cluster/client/index.js'
import { createSymbols, type Environment, OP } from '../../../src/cluster/contract/index.js'
import { Choices, Kernel } from '../../../src/kernel/index.js'
import { DEFAULT_KUBELET_CONFIGURATION, PROFILES } from '../../../src/model/index.js'
import { DEFAULT_TIMING, type Timing } from '../../../src/scenario/index.js'
import { TraceRecorder } from '../../../src/trace/index.js'

function environmentOf(kernel: Kernel, timing: Timing = DEFAULT_TIMING): Environment {
  const symbols = createSymbols()
  const trace = new TraceRecorder(symbols)
  trace.reset('digest', undefined)
  const choices = new Choices({}, { path: () => '', hash: () => 0 }, false)
  const profile = PROFILES['1.32']
  return { kernel, trace, symbols, choices, timing, profile, kubelet: DEFAULT_KUBELET_CONFIGURATION }
}

describe('a work queue', () => {
  let kernel: Kernel
  let queue: WorkQueue
  let worked: [number, number][]

  beforeEach(() => {
    kernel = new Kernel()
    kernel.reset(undefined)
    queue = new WorkQueue(environmentOf(kernel), 2)
    worked = []
  })

  const runTo = (instant: number): void => {
    kernel.run(instant, 1000, (operation, argument) => {
      if (operation === OP.controllerDelay) queue.due(WorkQueue.delayOf(argument).slot)
      else {
        expect([operation, argument]).toEqual([OP.controllerSync, 2])
        const next = queue.take()
        if (next !== undefined) worked.push([kernel.now, next.key])
      }
    })
  }

  test('has each key once, first come, first served (C-1)', () => {
    for (const key of [7, 5, 7, 9, 5]) queue.add(key, -1)
    runTo(10)
    expect(worked).toEqual([
      [0, 7],
      [0, 5],
      [0, 9],
    ])
  })

  test('has a worker that waits for the answers to its requests, where these take time', () => {
    queue = new WorkQueue(environmentOf(kernel, { ...DEFAULT_TIMING, watch: 4 }), 2)
    for (const key of [7, 5, 9]) queue.add(key, -1)
    runTo(20)
    expect(worked).toEqual([
      [0, 7],
      [5, 5],
      [10, 9],
    ])
  })

  test('keeps the earliest of several delays of a key (C-9)', () => {
    queue.addAfter(7, 500, -1)
    queue.addAfter(7, 900, -1)
    queue.addAfter(7, 200, -1)
    runTo(10_000)
    expect(worked).toEqual([[200, 7]])
  })

  test('leaves a delay alone when the key is added (C-9)', () => {
    queue.addAfter(7, 500, -1)
    queue.add(7, -1)
    runTo(10_000)
    expect(worked.map(([time]) => time)).toEqual([0, 500])
  })

  test('forgets a delay that is taken back', () => {
    queue.addAfter(7, 500, -1)
    queue.dropDelay(7)
    runTo(10_000)
    expect(worked).toEqual([])
  })

  test('waits 5 ms after a failure, twice as long after each further one, until it is forgotten (C-1)', () => {
    const delays: number[] = []
    for (let failure = 0; failure < 4; failure++) {
      const before = kernel.now
      queue.addRateLimited(7, -1)
      runTo(before + 1000)
      delays.push(worked.at(-1)![0] - before)
    }
    expect(delays).toEqual([5, 10, 20, 40])
    expect(queue.failures(7)).toBe(4)
    queue.forget(7)
    const before = kernel.now
    queue.addRateLimited(7, -1)
    runTo(before + 1000)
    expect(worked.at(-1)![0] - before).toBe(5)
  })
})

describe('expectations (C-2)', () => {
  test('hold a controller back until every creation was seen', () => {
    const expectations = new Expectations()
    expect(expectations.areSatisfied(1, 0)).toBe(true)
    expectations.expectCreations(1, 2, 0)
    expectations.creationObserved(1)
    expect(expectations.areSatisfied(1, 10)).toBe(false)
    expectations.creationObserved(1)
    expect(expectations.areSatisfied(1, 10)).toBe(true)
  })

  test('of deletions are about pods: the same one seen twice counts once', () => {
    const expectations = new Expectations()
    expectations.expectDeletions(1, [4, 5], 0)
    expectations.deletionObserved(1, 4)
    expectations.deletionObserved(1, 4)
    expectations.deletionObserved(1, 9)
    expect(expectations.areSatisfied(1, 10)).toBe(false)
    expectations.deletionObserved(1, 5)
    expect(expectations.areSatisfied(1, 10)).toBe(true)
  })

  test('end after five minutes', () => {
    const expectations = new Expectations()
    expectations.expectCreations(1, 1, 1000)
    expect(expectations.areSatisfied(1, 301_000)).toBe(false)
    expect(expectations.areSatisfied(1, 301_001)).toBe(true)
  })
})
