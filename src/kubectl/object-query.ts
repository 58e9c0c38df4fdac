import { nearestWord, PodwrightError } from '../errors/index.js'
import type { ApiObject } from '../model/index.js'
import { formatDuration, type Milliseconds } from '../time/index.js'
import type { StoreView } from '../trace/index.js'
import { parseLabelQuery } from './label-query.js'
import { qualifiedPlural, type Resource, resourcesNamed } from './resources.js'

/** Which objects are meant: of which kinds, under which names. */
export interface ObjectQuery {
  readonly resource: Resource
  /** Undefined: all of the kind. */
  readonly name: string | undefined
}

/** Where objects are looked for. */
export interface QueryScope {
  /** Default: `default`. */
  readonly namespace?: string | undefined
  /** `-A`: in every namespace. */
  readonly allNamespaces?: boolean | undefined
  /** `-l`: a label query. */
  readonly selector?: string | undefined
}

/**
 * Reads what kubectl is asked about: `deploy`, `po,svc`, `deploy web api`, or `deploy/web svc/web`.
 *
 * @throws PodwrightError `USAGE` for a kind that there is not, with the nearest, and for a mixture of both forms.
 */
export function parseQueries(words: readonly string[], where: string): readonly ObjectQuery[] {
  const [first = '', ...names] = words
  if (words.length === 0 || first === '') {
    const hint = 'write pods, deploy/web or deploy web'
    throw new PodwrightError({ code: 'USAGE', where, problem: 'expected a kind, got nothing', hint })
  }
  if (!first.includes('/')) {
    const resources = resourcesNamed(first, where)
    const mixed = names.find(name => name.includes('/'))
    if (mixed !== undefined) throw mixture(first, mixed, where)
    if (names.length === 0) return resources.map(resource => ({ resource, name: undefined }))
    return resources.flatMap(resource => names.map(name => ({ resource, name })))
  }
  return words.map(word => {
    const slash = word.indexOf('/')
    if (slash < 0) throw mixture(first, word, where)
    const [resource] = resourcesNamed(word.slice(0, slash), where)
    return { resource, name: word.slice(slash + 1) }
  })
}

const mixture = (first: string, other: string, where: string): PodwrightError =>
  new PodwrightError({
    code: 'USAGE',
    where,
    problem: `expected KIND/NAME... or KIND NAME..., got ${JSON.stringify(`${first} ${other}`.slice(0, 80))}`,
  })

/** What was found for one kind. */
export interface FoundObjects {
  readonly resource: Resource
  readonly objects: readonly ApiObject[]
}

/**
 * Finds the objects that queries mean, kind by kind.
 *
 * @throws PodwrightError `UNKNOWN_OBJECT`, in the API server's words, for a name that there is not, with the nearest.
 */
export function findObjects(
  view: StoreView,
  queries: readonly ObjectQuery[],
  scope: QueryScope,
  at: Milliseconds,
): readonly FoundObjects[] {
  const { namespace = 'default', allNamespaces = false, selector } = scope
  const matches = selector === undefined ? () => true : parseLabelQuery(selector, '--selector')
  const lists = new Map<Resource, ApiObject[]>()
  for (const { resource, name } of queries) {
    const all = view
      .list(resource.kind)
      .filter(
        ({ metadata }) => allNamespaces || !resource.isNamespaced || (metadata.namespace ?? 'default') === namespace,
      )
    const named = name === undefined ? all : all.filter(({ metadata }) => metadata.name === name)
    if (name !== undefined && named.length === 0) throw notFound(resource, name, all, view, at)
    const list = lists.get(resource) ?? []
    list.push(...named.filter(({ metadata }) => matches(metadata.labels)))
    lists.set(resource, list)
  }
  return [...lists].map(([resource, objects]) => ({ resource, objects }))
}

function notFound(
  resource: Resource,
  name: string,
  all: readonly ApiObject[],
  view: StoreView,
  at: Milliseconds,
): PodwrightError {
  const names = all.map(({ metadata }) => metadata.name ?? '')
  const nearest = nearestWord(name, names)
  const elsewhere = view.list(resource.kind).find(({ metadata }) => metadata.name === name)
  return new PodwrightError({
    code: 'UNKNOWN_OBJECT',
    problem: `${qualifiedPlural(resource)} ${JSON.stringify(name.slice(0, 80))} not found at ${formatDuration(at)}`,
    hint:
      elsewhere !== undefined
        ? `there is one in the namespace ${elsewhere.metadata.namespace}; add --namespace ${elsewhere.metadata.namespace}`
        : nearest !== undefined
          ? `did you mean ${nearest}?`
          : names.length === 0
            ? `there are no ${resource.plural}`
            : `there are ${names.slice(0, MOST_NAMES).join(', ')}${names.length > MOST_NAMES ? ', …' : ''}`,
  })
}

const MOST_NAMES = 8
