import type { PodVersion } from '../../contract/index.js'

/** Where a pod of an Indexed Job says which index it works on. */
export const COMPLETION_INDEX = 'batch.kubernetes.io/job-completion-index'

/** The completion index of a pod; −1: it has none. */
export function completionIndexOf({ spec }: PodVersion): number {
  const text = spec.object.metadata.annotations?.[COMPLETION_INDEX]
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : -1
}

/**
 * A set of completion indexes, which a Job's status shows as intervals: `1,3-5`.
 *
 * controllers: pkg/controller/job/indexed_job_utils.go orderedIntervals, v1.32 (J-11).
 */
export class CompletionIndexes {
  readonly #indexes: ReadonlySet<number>

  constructor(indexes: Iterable<number> = []) {
    this.#indexes = new Set(indexes)
  }

  /** Reads the form of a status; indexes from `completions` on are left out. */
  static parse(text: string, completions: number): CompletionIndexes {
    const indexes: number[] = []
    for (const interval of text === '' ? [] : text.split(',')) {
      const [first, last = first] = interval.split('-').map(Number)
      for (let index = first; index <= last && index < completions; index++) indexes.push(index)
    }
    return new CompletionIndexes(indexes)
  }

  get total(): number {
    return this.#indexes.size
  }

  has(index: number): boolean {
    return this.#indexes.has(index)
  }

  with(indexes: Iterable<number>): CompletionIndexes {
    return new CompletionIndexes([...this.#indexes, ...indexes])
  }

  /** Two neighbours stand side by side, three and more as an interval. */
  toString(): string {
    const sorted = [...this.#indexes].sort((a, b) => a - b)
    const parts: string[] = []
    for (let i = 0; i < sorted.length; ) {
      let end = i
      while (sorted[end + 1] === sorted[end] + 1) end++
      parts.push(end - i > 1 ? `${sorted[i]}-${sorted[end]}` : sorted.slice(i, end + 1).join(','))
      i = end + 1
    }
    return parts.join(',')
  }
}

/** The lowest indexes below `completions` that nobody works on and that are not done. */
export function firstPendingIndexes(
  completions: number,
  count: number,
  isTaken: (index: number) => boolean,
): readonly number[] {
  const pending: number[] = []
  for (let index = 0; index < completions && pending.length < count; index++) if (!isTaken(index)) pending.push(index)
  return pending
}
