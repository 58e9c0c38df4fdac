import type { OwnerKind } from '../model/index.js'
import type { Level, Occurrence } from './clause.js'
import type { ObjectLevel, ObjectOccurrence } from './object-clause.js'

/** The kinds of objects, beside pods and containers, of which something can be expected. */
export type ObjectKind = Exclude<OwnerKind, 'ControllerRevision'> | 'Node'

/** A number of an object, by the API's name, and what is counted: `available replicas`. */
type Numbers = Readonly<Record<string, string>>

/** A condition that has a word of its own: `is available`. */
type Adjectives = Readonly<Record<string, string>>

interface ObjectKindWords {
  /** How kubectl abbreviates it. */
  readonly short?: string | undefined
  readonly numbers: Numbers
  readonly adjectives: Adjectives
}

const REPLICAS = { replicas: 'replicas', 'spec.replicas': 'desired replicas' } as const
const READY_REPLICAS = { readyReplicas: 'ready replicas', availableReplicas: 'available replicas' } as const

const KIND_WORDS: Readonly<Record<ObjectKind, ObjectKindWords>> = {
  Deployment: {
    short: 'deploy',
    numbers: {
      ...REPLICAS,
      updatedReplicas: 'updated replicas',
      ...READY_REPLICAS,
      unavailableReplicas: 'unavailable replicas',
    },
    adjectives: { available: 'Available' },
  },
  ReplicaSet: {
    short: 'rs',
    numbers: { ...REPLICAS, fullyLabeledReplicas: 'fully labeled replicas', ...READY_REPLICAS },
    adjectives: {},
  },
  ReplicationController: {
    short: 'rc',
    numbers: { ...REPLICAS, fullyLabeledReplicas: 'fully labeled replicas', ...READY_REPLICAS },
    adjectives: {},
  },
  StatefulSet: {
    short: 'sts',
    numbers: {
      ...REPLICAS,
      currentReplicas: 'current replicas',
      updatedReplicas: 'updated replicas',
      ...READY_REPLICAS,
    },
    adjectives: {},
  },
  DaemonSet: {
    short: 'ds',
    numbers: {
      desiredNumberScheduled: 'desired pods',
      currentNumberScheduled: 'scheduled pods',
      updatedNumberScheduled: 'updated pods',
      numberReady: 'ready pods',
      numberAvailable: 'available pods',
      numberUnavailable: 'unavailable pods',
      numberMisscheduled: 'misscheduled pods',
    },
    adjectives: {},
  },
  Job: {
    numbers: {
      active: 'active pods',
      ready: 'ready pods',
      succeeded: 'succeeded pods',
      failed: 'failed pods',
      terminating: 'terminating pods',
    },
    adjectives: { complete: 'Complete', failed: 'Failed', suspended: 'Suspended' },
  },
  CronJob: { short: 'cj', numbers: { active: 'active jobs' }, adjectives: {} },
  PodDisruptionBudget: {
    short: 'pdb',
    numbers: {
      disruptionsAllowed: 'allowed disruptions',
      currentHealthy: 'healthy pods',
      desiredHealthy: 'desired healthy pods',
      expectedPods: 'expected pods',
    },
    adjectives: {},
  },
  HorizontalPodAutoscaler: {
    short: 'hpa',
    numbers: { currentReplicas: 'current replicas', desiredReplicas: 'desired replicas' },
    adjectives: {},
  },
  Node: { short: 'no', numbers: {}, adjectives: { ready: 'Ready' } },
}

/** The kinds, as upstream spells them. */
export const OBJECT_KINDS = Object.keys(KIND_WORDS) as readonly ObjectKind[]

/** The numbers of all kinds by the API's names. */
export const OBJECT_NUMBERS: readonly string[] = [
  ...new Set(OBJECT_KINDS.flatMap(kind => Object.keys(KIND_WORDS[kind].numbers))),
]

/** By a word in lower case, plural, singular or short: the kind. */
const BY_WORD: ReadonlyMap<string, ObjectKind> = new Map(
  OBJECT_KINDS.flatMap(kind => {
    const word = kind.toLowerCase()
    const { short } = KIND_WORDS[kind]
    return [word, `${word}s`, ...(short === undefined ? [] : [short])].map(each => [each, kind] as const)
  }),
)

/** The kind that a word means, as kubectl takes it: `deploy`, `Deployments`. */
export const objectKindNamed = (word: string): ObjectKind | undefined => BY_WORD.get(word.toLowerCase())

/** The words that mean a kind in a sentence: `deployment`. */
export const OBJECT_KIND_WORDS: readonly string[] = OBJECT_KINDS.map(kind => kind.toLowerCase())

/** The numbers of a kind, each with what it counts. */
export const numbersOf = (kind: ObjectKind): Numbers => KIND_WORDS[kind].numbers

/** The adjectives of a kind, each with the condition that it stands for. */
export const adjectivesOf = (kind: ObjectKind): Adjectives => KIND_WORDS[kind].adjectives

/** The kinds whose rollout comes to an end: of Jobs and others that is a condition, or nothing. */
export const ROLLED_OUT: ReadonlySet<ObjectKind> = new Set(['Deployment', 'StatefulSet', 'DaemonSet'])

/** An object's name taken apart. */
export interface ObjectNameParts {
  readonly kind: ObjectKind
  /** Absent: none is said. */
  readonly namespace?: string | undefined
  readonly name: string
}

/** Takes `deployment/web`, `shop/deployment/web` and `Deployment/shop/web` apart; undefined for what is no such name. */
export function partsOfObjectName(text: string): ObjectNameParts | undefined {
  const parts = text.split('/')
  if (parts.some(part => part === '') || parts.length < 2 || parts.length > 3) return undefined
  const [first, second, third] = parts
  const firstKind = objectKindNamed(first)
  if (third === undefined) return firstKind === undefined ? undefined : { kind: firstKind, name: second }
  const secondKind = objectKindNamed(second)
  // A path spells its kind as upstream does; a namespace has no capitals.
  if (secondKind !== undefined && first !== firstKind) return { kind: secondKind, namespace: first, name: third }
  return firstKind === undefined ? undefined : { kind: firstKind, namespace: second, name: third }
}

/** `deployment/web` as people write it, for the path `Deployment/default/web`; nodes have no namespace. */
export function objectWord(path: string): string {
  const parts = partsOfObjectName(path)
  if (parts === undefined) return path
  const { kind, namespace = 'default', name } = parts
  const word = `${kind.toLowerCase()}/${name}`
  return namespace === 'default' ? word : `${namespace}/${word}`
}

const OBJECT_LEVELS: ReadonlySet<string> = new Set<ObjectLevel['kind']>([
  ...(['objectExists', 'objectTerminating', 'objectCondition', 'objectCount', 'complete'] as const),
  ...(['unschedulable', 'tainted'] as const),
])

const OBJECT_OCCURRENCES: ReadonlySet<string> = new Set<ObjectOccurrence['kind']>([
  ...(['objectCreated', 'objectDeleted', 'objectGone', 'objectEvent', 'objectRefused'] as const),
])

/** Whether a level is about an object that is no pod. */
export const isObjectLevel = (level: Level): level is ObjectLevel => OBJECT_LEVELS.has(level.kind)

/** Whether an occurrence is about an object that is no pod. */
export const isObjectOccurrence = (occurrence: Occurrence): occurrence is ObjectOccurrence =>
  OBJECT_OCCURRENCES.has(occurrence.kind)
