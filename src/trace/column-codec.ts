import {
  packInstanceAndExit,
  packResultAndDuration,
  packStatusAndReason,
  packTypeAndCount,
  packTypeAndHandler,
  unpackInstanceAndExit,
  unpackResultAndDuration,
  unpackStatusAndReason,
  unpackTypeAndCount,
  unpackTypeAndHandler,
} from './packed-columns.js'
import {
  CONDITION_STATUS,
  EVENT_SOURCES,
  HOOK_HANDLERS,
  HOOKS,
  PROBE_HANDLERS,
  PROBE_RESULTS,
  PROBE_TYPES,
  ROW_KINDS,
  type RowKind,
} from './row-kind.js'

/** The readable keys of a row, or a value that a decoder was given. */
export type Fields = Readonly<Record<string, unknown>>

/** Turns texts and the integers that stand for them into each other. */
export interface Texts {
  /** `key` is the field that the text goes into, or comes from. */
  text(symbol: number, key: string): string
  symbol(text: string, key: string): number
}

/** How one column is spelled: which keys it becomes, and how it is read back. Throws a text where a field is wrong. */
export interface ColumnCodec {
  encode(value: number, texts: Texts): Record<string, unknown>
  decode(fields: Fields, texts: Texts): number
}

/** The codecs of a row kind's columns, in order. */
export const codecsOf = (kind: RowKind): readonly ColumnCodec[] => CODECS[kind]

const plainNumber = (key: string): ColumnCodec => ({
  encode: value => ({ [key]: value }),
  decode: fields => integer(fields, key),
})

const plainText = (key: string): ColumnCodec => ({
  encode: (value, texts) => (value === 0 ? {} : { [key]: texts.text(value, key) }),
  decode: (fields, texts) => textSymbol(fields, key, texts),
})

const truth = (key: string): ColumnCodec => ({
  encode: value => ({ [key]: value === 1 }),
  decode: fields => {
    if (typeof fields[key] !== 'boolean') throw expected(key, 'true or false', fields[key])
    return fields[key] ? 1 : 0
  },
})

/** A number that stands for a word; a number without a word is kept as it is. */
const word = (key: string, words: readonly string[]): ColumnCodec => ({
  encode: value => ({ [key]: words[value] ?? value }),
  decode: fields => wordIndex(fields, key, words),
})

/** Columns that are not spelled as one number or one text under their own name, by kind and name. */
const SPECIAL: Readonly<Record<string, ColumnCodec>> = {
  statusAndReason: {
    encode: (value, texts) => {
      const { status, reason } = unpackStatusAndReason(value)
      return { status, ...(reason === 0 ? {} : { reason: texts.text(reason, 'reason') }) }
    },
    decode: (fields, texts) =>
      packStatusAndReason(wordIndex(fields, 'status', CONDITION_STATUS), textSymbol(fields, 'reason', texts)),
  },
  instanceAndExit: {
    encode: value => ({ ...unpackInstanceAndExit(value) }),
    decode: fields => packInstanceAndExit(integer(fields, 'instance'), integer(fields, 'exitCode')),
  },
  typeAndCount: {
    encode: value => ({ ...unpackTypeAndCount(value) }),
    decode: fields =>
      packTypeAndCount(
        wordIndex(fields, 'type', ['Normal', 'Warning']) === 1,
        wordIndex(fields, 'source', EVENT_SOURCES),
        integer(fields, 'count'),
      ),
  },
  typeAndHandler: {
    encode: value => {
      const { type, handler } = unpackTypeAndHandler(value)
      return { type: PROBE_TYPES[type] ?? type, handler: PROBE_HANDLERS[handler] ?? handler }
    },
    decode: fields =>
      packTypeAndHandler(wordIndex(fields, 'type', PROBE_TYPES), wordIndex(fields, 'handler', PROBE_HANDLERS)),
  },
  resultAndDuration: {
    encode: value => {
      const { result, durationMs } = unpackResultAndDuration(value)
      return { result: PROBE_RESULTS[result], durationMs }
    },
    decode: fields => packResultAndDuration(wordIndex(fields, 'result', PROBE_RESULTS), integer(fields, 'durationMs')),
  },
  'containerReady.ready': truth('ready'),
  'containerStarted.started': truth('started'),
  'hookStart.hook': word('hook', HOOKS),
  'hookEnd.hook': word('hook', HOOKS),
  'hookStart.handler': word('handler', HOOK_HANDLERS),
  'probeRepeated.type': word('type', PROBE_TYPES),
}

const CODECS: readonly (readonly ColumnCodec[])[] = ROW_KINDS.map(({ name, columns, types }) =>
  columns.map(
    (column, i) =>
      SPECIAL[`${name}.${column}`] ??
      SPECIAL[column] ??
      (types[i] === 'symbol' ? plainText(column) : plainNumber(column)),
  ),
)

function integer(fields: Fields, key: string): number {
  const value = fields[key]
  if (typeof value !== 'number' || (value | 0) !== value) throw expected(key, 'a whole number of 32 bits', value)
  return value
}

function textSymbol(fields: Fields, key: string, texts: Texts): number {
  const value = fields[key] ?? ''
  if (typeof value !== 'string') throw expected(key, 'a text', value)
  return value === '' ? 0 : texts.symbol(value, key)
}

function wordIndex(fields: Fields, key: string, words: readonly string[]): number {
  const value = fields[key]
  const index = typeof value === 'string' ? words.indexOf(value) : value
  if (typeof index !== 'number' || index < 0 || (index | 0) !== index)
    throw expected(key, `one of ${words.join(', ')}`, value)
  return index
}

/** A field that is not what it has to be; the decoder says on which line. */
export class FieldMismatch extends Error {}

const expected = (key: string, wanted: string, value: unknown): FieldMismatch =>
  new FieldMismatch(
    `${key}: expected ${wanted}, got ${value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 80)}`,
  )
