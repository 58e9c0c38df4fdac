/**
 * Puts elements that a client knows, in its order, and those that only the server has, in the server's, into one list: an element
 * of the client goes first only where the server had it first.
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
    const [left, right] = [serverIndex(known[i]), serverIndex(others[j])]
    if (left >= 0 && right >= 0 && left < right) list.push(known[i++])
    else list.push(others[j++])
  }
  return [...list, ...known.slice(i), ...others.slice(j)]
}
