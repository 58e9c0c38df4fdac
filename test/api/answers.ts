import { decodeObject, defaultObject, invalidMessage, validateObject } from '../../src/api/index.js'
import type { Kind } from '../../src/model/index.js'

/** Parts of a manifest, of any shape: most of them are wrong. */
export type Json = Readonly<Record<string, unknown>>

/** What the API server says to an object: the message of its refusal, or `valid`. */
export function answerTo(kind: Kind, object: Json): string {
  const decoded = decodeObject(kind, { kind, ...object })
  if (decoded.error !== undefined) return decoded.error.message
  const defaulted = defaultObject(decoded.object)
  const errors = validateObject(defaulted)
  return errors.length === 0 ? 'valid' : invalidMessage(kind, defaulted.metadata.name ?? '', errors)
}

const CONTAINER = { name: 'a', image: 'app:1' }

/** The answer to a pod with one container, without the words before the causes. */
export function answerToPod(spec: Json, metadata: Json = {}): string {
  const pod = { metadata: { name: 'p', namespace: 'default', ...metadata }, spec: { containers: [CONTAINER], ...spec } }
  return causesOf(answerTo('Pod', pod))
}

/** The answer to a pod with a container of these fields. */
export const answerToContainer = (container: Json, spec: Json = {}): string =>
  answerToPod({ ...spec, containers: [{ ...CONTAINER, ...container }] })

/** The causes in an answer: all that stands after `is invalid: `, one on a line. */
export const causesOf = (answer: string): string => answer.replace(/^[\w.]+ "[^"]*" is invalid: /, '')

const list = (values: readonly Json[], answer: (value: Json) => string): string =>
  `\n${values.map(value => `${JSON.stringify(value)}\n  ${answer(value)}`).join('\n')}\n`

/** The answers to pods with these fields in their spec, each after the fields. */
export const answersToPods = (specs: readonly Json[]): string => list(specs, spec => answerToPod(spec))

/** The answers to pods with these values of one field. */
export const answersToValues = (field: string, values: readonly unknown[]): string =>
  answersToPods(values.map(value => ({ [field]: value })))

/** The answers to containers with these fields. */
export const answersToContainers = (containers: readonly Json[], spec: Json = {}): string =>
  list(containers, container => answerToContainer(container, spec))

/** The answers to objects of a kind, each with other fields in place of some of a good spec. */
export const answersToSpecs = (kind: Kind, good: Json, changes: readonly Json[]): string =>
  list(changes, change =>
    answerTo(kind, { metadata: { name: 'w', namespace: 'default' }, spec: { ...good, ...change } }),
  )
