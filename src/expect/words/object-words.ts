import { PodwrightError } from '../../errors/index.js'
import type { Clause, ConditionStatus } from '../clause.js'
import type { ObjectName } from '../object-clause.js'
import { type ObjectKind, partsOfObjectName } from '../object-kinds.js'
import { ClauseWords } from './clause-words.js'
import { CountedLevelWords } from './counted-level-words.js'
import { LevelWords } from './level-words.js'
import { ObjectCountWords } from './object-count-words.js'
import { OccurrenceWords } from './occurrence-words.js'
import type { ConditionWhy } from './pod-words.js'

/** The statuses that conditions of an object go through, by type. */
export type ObjectConditionSequences = Readonly<Record<string, readonly [ConditionStatus, ...ConditionStatus[]]>>

/**
 * A workload, a budget, an autoscaler or a node itself: what may be said of each. What the API server's store says of it, a sync of
 * its controller after what it is about.
 */
export class ObjectWords {
  /** How the object is called in clauses: `deployment/web`. */
  readonly name: ObjectName

  /** @internal */
  constructor(name: ObjectName) {
    this.name = name
  }

  /** The object is in the store. */
  exists(): LevelWords {
    return new LevelWords({ kind: 'objectExists', object: this.name })
  }

  /** Its deletion is asked for, and its finalizers are being worked off. */
  terminating(): LevelWords {
    return new LevelWords({ kind: 'objectTerminating', object: this.name })
  }

  /** A condition has this status, default `True`, for any reason or for this one, with a message that holds these words or with any. */
  condition(type: string, status: ConditionStatus = 'True', why: string | ConditionWhy = {}): LevelWords {
    const { reason, message } = typeof why === 'string' ? { reason: why } : why
    return new LevelWords({
      kind: 'objectCondition',
      object: this.name,
      type,
      status,
      ...(reason === undefined ? {} : { reason }),
      ...(message === undefined ? {} : { message }),
    })
  }

  /** The statuses that conditions go through, these and no others, in this order; conditions that are not named may do anything. */
  conditions(sequences: ObjectConditionSequences): ClauseWords {
    const clauses = Object.entries(sequences).map(([type, statuses]): Clause => {
      if (statuses.length === 0) throw nothingSaid(`conditions: ${type}`, 'status')
      return { kind: 'objectConditions', object: this.name, type, statuses }
    })
    if (clauses.length === 0) throw nothingSaid('conditions', 'condition')
    return new ClauseWords(clauses.length === 1 ? clauses[0] : { kind: 'allOf', clauses })
  }

  /** The object comes into the store. */
  created(): OccurrenceWords {
    return new OccurrenceWords({ kind: 'objectCreated', object: this.name })
  }

  /** Its deletion is asked for, the first time; without finalizers that is when it goes. */
  deleted(): OccurrenceWords {
    return new OccurrenceWords({ kind: 'objectDeleted', object: this.name })
  }

  /** The object leaves the store. */
  gone(): OccurrenceWords {
    return new OccurrenceWords({ kind: 'objectGone', object: this.name })
  }

  /** An Event about the object, new or counted up: `ScalingReplicaSet`, `FailedCreate` … */
  event(reason: string): OccurrenceWords {
    return new OccurrenceWords({ kind: 'objectEvent', object: this.name, reason })
  }

  /** The API server refuses a step about the object; with a message that holds these words, or with any. */
  refused(message?: string): OccurrenceWords {
    const refused = { kind: 'objectRefused', object: this.name } as const
    return new OccurrenceWords(message === undefined ? refused : { ...refused, message })
  }

  /** A number by the API's name, compared with one or waiting for that. */
  protected counted(field: string, count: number | undefined): ObjectCountWords | LevelWords {
    const words = new ObjectCountWords(this.name, field)
    return count === undefined ? words : words.is(count)
  }

  /** A condition by itself, and a number that has the same word. */
  protected countedOr(type: string, field: string, count: number | undefined): CountedLevelWords | LevelWords {
    const counts = new ObjectCountWords(this.name, field)
    return count === undefined ? new CountedLevelWords(this.condition(type).level, counts) : counts.is(count)
  }
}

/** How an object of a kind is called in clauses: `deployment/web` for `web`, `shop/deployment/web` for `shop/web`. */
export function objectNamed(kind: ObjectKind, name: string): ObjectName {
  if (partsOfObjectName(name)?.kind === kind) return name
  const slash = name.indexOf('/')
  const word = kind.toLowerCase()
  return slash < 0 ? `${word}/${name}` : `${name.slice(0, slash)}/${word}/${name.slice(slash + 1)}`
}

const nothingSaid = (where: string, what: string): PodwrightError =>
  new PodwrightError({ code: 'USAGE', where, problem: `expected at least one ${what}, got none` })
