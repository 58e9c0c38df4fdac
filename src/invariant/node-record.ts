import type { Node, Taint, TaintEffect } from '../model/index.js'
import type { Milliseconds } from '../time/index.js'
import { changedNode } from '../trace/index.js'
import { NEVER } from './container-record.js'
import { type Amounts, amountsOf } from './pod-requests.js'

/** A kubelet runs at most so many pods unless its node says otherwise. */
const DEFAULT_POD_LIMIT = 110

/** A taint, since when a node has it, and the row that said so; −1: the manifest. */
export interface KnownTaint {
  readonly taint: Taint
  readonly since: Milliseconds
  readonly row: number
}

/** What some pods request together. */
interface Sum extends Amounts {
  pods: number
}

/** A node, and what the pods that its kubelet has taken in request. */
export class NodeRecord {
  /** Symbol of its name. */
  readonly symbol: number
  /** As the rows so far leave it. */
  object: Node
  readonly name: string
  readonly allocatable: Amounts
  readonly podLimit: number
  readonly used: Sum = { milliCpu: 0, memory: 0, ephemeralStorage: 0, pods: 0 }
  /** Of the unfinished pods that are bound to it, whether its kubelet has taken them in or not. */
  readonly assigned: Sum = { milliCpu: 0, memory: 0, ephemeralStorage: 0, pods: 0 }
  /** A pod was put onto it past the scheduler, which may not have known in time. */
  hasDirectPods = false
  cordonedAt: number
  /** When its labels became what they are; NEVER: they are the manifest's. */
  labelledAt: Milliseconds = NEVER
  /** When its labels, taints or cordon last changed. */
  changedAt: Milliseconds = NEVER
  /** When its taints last changed. */
  #taintedAt: Milliseconds = NEVER
  /** Since when it has had taints that end pods, one or another of them. */
  noExecuteSince: Milliseconds
  /** Its object is gone, or it was said to be out of service: the control plane takes its pods away by force. */
  isGivenUp = false
  /** Its object is gone. */
  isGone = false
  /** When its Ready condition became True again; NEVER: it was never anything else. */
  readyAt: Milliseconds = NEVER
  /** Its Ready condition is not True: the control plane says of its pods that they are not ready. */
  isNotReady = false
  /** Symbols of the images that were pulled to it, and the rows in which that came to its end. */
  readonly #images: number[] = []
  readonly #pulledRows: number[] = []
  #imageCount = 0
  readonly #original: Node
  readonly #first: readonly KnownTaint[]
  /** Those of its object; none once that is gone. */
  taints: readonly KnownTaint[]

  constructor(object: Node, symbol: number) {
    const { status, spec } = object
    this.#first = (spec.taints ?? []).map(taint => ({ taint, since: Number.NEGATIVE_INFINITY, row: -1 }))
    this.taints = this.#first
    this.noExecuteSince = Number.NEGATIVE_INFINITY
    const list = status?.allocatable ?? status?.capacity
    this.#original = object
    this.object = object
    this.symbol = symbol
    this.name = object.metadata.name ?? ''
    this.allocatable = amountsOf(list)
    this.podLimit = list?.pods === undefined ? DEFAULT_POD_LIMIT : Number(list.pods)
    this.cordonedAt = this.#cordonedAtFirst()
  }

