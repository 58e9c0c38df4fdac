import * as v from 'valibot'
import { isReadKind } from '../api/index.js'
import { nearestWord, PodwrightError } from '../errors/index.js'
import { KINDS, type Kind, kindNamed, type LabelSelector, type ObjectMeta, wordsOfKind } from '../model/index.js'
import type { ApiRequest, PropagationPolicy } from './api-request.js'
import { plainData } from './plain-data.js'
import { fields, flag, isMapping, oneOf, quote, text, whole } from './schema-parts.js'

/**
 * A request to the API server in kubectl's words: one verb, and what belongs to it. Subjects are `deployment/web` or
 * `shop/deployment/web`; create, replace and apply take a manifest.
 */
export interface ApiRequestWords {
  readonly create?: object | undefined
  readonly replace?: object | undefined
  readonly apply?: object | undefined
  readonly patch?: string | undefined
  readonly delete?: string | undefined
  /** All objects of a kind in `namespace`, `pods`, or those that `selector` selects. */
  readonly deleteAll?: string | undefined
  readonly scale?: string | undefined
  readonly evict?: string | undefined
  /** Of patch: what to change. */
  readonly with?: object | undefined
  /** Of patch; default `json` for a list, `strategic` for a mapping. `apply` is server-side apply. */
  readonly type?: 'strategic' | 'merge' | 'json' | 'apply' | undefined
  readonly subresource?: 'status' | undefined
  readonly fieldManager?: string | undefined
  readonly force?: boolean | undefined
  readonly replicas?: number | undefined
  /** Seconds. */
  readonly gracePeriodSeconds?: number | undefined
  readonly propagation?: PropagationPolicy | undefined
  readonly selector?: LabelSelector | undefined
  readonly uid?: string | undefined
  readonly resourceVersion?: string | undefined
  readonly namespace?: string | undefined
  /** Who asks; absent: somebody who may do everything. */
  readonly as?: string | undefined
  readonly groups?: readonly string[] | undefined
}

const VERBS = {
  create: 'create',
  replace: 'update',
  apply: 'apply',
  patch: 'patch',
  delete: 'delete',
  deleteAll: 'deletecollection',
  scale: 'scale',
  evict: 'evict',
} as const

type Verb = keyof typeof VERBS

/** The verbs of a request, in the order in which messages list them. */
export const REQUEST_VERBS = Object.keys(VERBS) as readonly Verb[]

/** Which verbs a field belongs to; the others go with every one. */
const OWNERS: Readonly<Record<string, readonly Verb[]>> = {
  with: ['patch'],
  type: ['patch'],
  subresource: ['patch', 'replace'],
  fieldManager: ['create', 'replace', 'apply', 'patch', 'scale'],
  force: ['patch'],
  replicas: ['scale'],
  gracePeriodSeconds: ['delete', 'deleteAll'],
  propagation: ['delete', 'deleteAll'],
  selector: ['deleteAll'],
  uid: ['delete'],
  resourceVersion: ['delete'],
}

/**
 * Reads a request.
 *
 * @throws PodwrightError `SCENARIO_INVALID` for words that do not go together, or that name no kind.
 */
export function readRequest(said: ApiRequestWords): ApiRequest {
  const verbs = REQUEST_VERBS.filter(verb => said[verb] !== undefined)
  const [verb] = verbs
  if (verbs.length !== 1)
    throw mistake(
      `a request does one of ${REQUEST_VERBS.join(', ')}; got ${verbs.length === 0 ? 'none' : verbs.join(' and ')}`,
    )
  const stray = Object.keys(said).find(field => Object.hasOwn(OWNERS, field) && !OWNERS[field].includes(verb))
  if (stray !== undefined)
    throw mistake(`the field ${JSON.stringify(stray)} belongs to ${OWNERS[stray].join(', ')}, not to ${verb}`)
  if (verb === 'patch' && said.with === undefined) throw mistake('a patch needs the field "with": what to change')
  if (verb === 'scale' && said.replicas === undefined) throw mistake('scale needs the field "replicas"')
  const { uid, resourceVersion } = said
  const preconditions = uid === undefined && resourceVersion === undefined ? undefined : { uid, resourceVersion }
  return plainData({
    verb: VERBS[verb],
    ...targetOf(verb, said),
    subresource: said.subresource,
    patchType: verb === 'patch' ? (said.type ?? (Array.isArray(said.with) ? 'json' : 'strategic')) : undefined,
    patch: said.with,
    fieldManager: said.fieldManager,
    force: said.force,
    replicas: said.replicas,
    gracePeriodSeconds: said.gracePeriodSeconds,
    propagationPolicy: said.propagation,
    preconditions,
    selector: said.selector,
    as: said.as,
    groups: said.groups,
  })
}

