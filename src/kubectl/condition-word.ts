import { nearestWord, PodwrightError } from '../errors/index.js'
import type { ApiObject } from '../model/index.js'
import { parseJsonPath } from './json-path.js'

/** What `kubectl wait --for` waits for. */
export interface Awaitable {
  /** Whether it is so of an object; undefined stands for none. */
  readonly isMet: (object: ApiObject | undefined) => boolean
  /** `delete` and `create` are about an object that there need not be. */
  readonly kind: 'delete' | 'create' | 'state'
}

/**
 * Reads what `kubectl wait --for` takes: `delete`, `create`, `condition=Ready`, `condition=Available=false`,
 * `jsonpath={.status.phase}=Running`.
 *
 * kubectl: pkg/cmd/wait/wait.go, v1.32 (WA-1).
 *
 * @throws PodwrightError `USAGE` for other words.
 */
export function parseAwaitable(text: string, where: string): Awaitable {
  const word = text.toLowerCase()
  if (word === 'delete') return { kind: 'delete', isMet: object => object === undefined }
  if (word === 'create') return { kind: 'create', isMet: object => object !== undefined }
  if (word.startsWith('condition=')) return conditionOf(text.slice('condition='.length), text, where)
  if (word.startsWith('jsonpath=')) return pathOf(text.slice('jsonpath='.length), text, where)
  const nearest = nearestWord(word.split('=')[0], ['delete', 'create', 'condition', 'jsonpath'])
  throw new PodwrightError({
    code: 'USAGE',
    where,
    problem: `expected delete, create, condition=… or jsonpath=…, got ${JSON.stringify(text.slice(0, 80))}`,
    hint:
      nearest === undefined
        ? 'write condition=Ready, for example'
        : `did you mean ${nearest}=…?`.replace(/(ete|ate)=…/, '$1'),
  })
}

interface ConditionView {
  readonly type: string
  readonly status: string
  readonly observedGeneration?: number
}

interface StatusView {
  readonly observedGeneration?: number
  readonly conditions?: readonly ConditionView[]
}

function conditionOf(text: string, whole: string, where: string): Awaitable {
  const equals = text.indexOf('=')
  const name = (equals < 0 ? text : text.slice(0, equals)).toLowerCase()
  const value = (equals < 0 ? 'true' : text.slice(equals + 1)).toLowerCase()
  if (name === '' || value === '') throw incomplete(whole, 'condition=Ready or condition=Ready=false', where)
  const isMet = (object: ApiObject | undefined): boolean => {
    const { status } = (object ?? {}) as { readonly status?: StatusView }
    const condition = status?.conditions?.find(({ type }) => type.toLowerCase() === name)
    if (object === undefined || condition === undefined) return false
    // What was said of an older generation does not count.
    const observed = condition.observedGeneration ?? status?.observedGeneration
    if (observed !== undefined && observed < (object.metadata.generation ?? 0)) return false
    return condition.status.toLowerCase() === value
  }
  return { kind: 'state', isMet }
}

function pathOf(text: string, whole: string, where: string): Awaitable {
  // A single = parts the path from the value; == stands in a filter.
  const [, path = text, value] = /^((?:==|!=|[^=])*)=(?!=)(.*)$/s.exec(text) ?? []
  if (value === '') throw incomplete(whole, 'jsonpath={.status.phase}=Running', where)
  const find = parseJsonPath(path, where)
  const wanted = value?.replace(/^['"]+|['"]+$/g, '')
  const isMet = (object: ApiObject | undefined): boolean => {
    const found = object === undefined ? [] : find(object)
    if (found.length === 0 || (wanted !== undefined && found.length > 1)) return false
    return wanted === undefined || String(found[0]) === wanted
  }
  return { kind: 'state', isMet }
}

const incomplete = (text: string, form: string, where: string): PodwrightError =>
  new PodwrightError({ code: 'USAGE', where, problem: `expected ${form}, got ${JSON.stringify(text.slice(0, 80))}` })
