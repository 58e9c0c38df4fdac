/** What may come next while a text is read as JSON. */
type Expected = 'value' | 'valueOrEnd' | 'key' | 'keyOrEnd' | 'colon' | 'commaOrEnd' | 'nothing'

const TOKEN =
  /[ \t\r\n]*(?:([{}[\],:])|("(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/uy

/**
 * Finds where a text that is not JSON stops being it: the offset of the first token that has no place there, or the text's
 * end. Not every release of Node says so in its error.
 */
export function offsetOfMistake(text: string): number {
  const open: string[] = []
  let expected: Expected = 'value'
  for (let offset = 0; ; ) {
    TOKEN.lastIndex = offset
    const match = TOKEN.exec(text)
    if (match === null) return offset + (/^[ \t\r\n]*/.exec(text.slice(offset))?.[0].length ?? 0)
    const [token, mark = '', string] = match
    const next = after(expected, mark, string !== undefined, open)
    if (next === undefined) return offset + token.length - token.trimStart().length
    expected = next
    offset += token.length
  }
}

/** What may follow a token; undefined: the token itself may not stand here. */
function after(expected: Expected, mark: string, isString: boolean, open: string[]): Expected | undefined {
  const afterValue = (): Expected => (open.length === 0 ? 'nothing' : 'commaOrEnd')
  const isEnd = expected === 'commaOrEnd' || expected === 'valueOrEnd' || expected === 'keyOrEnd'
  if (mark === '}' || mark === ']') {
    const opening = mark === '}' ? '{' : '['
    const isOfKind = expected !== (mark === '}' ? 'valueOrEnd' : 'keyOrEnd')
    return isEnd && isOfKind && open.pop() === opening ? afterValue() : undefined
  }
  if (mark === ':') return expected === 'colon' ? 'value' : undefined
  if (mark === ',') return expected === 'commaOrEnd' ? (open.at(-1) === '{' ? 'key' : 'value') : undefined
  if (expected === 'key' || expected === 'keyOrEnd') return isString ? 'colon' : undefined
  if (expected !== 'value' && expected !== 'valueOrEnd') return undefined
  if (mark === '') return afterValue()
  open.push(mark)
  return mark === '{' ? 'keyOrEnd' : 'valueOrEnd'
}
