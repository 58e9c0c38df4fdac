import { PodwrightError } from '../../errors/index.js'
import type { PodConditionType, PodQOSClass } from '../../model/index.js'
import type { Clause, ConditionStatus, PodName, PodPhase } from '../clause.js'
import { ClauseWords } from './clause-words.js'
import { ContainerWords } from './container-words.js'
import { EndpointWords } from './endpoint-words.js'
import { LevelWords } from './level-words.js'
import { OccurrenceWords } from './occurrence-words.js'

/** A condition of a pod: those of Kubernetes are completed by the editor, and readiness gates name others. */
export type ConditionType = PodConditionType | (string & {})

/** Why a condition is as it is. */
export interface ConditionWhy {
  /** Its reason, as it is spelled. */
  readonly reason?: string | undefined
  /** A part of its message. */
  readonly message?: string | undefined
}

/** The statuses that conditions go through, by type. */
export type ConditionSequences = {
  readonly [Type in PodConditionType]?: readonly [ConditionStatus, ...ConditionStatus[]]
} & { readonly [type: string]: readonly [ConditionStatus, ...ConditionStatus[]] }

/** Which of a pod's containers an expectation is about. */
export interface EachContainerOptions {
  /** Default: all of them. */
  readonly role?: 'container' | 'init' | 'sidecar' | undefined
}

/**
 * A pod: what may be said of it. The names of its containers are part of its type where the builder knows them.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { pod } from 'podwright'
 *
 * const web = pod('web')
 * const said = [
 *   web.phases('Pending', 'Running'),
 *   web.conditions({ Ready: ['False', 'True'] }),
 *   web.scheduledOn('node-1'),
 *   web.event('Pulled'),
 *   web.endpoint('front').ready().becomes().within('5s'),
 *   web.eachContainer(container => container.started().within('10s')),
 * ]
 * assert.deepEqual(said[0].clause, { kind: 'phases', pod: 'web', phases: ['Pending', 'Running'] })
 * ```
 */
export class PodWords<
  Containers extends string = string,
  Inits extends string = string,
  Sidecars extends string = string,
