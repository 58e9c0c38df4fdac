import type { Bound, Clause, ContainerName, Level, Occurrence, Scope, StateWord } from '../../src/expect/index.js'
import { QOS_CLASSES, REQUEST_RACES } from '../../src/expect/index.js'
import { CONDITION_STATUS, HOOKS, PROBE_RESULTS, PROBE_TYPES } from '../../src/trace/index.js'
import type { RandomDraws } from './random-draws.js'
import {
  CONDITIONS,
  CONTAINERS,
  EXIT_CODES,
  FIELDS,
  IMAGES,
  IPS,
  MESSAGES,
  mostly,
  NODE,
  NODES,
  OBJECTS,
  PHASES,
  PODS,
  REASONS,
  SERVICE,
  TYPES,
  WHYS,
} from './random-traces.js'

/** Draws clauses of every kind; `depth` is how deep parts may still nest. */
export class RandomClauses {
  readonly #draws: RandomDraws

  constructor(draws: RandomDraws) {
    this.#draws = draws
  }

  clause(depth = 3): Clause {
    const draws = this.#draws
    const makers = depth > 0 ? [...this.#plain, ...this.#nesting] : this.#plain
    return draws.of(makers)(depth)
  }

  readonly #plain: readonly ((depth: number) => Clause)[] = [
    () => ({ kind: 'always', level: this.#level(2) }),
    () => ({ kind: 'always', level: { kind: 'or', levels: this.#draws.list(2, 4, () => this.#level(2)) } }),
    () => ({ kind: 'never', what: this.#what() }),
    () => ({ kind: 'stays', level: this.#level(2), ms: this.#span() }),
    () => ({
      kind: 'count',
      is: this.#draws.of(['exactly', 'atLeast', 'atMost']),
      count: this.#draws.below(4),
      what: this.#occurrence(2),
    }),
    () => ({ kind: 'monotonic', container: this.#container() }),
    () => this.#eventually(),
    () => this.#eventually(),
    () => this.#response(),
    () => this.#response(),
    () => this.#response(),
    () => this.#lateResponse(),
    () => this.#lateResponse(),
    () => this.#lateResponse(),
    () => ({ kind: 'precedes', first: this.#occurrence(2), second: this.#occurrence(2) }),
    () => ({ kind: 'notBefore', what: this.#occurrence(2), before: this.#occurrence(2) }),
    () => ({
      kind: 'inOrder',
      occurrences: this.#draws.list(1, 3, () => this.#occurrence(1)),
      isStrict: this.#draws.of([true, false, undefined]),
    }),
    () => ({ kind: 'phases', pod: this.#pod(), phases: this.#draws.list(0, 3, () => this.#draws.of(PHASES)) }),
    () => ({
      kind: 'conditions',
      pod: this.#pod(),
      type: mostly(this.#draws, CONDITIONS),
      statuses: this.#draws.list(0, 3, () => this.#draws.of(CONDITION_STATUS)),
    }),
    () => ({
      kind: 'objectConditions',
      ...(this.#draws.chance(30)
        ? { object: `Node/${NODE}`, type: mostly(this.#draws, CONDITIONS) }
        : { object: this.#object(), type: mostly(this.#draws, TYPES) }),
      statuses: this.#draws.list(0, 3, () => this.#draws.of(CONDITION_STATUS)),
    }),
    () => ({ kind: 'objectCounts', ...this.#number(), counts: this.#draws.list(0, 3, () => this.#draws.below(3)) }),
    () => ({ kind: 'states', container: this.#container(), states: this.#draws.list(0, 4, () => this.#state()) }),
    () => ({
      kind: 'gaps',
      from: this.#occurrence(1),
      to: this.#occurrence(1),
      are: this.#draws.list(0, 3, () => this.#span()),
      toleranceMs: this.#draws.of([undefined, 0, 1, 4, 20]),
      lateMs: this.#draws.of([undefined, undefined, 0, 1, 4]),
    }),
    () => ({
      kind: 'until',
      level: this.#draws.chance(50) ? { kind: 'not', level: this.#level(1) } : this.#level(2),
      until: this.#what(),
      isWeak: this.#draws.of([undefined, true, false]),
    }),
  ]

  readonly #nesting: readonly ((depth: number) => Clause)[] = [
    ...Array.from(
      { length: 14 },
      () =>
        (depth: number): Clause => ({
          kind: 'scoped',
          scope: this.#scope(),
          clause: this.clause(depth - 1),
        }),
    ),
    depth => ({ kind: 'allOf', clauses: this.#draws.list(0, 3, () => this.clause(depth - 1)) }),
    depth => ({ kind: 'orVacuous', clause: this.clause(depth - 1) }),
  ]

  #eventually(): Clause {
    const what = this.#what()
    return { kind: 'eventually', what, bound: this.#bound(what) }
  }

  #response(): Clause {
    const draws = this.#draws
    const then = this.#what()
    return {
      kind: 'response',
      trigger: this.#occurrence(draws.below(3)),
      then,
      bound: draws.chance(20) ? undefined : this.#bound(then),
    }
  }

  /** What a draw of everything comes to too seldom. */
  #lateResponse(): Clause {
    const isLevel = this.#draws.chance(50)
    const then = isLevel ? this.#level(0) : this.#occurrence(0)
    const bound = { kind: isLevel ? 'for' : 'after', ms: this.#draws.below(8) } as const
    return { kind: 'response', trigger: this.#occurrence(0), then, bound }
  }

  #bound(what: Level | Occurrence): Bound | undefined {
    const ms = this.#span()
    const isLevel = !OCCURRENCES.has(what.kind)
    return this.#draws.of<Bound | undefined>([
      undefined,
      { kind: 'within', ms },
      { kind: 'at', ms, toleranceMs: this.#draws.of([undefined, 0, 1, 3]) },
      { kind: 'noSoonerThan', ms },
      { kind: 'after', ms },
      isLevel ? { kind: 'for', ms } : { kind: 'at', ms, toleranceMs: 2 },
      isLevel ? { kind: 'for', ms: this.#draws.below(60) } : undefined,
      { kind: 'immediately' },
    ])
  }

  #scope(): Scope {
    return this.#draws.of<() => Scope>([
      () => ({ kind: 'after', what: this.#occurrence(2) }),
      () => ({ kind: 'before', what: this.#occurrence(2) }),
      () => ({ kind: 'between', from: this.#occurrence(2), to: this.#occurrence(2) }),
      () => ({ kind: 'between', from: this.#occurrence(2), to: this.#occurrence(2) }),
      () => ({ kind: 'while', level: this.#level(2) }),
      () => ({ kind: 'while', level: { kind: 'not', level: this.#level(1) } }),
      () => ({ kind: 'while', level: this.#level(1) }),
      () => ({ kind: 'afterQuiescence' }),
    ])()
  }

  #what(): Level | Occurrence {
    return this.#draws.chance(50) ? this.#level(2) : this.#occurrence(2)
  }

  #level(depth: number): Level {
    return this.#draws.of(depth > 0 && this.#draws.chance(45) ? this.#madeLevels : this.#levels)(depth)
  }

  readonly #madeLevels: readonly ((depth: number) => Level)[] = [
    depth => ({ kind: 'not', level: this.#level(depth - 1) }),
    depth => ({ kind: 'not', level: this.#level(depth - 1) }),
    depth => ({ kind: 'and', levels: this.#draws.list(0, 2, () => this.#level(depth - 1)) }),
    depth => ({ kind: 'or', levels: this.#draws.list(0, 3, () => this.#level(depth - 1)) }),
    depth => ({ kind: 'once', what: this.#whatAt(depth - 1) }),
    depth => ({ kind: 'since', level: this.#level(depth - 1), what: this.#whatAt(depth - 1) }),
  ]

  #whatAt(depth: number): Level | Occurrence {
    return this.#draws.chance(50) ? this.#level(depth) : this.#occurrence(depth)
  }

  readonly #levels: readonly (() => Level)[] = [
    () => ({ kind: 'phase', pod: this.#pod(), phase: mostly(this.#draws, PHASES) }),
    () => ({
      kind: 'condition',
      pod: this.#pod(),
      type: mostly(this.#draws, CONDITIONS),
      status: this.#draws.of(CONDITION_STATUS),
      reason: this.#maybe(REASONS),
    }),
    () => ({ kind: 'exists', pod: this.#pod() }),
    () => ({ kind: 'terminating', pod: this.#pod() }),
    () => ({ kind: this.#draws.of(['scheduled', 'nominated']), pod: this.#pod(), node: this.#maybe(NODES) }),
    () => ({ kind: 'qosClass', pod: this.#pod(), qosClass: mostly(this.#draws, QOS_CLASSES) }),
    () => ({ kind: 'podIP', pod: this.#pod(), ip: this.#maybe(IPS) }),
    () => ({ kind: this.#draws.of(['running', 'ready', 'startedUp']), container: this.#container() }),
    () => ({ kind: this.#draws.of(['running', 'ready', 'startedUp']), container: this.#container() }),
    () => ({ kind: 'waiting', container: this.#container(), reason: this.#maybe(REASONS) }),
    () => ({
      kind: 'terminated',
      container: this.#container(),
      reason: this.#maybe(REASONS),
      exitCode: this.#maybe(EXIT_CODES),
    }),
    () => ({
      kind: 'restartCount',
      container: this.#container(),
      is: this.#draws.of(['exactly', 'atLeast', 'atMost']),
      count: this.#draws.below(3),
    }),
    () => ({
      kind: 'endpoint',
      service: SERVICE,
      pod: this.#pod(),
      condition: this.#draws.of(['ready', 'serving', 'terminating']),
    }),
    () => ({ kind: 'alive', container: this.#container() }),
    () => ({ kind: 'alive', container: this.#container() }),
    () => this.#objectLevel(),
    () => this.#objectLevel(),
    () => this.#objectLevel(),
    () => this.#objectLevel(),
  ]

  #objectLevel(): Level {
    const draws = this.#draws
    return draws.of<() => Level>([
      () => ({ kind: draws.of(['objectExists', 'objectTerminating']), object: this.#object() }),
      () => ({
        kind: 'objectCondition',
        ...(draws.chance(30)
          ? { object: `Node/${NODE}`, type: mostly(draws, CONDITIONS) }
          : { object: this.#object(), type: mostly(draws, TYPES) }),
        status: draws.of(CONDITION_STATUS),
        reason: this.#maybe(WHYS),
        message: draws.chance(80) ? undefined : mostly(draws, MESSAGES),
      }),
      () => ({
        kind: 'objectCount',
        ...this.#number(),
        is: draws.of(['exactly', 'atLeast', 'atMost', 'fewerThan', 'moreThan']),
        count: draws.below(3),
      }),
      () => ({ kind: 'complete', object: mostly(draws, OBJECTS.slice(0, 3)) }),
      () => ({ kind: 'complete', object: draws.of(OBJECTS.slice(0, 3)) }),
      () => ({ kind: 'unschedulable', node: NODE }),
      () => ({
        kind: 'tainted',
        node: NODE,
        key: this.#maybe(['a', 'c']),
        value: this.#draws.chance(80) ? undefined : draws.of(['b', '']),
        effect: this.#maybe(['NoExecute', 'NoSchedule'] as const),
      }),
    ])()
  }

  #object(): string {
    return this.#draws.chance(20) ? `Node/${NODE}` : mostly(this.#draws, OBJECTS)
  }

  #number(): { object: string; field: string } {
    const object = mostly(this.#draws, OBJECTS)
    return { object, field: mostly(this.#draws, FIELDS[object.split('/')[0]].filter(isCountable)) }
  }

  #occurrence(depth: number): Occurrence {
    return this.#draws.of(depth > 0 && this.#draws.chance(45) ? this.#madeOccurrences : this.#occurrences)(depth)
  }

  readonly #madeOccurrences: readonly ((depth: number) => Occurrence)[] = [
    depth => ({ kind: 'becomes', level: this.#level(depth - 1) }),
    depth => ({ kind: 'anyOf', occurrences: this.#draws.list(0, 3, () => this.#occurrence(depth - 1)) }),
    depth => ({ kind: 'when', occurrence: this.#occurrence(depth - 1), level: this.#level(depth - 1) }),
  ]

  readonly #occurrences: readonly (() => Occurrence)[] = [
    () => ({ kind: 'started', container: this.#container() }),
    () => ({ kind: 'exited', container: this.#container(), code: this.#maybe(EXIT_CODES) }),
    () => ({ kind: 'signalled', container: this.#container(), signal: this.#draws.of(['SIGTERM', 'SIGKILL']) }),
    () => ({
      kind: 'probed',
      container: this.#container(),
      probe: this.#draws.of(PROBE_TYPES),
      result: this.#maybe(PROBE_RESULTS),
    }),
    () => ({
      kind: this.#draws.of(['hookStarted', 'hookEnded', 'hookFailed']),
      container: this.#container(),
      hook: this.#draws.of(HOOKS),
    }),
    () => ({
      kind: this.#draws.of(['pullStarted', 'pulled', 'pullFailed']),
      pod: this.#pod(),
      image: this.#maybe(IMAGES),
    }),
    () => ({
      kind: this.#draws.of(['created', 'gone', 'deleted', 'sandboxCreated', 'sandboxDied']),
      pod: this.#pod(),
    }),
    () =>
      this.#draws.chance(50)
        ? { kind: 'refused', pod: this.#pod(), message: this.#maybe(MESSAGES) }
        : { kind: 'stepRefused', step: 1 + this.#draws.below(2), message: this.#maybe(MESSAGES) },
    () => ({ kind: 'deleted', pod: this.#pod() }),
    () =>
      this.#draws.chance(30)
        ? { kind: 'requestAnswered', service: SERVICE }
        : { kind: 'requestFailed', service: SERVICE, race: this.#maybe(REQUEST_RACES) },
    () => this.#objectOccurrence(),
    () => this.#objectOccurrence(),
    () => ({
      kind: 'event',
      pod: this.#pod(),
      reason: mostly(this.#draws, REASONS),
      container: this.#maybe(CONTAINERS),
    }),
  ]

  #objectOccurrence(): Occurrence {
    const draws = this.#draws
    return draws.of<() => Occurrence>([
      () => ({ kind: 'stepDone', step: 1 + draws.below(2) }),
      () => ({ kind: draws.of(['objectCreated', 'objectDeleted', 'objectGone']), object: this.#object() }),
      () => ({ kind: 'objectEvent', object: this.#object(), reason: mostly(draws, REASONS) }),
      () => ({ kind: 'objectRefused', object: this.#object(), message: this.#maybe(MESSAGES) }),
    ])()
  }

  #state(): StateWord {
    const word = this.#draws.of(['running', 'waiting', 'terminated'] as const)
    if (word === 'running' || this.#draws.chance(40)) return word
    return `${word} ${mostly(this.#draws, REASONS)}`
  }

  #pod(): string {
    return mostly(this.#draws, PODS)
  }

  #container(): ContainerName {
    return { pod: this.#pod(), container: mostly(this.#draws, CONTAINERS) }
  }

  #span(): number {
    return this.#draws.below(this.#draws.chance(70) ? 8 : 60)
  }

  #maybe<Item>(items: readonly Item[]): Item | undefined {
    return this.#draws.chance(50) ? undefined : mostly(this.#draws, items)
  }
}

/** Nobody counts generations. */
const isCountable = (field: string): boolean => field !== 'observedGeneration'

const OCCURRENCES: ReadonlySet<string> = new Set<Occurrence['kind']>([
  ...(['started', 'exited', 'signalled', 'probed', 'hookStarted', 'hookEnded', 'hookFailed'] as const),
  ...(['pullStarted', 'pulled', 'pullFailed', 'sandboxCreated', 'sandboxDied', 'created', 'gone'] as const),
  ...([
    'deleted',
    'event',
    'refused',
    'stepRefused',
    'requestFailed',
    'requestAnswered',
    'stepDone',
    'objectCreated',
    'objectDeleted',
    'objectGone',
    'objectEvent',
    'objectRefused',
    'becomes',
    'anyOf',
    'when',
  ] as const),
])
