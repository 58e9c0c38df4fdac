/**
 * Tells whether a YAML document is plainly valid, at a small part of the price of parsing it.
 *
 * It knows block maps and lists, plain and quoted scalars, block scalars and short flow collections, which is what generated
 * manifests consist of (CRDs, RBAC). `false` means no more than that the document has to be parsed to know.
 */
export function isPlainlyValid(text: string): boolean {
  // A return on its own ends a line, too.
  if (/\r(?!\n)/.test(text)) return false
  const reader = new LineReader(text)
  while (reader.next()) if (!reader.take()) return false
  return !reader.isBroken
}

/** A block map or list that is open, at its column. */
interface Block {
  readonly column: number
  readonly isMap: boolean
  readonly keys: Set<string>
}

const KEY = /(?:[\w$./~][\w$./~-]*|"[\w $./:-]*"|'[\w $./:-]*')(?=:(?:[ \r\n]|$))/y
/** Keys that may stand for a number, a truth value or nothing. */
const UNCOMMON_KEY = /^(?:[\d.~].*|y|n|yes|no|on|off|true|false|null)$/i
const NOT_FINITE = /[-+]?\.(?:inf|nan)/iy
const BLOCK_SCALAR = /[|>][-+]?(?: +#.*)?[ \r]*$/y
const SIMPLE_FLOW =
  /(?:\[ *(?:(?:[\w/$][\w./$-]*|"[^"\\]*"|'[^']*')(?:, *(?:[\w/$][\w./$-]*|"[^"\\]*"|'[^']*'))*)? *\]|\{ *\})[ \r]*$/y
const QUOTED = /(?:"(?:[^"\\]|\\["\\/abefnrtv0N_LP ])*"|'(?:[^']|'')*')(?: +#.*)?[ \r]*$/y
/** What a plain scalar may not begin with: indicators, and what would need a closer look. */
const PLAIN_START = /[^\s\-?:,[\]{}#&*!|>'"%@`]|[-?:][^\s]/y

/** What may stand after a backslash; codes of characters are left to the parser. */
const ESCAPED = '"\\/abefnrtv0N_LP '

const SPACE = 32
const DASH = 45
const HASH = 35
const TAB = 9
const DOUBLE_QUOTE = 34
const SINGLE_QUOTE = 39
const RETURN = 13

class LineReader {
  isBroken = false
  private readonly text: string
  private lineStart = 0
  private lineEnd = -1
  private column = 0
  private readonly blocks: Block[] = []
  /** The column that a line must go beyond to belong to the scalar before it; -1 without one. */
  private plainBeyond = -1
  private blockBeyond = -2
  /** The column of the block scalar's text, once a line has shown it, and of the blank lines before that. */
  private blockColumn = -1
  private blankColumn = -1
  /** Whether the last key or dash waits for a value on the lines below. */
  private awaitsValue = true

  constructor(text: string) {
    this.text = text
  }

  /** Goes to the next line with content, past block scalars. */
  next(): boolean {
    while (this.lineEnd < this.text.length) {
      this.lineStart = this.lineEnd + 1
      if (this.lineStart >= this.text.length) return false
      const newline = this.text.indexOf('\n', this.lineStart)
      this.lineEnd = newline === -1 ? this.text.length : newline
      let at = this.lineStart
      while (this.text.charCodeAt(at) === SPACE) at++
      this.column = at - this.lineStart
      const code = at < this.lineEnd ? this.text.charCodeAt(at) : RETURN
      const isBlank = code === RETURN && at + 1 >= this.lineEnd
      if (isBlank || at >= this.lineEnd) {
        if (this.blockColumn === -1 && this.column > this.blankColumn) this.blankColumn = this.column
        continue
      }
      if (this.blockBeyond > -2 && this.isInBlock()) continue
      if (code === HASH) {
        this.plainBeyond = -1
        continue
      }
      return true
    }
    return false
  }

  /** Whether the line belongs to the block scalar that is open; if not, it is over. */
  private isInBlock(): boolean {
    if (this.blockColumn === -1 && this.column > this.blockBeyond) {
      this.blockColumn = this.column
      // Blank lines that go further in than the first text are an error.
      if (this.blankColumn > this.column) this.isBroken = true
    }
    if (this.blockColumn !== -1 && this.column >= this.blockColumn) return true
    this.blockBeyond = -2
    return false
  }

  /** Takes the line in; false where it is not plainly valid. */
  take(): boolean {
    const { text } = this
    let at = this.lineStart + this.column
    if (text.charCodeAt(at) === TAB) return false
    if (this.plainBeyond >= 0 && this.column > this.plainBeyond) return this.isPlainRest(at)
    this.plainBeyond = -1
    while (text.charCodeAt(at) === DASH && isBreak(text.charCodeAt(at + 1))) {
      if (!this.open(at - this.lineStart, false)) return false
      at++
      while (text.charCodeAt(at) === SPACE) at++
      this.awaitsValue = true
      if (at >= this.lineEnd || text.charCodeAt(at) === RETURN) return true
      if (text.charCodeAt(at) === HASH) return true
    }
    const column = at - this.lineStart
    KEY.lastIndex = at
    const key = KEY.exec(text)
    if (key === null) {
      const outer = this.blocks.at(-1)?.column ?? -1
      return this.awaitsValue && column > outer && this.takeScalar(at, outer)
    }
    if (!this.open(column, true)) return false
    const { keys } = this.blocks[this.blocks.length - 1]
    const code = text.charCodeAt(at)
    const isQuoted = code === DOUBLE_QUOTE || code === SINGLE_QUOTE
    const name = isQuoted ? key[0].slice(1, -1) : key[0]
    if (keys.has(name) || (!isQuoted && UNCOMMON_KEY.test(name))) return false
    keys.add(name)
    return this.takeValue(KEY.lastIndex + 1, column)
  }

  /** Opens a block at a column, or goes on with the one that is open there. */
  private open(column: number, isMap: boolean): boolean {
    let top = this.blocks.at(-1)
    while (top !== undefined && top.column > column) {
      this.blocks.pop()
      this.awaitsValue = false
      top = this.blocks.at(-1)
    }
    if (top?.column === column && top.isMap === isMap) {
      this.awaitsValue = false
      return true
    }
    if (top?.column === column) {
      // A list may stand at the column of the key it belongs to, and the map goes on after it.
      if (top.isMap) {
        if (!this.awaitsValue) return false
      } else {
        this.blocks.pop()
        const outer = this.blocks.at(-1)
        return outer !== undefined && outer.column === column && outer.isMap === isMap
      }
    } else if (!this.awaitsValue) return false
    this.blocks.push({ column, isMap, keys: new Set() })
    this.awaitsValue = false
    return true
  }

  private takeValue(start: number, column: number): boolean {
    let at = start
    while (this.text.charCodeAt(at) === SPACE) at++
    const code = this.text.charCodeAt(at)
    this.awaitsValue = at >= this.lineEnd || code === RETURN || code === HASH
    if (this.awaitsValue) return code !== HASH || at > start
    return this.takeScalar(at, column)
  }

  private takeScalar(at: number, column: number): boolean {
    this.awaitsValue = false
    const line = this.text.slice(at, this.lineEnd)
    if (matches(BLOCK_SCALAR, line)) {
      this.blockBeyond = column
      this.blockColumn = -1
      this.blankColumn = -1
      return column >= 0
    }
    if (matches(QUOTED, line) || matches(SIMPLE_FLOW, line)) return true
    const quote = line[0]
    if (quote === '"' || quote === "'") return this.takeLongQuoted(at, quote, column)
    PLAIN_START.lastIndex = 0
    if (!PLAIN_START.test(line) || matches(NOT_FINITE, line)) return false
    this.plainBeyond = column
    return this.isPlainRest(at)
  }

  /** A quoted scalar over several lines; each of them has to be indented. */
  private takeLongQuoted(start: number, quote: string, column: number): boolean {
    const { text } = this
    let at = start + 1
    for (; at < text.length; at++) {
      const character = text[at]
      if (character === '\\' && quote === '"') {
        at++
        if (!ESCAPED.includes(text[at])) return false
      } else if (character === quote) {
        if (quote === '"' || text[at + 1] !== quote) break
        at++
      } else if (character === '\n' && !this.isIndented(at + 1, column)) return false
    }
    if (at >= text.length) return false
    const newline = text.indexOf('\n', at)
    this.lineEnd = newline === -1 ? text.length : newline
    return /^[ \r]*(?: #.*)?$/.test(text.slice(at + 1, this.lineEnd))
  }

  private isIndented(start: number, column: number): boolean {
    let at = start
    while (this.text.charCodeAt(at) === SPACE) at++
    const code = this.text.charCodeAt(at)
    return at - start > column || code === 10 || code === RETURN
  }

  /** A line of a plain scalar: a colon before a space would begin a map, and a comment ends it. */
  private isPlainRest(at: number): boolean {
    const line = this.text.slice(at, this.lineEnd).trimEnd()
    return !line.includes(': ') && !line.includes(' #') && !line.endsWith(':') && !line.includes('\t')
  }
}

const isBreak = (code: number): boolean => code === SPACE || code === 10 || code === RETURN || Number.isNaN(code)

function matches(pattern: RegExp, line: string): boolean {
  pattern.lastIndex = 0
  return pattern.test(line)
}