> {
  /** The pod's name, as it was given. */
  readonly name: PodName

  constructor(name: PodName) {
    this.name = name
  }

  /** A container of `containers`. */
  container(name: Containers): ContainerWords {
    return this.#containerNamed(name)
  }

  /** A plain init container. */
  init(name: Inits): ContainerWords {
    return this.#containerNamed(name)
  }

  /** A sidecar: an init container that is always restarted. */
  sidecar(name: Sidecars): ContainerWords {
    return this.#containerNamed(name)
  }

  /** Any container of the pod: what is said happens, or is so, for at least one. */
  anyContainer(): ContainerWords {
    return this.#containerNamed('*')
  }

  /** Expects the same of every container of the pod, or of those of one role. */
  eachContainer(
    say: (container: ContainerWords) => ClauseWords | readonly ClauseWords[],
    { role }: EachContainerOptions = {},
  ): ClauseWords {
    const said = say(new ContainerWords(this.name, { container: '@each' }))
    const clause: Clause = 'clause' in said ? said.clause : { kind: 'allOf', clauses: said.map(each => each.clause) }
    const each = { kind: 'eachContainer', pod: this.name } as const
    return new ClauseWords(role === undefined ? { ...each, clause } : { ...each, role, clause })
  }

  /** `status.phase` is this one. */
  phase(phase: PodPhase): LevelWords {
    return new LevelWords({ kind: 'phase', pod: this.name, phase })
  }

  /** A condition has this status, default `True`, for any reason or for this one, with a message that holds these words or with any. */
  condition(type: ConditionType, status: ConditionStatus = 'True', why: string | ConditionWhy = {}): LevelWords {
    const { reason, message } = typeof why === 'string' ? { reason: why } : why
    return new LevelWords({
      kind: 'condition',
      pod: this.name,
      type,
      status,
      ...(reason === undefined ? {} : { reason }),
      ...(message === undefined ? {} : { message }),
    })
  }

  /** The condition Ready is True. */
  ready(): LevelWords {
    return this.condition('Ready')
  }

  /** The object is in the store. */
  exists(): LevelWords {
    return new LevelWords({ kind: 'exists', pod: this.name })
  }

  /** The object is in the store, and its deletion has been asked for. */
  terminating(): LevelWords {
    return new LevelWords({ kind: 'terminating', pod: this.name })
  }

  /** The pod is bound to a node. */
  scheduled(): LevelWords {
    return new LevelWords({ kind: 'scheduled', pod: this.name })
  }

  /** The pod is bound to this node. */
  scheduledOn(node: string): LevelWords {
    return new LevelWords({ kind: 'scheduled', pod: this.name, node })
  }

  /** The scheduler keeps room for it on a node, or on this one, after preemption: `status.nominatedNodeName`. */
  nominatedTo(node?: string): LevelWords {
    return new LevelWords({ kind: 'nominated', pod: this.name, ...(node === undefined ? {} : { node }) })
  }

  /** Its class of quality of service, `status.qosClass`, is this one. */
  qosClass(qosClass: PodQOSClass): LevelWords {
    return new LevelWords({ kind: 'qosClass', pod: this.name, qosClass })
  }

  /** The pod has an address, `status.podIP`: any, or this one. */
  podIP(ip?: string): LevelWords {
    const level = { kind: 'podIP', pod: this.name } as const
    return new LevelWords(ip === undefined ? level : { ...level, ip })
  }

  /** The pod as an address of a Service, `name` or `namespace/name`. */
  endpoint(service: string): EndpointWords {
    return new EndpointWords(service, this.name)
  }

  /** The phases that the pod goes through, these and no others, in this order. */
  phases(...phases: readonly [PodPhase, ...PodPhase[]]): ClauseWords {
    if (phases.length === 0) throw nothingSaid('phases', 'phase')
    return new ClauseWords({ kind: 'phases', pod: this.name, phases })
  }

  /** The statuses that conditions go through, these and no others, in this order; conditions that are not named may do anything. */
  conditions(sequences: ConditionSequences): ClauseWords {
    const clauses = Object.entries(sequences).map(([type, statuses]): Clause => {
      if (statuses.length === 0) throw nothingSaid(`conditions: ${type}`, 'status')
      return { kind: 'conditions', pod: this.name, type, statuses }
    })
    if (clauses.length === 0) throw nothingSaid('conditions', 'condition')
    return new ClauseWords(clauses.length === 1 ? clauses[0] : { kind: 'allOf', clauses })
  }

  /** The object comes into the store. */
  created(): OccurrenceWords {
    return this.#occurrence('created')
  }

  /** Its deletion is asked for, the first time: by a step, or by whoever evicts it. */
  deleted(): OccurrenceWords {
    return this.#occurrence('deleted')
  }

  /** The object leaves the store. */
  gone(): OccurrenceWords {
    return this.#occurrence('gone')
  }

  /** The pod is evicted: its condition DisruptionTarget becomes True. */
  evicted(): OccurrenceWords {
    return this.condition('DisruptionTarget').becomes()
  }

  /** The API server refuses a step about the pod, or the pod itself; with a message that holds these words, or with any. */
  refused(message?: string): OccurrenceWords {
    return new OccurrenceWords({ kind: 'refused', pod: this.name, ...(message === undefined ? {} : { message }) })
  }

  /** An Event about the pod or one of its containers, new or counted up: `Scheduled`, `BackOff`, `Unhealthy` … */
  event(reason: string): OccurrenceWords {
    return new OccurrenceWords({ kind: 'event', pod: this.name, reason })
  }

  /** A pull begins: of any image, or of this one. */
  pullStarted(image?: string): OccurrenceWords {
    return this.#pull('pullStarted', image)
  }

  /** A pull ends well: of any image, or of this one. */
  pulled(image?: string): OccurrenceWords {
    return this.#pull('pulled', image)
  }

  /** A pull fails: of any image, or of this one. */
  pullFailed(image?: string): OccurrenceWords {
    return this.#pull('pullFailed', image)
  }

  /** Its sandbox (network and cgroup) is up. */
  sandboxCreated(): OccurrenceWords {
    return this.#occurrence('sandboxCreated')
  }

  /** Its sandbox dies. */
  sandboxDied(): OccurrenceWords {
    return this.#occurrence('sandboxDied')
  }

  #containerNamed(container: string): ContainerWords {
    return new ContainerWords(this.name, { pod: this.name, container })
  }

  #occurrence(kind: 'created' | 'deleted' | 'gone' | 'sandboxCreated' | 'sandboxDied'): OccurrenceWords {
    return new OccurrenceWords({ kind, pod: this.name })
  }

  #pull(kind: 'pullStarted' | 'pulled' | 'pullFailed', image: string | undefined): OccurrenceWords {
    const pull = { kind, pod: this.name } as const
    return new OccurrenceWords(image === undefined ? pull : { ...pull, image })
  }
}

const nothingSaid = (where: string, what: string): PodwrightError =>
  new PodwrightError({ code: 'USAGE', where, problem: `expected at least one ${what}, got none` })

/**
 * Speaks of a pod by name: `web`, `shop/web` with its namespace, or `deployment/web` for each pod of a workload. Names are
 * checked when the run is known, with the nearest name.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { pod } from 'podwright'
 *
 * assert.deepEqual(pod('deployment/web').phase('Running').level, {
 *   kind: 'phase',
 *   pod: 'deployment/web',
 *   phase: 'Running',
 * })
 * ```
 */
export const pod = (name: PodName): PodWords => new PodWords(name)
