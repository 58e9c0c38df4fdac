import { nearestWord } from '../errors/index.js'
import type { WordReader } from './word-reader.js'

/** Flags of kubectl's commands, as they are known here; a short one by its letter. */
const SHORT: Readonly<Record<string, string>> = { n: 'namespace', f: 'filename', l: 'selector' }

/** Flags that are true where they stand. */
const SWITCHES: ReadonlySet<string> = new Set([
  'ignore-daemonsets',
  'delete-emptydir-data',
  'force',
  'overwrite',
  'all',
])

/** A word, and which one of the line it is. */
interface Said {
  readonly text: string
  readonly at: number
}

/**
 * The rest of a command of kubectl: words, and flags that may stand anywhere between them (`--replicas=5`, `--replicas 5`, `-n shop`).
 */
export class StepFlags {
  readonly #reader: WordReader
  readonly #known: readonly string[]
  readonly #flags = new Map<string, Said>()
  readonly #words: Said[] = []
  #next = 0

  /** Reads all that is left; `known` are the flags that the command has. */
  constructor(reader: WordReader, known: readonly string[]) {
    this.#reader = reader
    this.#known = known
    while (!reader.isAtEnd) {
      const word = reader.word('a word')
      if (word.length > 1 && word.startsWith('-')) this.#flag(word)
      else this.#words.push({ text: word, at: reader.lastRead })
    }
  }

  #flag(word: string): void {
    const [, dashes, stated, value] = /^(--?)([^=]*)(?:=(.*))?$/s.exec(word) ?? []
    const name = dashes === '-' ? (SHORT[stated] ?? stated) : stated
    if (!this.#known.includes(name)) {
      const nearest = nearestWord(name, this.#known)
      const flags = this.#known.map(each => `--${each}`).join(', ')
      const known = this.#known.length === 0 ? 'it has none' : `its flags are ${flags}`
      this.#reader.failBefore(
        `expected a flag of this command, got ${JSON.stringify(word.slice(0, 60))}`,
        nearest === undefined ? known : `did you mean --${nearest}?`,
      )
    }
    const at = this.#reader.lastRead
    if (!SWITCHES.has(name)) this.#flags.set(name, { text: this.#value(value, name), at })
    else if (value === undefined || value === 'true') this.#flags.set(name, { text: 'true', at })
    else if (value !== 'false') this.#reader.failBefore(`expected --${name}, got ${JSON.stringify(word)}`)
  }

  /** The value of a flag; a comma, which separates elsewhere, belongs to it. */
  #value(said: string | undefined, name: string): string {
    let text = said ?? this.#reader.word(`a value of --${name}`)
    while (this.#reader.take(',')) text += `,${this.#reader.word(`a value of --${name}`)}`
    return text
  }

  /** Whether words are left. */
  get hasMore(): boolean {
    return this.#next < this.#words.length
  }

  /** Whether the next word says that a node follows. */
  get isNodeNext(): boolean {
    return /^(node|nodes|no)(\/|$)/i.test(this.#words[this.#next]?.text ?? '')
  }

  /** The next word, if one is left. */
  get next(): string | undefined {
    return this.#words[this.#next]?.text
  }

  /** Demands the next word. */
  word(what: string): string {
    if (this.hasMore) return this.#words[this.#next++].text
    return this.#reader.fail(what)
  }

  /** Demands the words that are left, one at least. */
  words(what: string): readonly string[] {
    const first = this.word(what)
    const others = this.#words.slice(this.#next).map(({ text }) => text)
    this.#next = this.#words.length
    return [first, ...others]
  }

  /** Demands a whole number in [least, most]. */
  wholeWord(what: string, least: number, most: number): number {
    const word = this.word(what)
    const number = /^\d{1,9}$/.test(word) ? Number(word) : Number.NaN
    return number >= least && number <= most
      ? number
      : this.refuse(`expected ${what}, ${least} to ${most}, got ${JSON.stringify(word)}`)
  }

  /** The value of a flag; undefined: it does not stand there. */
  text(name: string): string | undefined {
    return this.#flags.get(name)?.text
  }

  isSet(name: string): boolean {
    return this.#flags.has(name)
  }

  /** The whole number that a flag has. */
  number(name: string, least: number, most: number): number | undefined {
    const said = this.#flags.get(name)
    if (said === undefined) return undefined
    const { text, at } = said
    const number = /^-?\d{1,9}$/.test(text) ? Number(text) : Number.NaN
    return number >= least && number <= most
      ? number
      : this.#reader.failAt(at, `expected --${name} from ${least} to ${most}, got ${JSON.stringify(text)}`)
  }

  /** Refuses words that are left. */
  end(): void {
    if (this.hasMore) this.refuseNext('the end')
  }

  refuseNext(expected: string, hint?: string): never {
    const { text, at } = this.#words[this.#next]
    return this.#reader.failAt(at, `expected ${expected}, got ${JSON.stringify(text)}`, hint)
  }

  /** Refuses the value of a flag. */
  refuseFlag(name: string, problem: string): never {
    return this.#reader.failAt(this.#flags.get(name)?.at ?? 0, problem)
  }

  /** Refuses the word that was taken last. */
  refuse(problem: string, hint?: string): never {
    return this.#reader.failAt(this.#words[this.#next - 1]?.at ?? 0, problem, hint)
  }
}
