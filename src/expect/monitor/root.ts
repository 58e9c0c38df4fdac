import type { Monitor } from './monitor.js'
import type { Source } from './signal.js'

/**
 * The monitor of one clause of a set. Its methods stand beside it, because V8 takes longer to look a method up that many classes have
 * than most of these methods take to run; they are called with `.call(root.monitor, …)`.
 */
export interface Root {
  readonly monitor: Monitor
  readonly open: Monitor['open']
  readonly happened: Monitor['happened']
  readonly settled: Monitor['settled']
  readonly close: Monitor['close']
  readonly readsLevels: boolean
  /** Whether it waits for the end of the instant. */
  isDirty: boolean
}

export const createRoot = (monitor: Monitor): Root => ({
  monitor,
  open: monitor.open,
  happened: monitor.happened,
  settled: monitor.settled,
  close: monitor.close,
  readsLevels: monitor.reads.length > 0,
  isDirty: false,
})

/** A source with its method beside it, for the same reason. */
export interface Taker {
  readonly source: Source
  readonly take: Source['take']
}

export const createTaker = (source: Source): Taker => ({ source, take: source.take })
