import {
  type Clause,
  type ContainerName,
  isLevel,
  LEVEL_KINDS,
  type Level,
  type Occurrence,
  type PodName,
  type Scope,
} from './clause.js'
import { type ClauseChecker, OCCURRENCE_KINDS, WHAT_KINDS } from './clause-checker.js'
import { fullName, type NameResolver } from './name-resolver.js'
import { isObjectLevel, isObjectOccurrence } from './object-kinds.js'
import type { ObjectResolver } from './object-resolver.js'
import type { RosterPod } from './roster.js'

/** The container that `@each` stands for. */
interface Each {
  readonly pod: RosterPod
  readonly container: string
}

/** Who knows the names, and who refuses what makes no sense. */
export interface ResolverParts {
  readonly names: NameResolver
  readonly objects: ObjectResolver
  readonly checker: ClauseChecker
}

/** The pod that a workload stands for, by the workload's path. */
export type Choice = ReadonlyMap<string, RosterPod>

/** Writes out the names in one clause, each workload standing for one of its pods. */
export class ClauseResolver {
  readonly #names: NameResolver
  readonly #checker: ClauseChecker
  readonly #objects: ObjectResolver
  readonly #choice: Choice
  /** Workloads with several pods that were met and for which no pod is chosen, by path. */
  readonly met = new Map<string, readonly RosterPod[]>()
  #each: Each | undefined
  #depth = 0

  constructor({ names, objects, checker }: ResolverParts, choice: Choice) {
    this.#names = names
    this.#objects = objects
    this.#checker = checker
    this.#choice = choice
  }

  clause(clause: Clause): Clause {
    return this.#inside(() => this.#clause(clause))
  }