type Target = Pick<ApiRequest, 'kind' | 'namespace' | 'name' | 'object'>

function targetOf(verb: Verb, said: ApiRequestWords): Target {
  const { namespace } = said
  if (verb === 'create' || verb === 'replace' || verb === 'apply') {
    const object = said[verb] as { readonly kind?: unknown; readonly metadata?: ObjectMeta }
    const kind = kindOf(String(object.kind))
    return { kind, namespace: namespace ?? object.metadata?.namespace, name: object.metadata?.name, object }
  }
  const subject = said[verb] ?? ''
  if (verb === 'deleteAll') return { kind: kindOf(subject), namespace }
  const parts = subject.split('/')
  if (parts.length < 2 || parts.length > 3 || parts.includes(''))
    throw mistake(
      `expected a subject such as deployment/web or shop/deployment/web, got ${JSON.stringify(subject.slice(0, 80))}`,
    )
  const [home, kind, name] = parts.length === 3 ? parts : [namespace, ...parts]
  return { kind: kindOf(kind ?? ''), namespace: home, name }
}

function kindOf(word: string): Kind {
  const kind = kindNamed(word)
  if (kind !== undefined && isReadKind(kind)) return kind
  const nearest = nearestWord(word.toLowerCase(), Object.keys(KINDS).filter(isReadKind).flatMap(wordsOfKind))
  throw mistake(
    `expected a kind such as deployment, got ${JSON.stringify(word.slice(0, 80))}`,
    nearest && `did you mean ${nearest}?`,
  )
}

const mistake = (problem: string, hint?: string): PodwrightError =>
  new PodwrightError({ code: 'SCENARIO_INVALID', where: 'request', problem, hint })

/** The words that say a request. */
export function requestWords(request: ApiRequest): ApiRequestWords {
  const { kind, namespace, name, object, patchType, patch, propagationPolicy, preconditions = {} } = request
  const verb = REQUEST_VERBS.find(each => VERBS[each] === request.verb) ?? 'create'
  const isWhole = object !== undefined
  const subject = verb === 'deleteAll' ? KINDS[kind].resource : `${kind.toLowerCase()}/${name}`
  const own = isWhole ? (object as { readonly metadata?: ObjectMeta }).metadata?.namespace : undefined
  return plainData({
    [verb]: isWhole ? object : subject,
    with: patch as object | undefined,
    type: patchType,
    subresource: request.subresource,
    fieldManager: request.fieldManager,
    force: request.force,
    replicas: request.replicas,
    gracePeriodSeconds: request.gracePeriodSeconds,
    propagation: propagationPolicy,
    selector: request.selector,
    uid: preconditions.uid,
    resourceVersion: preconditions.resourceVersion,
    namespace: namespace === own ? undefined : namespace,
    as: request.as,
    groups: request.groups,
  })
}

const manifest = v.custom<object>(isMapping, issue => `expected a manifest, got ${quote(issue.input)}`)
const subject = text('a subject such as deployment/web')
const word = text('a name')

const said = fields('a request', {
  create: v.optional(manifest),
  replace: v.optional(manifest),
  apply: v.optional(manifest),
  patch: v.optional(subject),
  delete: v.optional(subject),
  deleteAll: v.optional(text('a kind such as pods')),
  scale: v.optional(subject),
  evict: v.optional(subject),
  with: v.optional(
    v.custom<object>(
      input => typeof input === 'object' && input !== null,
      issue => `expected the patch as a mapping or a list, got ${quote(issue.input)}`,
    ),
  ),
  type: v.optional(oneOf(['strategic', 'merge', 'json', 'apply'])),
  subresource: v.optional(oneOf(['status'])),
  fieldManager: v.optional(word),
  force: v.optional(flag),
  replicas: v.optional(whole('a count', -1_000_000, 1_000_000)),
  gracePeriodSeconds: v.optional(whole('seconds', 0, 315_360_000)),
  propagation: v.optional(oneOf(['Background', 'Foreground', 'Orphan'])),
  selector: v.optional(
    v.custom<LabelSelector>(isMapping, issue => `expected matchLabels or matchExpressions, got ${quote(issue.input)}`),
  ),
  uid: v.optional(word),
  resourceVersion: v.optional(word),
  namespace: v.optional(word),
  as: v.optional(word),
  groups: v.optional(v.array(word)),
})

/** A request as a file says it. */
export const requestSchema = v.pipe(
  said,
  v.rawTransform(({ dataset, addIssue, NEVER }): ApiRequest => {
    try {
      return readRequest(dataset.value)
    } catch (error) {
      if (!(error instanceof PodwrightError)) throw error
      addIssue({ message: error.hint === undefined ? error.problem : `${error.problem}\n  hint: ${error.hint}` })
      return NEVER
    }
  }),
)
