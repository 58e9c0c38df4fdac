import { yamlScalar } from './yaml-scalar.js'

/**
 * Writes a value as `kubectl get -o yaml` does: keys in natural order, lists at the column of their key, texts quoted only
 * where a YAML 1.1 reader would take them for something else. Fields that are undefined are left out.
 */
export function toYaml(value: unknown): string {
  const lines: string[] = []
  if (isMap(value) && entriesOf(value).length > 0) writeMap(value, 0, '', lines)
  else if (Array.isArray(value) && value.length > 0) writeList(value, 0, '', lines)
  else lines.push(inline(value, 0, 0))
  return `${lines.join('\n')}\n`
}

type YamlMap = Readonly<Record<string, unknown>>

const isMap = (value: unknown): value is YamlMap => typeof value === 'object' && value !== null && !Array.isArray(value)

/** `first` is what stands before the first key instead of the indent: the dashes of the lists that the map is an item of. */
function writeMap(map: YamlMap, indent: number, first: string, lines: string[]): void {
  let lead = first
  for (const [key, value] of entriesOf(map)) {
    const head = `${lead === '' ? ' '.repeat(indent) : lead}${yamlScalar(key, { indent, column: indent, isKey: true })}:`
    lead = ''
    if (isMap(value) && entriesOf(value).length > 0) {
      lines.push(head)
      writeMap(value, indent + 2, '', lines)
    } else if (Array.isArray(value) && value.length > 0) {
      lines.push(head)
      writeList(value, indent, '', lines)
    } else {
      lines.push(`${head} ${inline(value, indent, head.length + 1)}`)
    }
  }
}

function writeList(list: readonly unknown[], indent: number, first: string, lines: string[]): void {
  let lead = first
  for (const item of list) {
    const head = `${lead === '' ? ' '.repeat(indent) : lead}- `
    lead = ''
    if (isMap(item) && entriesOf(item).length > 0) writeMap(item, indent + 2, head, lines)
    else if (Array.isArray(item) && item.length > 0) writeList(item, indent + 2, head, lines)
    else lines.push(`${head}${inline(item, indent, head.length)}`)
  }
}

function inline(value: unknown, indent: number, column: number): string {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'string') return yamlScalar(value, { indent, column, isKey: false })
  if (Array.isArray(value)) return '[]'
  if (typeof value === 'object') return '{}'
  return String(value)
}

const entriesOf = (map: YamlMap): [string, unknown][] =>
  Object.entries(map)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => compareKeys(a, b))

/**
 * The order of keys: letters by their code, digits by the number they make, anything else before letters
 * (go-yaml: sorter.go keyList.Less, v2.4).
 */
function compareKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  let at = 0
  while (at < length && a[at] === b[at]) at++
  if (at === length) return a.length - b.length
  const isLetterA = LETTER.test(a[at])
  const isLetterB = LETTER.test(b[at])
  if (isLetterA && isLetterB) return a[at] < b[at] ? -1 : 1
  if (isLetterA || isLetterB) {
    // Behind a common number its end is less than its continuation: `a1b` < `a10`, but `a-` < `ab`.
    const isAfterDigit = at > 0 && DIGIT.test(a[at - 1])
    return isLetterA === isAfterDigit ? -1 : 1
  }
  const numberA = numberFrom(a, at)
  const numberB = numberFrom(b, at)
  if (numberA.value !== numberB.value) return numberA.value - numberB.value
  if (numberA.digits !== numberB.digits) return numberA.digits - numberB.digits
  return a[at] < b[at] ? -1 : 1
}

const LETTER = /\p{L}/u
const DIGIT = /[0-9]/

/** The number that the digits at a place continue, with a one before it where only zeros would hide its length. */
function numberFrom(text: string, at: number): { readonly value: number; readonly digits: number } {
  const digits = /^[0-9]*/.exec(text.slice(at))?.[0] ?? ''
  const before = /[0-9]*$/.exec(text.slice(0, at))?.[0] ?? ''
  const carry = /[1-9]/.test(before) ? '1' : ''
  return { value: digits === '' && carry === '' ? 0 : Number(`${carry}${digits}`), digits: digits.length }
}
