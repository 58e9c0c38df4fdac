import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { EntryQueue } from '../../src/kernel/index.js'

/** One thing done to a queue: an entry pushed at a time and priority, one taken, or the n-th pushed one taken back. */
const operation = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('push' as const), time: fc.nat(20), priority: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('pop' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const), which: fc.nat(400) }) },
)

describe('the queue', () => {
  test.prop([fc.array(operation, { maxLength: 400 })])('gives entries in the order of a sorted list', operations => {
    const queue = new EntryQueue()
    let list: { time: number; order: number; sequence: number }[] = []
    const handles: number[] = []
    for (const each of operations) {
      if (each.kind === 'push') {
        const sequence = handles.length + 1
        const order = each.priority * 1_000_000 + sequence
        handles.push(queue.push(each.time, order, sequence, 1, sequence, -1))
        list.push({ time: each.time, order, sequence })
        list.sort((a, b) => a.time - b.time || a.order - b.order)
      } else if (each.kind === 'cancel' && handles.length > 0) {
        const sequence = (each.which % handles.length) + 1
        queue.cancel(handles[sequence - 1])
        list = list.filter(entry => entry.sequence !== sequence)
      } else if (each.kind === 'pop') {
        let taken = queue.pop()
        while (!taken && queue.length > 0) taken = queue.pop()
        const expected = list.shift()
        expect(taken ? queue.argument : undefined).toBe(expected?.sequence)
        if (expected !== undefined) expect(queue.time).toBe(expected.time)
      }
      expect(queue.length - queue.cancelled).toBe(list.length)
    }
  })

  test('takes back an entry once, and an entry that ran not at all', () => {
    const queue = new EntryQueue()
    const first = queue.push(1, 1, 1, 7, 0, -1)
    expect(queue.pop()).toBe(true)
    queue.cancel(first)
    expect(queue.cancelled).toBe(0)
    const second = queue.push(2, 2, 2, 8, 0, -1)
    queue.cancel(second)
    queue.cancel(second)
    expect(queue.cancelled).toBe(1)
    expect(queue.pop()).toBe(false)
    expect(queue.length).toBe(0)
  })

  test('does not take back another entry that uses the same slot', () => {
    const queue = new EntryQueue()
    const old = queue.push(1, 1, 1, 7, 0, -1)
    queue.pop()
    queue.push(5, 2, 2, 9, 42, -1)
    queue.cancel(old)
    expect(queue.pop()).toBe(true)
    expect(queue.argument).toBe(42)
  })
})
