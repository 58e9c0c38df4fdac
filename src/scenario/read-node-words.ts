import { nearestWord, PodwrightError } from '../errors/index.js'
import { readQuantity, type Taint } from '../model/index.js'
import { isMapping, quote } from './schema-parts.js'

/** What a user may say of a node; the rest is filled in. A quantity may be a number: of CPUs, of bytes. */
export interface NodeWords {
  readonly name: string
  readonly cpu?: string | number | undefined
  readonly memory?: string | number | undefined
  readonly pods?: number | undefined
  readonly labels?: Readonly<Record<string, string>> | undefined
  readonly taints?: readonly Taint[] | undefined
  readonly allocatable?: Readonly<Record<string, string | number>> | undefined
  readonly unschedulable?: boolean | undefined
}

/** What is said of a node, with every quantity as a text. */
export interface StatedNode extends NodeWords {
  readonly cpu?: string | undefined
  readonly memory?: string | undefined
  readonly allocatable?: Readonly<Record<string, string>> | undefined
}

/**
 * Reads what a program says of a node: quantities may be numbers, as in YAML, and become texts.
 *
 * @throws PodwrightError `USAGE` for a field that there is not, or that holds what it cannot.
 */
export function readNodeWords(words: NodeWords, where = 'node'): StatedNode {
  if (!isMapping(words)) throw misuse(where, 'a node such as { name: "a", cpu: 4 }', words)
  const stated: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(words)) {
    if (value === undefined) continue
    const read = Object.hasOwn(READERS, name) ? READERS[name as keyof NodeWords] : undefined
    if (read === undefined) throw unknownField(name, where)
    stated[name] = read(value, `${where}.${name}`)
  }
  if (stated.name === undefined) throw misuse(`${where}.name`, 'the name of a node', undefined)
  return stated as unknown as StatedNode
}

/** Reads the value of a field that stands at a place. */
type FieldReader = (value: unknown, where: string) => unknown

const reader =
  (expected: string, isMeant: (value: unknown) => boolean): FieldReader =>
  (value, where) => {
    if (!isMeant(value)) throw misuse(where, expected, value)
    return value
  }

const quantity: FieldReader = (value, where) => {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  const read = readQuantity(text)
  if ('text' in read && read.nanos >= 0n) return text
  throw misuse(where, 'a quantity such as 4, 500m or 8Gi', value)
}

const eachOf =
  (expected: string, read: FieldReader): FieldReader =>
  (value, where) => {
    if (!isMapping(value)) throw misuse(where, expected, value)
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, read(each, `${where}.${name}`)]))
  }

const isTaint = (value: unknown): boolean =>
  isMapping(value) && typeof value.key === 'string' && typeof value.effect === 'string'

const READERS: Readonly<Record<keyof NodeWords, FieldReader>> = {
  name: reader('the name of a node', value => typeof value === 'string' && value !== ''),
  cpu: quantity,
  memory: quantity,
  pods: reader('a whole number of pods', value => Number.isInteger(value) && (value as number) >= 0),
  labels: eachOf(
    'a mapping of labels',
    reader('the value of a label', value => typeof value === 'string'),
  ),
  taints: reader(
    'a list of taints such as { key: "gpu", effect: "NoSchedule" }',
    value => Array.isArray(value) && value.every(isTaint),
  ),
  allocatable: eachOf('a mapping of quantities', quantity),
  unschedulable: reader('true or false', value => typeof value === 'boolean'),
}

const misuse = (where: string, expected: string, value: unknown): PodwrightError =>
  new PodwrightError({ code: 'USAGE', where, problem: `expected ${expected}, got ${quote(value)}` })

function unknownField(name: string, where: string): PodwrightError {
  const nearest = nearestWord(name, Object.keys(READERS))
  return new PodwrightError({
    code: 'USAGE',
    where,
    problem: `unknown field ${JSON.stringify(name)} in a node`,
    hint: nearest === undefined ? `its fields are ${Object.keys(READERS).join(', ')}` : `did you mean ${nearest}?`,
  })
}
