import type { ApiError } from '../contract/index.js'
import { slowStart } from './slow-start.js'

/** Creates something for each by a slow start; `skip` is told once for each that is left out. Answers the last refusal. */
export function createInBatches<Item>(
  items: readonly Item[],
  create: (item: Item) => ApiError | undefined,
  skip: () => void,
): ApiError | undefined {
  const { failures, skipped } = slowStart(items, create)
  for (let i = 0; i < skipped; i++) skip()
  return failures.at(-1)
}
