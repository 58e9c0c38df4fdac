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

/** A schema of draft 7 as plain data. */
export type JsonSchema = Readonly<Record<string, unknown>>

/** Points at one of the schema's definitions. */
export const refTo = (name: string): JsonSchema => ({ $ref: `#/definitions/${name}` })

/** A text of at least one character. */
export const TEXT: JsonSchema = { type: 'string', minLength: 1 }

/** A list of at least one. */
export const someOf = (items: JsonSchema): JsonSchema => ({ type: 'array', items, minItems: 1 })

/** A mapping with these fields and no others; a name that ends with `?` may be absent. */
export function mapping(fields: Readonly<Record<string, JsonSchema>>): JsonSchema {
  const names = Object.keys(fields)
  const required = names.filter(name => !name.endsWith('?'))
  return {
    type: 'object',
    properties: Object.fromEntries(names.map(name => [name.replace(/\?$/, ''), fields[name]])),
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
  }
}

const MILLISECONDS: JsonSchema = {
  anyOf: [refTo('duration'), { type: 'integer', minimum: 0, maximum: LONGEST_SPAN_MS }],
}

const COUNT: JsonSchema = { type: 'integer', minimum: 0, maximum: MOST_COUNT }

const WORDS: Readonly<Record<FieldWord, JsonSchema>> = {
  pod: TEXT,
  node: TEXT,
  object: TEXT,
  service: TEXT,
  text: TEXT,
  image: TEXT,
  count: COUNT,
  counts: someOf(COUNT),
  step: { type: 'integer', minimum: 1, maximum: MOST_COUNT },
  exitCode: { type: 'integer', minimum: 0, maximum: 255 },
  flag: { type: 'boolean' },
  duration: MILLISECONDS,
  durations: someOf(MILLISECONDS),
  container: refTo('container'),
  containerName: TEXT,
  level: refTo('level'),
  levels: someOf(refTo('level')),
  occurrence: refTo('occurrence'),
  occurrences: someOf(refTo('occurrence')),
  what: { anyOf: [refTo('level'), refTo('occurrence')] },
  clause: refTo('clause'),
  clauses: { type: 'array', items: refTo('clause') },
  bound: refTo('bound'),
  scope: refTo('scope'),
  states: someOf({ type: 'string', pattern: STATE_WORD.source }),
}

function fieldSchema(field: FieldShape): JsonSchema {
  if (typeof field === 'string') return WORDS[field]
  return 'listOf' in field ? someOf({ enum: field.listOf }) : { enum: field }
}

function kindSchema(kind: string, shape: Shape): JsonSchema {
  const fields = Object.entries(shape).map(([name, field]) => [name, fieldSchema(field)])
  return mapping({ kind: { const: kind }, ...Object.fromEntries(fields) })
}

const variant = (shapes: Shapes): JsonSchema => ({
  anyOf: Object.entries(shapes).map(([kind, shape]) => kindSchema(kind, shape)),
})

/** What a Scenario file may say of expectations in its structured form, by the names under which the schema refers to it. */
export const CLAUSE_DEFINITIONS: Readonly<Record<string, JsonSchema>> = {
  container: mapping({ 'pod?': TEXT, container: TEXT }),
  level: { description: 'Something that is so for a while.', ...variant(LEVEL_SHAPES) },
  occurrence: { description: 'Something that happens.', ...variant(OCCURRENCE_SHAPES) },
  bound: { description: 'How long after.', ...variant(BOUND_SHAPES) },
  scope: { description: 'A part of the run.', ...variant(SCOPE_SHAPES) },
  clause: { description: 'An expectation over one run.', ...variant(CLAUSE_SHAPES) },
}
