import { PodwrightError } from '../errors/index.js'
import { codecsOf, FieldMismatch, type Fields, type Texts } from './column-codec.js'
import { TraceRecorder } from './recorder.js'
import { rowKindNamed } from './row-kind.js'
import { SymbolTable } from './symbol-table.js'
import {
  type Outcome,
  TRACE_VERSION,
  type Trace,
  type TraceHeader,
  type TraceManifest,
  type TraceObject,
} from './trace.js'

/**
 * Reads a trace from the lines that `encodeTrace` wrote. Empty lines at the end are passed over.
 *
 * @param file - What error messages call the input.
 * @throws PodwrightError `TRACE_UNREADABLE` with the line, where a line is no row of a trace, where the version is newer
 * than this reader, and where the rows do not have the digest that the header states.
 */
export function decodeTrace(lines: Iterable<string>, file = 'trace'): Trace {
  const decoder = new TraceDecoder(file)
  for (const line of lines) decoder.line(line)
  return decoder.end()
}

class TraceDecoder {
  readonly #file: string
  readonly #symbols = new SymbolTable()
  readonly #recorder = new TraceRecorder(this.#symbols)
  readonly #objects = new Map<number, TraceObject>()
  /** The symbol that a text stands for from here on. */
  readonly #known = new Map<string, number>()
  readonly #texts: Texts = {
    text: symbol => this.#symbols.text(symbol),
    symbol: (text, key) => this.#symbolOf(text, key),
  }
  #header: Fields | undefined
  /** Content hashes, by field, that the present row states. */
  #lanes: Fields | undefined
  #manifestCount = 0
  #time = 0
  #lineNumber = 0

  constructor(file: string) {
    this.#file = file
    this.#recorder.reset('full', undefined)
  }

  line(text: string): void {
    this.#lineNumber++
    if (text.trim() === '') return
    try {
      const fields = parseObject(text)
      if (this.#header === undefined) this.#readHeader(fields)
      else this.#readRow(fields)
    } catch (error) {
      if (error instanceof FieldMismatch) throw this.#unreadable(error.message)
      throw error
    }
  }

  end(): Trace {
    const header = this.#header
    if (header === undefined) throw this.#unreadable('expected the header of a trace, got nothing')
    const { rows } = this.#recorder
    if (rows === undefined || rows.length !== header.rows) {
      throw this.#unreadable(`expected ${JSON.stringify(header.rows)} rows, got ${rows?.length}`, 'the file is cut off')
    }
    const digest = this.#recorder.digest()
    if (digest !== header.digest) {
      throw this.#unreadable(
        `expected rows with the digest ${JSON.stringify(header.digest)}, got ${digest}`,
        'a row was changed after the trace was written',
      )
    }
    return {
      header: traceHeaderOf(header),
      symbols: this.#symbols,
      rows,
      objects: this.#objects,
      manifests: header.manifests as readonly TraceManifest[],
      initialObjects: header.initialObjects as Trace['initialObjects'],
      outcome: header.outcome as Outcome,
      end: header.end as number,
      digest,
    }
  }

  #readHeader(fields: Fields): void {
    if (fields.podwright !== 'trace') {
      throw new FieldMismatch('expected the header of a trace, {"podwright":"trace",…}, got something else')
    }
    if (typeof fields.version !== 'number' || fields.version > TRACE_VERSION) {
      throw this.#unreadable(
        `expected a trace of version ${TRACE_VERSION} or older, got ${JSON.stringify(fields.version)}`,
        'a newer podwright wrote it: update this one',
      )
    }
    for (const [key, type] of HEADER_FIELDS) {
      if (typeof fields[key] !== type)
        throw new FieldMismatch(`${key}: expected a ${type}, got ${JSON.stringify(fields[key])}`)
    }
    for (const key of ['seed', 'clockOffset']) {
      const type = typeof fields[key]
      if (type !== 'undefined' && type !== 'number') throw new FieldMismatch(`${key}: expected a number`)
    }
    if (!OUTCOMES.includes(fields.outcome as Outcome)) {
      throw new FieldMismatch(`outcome: expected one of ${OUTCOMES.join(', ')}, got ${JSON.stringify(fields.outcome)}`)
    }
    for (const entry of listOf(fields, 'objects')) this.#addObject(entry)
    for (const entry of listOf(fields, 'manifests')) {
      if (!isManifest(entry)) throw new FieldMismatch('manifests: expected objects of Kubernetes with their origins')
      this.#manifestCount++
    }
    const initial = fields.initialObjects ?? []
    if (!Array.isArray(initial) || !initial.every(object => isManifest({ object }))) {
      throw new FieldMismatch('initialObjects: expected objects of Kubernetes')
    }
    this.#header = fields
  }

  #addObject(entry: Fields): void {
    const { path, kind, namespace, name, pod, role, index } = entry
    if (typeof path !== 'string' || typeof kind !== 'string' || typeof name !== 'string') {
      throw new FieldMismatch('objects: expected objects with path, kind and name')
    }
    const symbol = this.#symbols.intern(path)
    this.#objects.set(symbol, {
      symbol,
      path,
      kind: kind as TraceObject['kind'],
      namespace: typeof namespace === 'string' ? namespace : '',
      name,
      ...(typeof pod === 'string' ? { pod: this.#symbols.intern(pod) } : {}),
      ...(typeof role === 'string' ? { role: role as TraceObject['role'] } : {}),
      ...(typeof index === 'number' ? { index } : {}),
    })
  }

  #readRow(fields: Fields): void {
    const { row, t, object, kind: name, cause = -1, also = [] } = fields
    const number = this.#recorder.count
    if (row !== number) throw new FieldMismatch(`row: expected ${number}, got ${JSON.stringify(row)}`)
    if (typeof t !== 'number' || !Number.isSafeInteger(t) || t < this.#time) {
      throw new FieldMismatch(`t: expected whole milliseconds, at least ${this.#time}, got ${JSON.stringify(t)}`)
    }
    const kind = typeof name === 'string' ? rowKindNamed(name) : undefined
    if (kind === undefined) throw new FieldMismatch(`kind: expected a kind of row, got ${JSON.stringify(name)}`)
    if (typeof object !== 'string') throw new FieldMismatch(`object: expected a path, got ${JSON.stringify(object)}`)
    if (!isCause(cause, number)) throw new FieldMismatch(`cause: expected an earlier row, got ${JSON.stringify(cause)}`)
    if (!Array.isArray(also) || !also.every(each => isCause(each, number))) {
      throw new FieldMismatch('also: expected a list of earlier rows')
    }
    this.#lanes = lanesOf(fields.lanes)
    this.#time = t
    const { manifest } = fields
    if (typeof manifest === 'number' && !(manifest >= 0 && manifest < this.#manifestCount)) {
      throw new FieldMismatch(`manifest: expected a number below ${this.#manifestCount}, got ${manifest}`)
    }
    const [a = 0, b = 0, c = 0] = codecsOf(kind).map(codec => codec.decode(fields, this.#texts))
    for (const each of also) this.#recorder.noteAlsoCausedBy(cause, each)
    this.#recorder.append(t, kind, this.#symbols.intern(object), a, b, c, cause)
  }

  #symbolOf(text: string, key: string): number {
    const digits = this.#lanes?.[key]
    const symbol =
      digits === undefined ? (this.#known.get(text) ?? this.#symbols.intern(text)) : this.#define(text, digits)
    this.#known.set(text, symbol)
    return symbol
  }

  #define(text: string, digits: unknown): number {
    if (typeof digits !== 'string' || !/^[0-9a-f]{16}$/.test(digits)) {
      throw new FieldMismatch('lanes: expected hashes of 16 hexadecimal digits')
    }
    const high = Number.parseInt(digits.slice(0, 8), 16) | 0
    const low = Number.parseInt(digits.slice(8), 16) | 0
    return this.#symbols.define(text, high, low)
  }

  #unreadable(problem: string, hint?: string): PodwrightError {
    return new PodwrightError({
      code: 'TRACE_UNREADABLE',
      where: { file: this.#file, line: Math.max(1, this.#lineNumber), column: 1 },
      problem,
      hint,
    })
  }
}

