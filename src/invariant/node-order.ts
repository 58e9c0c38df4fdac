/** How the row of a step says that a kubelet is restarted. */
const RESTART_TEXT = 'restart the kubelet of '
/** … and that a node is cordoned, or is not any more. */
const CORDON_TEXT = 'cordon node '
const UNCORDON_TEXT = 'uncordon node '

/** What a step asks of a node. */
export interface Order {
  readonly kind: number
  readonly node: string
}

/** Kinds of orders. */
export const ORDER = { none: 0, cordon: 1, uncordon: 2, restart: 3 } as const

/** Reads the text of a step. */
export function orderOf(text: string): Order {
  const node = text.slice(text.lastIndexOf(' ') + 1)
  if (text.startsWith(CORDON_TEXT)) return { kind: ORDER.cordon, node }
  if (text.startsWith(UNCORDON_TEXT)) return { kind: ORDER.uncordon, node }
  if (text.startsWith(RESTART_TEXT)) return { kind: ORDER.restart, node: text.slice(RESTART_TEXT.length) }
  return { kind: ORDER.none, node }
}
