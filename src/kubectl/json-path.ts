import { PodwrightError } from '../errors/index.js'

type Step =
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'all' }
  | { readonly kind: 'filter'; readonly path: readonly Step[]; readonly operator: string; readonly value: string }

/**
 * Reads a JSONPath as kubectl takes it, `{.status.phase}` or `.status.conditions[?(@.type=="Ready")].status`, and answers what
 * finds its values in an object.
 *
 * client-go: util/jsonpath, v1.32: fields, indexes, `[*]`, `['field']` and filters that compare a field with a value.
 *
 * @throws PodwrightError `USAGE` for what is none, and for parts that podwright does not read.
 */
export function parseJsonPath(text: string, where: string): (object: unknown) => readonly unknown[] {
  const path = /^\{?(.*?)\}?$/s.exec(text.trim())?.[1] ?? ''
  const steps = stepsOf(path.replace(/^\$/, ''), text, where)
  return object =>
    steps.reduce<readonly unknown[]>((values, step) => values.flatMap(value => follow(value, step)), [object])
}

const STEP = new RegExp(
  [
    String.raw`\.?(?<all>\*)`,
    String.raw`\.?(?<field>[A-Za-z_](?:\\.|[-\w/])*)`,
    String.raw`\[(?<index>-?\d+)\]`,
    String.raw`\[(?<every>\*)\]`,
    String.raw`\[(?<quote>['"])(?<quoted>.*?)\k<quote>\]`,
    String.raw`\[\?\(@\.(?<path>[^=!<>)]+?)\s*(?<operator>==|!=)\s*(?<value>"[^"]*"|'[^']*'|[^)]+?)\s*\)\]`,
  ].join('|'),
  'y',
)

function stepsOf(path: string, text: string, where: string): Step[] {
  const steps: Step[] = []
  for (let at = 0; at < path.length; ) {
    STEP.lastIndex = at
    const match = STEP.exec(path)
    const groups = match?.groups
    if (match === null || groups === undefined) throw notAPath(text, where)
    // A filter has a path of its own, which moves the expression's place.
    at += match[0].length
    if (groups.path !== undefined) {
      const value = groups.value.replace(/^(['"])(.*)\1$/s, '$2')
      const inner = stepsOf(groups.path.trim(), text, where)
      steps.push({ kind: 'filter', path: inner, operator: groups.operator, value })
    } else if (groups.index !== undefined) steps.push({ kind: 'index', index: Number(groups.index) })
    else if (groups.all !== undefined || groups.every !== undefined) steps.push({ kind: 'all' })
    else steps.push({ kind: 'field', name: groups.quoted ?? groups.field.replaceAll(/\\(.)/g, '$1') })
  }
  if (steps.length === 0) throw notAPath(text, where)
  return steps
}

function follow(value: unknown, step: Step): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return []
  const items = Array.isArray(value) ? (value as unknown[]) : undefined
  switch (step.kind) {
    case 'field': {
      if (items !== undefined || !Object.hasOwn(value, step.name)) return []
      const found = (value as Readonly<Record<string, unknown>>)[step.name]
      return found === undefined ? [] : [found]
    }
    case 'index':
      return items?.slice(step.index, step.index === -1 ? undefined : step.index + 1) ?? []
    case 'all':
      return items ?? Object.values(value)
    case 'filter':
      return (items ?? [value]).filter(item => {
        const found = step.path.reduce<readonly unknown[]>(
          (values, each) => values.flatMap(v => follow(v, each)),
          [item],
        )
        return found.length > 0 && (String(found[0]) === step.value) === (step.operator === '==')
      })
  }
}

const notAPath = (text: string, where: string): PodwrightError =>
  new PodwrightError({
    code: 'USAGE',
    where,
    problem: `expected a JSONPath, got ${JSON.stringify(text.slice(0, 80))}`,
    hint: `write {.status.phase}, {.spec.containers[0].image} or {.status.conditions[?(@.type=="Ready")].status}`,
  })
