import { nearestWord, type Origin, PodwrightError } from '../errors/index.js'
import { podKindNamed, wordsOfKind } from '../model/index.js'
import { type BehaviourTarget, TARGET_KINDS } from './behaviour-rule.js'

const SHAPES = 'CONTAINER, POD/CONTAINER, KIND/NAME, KIND/NAME/CONTAINER or [LABEL=VALUE]/CONTAINER'
const NAME = /^[A-Za-z0-9*]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/
const LABEL = /^([^=,\s]+)=([^=,\s]*)$/

/**
 * Parses whom a rule is for: `app`, `web/app`, `deployment/web`, `deployment/web/app`, `deployment/web@2` for one revision of its template, `shop/deployment/web/app`,
 * `[app=web]`, `[app=web]/app`, or `*` for every regular container.
 *
 * @throws PodwrightError `BEHAVIOUR_INVALID` when the text has none of these shapes.
 */
export function parseTarget(text: string, where?: Origin | string): BehaviourTarget {
  const refuse = (problem: string, hint?: string): never => {
    throw new PodwrightError({ code: 'BEHAVIOUR_INVALID', where, problem, hint })
  }
  const labelled = /^\[([^\]]*)\](?:\/(.*))?$/s.exec(text)
  const stated = (labelled === null ? text : (labelled[2] ?? '*')).split('/')
  const kindAt = stated.findIndex(part => podKindNamed(part) !== undefined)
  const [, name, digits] = /^(.+)@([1-9]\d{0,6})$/.exec(stated[kindAt + 1] ?? '') ?? []
  const revision = kindAt < 0 || digits === undefined ? undefined : Number(digits)
  const parts = revision === undefined ? stated : stated.with(kindAt + 1, name)
  const wrong = parts.find(part => !NAME.test(part))
  if (wrong !== undefined || parts.length > 4 || (labelled !== null && parts.length > 1)) {
    return refuse(`expected ${SHAPES}, got ${JSON.stringify(text.slice(0, 80))}`)
  }
  const names = parts.map(part => (part === '*' ? undefined : part))
  if (revision !== undefined && (labelled !== null || kindAt < 0 || names[kindAt + 1] === undefined))
    return refuse(
      `expected a revision of a workload such as deployment/web@2, got ${JSON.stringify(text.slice(0, 80))}`,
    )
  const of = revision === undefined ? {} : { revision }
  if (labelled !== null) return { labels: parseLabels(labelled[1], refuse), container: names[0] }
  if (parts.length === 1) return { container: names[0] }
  const kind = podKindNamed(parts[0])
  if (kind !== undefined) {
    if (parts.length > 3) return refuse(`expected ${SHAPES}, got ${JSON.stringify(text.slice(0, 80))}`)
    return { kind, name: names[1], ...of, container: names[2] }
  }
  if (parts.length === 2) return { name: names[0], container: names[1] }
  const second = podKindNamed(parts[1])
  if (second !== undefined) return { namespace: names[0], kind: second, name: names[2], ...of, container: names[3] }
  if (parts.length === 3) return { namespace: names[0], name: names[1], container: names[2] }
  const kinds = TARGET_KINDS.flatMap(wordsOfKind).filter(({ length }) => length > 2)
  const nearest = nearestWord(parts[1], kinds) ?? nearestWord(parts[0], kinds)
  return refuse(
    `expected NAMESPACE/KIND/NAME/CONTAINER, got ${JSON.stringify(text.slice(0, 80))}`,
    nearest === undefined ? undefined : `did you mean ${nearest}?`,
  )
}

function parseLabels(text: string, refuse: (problem: string) => never): Record<string, string> {
  const labels: Record<string, string> = {}
  for (const pair of text.split(',')) {
    const match = LABEL.exec(pair.trim())
    if (match === null) return refuse(`expected LABEL=VALUE, got ${JSON.stringify(pair.trim().slice(0, 80))}`)
    labels[match[1]] = match[2]
  }
  return labels
}

/** Writes a target as `parseTarget` reads it. */
export function formatTarget(target: BehaviourTarget): string {
  const { namespace, kind, name, labels, container } = target
  const tail = container === undefined ? [] : [container]
  const at = target.revision === undefined ? '' : `@${target.revision}`
  if (labels !== undefined) {
    const pairs = Object.entries(labels).map(([key, value]) => `${key}=${value}`)
    return [`[${pairs.join(',')}]`, ...tail].join('/')
  }
  if (kind !== undefined) {
    return [...(namespace === undefined ? [] : [namespace]), kind.toLowerCase(), `${name ?? '*'}${at}`, ...tail].join(
      '/',
    )
  }
  if (namespace !== undefined) return [namespace, name ?? '*', container ?? '*'].join('/')
  return name === undefined ? (container ?? '*') : `${name}/${container ?? '*'}`
}

/** A container as rules look at it. */
export interface TargetedContainer {
  readonly namespace: string
  readonly pod: string
  readonly ownerKind: string | undefined
  readonly ownerName: string | undefined
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
  /**
   * The numbers that the template had from which the pod was made: one that came back by an undo has several. Absent: it was made of none,
   * or every revision is meant.
   */
  readonly revisions?: readonly number[] | undefined
  readonly container: string
  readonly isRegular: boolean
}

/** Tells whether a target means this container's pod, whatever the container. */
export function meansPod(target: BehaviourTarget, it: TargetedContainer): boolean {
  if (target.namespace !== undefined && target.namespace !== it.namespace) return false
  if (target.revision !== undefined && it.revisions?.includes(target.revision) === false) return false
  for (const key in target.annotations) if (it.annotations[key] !== target.annotations[key]) return false
  for (const key in target.labels) if (it.labels[key] !== target.labels[key]) return false
  const isPod = target.name === undefined || target.name === it.pod
  const isOwner = it.ownerName !== undefined && (target.name === undefined || target.name === it.ownerName)
  if (target.kind === undefined) return isPod || isOwner
  return target.kind === 'Pod' ? isPod : target.kind === it.ownerKind && isOwner
}

/** Tells whether a target means this container. */
export const meansContainer = (target: BehaviourTarget, it: TargetedContainer): boolean =>
  (target.container === undefined ? it.isRegular : target.container === it.container) && meansPod(target, it)

/**
 * How specific a target is; the more specific of two rules wins, of equal ones the later.
 *
 * A name of the pod itself counts most, then the name of its workload, then labels, then a namespace, then nothing;
 * among targets that are equal in that, the one that names the container wins.
 */
export function specificityOf(target: BehaviourTarget, it: TargetedContainer): number {
  const isNamed = target.name !== undefined
  const subject = isNamed ? (target.name === it.pod && (target.kind ?? 'Pod') === 'Pod' ? 4 : 3) : 0
  const isMarked = target.labels !== undefined || target.annotations !== undefined
  const rank = subject > 0 ? subject : isMarked ? 2 : target.kind !== undefined ? 1 : 0
  const revision = target.revision === undefined ? 0 : 4
  return rank * 8 + revision + (target.namespace === undefined ? 0 : 2) + (target.container === undefined ? 0 : 1)
}
