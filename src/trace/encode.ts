import { formatLanes } from '../hash/index.js'
import { codecsOf } from './column-codec.js'
import { ROW_KINDS } from './row-kind.js'
import { SymbolTable } from './symbol-table.js'
import { TRACE_VERSION, type Trace, type TraceObject } from './trace.js'

/**
 * Writes a trace as JSON Lines: a header, then a line per row; the lines have no line feeds at their ends.
 *
 * The first line that has a text whose content hash is not that of its letters, as messages have, gives it under `lanes`, by field,
 * so that a reader can compute the digest. `decodeTrace` reads the lines back. Where the input's fields stood is not
 * written; where its objects stood is.
 */
export function* encodeTrace(trace: Trace): Generator<string, void, undefined> {
  yield JSON.stringify(headerOf(trace))
  const encoder = new RowEncoder(trace)
  for (let number = 0; number < trace.rows.length; number++) yield encoder.encode(number)
}

/** The first line of an encoded trace. */
function headerOf(trace: Trace): Record<string, unknown> {
  const { header } = trace
  return {
    podwright: 'trace',
    version: TRACE_VERSION,
    kubernetes: header.kubernetes,
    seed: header.seed,
    recipe: header.recipe,
    planDigest: header.planDigest,
    horizon: header.horizon,
    clockOffset: header.clockOffset,
    outcome: trace.outcome,
    end: trace.end,
    digest: trace.digest,
    rows: trace.rows.length,
    objects: [...trace.objects.values()].map(object => objectOf(trace, object)),
    manifests: trace.manifests.map(({ object, origin }) => ({ object, origin })),
    initialObjects: trace.initialObjects,
  }
}

const objectOf = ({ objects }: Trace, { path, kind, namespace, name, pod, role, index }: TraceObject): unknown => ({
  path,
  kind,
  namespace,
  name,
  pod: pod === undefined ? undefined : objects.get(pod)?.path,
  role,
  index,
})

/** Encodes rows one after the other, remembering which texts the reader knows by then. */
class RowEncoder {
  readonly #trace: Trace
  /** What the reader will take a text's symbol to be. */
  readonly #announced = new Map<string, string>()
  readonly #plain = new SymbolTable()
  #lanes: Record<string, string> | undefined

  constructor(trace: Trace) {
    this.#trace = trace
  }

  encode(number: number): string {
    const { rows, symbols } = this.#trace
    const { time, kind, object, a, b, c, cause } = rows.at(number)
    this.#lanes = undefined
    const line: Record<string, unknown> = {
      row: number,
      t: time,
      object: symbols.text(object),
      kind: ROW_KINDS[kind].name,
    }
    const codecs = codecsOf(kind)
    const values = [a, b, c]
    const texts = { text: (symbol: number, key: string) => this.#text(symbol, key), symbol: () => 0 }
    for (let column = 0; column < codecs.length; column++)
      Object.assign(line, codecs[column].encode(values[column], texts))
    if (cause >= 0) line.cause = cause
    const also = rows.alsoCausedBy(number)
    if (also.length > 0) line.also = also
    if (this.#lanes !== undefined) line.lanes = this.#lanes
    return JSON.stringify(line)
  }

  #text(symbol: number, key: string): string {
    const { symbols } = this.#trace
    const text = symbols.text(symbol)
    const lanes = formatLanes(symbols.highLanes[symbol], symbols.lowLanes[symbol])
    let assumed = this.#announced.get(text)
    if (assumed === undefined) {
      const plain = this.#plain.intern(text)
      assumed = formatLanes(this.#plain.highLanes[plain], this.#plain.lowLanes[plain])
    }
    if (assumed !== lanes) {
      this.#lanes ??= {}
      this.#lanes[key] = lanes
    }
    this.#announced.set(text, lanes)
    return text
  }
}
