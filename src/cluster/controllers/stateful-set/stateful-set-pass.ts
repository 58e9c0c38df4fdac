import type { StatefulSet } from '../../../model/index.js'
import type { EventRecorder } from '../../client/index.js'
import { ApiError, notFoundError, type ObjectVersion, type PodVersion, WORD } from '../../contract/index.js'
import type { ControllerContext } from '../controller.js'
import { podTemplateOf, type RevisionVersion } from '../revisions.js'
import { slowStart } from '../slow-start.js'
import {
  decideCondemned,
  decideReplica,
  firstUnhealthy,
  isOfCurrentRevision,
  maxUnavailableOf,
  nextToUpdate,
  type Places,
  type PodDeed,
  type PodViews,
  severalToUpdate,
} from './decide.js'
import { StatefulClaims } from './stateful-claims.js'
import { missingLabels, ordinalsOf, revisionNameOf, shapeOf } from './stateful-pods.js'
import { countRevision, type StatusInHand } from './stateful-set-status.js'

/** What one pass works with. */
export interface PassInput {
  readonly context: ControllerContext
  readonly events: EventRecorder
  readonly set: ObjectVersion<'StatefulSet'>
  readonly current: RevisionVersion
  readonly update: RevisionVersion
  readonly places: Places
  readonly views: PodViews
  readonly status: StatusInHand
  readonly cause: number
}

/**
 * One pass over the pods of a StatefulSet: makes those that are missing, then takes away those that are too many, then replaces
 * old ones. An ordered set goes one step and stops.
 *
 * controllers: pkg/controller/statefulset/stateful_set_control.go updateStatefulSet, v1.32 (SS-2 … SS-7).
 */
export class StatefulSetPass {
  readonly #input: PassInput
  readonly #replicas: (PodVersion | undefined)[]
  readonly #isOrdered: boolean
  readonly #claims: StatefulClaims

  constructor(input: PassInput) {
    this.#input = input
    this.#replicas = [...input.places.replicas]
    this.#claims = new StatefulClaims(input.context.storage, input.set, input.cause)
    this.#isOrdered = this.#set.spec.podManagementPolicy !== 'Parallel'
  }

