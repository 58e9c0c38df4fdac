/**
 * Puts elements that a client knows, in its order, and those that only the server has, in the server's, into one list: one of the
 * server's goes first only where the server had it first.
 *
 * apimachinery: pkg/util/strategicpatch/patch.go mergeSortedSlice, v1.32.
 */
export function orderedList<Element>(
  known: readonly Element[],
  others: readonly Element[],
  serverIndex: (element: Element) => number,
): Element[] {
  const list: Element[] = []
  let i = 0
  let j = 0
  while (i < known.length && j < others.length) {
    const [one, other] = [serverIndex(known[i]), serverIndex(others[j])]
    if (one >= 0 && other >= 0 && other < one) list.push(others[j++])
    else list.push(known[i++])
  }
  return [...list, ...known.slice(i), ...others.slice(j)]
}
