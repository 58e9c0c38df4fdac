import { nearestWord, type Origin, orList, PodwrightError } from '../../errors/index.js'
import { type Milliseconds, tryParseDuration } from '../../time/index.js'
import { isGlue, shown } from './plain-word.js'

/** A piece of a text: a word, a quoted text, or a mark. */
interface Token {
  readonly text: string
  readonly kind: 'word' | 'quoted' | 'mark'
  /** Counted from 1. */
  readonly column: number
}

const TOKEN = /\s*(?:([,;():±])|"((?:[^"\\]|\\.)*)"|((?:[^\s,;():"±]|:(?=[^\s,;()"±]))+)|(\S))/y

/** Longer texts are no sentences that somebody wrote by hand. */
const LONGEST_TEXT = 10_240
/** Sentences inside sentences, and parentheses inside parentheses. */
const DEEPEST = 32
/** So much of a text is quoted in a complaint. */
const LONGEST_QUOTE = 80

/**
 * Reads a sentence of the expectation language word by word. Every complaint names the column, what was expected, what
 * stands there instead, and the nearest word if one is near.
 */
export class TextReader {
  readonly #text: string
  readonly #where: Origin | string | undefined
  readonly #tokens: readonly Token[]
  #at = 0
  #depth = 0

  constructor(text: string, where: Origin | string | undefined) {
    this.#text = text
    this.#where = where
    this.#tokens = this.#split()
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#tokens.length
  }

  /** Where the next word stands; for complaints about what begins here. */
  get position(): number {
    return this.#at
  }

  /** Whether the next words are these; the case of letters does not matter. */
  isAt(...words: readonly string[]): boolean {
    return words.every((word, i) => this.#isWord(this.#at + i, word))
  }

  /** Whether the word after next is one of these. */
  isFollowedBy(...words: readonly string[]): boolean {
    return words.some(word => this.#isWord(this.#at + 1, word))
  }

  /** Whether the word after next could be a name. */
  isFollowedByName(): boolean {
    return this.#nameAt(this.#at + 1) !== undefined
  }

  /** Whether a whole number comes next. */
  isAtNumber(): boolean {
    const token = this.#tokens[this.#at]
    return token?.kind === 'word' && /^\d{1,9}$/.test(token.text)
  }

  /** The name that comes next, if one does. */
  peekName(): string | undefined {
    return this.#nameAt(this.#at)?.text
  }

  /** Whether a mark comes next. */
  isAtMark(mark: string): boolean {
    const token = this.#tokens[this.#at]
    return token?.kind === 'mark' && token.text === mark
  }

  /** True, and so many words further, if the next words are these. */
  take(...words: readonly string[]): boolean {
    if (!this.isAt(...words)) return false
    this.#at += words.length
    return true
  }

  takeMark(mark: string): boolean {
    if (!this.isAtMark(mark)) return false
    this.#at++
    return true
  }

  /** Demands a mark. */
  mark(mark: string): void {
    if (!this.takeMark(mark)) this.fail(`"${mark}"`)
  }

  /** Demands these words. */
  words(...words: readonly string[]): void {
    for (const word of words) if (!this.take(word)) this.fail(`"${words.join(' ')}"`, [word])
  }

  /** Takes one of these words, spelled as in the list. */
  takeOneOf<Word extends string>(words: readonly Word[]): Word | undefined {
    const found = words.find(word => this.#isWord(this.#at, word))
    if (found !== undefined) this.#at++
    return found
  }

  /** Demands one of these words. */
  oneOf<Word extends string>(words: readonly Word[]): Word {
    return this.takeOneOf(words) ?? this.fail(orList(words), words)
  }

  /** Takes a name: a word that is none of the language's own, or a quoted text. */
  takeName(): { readonly text: string; readonly isQuoted: boolean } | undefined {
    const token = this.#nameAt(this.#at)
    if (token === undefined) return undefined
    this.#at++
    return { text: token.text, isQuoted: token.kind === 'quoted' }
  }

  /** Demands a name. */
  name(what: string): string {
    const name = this.takeName()
    if (name !== undefined) return name.text
    const token = this.#tokens[this.#at]
    const hint = token?.kind === 'word' ? `quote it if that is its name: "${token.text}"` : undefined
    return this.fail(what, [], hint)
  }

  /** Demands a part of a message, which is quoted where it is more than a word. */
  quotedPart(): string {
    return (this.takeName() ?? this.fail('a part of the message, in quotation marks')).text
  }

  /** Demands a duration; a plus before it is allowed. */
  duration(): Milliseconds {
    const token = this.#tokens[this.#at]
    const text = token?.kind === 'word' ? token.text.replace(/^\+/, '') : ''
    const ms = tryParseDuration(text)
    if (ms === undefined) {
      const hint = /^\d+(\.\d+)?$/.test(text) ? `write ${text}s` : undefined
      return this.fail('a duration such as 500ms, 5s or 1m30s', [], hint)
    }
    this.#at++
    return ms
  }

  /** Demands a whole number of at least `least`. */
  number(what: string, least: number): number {
    const token = this.#tokens[this.#at]
    const number = token?.kind === 'word' && /^-?\d{1,9}$/.test(token.text) ? Number(token.text) : Number.NaN
    if (!(number >= least)) return this.fail(what)
    this.#at++
    return number
  }

  /** Reads what stands one level deeper; too deep is a mistake, not an overflow. */
  nested<Answer>(read: () => Answer): Answer {
    if (this.#depth >= DEEPEST) this.failAt(this.#at, `expected at most ${DEEPEST} sentences inside one another`)
    this.#depth++
    const answer = read()
    this.#depth--
    return answer
  }

  /** Refuses what stands here. */
  fail(expected: string, candidates: Iterable<string> = [], hint?: string): never {
    const token = this.#tokens[this.#at]
    const got = token === undefined ? 'the end' : shown(token.text.slice(0, 60))
    // Everything is near to a word of three letters.
    const words = [...candidates].filter(({ length }) => length > 2)
    const isWord = token?.kind === 'word' && token.text.length > 3
    const nearest = isWord ? nearestWord(token.text, words) : undefined
    return this.failAt(
      this.#at,
      `expected ${expected}, got ${got}`,
      nearest === undefined ? hint : `did you mean ${nearest}?`,
    )
  }

  /** Refuses what begins at a position. */
  failAt(position: number, problem: string, hint?: string): never {
    throw this.#error(this.#tokens[position]?.column ?? this.#text.length + 1, problem, hint)
  }

  #nameAt(at: number): Token | undefined {
    const token = this.#tokens[at]
    return token === undefined || token.kind === 'mark' || (token.kind === 'word' && isGlue(token.text))
      ? undefined
      : token
  }

  #isWord(at: number, word: string): boolean {
    const token = this.#tokens[at]
    return token?.kind === 'word' && token.text.toLowerCase() === word.toLowerCase()
  }

  #error(column: number, problem: string, hint: string | undefined): PodwrightError {
    return new PodwrightError({
      code: 'EXPECTATION_INVALID',
      ...(this.#where === undefined ? {} : { where: this.#where }),
      problem: `${shown(this.#excerpt(column))}, column ${column}: ${problem}`,
      ...(hint === undefined ? {} : { hint }),
    })
  }

  /** The text, or the part of it around a column. */
  #excerpt(column: number): string {
    const text = this.#text
    if (text.length <= LONGEST_QUOTE) return text
    const from = Math.max(0, Math.min(column - LONGEST_QUOTE / 2, text.length - LONGEST_QUOTE))
    const until = from + LONGEST_QUOTE
    return `${from > 0 ? '…' : ''}${text.slice(from, until)}${until < text.length ? '…' : ''}`
  }

  #split(): Token[] {
    if (this.#text.length > LONGEST_TEXT)
      throw this.#error(1, `expected at most ${LONGEST_TEXT} characters, got ${this.#text.length}`, undefined)
    const tokens: Token[] = []
    const end = this.#text.trimEnd().length
    let at = 0
    while (at < end) {
      TOKEN.lastIndex = at
      const match = TOKEN.exec(this.#text)!
      const [whole, mark, quotedText, word] = match
      at = TOKEN.lastIndex
      const raw = whole.trimStart()
      const column = at - raw.length + 1
      if (quotedText !== undefined) tokens.push({ text: this.#unquote(raw, column), kind: 'quoted', column })
      else if (mark !== undefined) tokens.push({ text: mark, kind: 'mark', column })
      // Who has no ± on the keyboard writes +- or +/-.
      else if (word === '+-' || word === '+/-') tokens.push({ text: '±', kind: 'mark', column })
      else if (word !== undefined) tokens.push({ text: word, kind: 'word', column })
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