  get #set(): StatefulSet {
    return this.#input.set.object
  }

  /** @throws ApiError; the status in hand says how far the pass came. */
  run(): void {
    const { places, views } = this.#input
    const unhealthy = firstUnhealthy(places, views)
    if (!this.#each(this.#replicas, (pod, i) => this.#processReplica(pod, i))) return
    if (!this.#each(places.condemned, pod => this.#fixClaims(pod))) return
    if (!this.#each(places.condemned, pod => this.#processCondemned(pod, unhealthy))) return
    if (this.#set.spec.updateStrategy?.type !== 'OnDelete') this.#rollOut()
  }

  /** Answers whether the pass goes on: an act that answers false ends the pass of an ordered set. */
  #each<Item>(items: readonly Item[], act: (item: Item, index: number) => boolean): boolean {
    if (this.#isOrdered) return items.every(act)
    const { failures } = slowStart(items, (item, index) => failureOf(() => act(item, index)), MOST_IN_FLIGHT)
    if (failures.length > 0) throw failures[0]
    return true
  }

  #processReplica(pod: PodVersion | undefined, index: number): boolean {
    const { profile } = this.#input.context
    const deed: PodDeed = decideReplica(pod, this.#isOrdered, profile.recreatesFailedPods, this.#input.views)
    if (pod?.status.phase === WORD.Pending && deed !== 'recreate') {
      this.#createClaims(pod.identity.name)
      this.#fixClaims(pod)
    }
    if (deed === 'create') this.#create(index)
    else if (deed === 'recreate') this.#recreate(pod!, index)
    else if (deed === 'delete') this.#delete(pod!)
    else if (deed === 'pass') {
      this.#keepIdentity(pod!)
      this.#fixClaims(pod!)
    }
    return deed === 'pass'
  }

  /** SS-3 of 1.26: the new pod's name is taken until the old one is gone, so this fails for a while. */
  #recreate(pod: PodVersion, index: number): void {
    const { context, set, status, cause } = this.#input
    const message = `StatefulSet ${set.namespace}/${set.name} is recreating failed Pod ${pod.identity.name}`
    this.#tell(true, 'RecreatingFailedPod', message)
    // The deletion is the first request of the sync, the creation its last: a pod that goes in between was there to be deleted.
    context.podControl.delete(pod, cause)
    this.#tellSuccess('delete', pod.identity.name)
    countRevision(status, revisionNameOf(pod), -1)
    status.replicas--
    this.#replicas[index] = undefined
    this.#create(index)
  }

  #create(index: number): void {
    const { context, set, current, update, status, cause } = this.#input
    const ordinal = index + ordinalsOf(this.#set).start
    const revision = isOfCurrentRevision(this.#set, ordinal) ? current : update
    const template = podTemplateOf(revision, revision.name)
    const own = shapeOf({ ...this.#set, spec: { ...this.#set.spec, template } }, ordinal)
    const shape = { ...own, revision: revision.object.revision }
    const { name = '' } = shape
    if (this.#claims.isStale(name)) return
    try {
      this.#createClaims(name)
      this.#claims.applyPolicy(name, undefined)
      context.podControl.createShaped(set, template, shape, cause)
    } catch (error) {
      // A name that is taken is tried again without a word.
      if (error instanceof ApiError && error.reason !== 'AlreadyExists') this.#tellFailure('create', name, error)
      throw error
    }
    this.#tellSuccess('create', name)
    if (!context.profile.countsOwnDeeds) return
    status.replicas++
    countRevision(status, revision.name, 1)
  }

  #createClaims(pod: string): void {
    const { set } = this.#input
    this.#claims.create(pod, (claim, error) => {
      if (error === undefined)
        this.#tell(false, 'SuccessfulCreate', `create Claim ${claim} Pod ${pod} in StatefulSet ${set.name} success`)
      else if (error.reason !== 'AlreadyExists') {
        const message = `create Claim ${claim} for Pod ${pod} in StatefulSet ${set.name} failed error: ${error.message}`
        this.#tell(true, 'FailedCreate', message)
      }
    })
  }

  /** The claims of a pod get the owners that the retention policy asks for. */
  #fixClaims({ identity: { name, uid } }: PodVersion): boolean {
    this.#claims.applyPolicy(name, uid)
    return true
  }

  /** SS-9. A pod that is gone already is an error: what the cache shows is old. */
  #delete(pod: PodVersion): void {
    const { context, cause } = this.#input
    const { name } = pod.identity
    if (context.podControl.delete(pod, cause)) {
      this.#tellSuccess('delete', name)
      return
    }
    const error = notFoundError('Pod', name)
    this.#tellFailure('delete', name, error)
    throw error
  }

  /** An adopted pod gets the labels of its number. */
  #keepIdentity(pod: PodVersion): void {
    const labels = missingLabels(pod)
    if (labels === undefined) return
    const { context, cause } = this.#input
    if (context.podControl.label(pod, labels, cause)) this.#tellSuccess('update', pod.identity.name)
  }

  #processCondemned(pod: PodVersion, unhealthy: PodVersion | 'missing' | undefined): boolean {
    const { context, status, views } = this.#input
    const deed = decideCondemned(pod, this.#isOrdered, unhealthy, views)
    if (deed === 'delete') {
      this.#delete(pod)
      if (context.profile.countsOwnDeeds) countRevision(status, revisionNameOf(pod), -1)
    }
    return deed === 'pass'
  }

  #rollOut(): void {
    const { context, update, status, views } = this.#input
    const partition = this.#set.spec.updateStrategy?.rollingUpdate?.partition ?? 0
    if (context.environment.profile.statefulSetMaxUnavailable) {
      const most = maxUnavailableOf(this.#set)
      for (const pod of severalToUpdate(this.#replicas, partition, update.name, most, views)) this.#replace(pod, status)
      return
    }
    const pod = nextToUpdate(this.#replicas, partition, update.name, views)
    if (pod !== undefined) this.#replace(pod, status)
  }

  #replace(pod: PodVersion, status: StatusInHand): void {
    this.#delete(pod)
    // Whatever its revision was, as upstream: below zero the API server refuses the status, and the key is tried again.
    status.currentReplicas--
  }

  #tellSuccess(verb: Verb, pod: string): void {
    this.#tell(false, REASONS[verb].success, `${verb} Pod ${pod} in StatefulSet ${this.#input.set.name} successful`)
  }

  #tellFailure(verb: Verb, pod: string, error: ApiError): void {
    const message = `${verb} Pod ${pod} in StatefulSet ${this.#input.set.name} failed error: ${error.message}`
    this.#tell(true, REASONS[verb].failure, message)
  }

  #tell(isWarning: boolean, reason: string, message: string): void {
    const { context, events, set, cause } = this.#input
    const { symbols } = context.environment
    events.record(set.index, set.path, isWarning, symbols.intern(reason), symbols.intern(message), cause)
  }
}

type Verb = 'create' | 'delete' | 'update'

/** SS-9. */
const REASONS: Readonly<Record<Verb, { readonly success: string; readonly failure: string }>> = {
  create: { success: 'SuccessfulCreate', failure: 'FailedCreate' },
  delete: { success: 'SuccessfulDelete', failure: 'FailedDelete' },
  update: { success: 'SuccessfulUpdate', failure: 'FailedUpdate' },
}

/** How many pods a set that is not ordered makes or takes at once, at most. */
const MOST_IN_FLIGHT = 500

/** What an act throws. */
function failureOf(act: () => void): unknown {
  try {
    act()
    return undefined
  } catch (error) {
    return error
  }
}
