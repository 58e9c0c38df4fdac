import type { Milliseconds } from '../../time/index.js'
import { type Clause, isLevel, type Level, type Occurrence, type Scope } from '../clause.js'
import { ExpressionParser, type Surroundings, type What } from './expression-parser.js'
import { BOUND_WORDS, isAtQuantity, readBound, readQuantity, readTolerance } from './quantity-text.js'
import { isClause, type Sentence } from './read-sentence.js'
import { demandContainer, demandPod } from './read-subject.js'
import type { TextReader } from './text-reader.js'

/**
 * Recursive descent over the words of a text. A sentence is a level, an occurrence or a clause; which of them it is shows when
 * it has been read, so that one rule reads what stands in parentheses.
 */
export class SentenceParser implements Surroundings {
  readonly #reader: TextReader
  readonly #expressions: ExpressionParser
  /** So many `for each container …` stand around. */
  #eachDepth = 0

  constructor(reader: TextReader) {
    this.#reader = reader
    this.#expressions = new ExpressionParser(reader, this)
  }

  get isInEach(): boolean {
    return this.#eachDepth > 0
  }

  /** Reads a clause. After `at the end:` a level needs no word before it. */
  clause(isAtTheEnd = false): Clause {
    const start = this.#reader.position
    const clause = this.#asClause(start, this.#sentence(), isAtTheEnd)
    return this.#takesNothing() ? { kind: 'orVacuous', clause } : clause
  }

  level(): Level {
    return this.#expressions.level('here')
  }

  occurrence(): Occurrence {
    return this.#expressions.occurrence('here')
  }

  inParentheses(): Sentence {
    const start = this.#reader.position
    const sentence = this.#sentence()
    const isVacuous = this.#takesNothing()
    this.#reader.mark(')')
    return isVacuous ? { kind: 'orVacuous', clause: this.#asClause(start, sentence, false) } : sentence
  }

  /** A clause, or an expression that whoever asked makes something of. */
  #sentence(): Sentence {
    return this.#reader.nested(() => {
      const reader = this.#reader
      const expressions = this.#expressions
      if (reader.take('always')) return { kind: 'always', level: expressions.level('after always') }
      if (reader.take('never')) return { kind: 'never', what: expressions.what() }
      if (reader.take('eventually')) return this.#eventually(expressions.what())
      if (reader.take('whenever')) return this.#whenever()
      if (reader.take('no')) return this.#notBefore()
      if (reader.take('in', 'order')) return { kind: 'inOrder', occurrences: this.#inOrder() }
      if (reader.take('strictly', 'in', 'order'))
        return { kind: 'inOrder', occurrences: this.#inOrder(), isStrict: true }
      if (reader.take('from')) return this.#gaps()
      if (reader.isAt('for', 'each')) return this.#eachContainer()
      if (reader.take('all', 'of')) return { kind: 'allOf', clauses: expressions.list(() => this.clause()) }
      if (reader.take('restart', 'count', 'of')) {
        const container = demandContainer(reader, this.isInEach)
        reader.words('never', 'falls')
        return { kind: 'monotonic', container }
      }
      const scope = this.#scope()
      if (scope === undefined) return this.#afterSubject()
      reader.mark(':')
      return { kind: 'scoped', scope, clause: this.clause(scope.kind === 'afterQuiescence') }
    })
  }

  /** An expression, and what may follow one: a count, a bound, `before`, `until`, `unless`. */
  #afterSubject(): Sentence {
    const reader = this.#reader
    const start = reader.position
    const sentence = this.#expressions.either()
    if (isClause(sentence)) return sentence
    if (isAtQuantity(reader)) {
      const what = this.#expressions.asOccurrence(start, sentence, 'before a count')
      return { kind: 'count', ...readQuantity(reader), what }
    }
    if (reader.take('before')) {
      const first = this.#expressions.asOccurrence(start, sentence, 'before "before"')
      return { kind: 'precedes', first, second: this.#expressions.tightOccurrence('after before') }
    }
    const joint = reader.takeOneOf(['until', 'unless'])
    if (joint === undefined) return this.#bounded(sentence) ?? sentence
    if (!isLevel(sentence)) {
      const problem = `expected something that is so for a while before ${joint}, got something that happens`
      return reader.failAt(start, problem, 'such as: pod web is Running until pod web is deleted')
    }
    const until = this.#expressions.asWhat(reader.position, this.#expressions.tight())
    return { kind: 'until', level: sentence, until, ...(joint === 'unless' ? { isWeak: true } : {}) }
  }

  #bounded(what: What): Clause | undefined {
    const bound = readBound(this.#reader)
    return bound === undefined ? undefined : { kind: 'eventually', what, bound }
  }