  #clause(clause: Clause): Clause {
    const checker = this.#checker
    switch (clause?.kind) {
      case 'always':
        return { ...clause, level: this.#level(clause.level) }
      case 'never':
        return { ...clause, what: this.#what(clause.what) }
      case 'stays':
        checker.span(clause.ms, 'how long it stays')
        return { ...clause, level: this.#level(clause.level) }
      case 'count':
        checker.count(clause.count)
        return { ...clause, what: this.#occurrence(clause.what) }
      case 'eventually': {
        const what = this.#what(clause.what)
        checker.bound(clause.bound, what)
        return { ...clause, what }
      }
      case 'response': {
        const then = this.#what(clause.then)
        checker.bound(clause.bound, then)
        return { ...clause, trigger: this.#occurrence(clause.trigger), then }
      }
      case 'precedes':
        return { ...clause, first: this.#occurrence(clause.first), second: this.#occurrence(clause.second) }
      case 'notBefore':
        return { ...clause, what: this.#occurrence(clause.what), before: this.#occurrence(clause.before) }
      case 'inOrder':
        return { ...clause, occurrences: clause.occurrences.map(each => this.#occurrence(each)) }
      case 'gaps':
        for (const ms of clause.are) checker.span(ms, 'a gap')
        if (clause.toleranceMs !== undefined) checker.span(clause.toleranceMs, 'the tolerance')
        if (clause.lateMs !== undefined) checker.span(clause.lateMs, 'how late')
        return { ...clause, from: this.#occurrence(clause.from), to: this.#occurrence(clause.to) }
      case 'until':
        return { ...clause, level: this.#level(clause.level), until: this.#what(clause.until) }
      case 'phases':
      case 'conditions':
        return { ...clause, pod: fullName(this.#pod(clause.pod)) }
      case 'objectConditions':
      case 'objectCounts':
        return this.#objects.clause(clause)
      case 'states':
      case 'monotonic':
        return { ...clause, container: this.#oneContainer(clause.container, clause.kind) }
      case 'scoped':
        return { ...clause, scope: this.#scope(clause.scope), clause: this.clause(clause.clause) }
      case 'eachContainer':
        return this.#eachContainer(clause)
      case 'allOf':
        return { ...clause, clauses: clause.clauses.map(each => this.clause(each)) }
      case 'orVacuous':
        return { ...clause, clause: this.clause(clause.clause) }
      default:
        checker.kind(clause, 'a kind of clause', CLAUSE_KINDS)
        return clause
    }
  }

  #eachContainer({ pod, role, clause }: Extract<Clause, { kind: 'eachContainer' }>): Clause {
    const around = this.#each
    const meant = this.#pod(pod)
    const clauses = meant.containers
      .filter(each => (role === undefined ? each.role !== 'ephemeral' : each.role === role))
      .map(({ name }) => {
        this.#each = { pod: meant, container: name }
        return this.clause(clause)
      })
    this.#each = around
    return { kind: 'allOf', clauses }
  }

  #scope(scope: Scope): Scope {
    switch (scope?.kind) {
      case 'after':
      case 'before':
        return { ...scope, what: this.#occurrence(scope.what) }
      case 'between':
        return { ...scope, from: this.#occurrence(scope.from), to: this.#occurrence(scope.to) }
      case 'while':
        return { ...scope, level: this.#level(scope.level) }
      default:
        this.#checker.kind(scope, 'a scope', SCOPE_KINDS)
        return scope
    }
  }

  #what(what: Level | Occurrence): Level | Occurrence {
    this.#checker.kind(what, 'a level or an occurrence', WHAT_KINDS)
    return isLevel(what) ? this.#level(what) : this.#occurrence(what)
  }

  #level(level: Level): Level {
    this.#checker.kind(level, 'a level', LEVEL_KINDS)
    return this.#inside((): Level => {
      if (isObjectLevel(level)) return this.#objects.level(level)
      switch (level.kind) {
        case 'not':
          return { ...level, level: this.#level(level.level) }
        case 'and':
        case 'or':
          return { ...level, levels: level.levels.map(each => this.#level(each)) }
        case 'once':
          return { ...level, what: this.#what(level.what) }
        case 'since':
          return { ...level, level: this.#level(level.level), what: this.#what(level.what) }
        case 'scheduled':
        case 'nominated': {
          const node = level.node === undefined ? {} : { node: this.#names.node(level.node) }
          return { ...level, pod: fullName(this.#pod(level.pod)), ...node }
        }
        case 'endpoint': {
          const pod = this.#pod(level.pod)
          return { ...level, pod: fullName(pod), service: this.#names.service(level.service, pod) }
        }
        case 'phase':
        case 'condition':
        case 'exists':
        case 'terminating':
        case 'qosClass':
        case 'podIP':
          return { ...level, pod: fullName(this.#pod(level.pod)) }
        default: {
          if (level.kind === 'restartCount') this.#checker.count(level.count)
          const levels = this.#containers(level.container).map((container): Level => ({ ...level, container }))
          return level.container.container === '*' ? { kind: 'or', levels } : levels[0]
        }
      }
    })
  }

  #occurrence(occurrence: Occurrence): Occurrence {
    this.#checker.kind(occurrence, 'an occurrence', OCCURRENCE_KINDS)
    return this.#inside((): Occurrence => {
      if (isObjectOccurrence(occurrence)) return this.#objects.occurrence(occurrence)
      switch (occurrence.kind) {
        case 'becomes':
          return { ...occurrence, level: this.#level(occurrence.level) }
        case 'anyOf':
          return { ...occurrence, occurrences: occurrence.occurrences.map(each => this.#occurrence(each)) }
        case 'when':
          return {
            ...occurrence,
            occurrence: this.#occurrence(occurrence.occurrence),
            level: this.#level(occurrence.level),
          }
        case 'event':
          return this.#event(occurrence)
        case 'pullStarted':
        case 'pulled':
        case 'pullFailed':
        case 'sandboxCreated':
        case 'sandboxDied':
        case 'created':
        case 'gone':
        case 'deleted':
        case 'refused':
          return { ...occurrence, pod: fullName(this.#pod(occurrence.pod)) }
        case 'stepRefused':
        case 'stepDone':
          this.#checker.step(occurrence.step)
          this.#names.step(occurrence.step)
          return occurrence
        case 'requestFailed':
        case 'requestAnswered':
          return { ...occurrence, service: this.#names.service(occurrence.service) }
        default: {
          const any = this.#containers(occurrence.container).map(
            (container): Occurrence => ({ ...occurrence, container }),
          )
          return occurrence.container.container === '*' ? { kind: 'anyOf', occurrences: any } : any[0]
        }
      }
    })
  }

  #event(event: Extract<Occurrence, { kind: 'event' }>): Occurrence {
    if (event.container === undefined) {
      if (event.pod !== undefined) return { ...event, pod: fullName(this.#pod(event.pod)) }
      throw this.#checker.misuse('expected an Event about a pod or a container, got neither of them')
    }
    const containers = this.#containers({ pod: event.pod, container: event.container })
    const occurrences = containers.map(({ pod = '', container }): Occurrence => ({ ...event, pod, container }))
    return event.container === '*' ? { kind: 'anyOf', occurrences } : occurrences[0]
  }

  #pod(name: PodName): RosterPod {
    if (typeof name !== 'string') throw this.#checker.misuse(`expected the name of a pod, got ${String(name)}`)
    const pods = this.#names.pods(name)
    const [first] = pods
    if (pods.length === 1 || first.owner === undefined) return first
    const chosen = this.#choice.get(first.owner)
    if (chosen === undefined) this.met.set(first.owner, pods)
    return chosen ?? first
  }

  #containers(name: ContainerName): readonly ContainerName[] {
    if (typeof name?.container !== 'string') throw this.#checker.misuse(`expected the name of a container, got none`)
    if (name.container === '@each') return [this.#eachOf(name)]
    const pod = name.pod === undefined ? this.#names.podOf(name) : this.#pod(name.pod)
    return this.#names.containers(pod, name.container).map(container => ({ pod: fullName(pod), container }))
  }

  #oneContainer(name: ContainerName, kind: string): ContainerName {
    if (name?.container === '*') {
      throw this.#checker.misuse(`expected one container for ${kind}, got *`, 'say it of each container')
    }
    return this.#containers(name)[0]
  }

  #eachOf({ pod }: ContainerName): ContainerName {
    if (this.#each === undefined) {
      throw this.#checker.misuse('expected @each inside a clause for each container, got it outside')
    }
    const each = { pod: fullName(this.#each.pod), container: this.#each.container }
    if (pod !== undefined && fullName(this.#pod(pod)) !== each.pod) {
      throw this.#checker.misuse(`expected @each of pod ${each.pod}, got it of ${pod}`)
    }
    return each
  }

  #inside<Part>(resolve: () => Part): Part {
    this.#checker.enter(++this.#depth)
    const part = resolve()
    this.#depth--
    return part
  }
}

const CLAUSE_KINDS: readonly Clause['kind'][] = [
  ...(['always', 'never', 'stays', 'count', 'monotonic', 'eventually', 'response', 'precedes', 'notBefore'] as const),
  ...(['inOrder', 'phases', 'conditions', 'states', 'gaps', 'until', 'scoped', 'eachContainer'] as const),
  ...(['allOf', 'orVacuous', 'objectConditions', 'objectCounts'] as const),
]
const SCOPE_KINDS: readonly Scope['kind'][] = ['after', 'before', 'between', 'while', 'afterQuiescence']
