import { nearestWord } from '../errors/index.js'
import { isMadePodName } from '../model/index.js'
import type { ClauseChecker } from './clause-checker.js'
import type { NameResolver } from './name-resolver.js'
import type { ObjectClause, ObjectLevel, ObjectName, ObjectOccurrence } from './object-clause.js'
import {
  numbersOf,
  OBJECT_KIND_WORDS,
  type ObjectKind,
  type ObjectNameParts,
  objectWord,
  partsOfObjectName,
  ROLLED_OUT,
} from './object-kinds.js'
import type { Roster } from './roster.js'

/** Writes out the names of objects that are no pods, and refuses what their kind has not. */
export class ObjectResolver {
  readonly #names: NameResolver
  readonly #checker: ClauseChecker
  readonly #paths: readonly string[]

  constructor(roster: Roster, names: NameResolver, checker: ClauseChecker) {
    this.#names = names
    this.#checker = checker
    const workloads = (roster.workloads ?? []).map(({ path }) => path)
    this.#paths = [...new Set([...(roster.objects ?? []), ...workloads, ...roster.nodes.map(name => `Node/${name}`)])]
  }

  level(level: ObjectLevel): ObjectLevel {
    switch (level.kind) {
      case 'unschedulable':
      case 'tainted':
        return { ...level, node: this.#names.node(level.node) }
      case 'objectCount': {
        this.#checker.count(level.count)
        return { ...level, object: this.#withNumber(level) }
      }
      case 'complete': {
        const object = this.path(level.object)
        const { kind } = partsOf(object)
        if (!ROLLED_OUT.has(kind)) throw this.#notRolledOut(object, kind)
        return { ...level, object }
      }
      default:
        return { ...level, object: this.path(level.object) }
    }
  }

  occurrence<It extends ObjectOccurrence>(occurrence: It): It {
    return { ...occurrence, object: this.path(occurrence.object) }
  }

  clause(clause: ObjectClause): ObjectClause {
    if (clause.kind === 'objectConditions') return { ...clause, object: this.path(clause.object) }
    for (const count of clause.counts) this.#checker.count(count)
    return { ...clause, object: this.#withNumber(clause) }
  }

  /** The path of the object that a name means. */
  path(name: ObjectName): string {
    const parts = typeof name === 'string' ? partsOfObjectName(name) : undefined
    if (parts === undefined) throw this.#noName(name)
    const ofKind = this.#paths.filter(path => path.startsWith(`${parts.kind}/`))
    const found = ofKind.filter(path => isMeant(partsOf(path), parts))
    if (found.length === 1) return found[0]
    if (found.length > 1) throw this.#names.ambiguous('one object', name, found.map(objectWord))
    const made = this.#madePath(parts)
    if (made !== undefined) return made
    const known = this.#paths.map(objectWord)
    const namesake = this.#paths.find(path => partsOf(path).name === parts.name && partsOf(path).kind !== parts.kind)
    if (namesake !== undefined) throw this.#names.unknown('an object', name, known, [], objectWord(namesake))
    const others = known.map(word => word.slice(word.lastIndexOf('/', word.lastIndexOf('/') - 1) + 1))
    const wanted =
      parts.namespace === undefined ? `${parts.kind.toLowerCase()}/${parts.name}` : objectWord(pathOf(parts))
    throw this.#names.unknown('an object', name, this.#nearestFirst(wanted, known), others)
  }

  /** A ReplicaSet of a Deployment, or a Job of a CronJob, that is made in the run under a name of its own. */
  #madePath(parts: ObjectNameParts): string | undefined {
    const maker = MAKERS[parts.kind]
    if (maker === undefined) return undefined
    const { namespace = 'default', name } = parts
    const makers = this.#paths.filter(path => path.startsWith(`${maker}/${namespace}/`))
    // A pod's name has five more characters.
    const isMade = makers.some(path => isMadePodName(partsOf(path).name, `${name}-${'b'.repeat(5)}`))
    return isMade ? pathOf({ ...parts, namespace }) : undefined
  }

  /** The number must be one that objects of this kind have. */
  #withNumber({ object, field }: { readonly object: ObjectName; readonly field: string }): string {
    const path = this.path(object)
    const { kind } = partsOf(path)
    const fields = Object.keys(numbersOf(kind))
    if (fields.includes(field)) return path
    const nearest = nearestWord(field, fields)
    const list = fields.length === 0 ? `a ${kind} has no numbers` : `a ${kind} has ${fields.join(', ')}`
    const hint = nearest === undefined ? list : `did you mean ${nearest}? ${list}`
    throw this.#checker.misuse(
      `expected a number of ${objectWord(path)}, got ${JSON.stringify(field.slice(0, 80))}`,
      hint,
    )
  }

  #notRolledOut(path: string, kind: ObjectKind) {
    const hint =
      kind === 'Job' ? 'of a Job it is the condition Complete' : 'a Deployment, StatefulSet or DaemonSet has one'
    return this.#checker.misuse(`expected something with a rollout, got ${objectWord(path)}`, hint)
  }

  #noName(name: unknown) {
    const text = typeof name === 'string' ? name : String(name)
    const [kind, ...rest] = text.split('/')
    const nearest = rest.length === 0 ? undefined : nearestWord(kind, OBJECT_KIND_WORDS)
    const hint =
      nearest === undefined
        ? `the kinds are ${OBJECT_KIND_WORDS.join(', ')}`
        : `did you mean ${[nearest, ...rest].join('/')}?`
    return this.#checker.misuse(
      `expected an object such as deployment/web, got ${JSON.stringify(text.slice(0, 80))}`,
      hint,
    )
  }

  /** Of those that are known, the ones of the kind that was named stand first. */
  #nearestFirst(wanted: string, known: readonly string[]): readonly string[] {
    const kind = wanted.split('/').at(-2)
    const isSame = (word: string): boolean => word.split('/').at(-2) === kind
    return [...known.filter(isSame), ...known.filter(word => !isSame(word))]
  }
}

/** Who makes objects of a kind in a run. */
const MAKERS: Readonly<Partial<Record<ObjectKind, ObjectKind>>> = { ReplicaSet: 'Deployment', Job: 'CronJob' }

function isMeant(each: ObjectNameParts, { namespace, name }: ObjectNameParts): boolean {
  return each.name === name && (namespace === undefined || each.kind === 'Node' || each.namespace === namespace)
}

/** Paths are well formed. */
const partsOf = (path: string): ObjectNameParts => partsOfObjectName(path)!

const pathOf = ({ kind, namespace = 'default', name }: ObjectNameParts): string =>
  kind === 'Node' ? `Node/${name}` : `${kind}/${namespace}/${name}`
