import * as v from 'valibot'
import { type Clause, type Occurrence, parseClause, parseOccurrence } from '../expect/index.js'
import { LONGEST_SPAN_MS } from '../time/index.js'
import {
  BOUND_SHAPES,
  CLAUSE_SHAPES,
  type FieldShape,
  type FieldWord,
  LEVEL_SHAPES,
  MOST_COUNT,
  OCCURRENCE_SHAPES,
  SCOPE_SHAPES,
  type Shape,
  type Shapes,
  STATE_WORD,
} from './clause-shapes.js'
import { duration, fields, flag, isMapping, listOf, oneOf, parsed, quote, text, whole } from './schema-parts.js'

type Schema = v.GenericSchema<unknown, unknown>

/** Milliseconds as the data has them, or a text such as `1m30s`. */
const milliseconds = v.lazy(input =>
  typeof input === 'number' ? whole('milliseconds, or a duration such as 5s', 0, LONGEST_SPAN_MS) : duration,
) as Schema

const atLeastOne = (what: string, item: Schema): Schema =>
  v.pipe(listOf(`a list of ${what}`, item), v.minLength(1, `expected a list of ${what}, got an empty one`))

const pod = text('the name of a pod, such as web or shop/web')

const state = v.custom<string>(
  input => typeof input === 'string' && STATE_WORD.test(input),
  issue => `expected a state such as running, waiting CrashLoopBackOff or terminated Error, got ${quote(issue.input)}`,
)

/** By the word of the table; those that stand in one another are looked up late. */
const WORDS: Readonly<Record<FieldWord, Schema>> = {
  pod,
  node: text('the name of a node'),
  object: text('the name of an object, such as deployment/web or node/node-1'),
  service: text('the name of a Service'),
  text: text('a text'),
  image: text('the name of an image'),
  count: whole('a count', 0, MOST_COUNT),
  counts: atLeastOne('counts', whole('a count', 0, MOST_COUNT)),
  step: whole('the number of a step', 1, MOST_COUNT),
  exitCode: whole('an exit code', 0, 255),
  flag,
  duration: milliseconds,
  durations: atLeastOne('durations', milliseconds),
  container: fields('a container', { pod: v.optional(pod), container: text("a container's name") }),
  containerName: text("a container's name"),
  level: v.lazy(() => level),
  levels: atLeastOne(
    'levels',
    v.lazy(() => level),
  ),
  occurrence: v.lazy(() => occurrence),
  occurrences: atLeastOne(
    'occurrences',
    v.lazy(() => occurrence),
  ),
  what: v.lazy(() => what),
  clause: v.lazy(() => structuredClause),
  clauses: listOf(
    'a list of clauses',
    v.lazy(() => structuredClause),
  ),
  bound: v.lazy(() => bound),
  scope: v.lazy(() => scope),
  states: atLeastOne('states', state),
}

/** One of the kinds of a table: its `kind`, and exactly the fields of that kind. */
function variant(what: string, shapes: Shapes, hint?: (kind: string) => string | undefined): Schema {
  const kinds = Object.keys(shapes)
  const schemas = new Map(kinds.map(kind => [kind, schemaOf(kind, shapes[kind])]))
  // Where the kind is wrong, what else belongs there is not known: the kind alone is told.
  const unknown = v.looseObject({ kind: oneOf(kinds, hint) }, `${what} needs the field "kind"`)
  const misplaced = v.custom(isMapping, issue => `expected ${what}, got ${quote(issue.input)}`)
  return v.lazy(input => {
    if (!isMapping(input)) return misplaced
    return (typeof input.kind === 'string' ? schemas.get(input.kind) : undefined) ?? unknown
  })
}

function schemaOf(kind: string, shape: Shape): Schema {
  const entries: Record<string, Schema> = { kind: v.literal(kind) }
  for (const [name, field] of Object.entries(shape)) {
    const schema = fieldSchema(field)
    if (name.endsWith('?')) entries[name.slice(0, -1)] = v.optional(schema)
    else entries[name] = schema
  }
  return fields(kind, entries)
}

function fieldSchema(field: FieldShape): Schema {
  if (typeof field === 'string') return WORDS[field]
  return 'listOf' in field ? atLeastOne('words', oneOf(field.listOf)) : oneOf(field)
}

const level = variant('a level', LEVEL_SHAPES, kind =>
  Object.hasOwn(OCCURRENCE_SHAPES, kind) ? `${kind} happens and does not last: it is no level` : undefined,
)
const occurrence = variant('an occurrence', OCCURRENCE_SHAPES, kind =>
  Object.hasOwn(LEVEL_SHAPES, kind)
    ? `${kind} lasts; what happens is { kind: becomes, level: { kind: ${kind} … } }`
    : undefined,
)
const what = variant('a level or an occurrence', { ...LEVEL_SHAPES, ...OCCURRENCE_SHAPES })
const bound = variant('a bound', BOUND_SHAPES)
const scope = variant('a scope', SCOPE_SHAPES)
const structuredClause = variant('an expectation, in words or as data', CLAUSE_SHAPES)

/** A line with a colon in it and without quotes is a mapping to YAML. */
function lineOf(input: unknown): string | undefined {
  if (typeof input === 'string') return input
  const entries = isMapping(input) ? Object.entries(input) : []
  const [[key, value]] = entries.length === 1 ? entries : [['kind', '']]
  return key === 'kind' || typeof value !== 'string' ? undefined : `${key}: ${value}`
}

/** A line of text as one parser reads it, or data. */
const lineOr = <Data>(parse: (line: string) => Data, data: Schema): v.GenericSchema<unknown, Data> =>
  v.lazy(input => {
    const line = lineOf(input)
    if (line === undefined) return data
    const read = parsed(parse)
    return v.pipe(
      v.unknown(),
      v.transform(() => line),
      read,
    ) as Schema
  }) as v.GenericSchema<unknown, Data>

/** An entry of `expect`: a line of text, or the clause's data itself. */
export const clauseSchema: v.GenericSchema<unknown, Clause> = lineOr(line => parseClause(line), structuredClause)

/** What a step waits for: a line of text, or the occurrence's data itself. */
export const occurrenceSchema: v.GenericSchema<unknown, Occurrence> = lineOr(line => parseOccurrence(line), occurrence)