  #eventually(what: What): Clause {
    return this.#bounded(what) ?? { kind: 'eventually', what }
  }

  #whenever(): Clause {
    const reader = this.#reader
    const trigger = this.#expressions.what()
    if (!reader.takeMark(',')) reader.fail('a comma, and then what follows')
    if (isLevel(trigger)) {
      if (!reader.take('it', 'stays', 'so', 'for')) {
        const hint = 'or write becomes instead of is before the comma, for what happens then'
        reader.fail('"it stays so for", after something that is so for a while', [], hint)
      }
      return { kind: 'stays', level: trigger, ms: reader.duration() }
    }
    reader.take('then')
    reader.take('eventually')
    const then = this.#expressions.what()
    const bound = readBound(reader)
    return { kind: 'response', trigger, then, ...(bound === undefined ? {} : { bound }) }
  }

  #notBefore(): Clause {
    const what = this.#expressions.tightOccurrence('after no')
    this.#reader.words('before')
    return { kind: 'notBefore', what, before: this.#expressions.tightOccurrence('after before') }
  }

  #inOrder(): readonly Occurrence[] {
    const reader = this.#reader
    reader.mark(':')
    if (reader.take('nothing')) return []
    const occurrences = [this.#expressions.occurrence('in an order')]
    while (reader.takeMark(';')) occurrences.push(this.#expressions.occurrence('in an order'))
    return occurrences
  }

  #gaps(): Clause {
    const reader = this.#reader
    const from = this.#expressions.tightOccurrence('after from')
    reader.words('to')
    const to = this.#expressions.tightOccurrence('after to')
    reader.mark(':')
    reader.words('gaps', 'of')
    return { kind: 'gaps', from, to, ...this.#gapLengths() }
  }

  /** `10s, 20s ± 1s, each up to 15s more`. */
  #gapLengths(): Pick<Extract<Clause, { kind: 'gaps' }>, 'are' | 'toleranceMs' | 'lateMs'> {
    const reader = this.#reader
    const are: Milliseconds[] = reader.take('nothing') ? [] : [reader.duration()]
    let isAtEach = false
    while (!isAtEach && are.length > 0 && reader.takeMark(',')) {
      isAtEach = reader.take('each')
      if (!isAtEach) are.push(reader.duration())
    }
    const tolerance = isAtEach ? {} : readTolerance(reader)
    if (!isAtEach && reader.takeMark(',')) {
      reader.words('each')
      isAtEach = true
    }
    if (!isAtEach) return { are, ...tolerance }
    reader.words('up', 'to')
    const lateMs = reader.duration()
    reader.words('more')
    return { are, ...tolerance, lateMs }
  }

  #eachContainer(): Clause {
    const reader = this.#reader
    reader.words('for', 'each')
    const word = reader.oneOf(['container', 'app', 'init', 'sidecar'])
    if (word !== 'container') reader.take('container')
    reader.words('of')
    const pod = demandPod(reader)
    reader.mark(':')
    this.#eachDepth++
    const clause = this.clause()
    this.#eachDepth--
    const role = word === 'container' ? undefined : word === 'app' ? 'container' : word
    return { kind: 'eachContainer', pod, ...(role === undefined ? {} : { role }), clause }
  }

  #scope(): Scope | undefined {
    const reader = this.#reader
    if (reader.take('at', 'the', 'end')) return { kind: 'afterQuiescence' }
    if (reader.take('while')) return { kind: 'while', level: this.#expressions.level('after while') }
    const kind = reader.takeOneOf(['after', 'before'])
    if (kind !== undefined) return { kind, what: this.#expressions.occurrence(`after ${kind}`) }
    if (!reader.take('between')) return undefined
    const from = this.#expressions.tightOccurrence('after between')
    reader.words('and')
    return { kind: 'between', from, to: this.#expressions.tightOccurrence('after and') }
  }

  #takesNothing(): boolean {
    return this.#reader.take('or', 'nothing', 'of', 'it', 'happens')
  }

  #asClause(start: number, sentence: Sentence, isAtTheEnd: boolean): Clause {
    if (isClause(sentence)) return sentence
    if (isAtTheEnd && !isLevel(sentence)) {
      const problem = 'expected something that is so for a while after "at the end:", got something that happens'
      return this.#reader.failAt(
        start,
        problem,
        'nothing happens there: say what is so then, or leave "at the end:" out',
      )
    }
    if (!isLevel(sentence) || isAtTheEnd) return { kind: 'eventually', what: sentence }
    const reader = this.#reader
    const isWhole = reader.isAtEnd || reader.isAtMark(')') || reader.isAtMark(';') || reader.isAt('or', 'nothing')
    if (!isWhole) return reader.fail(`the end of the sentence, until, unless, ${BOUND_WORDS.join(', ')}`, FOLLOWERS)
    return reader.failAt(
      start,
      'expected a word that says when that is so',
      'write always, never, eventually or "at the end:" before it, or a bound such as within 30s after it',
    )
  }
}

/** The words that may follow what has been read. */
export const FOLLOWERS = [
  ...['within', 'immediately', 'until', 'unless', 'later', 'since', 'when', 'before', 'exactly', 'sooner', 'nothing'],
]
