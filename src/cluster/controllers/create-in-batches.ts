import type { ApiError } from '../contract/index.js'

/**
 * Creates something for each in batches of 1, 2, 4, 8 …: after a batch in which one was refused comes no other, and `skip` is told
 * once for each that is left out. Answers the last refusal.
 *
 * controllers: pkg/controller/controller_utils.go slowStartBatch and the loops like it, v1.32 (C-3).
 */
export function createInBatches<Item>(
  items: readonly Item[],
  create: (item: Item) => ApiError | undefined,
  skip: () => void,
): ApiError | undefined {
  let failure: ApiError | undefined
  let done = 0
  for (let batch = 1; done < items.length && failure === undefined; batch *= 2) {
    const end = Math.min(items.length, done + batch)
    for (; done < end; done++) failure = create(items[done]) ?? failure
  }
  for (; done < items.length; done++) skip()
  return failure
}
