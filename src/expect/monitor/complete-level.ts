import type { KubernetesObject } from '../../model/index.js'
import { ROW, type RowKind, type SymbolTable } from '../../trace/index.js'
import type { ObjectLevel } from '../object-clause.js'
import { replicasOf } from './object-counts.js'
import type { RunObjects } from './run-objects.js'
import { LevelSignal, type Source, type Subscription } from './signal.js'
import { ofObject } from './subscriptions.js'

/** What a manifest says of its rollouts. */
interface Strategy {
  readonly updateStrategy?:
    | { readonly rollingUpdate?: { readonly partition?: number | undefined } | undefined }
    | undefined
}

/**
 * Whether a rollout is over, as kubectl says it.
 *
 * kubectl: pkg/polymorphichelpers/rollout_status.go, v1.32 (RO-1 … RO-4).
 */
export class CompleteLevel implements Source<LevelSignal> {
  readonly signal = new LevelSignal(false)
  readonly subscriptions: readonly Subscription[]
  readonly #symbols: SymbolTable
  readonly #objects: RunObjects
  readonly #kind: string
  readonly #progressing: number
  readonly #exceeded: number
  /** What the status says, by the API's name. */
  readonly #numbers = new Map<string, number>()
  readonly #revisions = new Map<string, number>()
  #strategy: Strategy = {}
  #isThere = false
  #isLate = false

  constructor({ object }: Extract<ObjectLevel, { kind: 'complete' }>, symbols: SymbolTable, objects: RunObjects) {
    const status = [ROW.ownerStatus, ROW.ownerText, ROW.condition, ROW.conditionRemoved]
    this.subscriptions = [ofObject(object, ROW.created, ROW.removed, ROW.specChanged, ...status)]
    this.#symbols = symbols
    this.#objects = objects
    this.#kind = object.slice(0, object.indexOf('/'))
    this.#progressing = symbols.intern('Progressing')
    this.#exceeded = symbols.intern('ProgressDeadlineExceeded')
  }

  take(_row: number, kind: RowKind, a: number, b: number): boolean {
    const { signal } = this
    const before = signal.isTrue
    this.#learn(kind, a, b)
    signal.isTrue = this.#isThere && this.#isOver()
    return signal.isTrue !== before
  }

  reset(): void {
    this.#isThere = false
    this.#isLate = false
    this.#numbers.clear()
    this.#revisions.clear()
  }

  #learn(kind: RowKind, a: number, b: number): void {
    switch (kind) {
      case ROW.created: {
        const manifest = this.#objects.manifest(a)?.object
        this.reset()
        this.#isThere = true
        this.#numbers.set('metadata.generation', 1)
        this.#numbers.set('spec.replicas', replicasOf(manifest))
        this.#strategy = strategyOf(manifest)
        break
      }
      case ROW.specChanged:
        this.#strategy = strategyOf(this.#objects.manifest(a)?.object)
        break
      case ROW.ownerStatus:
        this.#numbers.set(this.#symbols.text(a), b)
        break
      case ROW.ownerText:
        this.#revisions.set(this.#symbols.text(a), b)
        break
      case ROW.condition:
        if (a === this.#progressing) this.#isLate = b >> 2 === this.#exceeded
        break
      case ROW.conditionRemoved:
        if (a === this.#progressing) this.#isLate = false
        break
      default:
        this.reset()
    }
  }

  #isOver(): boolean {
    const number = (field: string): number => this.#numbers.get(field) ?? 0
    const observed = number('observedGeneration')
    if (observed < number('metadata.generation')) return false
    const desired = number('spec.replicas')
    switch (this.#kind) {
      case 'Deployment': {
        const updated = number('updatedReplicas')
        const isUpdated = updated >= desired && number('replicas') <= updated
        return !this.#isLate && isUpdated && number('availableReplicas') >= updated
      }
      case 'DaemonSet': {
        const wanted = number('desiredNumberScheduled')
        return number('updatedNumberScheduled') >= wanted && number('numberAvailable') >= wanted
      }
      default: {
        if (number('readyReplicas') < desired) return false
        const rolling = this.#strategy.updateStrategy?.rollingUpdate
        if (rolling !== undefined) return number('updatedReplicas') >= desired - (rolling.partition ?? 0)
        return this.#revisions.get('updateRevision') === this.#revisions.get('currentRevision')
      }
    }
  }
}

const strategyOf = (object: KubernetesObject | undefined): Strategy =>
  (object as { readonly spec?: Strategy } | undefined)?.spec ?? {}
