import { readQuantity } from '../../model/index.js'
import { type Field, type FieldType, structOf } from '../schema/schema.js'
import type { FieldPath } from './field-path.js'

/** A field that two objects of one type do not have alike; a side that lacks it is undefined. */
export interface Difference {
  readonly path: FieldPath
  readonly before: unknown
  readonly after: unknown
}

type Members = Readonly<Record<string, unknown>>

/**
 * Finds the fields in which two values of a struct differ, as deep as both have something there, in the order of the API's fields.
 *
 * What upstream's `Semantic.DeepEqual` takes for the same is no difference: an empty list or map and none, a field without a
 * pointer that is zero and one that is absent, one amount in two notations.
 */
export function differencesOf(
  struct: string,
  before: object | undefined,
  after: object | undefined,
  path: FieldPath,
): readonly Difference[] {
  const found: Difference[] = []
  compareStructs(struct, (before ?? {}) as Members, (after ?? {}) as Members, path, found)
  return found
}

function compareStructs(struct: string, before: Members, after: Members, path: FieldPath, found: Difference[]): void {
  for (const field of structOf(struct).values()) {
    const [old, next] = [before[field.name] ?? undefined, after[field.name] ?? undefined]
    if (old === next || (isNothing(field, old) && isNothing(field, next))) continue
    const at = path.child(field.name)
    if (field.isPointer && (old === undefined || next === undefined)) found.push({ path: at, before: old, after: next })
    else compareValues(field.type, old, next, at, found)
  }
}

/** Whether a field is as good as absent. A pointer to nothing is still something: `runAsUser: 0` is not "any user". */
function isNothing({ type, isPointer }: Field, value: unknown): boolean {
  if (value === undefined) return true
  if (isPointer || type.kind === 'struct') return false
  if (type.kind === 'list') return (value as readonly unknown[]).length === 0
  if (type.kind === 'map') return Object.keys(value as object).length === 0
  return value === '' || value === 0 || value === false
}

function compareValues(type: FieldType, before: unknown, after: unknown, path: FieldPath, found: Difference[]): void {
  switch (type.kind) {
    case 'struct':
      compareStructs(type.struct, (before ?? {}) as Members, (after ?? {}) as Members, path, found)
      break
    case 'list':
      compareLists(type.element, (before ?? []) as unknown[], (after ?? []) as unknown[], path, found)
      break
    case 'map':
      compareMaps(type.element, (before ?? {}) as Members, (after ?? {}) as Members, path, found)
      break
    default:
      if (!isSameScalar(type, before, after)) found.push({ path, before, after })
  }
}

function compareLists(
  element: FieldType,
  before: readonly unknown[],
  after: readonly unknown[],
  path: FieldPath,
  found: Difference[],
): void {
  for (let i = 0; i < Math.max(before.length, after.length); i++) {
    const at = path.index(i)
    if (i < before.length && i < after.length) compareValues(element, before[i], after[i], at, found)
    else found.push({ path: at, before: before[i], after: after[i] })
  }
}

function compareMaps(element: FieldType, before: Members, after: Members, path: FieldPath, found: Difference[]): void {
  for (const key of [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()) {
    const hasBoth = Object.hasOwn(before, key) && Object.hasOwn(after, key)
    if (hasBoth) compareValues(element, before[key], after[key], path.key(key), found)
    else found.push({ path: path.key(key), before: before[key], after: after[key] })
  }
}

function isSameScalar({ kind }: FieldType, before: unknown, after: unknown): boolean {
  if (kind !== 'quantity') return before === after || JSON.stringify(before) === JSON.stringify(after)
  const [a, b] = [readQuantity(String(before)), readQuantity(String(after))]
  return 'problem' in a || 'problem' in b ? before === after : a.nanos === b.nanos
}

/** A message lists so many differences, and so much of each value. */
const MOST_DIFFERENCES = 10
const MOST_CHARACTERS = 200

/**
 * Writes differences as lines after a message, `- spec.restartPolicy: "Always"` and `+ spec.restartPolicy: "Never"`.
 *
 * Upstream prints what go-cmp makes of its internal Go structs there, with the fields around the change, the Go types, and
 * blanks that go-cmp varies on purpose so that nobody relies on them. That text is left out: these lines are podwright's own.
 */
export function formatDifferences(differences: readonly Difference[]): string {
  const lines = differences
    .slice(0, MOST_DIFFERENCES)
    .flatMap(({ path, before, after }) => [
      ...(before === undefined ? [] : [`- ${path}: ${shortJson(before)}`]),
      ...(after === undefined ? [] : [`+ ${path}: ${shortJson(after)}`]),
    ])
  const more = differences.length - MOST_DIFFERENCES
  return [...lines, ...(more > 0 ? [`… and ${more} more`] : [])].join('\n')
}

function shortJson(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text
}
