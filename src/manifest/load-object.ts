import type { Node } from 'yaml'
import {
  canonicalObject,
  decodeObject,
  defaultObject,
  type FieldError,
  formatFieldError,
  goQuote,
  invalidMessage,
  type PathSegment,
  type ValidationOptions,
  validateObject,
  validateTemplateOf,
  writtenVersion,
} from '../api/index.js'
import { formatOrigin, type Origin, PodwrightError } from '../errors/index.js'
import { KINDS, type Kind, type KubernetesObject } from '../model/index.js'
import { nearestOriginOf, originOf } from './origins.js'
import type { ParsedDocument } from './parse-document.js'

/** An object out of a manifest: decoded, defaulted, valid. */
export interface LoadedObject {
  readonly object: KubernetesObject
  /** Where the object begins. */
  readonly origin: Origin
  /** Where one of its fields is written; undefined for one that is not, such as a default. */
  readonly fieldOrigin: (path: readonly PathSegment[]) => Origin | undefined
}

/** An object of a document before it is decoded. */
export interface RawObject {
  readonly kind: Kind
  readonly value: Readonly<Record<string, unknown>>
  readonly node: Node
  readonly document: ParsedDocument
}

/** How objects are loaded. */
export interface ObjectOptions extends ValidationOptions {
  /** The namespace of objects that name none. */
  readonly namespace: string
  /** Whether objects of other namespaces are refused, as with kubectl's --namespace. */
  readonly isNamespaceFixed: boolean
}

/**
 * Decodes, defaults and validates an object.
 *
 * @throws PodwrightError `MANIFEST_DECODING`, `MANIFEST_INVALID` in the API server's words.
 */
export function loadObject(raw: RawObject, options: ObjectOptions): LoadedObject {
  const { kind, node, document } = raw
  const locate = (path: readonly PathSegment[]): Origin => nearestOriginOf(document, node, path)
  const decoded = decodeObject(kind, raw.value, options)
  if (decoded.error !== undefined) {
    const { message, path, hint } = decoded.error
    const problem = `${kind} in version "${writtenVersion(kind, raw.value)}" cannot be handled as a ${kind}: ${message}`
    throw new PodwrightError({
      code: 'MANIFEST_DECODING',
      where: locate(path),
      problem,
      hint: hint ?? quotesHint(message),
    })
  }
  const object = defaultObject(inNamespace(decoded.object, options, locate), options)
  const errors = validateObject(object, options)
  const [first] = errors
  if (first !== undefined) {
    const problem = invalidMessage(kind, object.metadata.name ?? '', errors)
    throw new PodwrightError({
      code: 'MANIFEST_INVALID',
      where: locate(first.path),
      problem,
      hint: otherPlaces(errors, locate),
    })
  }
  refuseBadTemplate(object, options, locate)
  return {
    object: canonicalObject(object),
    origin: document.originAt(node.range?.[0] ?? 0),
    fieldOrigin: path => originOf(document, node, path),
  }
}

/** `yes`, `n` and `08` are what most surprises in YAML. */
function quotesHint(message: string): string | undefined {
  const kind = /^json: cannot unmarshal (bool|number)\b.* of type string$/.exec(message)?.[1]
  return kind && `put quotes around it: without them it is a ${kind === 'bool' ? 'truth value' : 'number'}`
}

type Locate = (path: readonly PathSegment[]) => Origin

/** kubectl: an object gets the namespace in use, and one of another namespace is refused when that was named. */
function inNamespace(object: KubernetesObject, options: ObjectOptions, locate: Locate): KubernetesObject {
  const { namespace: given = '', ...metadata } = object.metadata
  // The API server takes the namespace off objects that cannot be in one.
  if (!KINDS[object.kind as Kind].isNamespaced) return { ...object, metadata } as KubernetesObject
  if (given === '') return { ...object, metadata: { ...metadata, namespace: options.namespace } } as KubernetesObject
  if (options.isNamespaceFixed && given !== options.namespace) {
    throw new PodwrightError({
      code: 'MANIFEST_CONFLICT',
      where: locate(['metadata', 'namespace']),
      problem: `the namespace from the provided object "${given}" does not match the namespace "${options.namespace}". You must pass '--namespace=${given}' to perform this operation.`,
    })
  }
  return object
}

/** A StatefulSet with a bad template is accepted; what it could not do is make pods, and then there is nothing to run. */
function refuseBadTemplate(object: KubernetesObject, options: ObjectOptions, locate: Locate): void {
  if (object.kind !== 'StatefulSet') return
  const errors = validateTemplateOf(object, options)
  if (errors.length === 0) return
  const texts = errors.map(formatFieldError)
  throw new PodwrightError({
    code: 'MANIFEST_INVALID',
    where: locate(errors[0].path),
    problem: `the pods of StatefulSet ${goQuote(object.metadata.name ?? '')} would be refused: ${texts.join(', ')}`,
    hint: otherPlaces(errors, locate),
  })
}

const MOST_PLACES = 5

/** Where the second and further causes are. */
function otherPlaces(errors: readonly FieldError[], locate: Locate): string | undefined {
  const places = new Map(errors.map(({ field, path }) => [field, formatOrigin(locate(path))]))
  const others = [...places].slice(1)
  if (others.length === 0) return undefined
  const shown = others.slice(0, MOST_PLACES).map(([field, place]) => `${field} at ${place}`)
  const rest = others.length > MOST_PLACES ? `, and ${others.length - MOST_PLACES} more` : ''
  return `also ${shown.join(', ')}${rest}`
}