/** Whether an entry is a manifest that queries can read: an object with metadata, a pod with containers, origins with places. */
function isManifest({ object, origin }: Fields): boolean {
  const { kind, metadata, spec } = asFields(object)
  const { file, line, column } = asFields(origin)
  const hasPlace = typeof file === 'string' && typeof line === 'number' && typeof column === 'number'
  const isWhole = typeof kind === 'string' && typeof metadata === 'object' && metadata !== null
  return isWhole && (kind !== 'Pod' || Array.isArray(asFields(spec).containers)) && (origin === undefined || hasPlace)
}

const asFields = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {})

const HEADER_FIELDS: readonly (readonly [string, 'string' | 'number'])[] = [
  ['kubernetes', 'string'],
  ['recipe', 'string'],
  ['planDigest', 'string'],
  ['horizon', 'number'],
  ['end', 'number'],
  ['digest', 'string'],
  ['rows', 'number'],
]
const OUTCOMES: readonly Outcome[] = ['quiescent', 'horizon', 'entryLimit', 'paused']

const traceHeaderOf = (fields: Fields): TraceHeader => ({
  version: fields.version as number,
  kubernetes: fields.kubernetes as string,
  horizon: fields.horizon as number,
  recipe: fields.recipe as string,
  planDigest: fields.planDigest as string,
  ...(fields.seed === undefined ? {} : { seed: fields.seed as number }),
  ...(fields.clockOffset === undefined ? {} : { clockOffset: fields.clockOffset as number }),
})

function parseObject(text: string): Fields {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields
  } catch {
    // Falls through: whatever JSON.parse complains about, the line is no object.
  }
  throw new FieldMismatch(`expected a JSON object, got ${JSON.stringify(text.slice(0, 80))}`)
}

function lanesOf(lanes: unknown): Fields | undefined {
  if (lanes === undefined) return undefined
  if (typeof lanes !== 'object' || lanes === null) throw new FieldMismatch('lanes: expected hashes by field')
  return lanes as Fields
}

function listOf(fields: Fields, key: string): readonly Fields[] {
  const list = fields[key]
  if (!Array.isArray(list) || !list.every(each => typeof each === 'object' && each !== null)) {
    throw new FieldMismatch(`${key}: expected a list of objects`)
  }
  return list
}

const isCause = (value: unknown, row: number): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= -1 && value < row
