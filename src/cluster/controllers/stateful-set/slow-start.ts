/**
 * Does something for each in batches of 1, 2, 4, 8 …; where one of a batch fails, the batches after it are left out (C-3).
 *
 * controllers: pkg/controller/statefulset/stateful_set_control.go slowStartBatch, v1.32.
 *
 * @throws What the first one that failed threw, after the rest of its batch.
 */
export function slowStart<Item>(items: readonly Item[], act: (item: Item, index: number) => void): void {
  for (let start = 0, size = 1; start < items.length; start += size, size = Math.min(2 * size, MOST_IN_FLIGHT)) {
    const failures: unknown[] = []
    for (let i = start; i < Math.min(start + size, items.length); i++) {
      try {
        act(items[i], i)
      } catch (error) {
        failures.push(error)
      }
    }
    if (failures.length > 0) throw failures[0]
  }
}

const MOST_IN_FLIGHT = 500
