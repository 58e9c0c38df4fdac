import { nearestWord, type Origin, orList, PodwrightError } from '../errors/index.js'
import { type Milliseconds, tryParseDuration } from '../time/index.js'

/** A piece of a text: a word, a quoted text, or one of the marks `,` and `;`. */
interface Token {
  readonly text: string
  readonly isQuoted: boolean
  /** Counted from 1 in the whole text. */
  readonly column: number
}

const TOKEN = /\s*(?:([,;])|"((?:[^"\\]|\\.)*)"|([^\s,;"]+)|(\S))/y

/** Longer texts are no words that somebody wrote by hand. */
const LONGEST_TEXT = 8192

/**
 * Reads a line of the behaviour language word by word. Every complaint names the column, what was expected,
 * what stands there instead, and the nearest word if one is near.
 */
export class WordReader {
  readonly #text: string
  readonly #where: Origin | string | undefined
  readonly #tokens: readonly Token[]
  #at = 0

  /** Reads `text` from `offset` on; columns count from the beginning of `text`. */
  constructor(text: string, offset: number, where: Origin | string | undefined) {
    this.#text = text
    this.#where = where
    this.#tokens = this.#split(offset)
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#tokens.length
  }

  /** True, and one word further, if the next words are these; the case of letters does not matter. */
  take(...words: readonly string[]): boolean {
    for (let i = 0; i < words.length; i++) {
      const token = this.#tokens[this.#at + i]
      if (token === undefined || token.isQuoted || token.text.toLowerCase() !== words[i].toLowerCase()) return false
    }
    this.#at += words.length
    return true
  }

  /** Takes one of these words, spelled as in the list. */
  takeOneOf<Word extends string>(words: readonly Word[]): Word | undefined {
    const word = this.#tokens[this.#at]
    if (word === undefined || word.isQuoted) return undefined
    const found = words.find(each => each.toLowerCase() === word.text.toLowerCase())
    if (found !== undefined) this.#at++
    return found
  }

  /** Demands one of these words. */
  oneOf<Word extends string>(words: readonly Word[]): Word {
    return this.takeOneOf(words) ?? this.fail(orList(words), words)
  }

  /** Demands a duration. */
  duration(): Milliseconds {
    const token = this.#tokens[this.#at]
    const ms = token === undefined || token.isQuoted ? undefined : tryParseDuration(token.text)
    if (ms === undefined) {
      const hint = token !== undefined && /^\d+(\.\d+)?$/.test(token.text) ? `write ${token.text}s` : undefined
      return this.fail('a duration such as 500ms, 5s or 1m30s', [], hint)
    }
    this.#at++
    return ms
  }

  /** Takes a whole number in [least, most], if a number stands here. */
  takeNumber(what: string, least: number, most: number): number | undefined {
    const token = this.#tokens[this.#at]
    if (token === undefined || token.isQuoted || !/^[-+]?[\d.]+$/.test(token.text)) return undefined
    const number = /^\d{1,9}$/.test(token.text) ? Number(token.text) : Number.NaN
    if (!(number >= least && number <= most)) return this.fail(`${what}, ${least} to ${most}`)
    this.#at++
    return number
  }

  number(what: string, least: number, most: number): number {
    return this.takeNumber(what, least, most) ?? this.fail(`${what}, ${least} to ${most}`)
  }

  /** Demands a quoted text, or takes bare words up to the next mark. */
  message(): string {
    const first = this.#tokens[this.#at]
    if (first === undefined) return this.fail('a message')
    if (first.isQuoted) {
      this.#at++
      return first.text
    }
    const words: string[] = []
    while (!this.isAtEnd && !this.#isMark(this.#tokens[this.#at])) words.push(this.#tokens[this.#at++].text)
    return words.length === 0 ? this.fail('a message') : words.join(' ')
  }

  /** True if a message could begin here. */
  get isAtMessage(): boolean {
    return !this.isAtEnd && !this.#isMark(this.#tokens[this.#at])
  }

  /** Demands a word of any spelling, or a quoted one. */
  word(what: string): string {
    const token = this.#tokens[this.#at]
    if (token === undefined || this.#isMark(token)) return this.fail(what)
    this.#at++
    return token.text
  }

  /** Refuses what stands here. */
  fail(expected: string, candidates: Iterable<string> = [], hint?: string): never {
    const token = this.#tokens[this.#at]
    // Everything is near to a word of two letters.
    const words = [...candidates].filter(({ length }) => length > 2)
    const nearest =
      token === undefined || token.isQuoted || token.text.length < 3 ? undefined : nearestWord(token.text, words)
    throw this.#error(
      token?.column ?? this.#text.length + 1,
      `expected ${expected}, got ${token === undefined ? 'the end' : JSON.stringify(token.text.slice(0, 60))}`,
      nearest === undefined ? hint : `did you mean ${nearest}?`,
    )
  }

  /** Which word was read last, for `failAt`. */
  get lastRead(): number {
    return this.#at - 1
  }

  /** Refuses a word that was read before. */
  failAt(word: number, problem: string, hint?: string): never {
    throw this.#error(this.#tokens[Math.max(0, word)]?.column ?? 1, problem, hint)
  }

  /** Refuses what was read last. */
  failBefore(problem: string, hint?: string): never {
    return this.failAt(this.#at - 1, problem, hint)
  }

  #error(column: number, problem: string, hint: string | undefined): PodwrightError {
    const text = this.#text.length > 80 ? `${this.#text.slice(0, 79)}…` : this.#text
    return new PodwrightError({
      code: 'BEHAVIOUR_INVALID',
      ...(this.#where === undefined ? {} : { where: this.#where }),
      problem: `${JSON.stringify(text)}, column ${column}: ${problem}`,
      ...(hint === undefined ? {} : { hint }),
    })
  }

  #isMark(token: Token): boolean {
    return !token.isQuoted && (token.text === ',' || token.text === ';')
  }

  #split(offset: number): Token[] {
    if (this.#text.length > LONGEST_TEXT) throw this.#error(1, `expected at most ${LONGEST_TEXT} characters`, undefined)
    const tokens: Token[] = []
    let at = offset
    while (this.#text.slice(at).trim() !== '') {
      TOKEN.lastIndex = at
      const match = TOKEN.exec(this.#text)!
      const [whole, mark, quoted, word] = match
      at = TOKEN.lastIndex
      const raw = whole.trimStart()
      const column = at - raw.length + 1
      if (quoted !== undefined) tokens.push({ text: this.#unquote(raw, column), isQuoted: true, column })
      else if ((mark ?? word) !== undefined) tokens.push({ text: mark ?? word, isQuoted: false, column })
      else throw this.#error(column, 'expected a closing quotation mark, got the end', undefined)
    }
    return tokens
  }

  #unquote(raw: string, column: number): string {
    try {
      return JSON.parse(raw) as string
    } catch {
      throw this.#error(column, 'expected a text quoted as in JSON', undefined)
    }
  }
}
