import { isLevel, type Level, type Occurrence } from '../clause.js'
import { isClause, readSentence, type Sentence, SUBJECT_WORDS } from './read-sentence.js'
import type { TextReader } from './text-reader.js'

/** Something that is so for a while, or something that happens. */
export type What = Level | Occurrence

/** What an expression needs of the sentence it stands in. */
export interface Surroundings {
  /** Whether `container it` is a container. */
  readonly isInEach: boolean
  /** Reads what stands in parentheses, up to and with the closing one. */
  inParentheses(): Sentence
}

/**
 * Reads levels and occurrences: sentences of subject and verb, joined by `or`, `and`, `since`, `when`, with `not` and `once`
 * before them. What stands in parentheses may turn out to be a clause; it is handed on as it is.
 */
export class ExpressionParser {
  readonly #reader: TextReader
  readonly #around: Surroundings

  constructor(reader: TextReader, around: Surroundings) {
    this.#reader = reader
    this.#around = around
  }

  /** Reads a level or an occurrence, with `or` and `and`. */
  what(): What {
    return this.asWhat(this.#reader.position, this.either())
  }

  /** Reads a level; `after` says what demands it: `after always`. */
  level(after: string): Level {
    return this.#asLevel(this.#reader.position, this.either(), after)
  }

  /** Reads an occurrence; `after` says what demands it. */
  occurrence(after: string): Occurrence {
    return this.asOccurrence(this.#reader.position, this.either(), after)
  }

  /** Reads one without `or` and `and`: several need parentheses. */
  tight(): Sentence {
    return this.#joined()
  }

  tightOccurrence(after: string): Occurrence {
    return this.asOccurrence(this.#reader.position, this.#joined(), after)
  }

  /** `A or B`; that nothing of it may happen is said of a whole clause. */
  either(): Sentence {
    const start = this.#reader.position
    const first = this.#both()
    if (!this.#isAtOr()) return first
    const all = [this.asWhat(start, first)]
    while (this.#isAtOr()) {
      this.#reader.words('or')
      const at = this.#reader.position
      const next = this.asWhat(at, this.#both())
      if (isLevel(next) !== isLevel(all[0])) this.#failMixed(at)
      all.push(next)
    }
    return isLevel(all[0])
      ? { kind: 'or', levels: all as readonly Level[] }
      : { kind: 'anyOf', occurrences: all as readonly Occurrence[] }
  }

  asWhat(start: number, sentence: Sentence): What {
    if (!isClause(sentence)) return sentence
    return this.#reader.failAt(start, 'expected something that is so or that happens, got a whole expectation')
  }

  asOccurrence(start: number, sentence: Sentence, after: string): Occurrence {
    const what = this.asWhat(start, sentence)
    if (!isLevel(what)) return what
    const problem = `expected something that happens ${after}, got something that is so for a while`
    return this.#reader.failAt(start, problem, 'write becomes instead of is, or "it becomes true that" before it')
  }

  #asLevel(start: number, sentence: Sentence, after: string): Level {
    const what = this.asWhat(start, sentence)
    if (isLevel(what)) return what
    const problem = `expected something that is so for a while ${after}, got something that happens`
    return this.#reader.failAt(start, problem, 'such as: pod web is Running, container app is ready')
  }

  #isAtOr(): boolean {
    return this.#reader.isAt('or') && !this.#reader.isAt('or', 'nothing')
  }

  #both(): Sentence {
    const first = this.#joined()
    if (isClause(first) || !this.#reader.isAt('and')) return first
    // Of things that happen `and` joins none; `between X and Y` ends here.
    if (!isLevel(first)) return first
    const levels = [first]
    while (this.#reader.take('and')) levels.push(this.#asLevel(this.#reader.position, this.#joined(), 'after and'))
    return { kind: 'and', levels }
  }

  /** `level since what`, `occurrence when level`. */
  #joined(): Sentence {
    const first = this.#prefixed()
    if (isClause(first)) return first
    if (isLevel(first)) {
      if (!this.#reader.take('since')) return first
      return { kind: 'since', level: first, what: this.#prefixedWhat() }
    }
    if (!this.#reader.take('when')) return first
    return { kind: 'when', occurrence: first, level: this.#prefixedLevel('after when') }
  }

  #prefixed(): Sentence {
    const reader = this.#reader
    if (reader.take('not')) return { kind: 'not', level: this.#prefixedLevel('after not') }
    if (reader.take('once')) return { kind: 'once', what: this.#prefixedWhat() }
    if (reader.take('it', 'becomes', 'true', 'that'))
      return { kind: 'becomes', level: this.#prefixedLevel('after that') }
    if (reader.take('all', 'hold')) return { kind: 'and', levels: this.list(() => this.level('after all hold')) }
    if (reader.take('any', 'holds')) return { kind: 'or', levels: this.list(() => this.level('after any holds')) }
    if (reader.take('any', 'of'))
      return { kind: 'anyOf', occurrences: this.list(() => this.occurrence('after any of')) }
    if (reader.takeMark('(')) return this.#around.inParentheses()
    return readSentence(reader, this.#around.isInEach) ?? this.#failAtStart()
  }

  #prefixedWhat(): What {
    const start = this.#reader.position
    return this.asWhat(
      start,
      this.#reader.nested(() => this.#prefixed()),
    )
  }

  #prefixedLevel(after: string): Level {
    const start = this.#reader.position
    return this.#asLevel(
      start,
      this.#reader.nested(() => this.#prefixed()),
      after,
    )
  }

  /** `(A; B)`, `()`. */
  list<Item>(read: () => Item): readonly Item[] {
    const reader = this.#reader
    reader.mark('(')
    if (reader.takeMark(')')) return []
    const items: Item[] = []
    do items.push(reader.nested(read))
    while (reader.takeMark(';'))
    if (!reader.takeMark(')')) reader.fail('";" or ")"')
    return items
  }

  #failAtStart(): never {
    const words = [...SUBJECT_WORDS, ...FIRST_WORDS]
    return this.#reader.fail('an expectation, such as: container app exits with 1', words, SEE_DOCUMENT)
  }

  #failMixed(at: number): never {
    const problem = 'expected the same on both sides of or: things that are so, or things that happen'
    return this.#reader.failAt(at, problem, 'write becomes instead of is to make something happen of what is so')
  }
}

const SEE_DOCUMENT = 'docs/expectations.md has every word'

/** The first words of clauses and expressions, for complaints. */
const FIRST_WORDS: readonly string[] = [
  ...['always', 'never', 'eventually', 'whenever', 'in', 'strictly', 'from', 'after', 'before', 'between', 'while'],
  ...['for', 'all', 'restart', 'not', 'once'],
]
