import { hashText, mix } from '../hash/index.js'

/**
 * Texts of a run, each kept once and called by a number: object paths, reasons, messages.
 *
 * A message is kept as (template, arguments) and written out when somebody reads it. Every symbol has a content hash of
 * two 32-bit lanes, which is what enters a digest, so the order in which symbols arrive does not matter.
 * Symbol 0 is the empty text. The table only grows; traces that share it stay valid.
 */
export class SymbolTable {
  readonly #texts: (string | undefined)[] = ['']
  readonly #ids = new Map<string, number>([['', 0]])
  readonly #messageIds = new Map<MessageTemplate, Map<number | string, number>>()
  readonly #templates: (MessageTemplate | undefined)[] = [undefined]
  /** Four numbers per message. */
  #arguments = new Float64Array(INITIAL)
  #messages = 0
  /** Where a message's arguments begin; by symbol. */
  #argumentsAt = new Int32Array(INITIAL)
  /** Content hashes; read directly by the recorder's inner loop. */
  highLanes = new Int32Array(INITIAL)
  lowLanes = new Int32Array(INITIAL)

  get size(): number {
    return this.#texts.length
  }

  /** The number of a text. */
  intern(text: string): number {
    const known = this.#ids.get(text)
    if (known !== undefined) return known
    const id = this.#add(text, undefined, hashText(text, HIGH_SEED), hashText(text, LOW_SEED))
    this.#ids.set(text, id)
    return id
  }

  /** The number of a text, or undefined when it has none; for queries. */
  find(text: string): number | undefined {
    return this.#ids.get(text)
  }

  /** The number of a message made of a template and arguments (symbols or numbers, as the template knows). */
  message(template: MessageTemplate, first = 0, second = 0, third = 0, fourth = 0): number {
    let known = this.#messageIds.get(template)
    if (known === undefined) {
      known = new Map()
      this.#messageIds.set(template, known)
    }
    // Most messages have one or two small arguments: one double tells them apart without building a text.
    const isSmall = (third | fourth) === 0 && first >= 0 && second >= 0
    const key = isSmall ? first + second * FIRST_SPACE : `${first}/${second}/${third}/${fourth}`
    const found = known.get(key)
    if (found !== undefined) return found
    const at = this.#messages++ * MOST_ARGUMENTS
    if (at === this.#arguments.length) this.#arguments = widened(new Float64Array(at * 2), this.#arguments)
    const args = this.#arguments
    args[at] = first
    args[at + 1] = second
    args[at + 2] = third
    args[at + 3] = fourth
    let high = hashText(template.name, HIGH_SEED)
    let low = hashText(template.name, LOW_SEED)
    for (let i = 0; i < MOST_ARGUMENTS; i++) {
      const isSymbol = template.arguments[i] === 'symbol'
      high = mix(high, isSymbol ? this.highLanes[args[at + i]] : args[at + i])
      low = mix(low, isSymbol ? this.lowLanes[args[at + i]] : args[at + i])
    }
    const id = this.#add(undefined, template, high, low)
    this.#argumentsAt[id] = at
    known.set(key, id)
    return id
  }

  /** Adds a text with the content hash it had in another table, where it may have been a message: for reading encoded traces. */
  define(text: string, high: number, low: number): number {
    return this.#add(text, undefined, high, low)
  }

  /** The text behind a number. */
  text(id: number): string {
    const text = this.#texts[id]
    if (text !== undefined) return text
    const template = this.#templates[id]
    if (template === undefined) throw new RangeError(`no symbol ${id}`)
    const at = this.#argumentsAt[id]
    const args = [...this.#arguments.subarray(at, at + MOST_ARGUMENTS)]
    const written = template.write(args.map((arg, i) => (template.arguments[i] === 'symbol' ? this.text(arg) : arg)))
    this.#texts[id] = written
    return written
  }

  #add(text: string | undefined, template: MessageTemplate | undefined, high: number, low: number): number {
    const id = this.#texts.length
    this.#texts.push(text)
    this.#templates.push(template)
    if (id >= this.highLanes.length) {
      this.highLanes = widened(new Int32Array(id * 2), this.highLanes)
      this.lowLanes = widened(new Int32Array(id * 2), this.lowLanes)
      this.#argumentsAt = widened(new Int32Array(id * 2), this.#argumentsAt)
    }
    this.highLanes[id] = high
    this.lowLanes[id] = low
    return id
  }
}

/** A message before its arguments are put in; `write` gets texts for symbols and numbers for ints, in order. */
export interface MessageTemplate {
  /** Unique among templates; enters the digest. */
  readonly name: string
  readonly arguments: readonly ('symbol' | 'int')[]
  write(args: readonly (string | number)[]): string
}

const INITIAL = 256
/** A message has at most so many arguments. */
const MOST_ARGUMENTS = 4
/** More symbols than a run can have. */
const FIRST_SPACE = 0x400_0000
const HIGH_SEED = 0x2545f491
const LOW_SEED = 0x6c8e9cf5

function widened<Numbers extends Float64Array | Int32Array>(target: Numbers, source: Numbers): Numbers {
  target.set(source)
  return target
}
