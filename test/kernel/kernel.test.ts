import { describe, expect, test } from 'vitest'
import { Kernel, PRIORITY } from '../../src/kernel/index.js'

/** Runs entries and answers their names in the order in which they ran; then, after −1, those that a tie decided. */
function orderOf(
  entries: readonly { at: number; name: number; priority?: number }[],
  tie?: (name: number) => number,
): number[] {
  const kernel = new Kernel()
  const decided: number[] = []
  kernel.reset(
    tie === undefined
      ? undefined
      : { draw: (_operation, argument) => tie(argument), decided: (_operation, argument) => decided.push(argument) },
  )
  const order: number[] = []
  for (const { at, name, priority } of entries) kernel.schedule(at, 0, name, -1, priority)
  kernel.run(1000, 1000, (_operation, argument) => order.push(argument))
  return tie === undefined ? order : [...order, -1, ...decided]
}

describe('the kernel', () => {
  test('runs entries by time, then priority, then first come first served', () => {
    const entries = [
      { at: 5, name: 1 },
      { at: 5, name: 2, priority: PRIORITY.late },
      { at: 5, name: 3, priority: PRIORITY.world },
      { at: 1, name: 4 },
      { at: 5, name: 5 },
    ]
    expect(orderOf(entries)).toEqual([4, 3, 1, 5, 2])
  })

  test('lets a tie breaker decide among equals only, and says which draws mattered', () => {
    const entries = [
      { at: 5, name: 1 },
      { at: 5, name: 2 },
      { at: 4, name: 3 },
    ]
    expect(orderOf(entries, name => 10 - name)).toEqual([3, 2, 1, -1, 2, 1])
  })

  test('ends at the horizon with the clock there', () => {
    const kernel = new Kernel()
    kernel.reset(undefined)
    kernel.schedule(50, 0, 0, -1)
    expect(kernel.run(20, 100, () => undefined)).toBe('horizon')
    expect(kernel.now).toBe(20)
    expect(kernel.run(50, 100, () => undefined)).toBe('quiescent')
    expect(kernel.now).toBe(50)
  })

  test('ends at the limit on entries when work never stops', () => {
    const kernel = new Kernel()
    kernel.reset(undefined)
    kernel.schedule(0, 0, 0, -1)
    const again = (): void => {
      kernel.schedule(kernel.now, 0, 0, -1)
    }
    expect(kernel.run(1, 500, again)).toBe('entryLimit')
    expect(kernel.entries).toBe(500)
  })

  test('pauses after the entry in hand and goes on from there', () => {
    const kernel = new Kernel()
    kernel.reset(undefined)
    const seen: number[] = []
    for (const at of [1, 2, 3]) kernel.schedule(at, 0, at, -1)
    const take = (_operation: number, argument: number): void => {
      seen.push(argument)
      if (argument === 2) kernel.pause()
    }
    expect(kernel.run(10, 100, take)).toBe('paused')
    expect(seen).toEqual([1, 2])
    expect(kernel.run(10, 100, take)).toBe('quiescent')
    expect(seen).toEqual([1, 2, 3])
  })

  test('is quiescent when all that is left was taken back', () => {
    const kernel = new Kernel()
    kernel.reset(undefined)
    const entry = kernel.schedule(500, 0, 0, -1)
    kernel.schedule(10, 0, 0, -1)
    kernel.cancel(entry)
    expect(kernel.run(1000, 100, () => undefined)).toBe('quiescent')
    expect(kernel.now).toBe(10)
  })

  test('names the entry in hand as schedule named it', () => {
    const kernel = new Kernel()
    kernel.reset(undefined)
    const entry = kernel.schedule(3, 0, 0, -1)
    let inHand = 0
    kernel.run(10, 10, () => {
      inHand = kernel.entry
    })
    expect(inHand).toBe(entry)
  })
})
