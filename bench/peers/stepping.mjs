/**
 * Drives the peer's paused clock. `step` runs the timers that are due, but what awaits them goes on only when the event
 * loop turns; timers of one step see one another's effects too late. So the result depends on the size of a step.
 */

/** `timer`: to the next timer, whenever that is, as exact as the peer can be; otherwise milliseconds. */
export const STEPPINGS = ['timer', 10, 100, 1000]

/** More steps or turns than this, and the peer is stuck; 600 s in steps of 10 ms are 60 000. */
const MOST_STEPS = 100_000

/** Everything that can go on without the clock goes on. */
const turn = () => new Promise(resolve => setImmediate(resolve))

/** Advances the paused clock until an instant, or until it is over. */
export async function advance(clock, stepping, until, isOver = () => false) {
  let steps = 0
  await turn()
  while (clock.nowMs() < until && !isOver()) {
    const left = until - clock.nowMs()
    clock.step(Math.min(left, stepping === 'timer' ? untilNextTimer(clock) : stepping))
    await turn()
    steps++
    if (steps > MOST_STEPS) throw new Error(`its clock took ${MOST_STEPS} steps and is still not there`)
  }
}

/** Reads what the peer keeps private: its public clock does not tell when its next timer is due. */
function untilNextTimer(clock) {
  if (!(clock.tasks instanceof Map) || !Array.isArray(clock.microtasks)) throw new Error('its clock has another shape')
  // What it queued as a microtask of its clock (every delivery of a watch) runs in the next step, even one of 0 ms.
  if (clock.microtasks.length > 0) return 0
  let next = Number.POSITIVE_INFINITY
  for (const { cancelled, dueAtMs } of clock.tasks.values()) if (!cancelled) next = Math.min(next, dueAtMs)
  return Math.max(0, next - clock.nowMs())
}

/** Awaits a promise of the peer that needs no time to pass, only turns of the event loop. */
export async function settle(promise, what) {
  let isSettled = false
  const settled = () => {
    isSettled = true
  }
  promise.then(settled, settled)
  for (let turns = 0; turns < MOST_STEPS && !isSettled; turns++) await turn()
  if (!isSettled) throw new Error(`${what} did not come to an end`)
  return promise
}