  #cordonedAtFirst(): number {
    return this.#original.spec?.unschedulable === true ? Number.NEGATIVE_INFINITY : NEVER
  }

  /** Whether it has taints. */
  get isChoosy(): boolean {
    return (this.object.spec?.taints ?? []).length > 0
  }

  /** A row has changed its taints, labels or cordon. */
  change(field: string, value: string, now: Milliseconds): void {
    this.changedAt = now
    this.object = changedNode(this.object, field, value)
    if (field === 'unschedulable') this.cordonedAt = value === 'true' ? now : NEVER
    else if (field === 'labels') this.labelledAt = now
  }

  /** Whether its kubelet is not heard of, or is to take no pods: the control plane ends what it cannot. */
  get isLost(): boolean {
    return this.isNotReady || this.isGone || this.isGivenUp
  }

  /** A kubelet has made its object anew. */
  registered(now: Milliseconds, row: number): void {
    this.changedAt = now
    this.isGone = false
    this.isNotReady = false
    this.#taintedAt = now
    this.taints = this.#first.map(({ taint }) => ({ taint, since: now, row }))
    this.noExecuteSince = now
    this.object = this.#original
    this.cordonedAt = this.#cordonedAtFirst()
    this.labelledAt = now
  }

  /** `sign`: 1 takes a pod in, −1 lets it go. */
  add(requests: Amounts, sign: 1 | -1): void {
    addTo(this.used, requests, sign)
  }

  /** `sign`: 1 where a pod is bound to it, −1 where it is finished or gone. */
  assign(requests: Amounts, sign: 1 | -1): void {
    addTo(this.assigned, requests, sign)
  }

  /** What the pods bound to it request beyond its allocatable; undefined: nothing. */
  shortage(): string | undefined {
    const { assigned, allocatable, podLimit } = this
    if (assigned.pods > podLimit) return `${assigned.pods} pods of ${podLimit}`
    if (assigned.milliCpu > allocatable.milliCpu) return `cpu: ${assigned.milliCpu}m of ${allocatable.milliCpu}m`
    if (assigned.memory > allocatable.memory) return `memory: ${assigned.memory} of ${allocatable.memory}`
    if (assigned.ephemeralStorage > allocatable.ephemeralStorage)
      return `ephemeral-storage: ${assigned.ephemeralStorage} of ${allocatable.ephemeralStorage}`
    return undefined
  }

  hasRoomFor(requests: Amounts): boolean {
    this.assign(requests, 1)
    const isShort = this.shortage() !== undefined
    this.assign(requests, -1)
    return !isShort
  }

  /** An image has come. */
  pulled(image: number, row: number): void {
    this.#images[this.#imageCount] = image
    this.#pulledRows[this.#imageCount++] = row
  }

  /** The row in which the image came for the first time; −1: it was not pulled. */
  pulledRowOf(image: number): number {
    for (let i = 0; i < this.#imageCount; i++) if (this.#images[i] === image) return this.#pulledRows[i]
    return -1
  }

  reset(): void {
    this.changedAt = NEVER
    empty(this.used)
    empty(this.assigned)
    this.cordonedAt = this.#cordonedAtFirst()
    this.hasDirectPods = false
    this.isGivenUp = false
    this.isGone = false
    this.isNotReady = false
    this.readyAt = NEVER
    this.object = this.#original
    this.labelledAt = NEVER
    this.#taintedAt = NEVER
    this.#imageCount = 0
    this.taints = this.#first
    this.noExecuteSince = Number.NEGATIVE_INFINITY
  }

  /** The only one of its taints that ends pods, where no taint has come or gone since that came; undefined: there is none such. */
  get soleTaint(): KnownTaint | undefined {
    const [first, ...others] = this.taints.filter(endsPods)
    const isLatest = first !== undefined && (this.#taintedAt === NEVER || this.#taintedAt === first.since)
    return isLatest && others.length === 0 ? first : undefined
  }

  /** Its taints are others, said as `key=value:Effect key:Effect`; answers those that are no longer there. */
  setTaints(text: string, since: Milliseconds, row: number): readonly KnownTaint[] {
    const before = this.taints
    this.#taintedAt = since
    if (!before.some(endsPods)) this.noExecuteSince = since
    this.taints = readTaints(text).map(taint => before.find(each => isSame(each.taint, taint)) ?? { taint, since, row })
    return before.filter(each => !this.taints.includes(each))
  }
}

const endsPods = ({ taint }: KnownTaint): boolean => taint.effect === 'NoExecute'

function addTo(sum: Sum, requests: Amounts, sign: 1 | -1): void {
  sum.milliCpu += sign * requests.milliCpu
  sum.memory += sign * requests.memory
  sum.ephemeralStorage += sign * requests.ephemeralStorage
  sum.pods += sign
}

function empty(sum: Sum): void {
  sum.milliCpu = 0
  sum.memory = 0
  sum.ephemeralStorage = 0
  sum.pods = 0
}

const isSame = (a: Taint, b: Taint): boolean =>
  a.key === b.key && a.effect === b.effect && (a.value ?? '') === (b.value ?? '')

const readTaints = (text: string): Taint[] =>
  text.split(' ').flatMap((word): Taint[] => {
    const colon = word.lastIndexOf(':')
    if (colon < 0) return []
    const [key, value] = word.slice(0, colon).split('=')
    const effect = word.slice(colon + 1) as TaintEffect
    return [value === undefined ? { key, effect } : { key, value, effect }]
  })
