import { nearestWord, PodwrightError } from '../errors/index.js'
import { KINDS } from '../model/index.js'

/** A kind of object as kubectl knows it from the API server's discovery. */
export interface Resource {
  /** `Deployment`. */
  readonly kind: string
  /** `deployments`. */
  readonly plural: string
  /** `deploy`, or none. */
  readonly short: readonly string[]
  /** `apps`; empty for the core group. */
  readonly group: string
  readonly isNamespaced: boolean
}

const ENDPOINTS: Resource = { kind: 'Endpoints', plural: 'endpoints', short: ['ep'], group: '', isNamespaced: true }

/** The kinds that there are views of, those of `kubectl get all` first and in its order. */
const RESOURCES: readonly Resource[] = Object.values(KINDS).flatMap(
  ({ kind, group, resource, short, isNamespaced }) => {
    const found = { kind, plural: resource, short, group, isNamespaced }
    // Nothing but a view of slices: neither a manifest nor a row says Endpoints.
    return kind === 'EndpointSlice' ? [ENDPOINTS, found] : [found]
  },
)

/** How many of the kinds belong to `all`. */
const IN_ALL = 10

const wordsOf = ({ kind, plural, short }: Resource): string[] => [plural, kind.toLowerCase(), ...short]

const BY_WORD: ReadonlyMap<string, Resource> = new Map(
  RESOURCES.flatMap(each => wordsOf(each).map(word => [word, each] as const)),
)

/** The kind that a word means, `deploy`, `Deployment` or `deployments.apps`; undefined for another word. */
export function findResource(word: string): Resource | undefined {
  const [name, ...group] = word.toLowerCase().split('.')
  const found = BY_WORD.get(name)
  if (found === undefined || group.length === 0) return found
  return group.join('.').replace(/^v\d\w*\.?/, '') === found.group ? found : undefined
}

/** Whether a word can only be meant as kinds: `pods`, `po,svc`, `all`, `deployment/web`. */
export const isResourceWord = (word: string): boolean =>
  word
    .split('/')[0]
    .split(',')
    .every(each => each.toLowerCase() === 'all' || findResource(each) !== undefined)

/**
 * The kinds that a word means: `pods`, `deploy,rs` or `all`.
 *
 * @throws PodwrightError `USAGE` for another word, with the nearest.
 */
export const resourcesNamed = (words: string, where: string): readonly Resource[] =>
  words.split(',').flatMap(word => (word.toLowerCase() === 'all' ? RESOURCES.slice(0, IN_ALL) : [known(word, where)]))

function known(word: string, where: string): Resource {
  const found = findResource(word)
  if (found !== undefined) return found
  const nearest = nearestWord(word, ['all', ...BY_WORD.keys()])
  throw new PodwrightError({
    code: 'USAGE',
    where,
    problem: `expected a kind such as pods, deployments or svc, got ${JSON.stringify(word.slice(0, 80))}`,
    hint:
      nearest === undefined
        ? `the kinds are ${RESOURCES.map(({ plural }) => plural).join(', ')}`
        : `did you mean ${nearest}?`,
  })
}

/** How kubectl calls an object of the kind: `pod/web`, `deployment.apps/web`. */
export const qualifiedName = ({ kind, group }: Resource, name: string): string =>
  `${kind.toLowerCase()}${group === '' ? '' : `.${group}`}/${name}`

/** `pods`, `deployments.apps`: the kind in messages of the API server. */
export const qualifiedPlural = ({ plural, group }: Resource): string => (group === '' ? plural : `${plural}.${group}`)
