/** What became of a slow start. */
export interface SlowStart<Failure> {
  /** What went wrong in its last batch, in order. */
  readonly failures: readonly Failure[]
  /** How many items were left out after that. */
  readonly skipped: number
}

/**
 * Does something for each in batches of 1, 2, 4, 8 …, none larger than `largest`: after a batch in which an act answered a failure
 * comes no other.
 *
 * controllers: pkg/controller/controller_utils.go slowStartBatch and the loops like it, v1.32 (C-3).
 */
export function slowStart<Item, Failure>(
  items: readonly Item[],
  act: (item: Item, index: number) => Failure | undefined,
  largest = Number.POSITIVE_INFINITY,
): SlowStart<Failure> {
  const failures: Failure[] = []
  let done = 0
  for (let size = 1; done < items.length && failures.length === 0; size = Math.min(2 * size, largest)) {
    const end = Math.min(items.length, done + size)
    for (; done < end; done++) {
      const failure = act(items[done], done)
      if (failure !== undefined) failures.push(failure)
    }
  }
  return { failures, skipped: items.length - done }
}
