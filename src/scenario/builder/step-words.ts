import { readSpan, type Span } from '../../time/index.js'
import { plainData } from '../plain-data.js'
import { type RequestWords, readRequest } from '../request-words.js'
import type { StepAction, StepMoment } from '../stated-step.js'
import { appliedObjects } from './applied-objects.js'
import { wholeSeconds } from './whole-seconds.js'

/** How a pod is deleted. */
export interface DeleteWords {
  /** Whole seconds; default: the pod's own grace. 0 removes the object at once. */
  readonly grace?: Span | undefined
}

/** How a patch is meant. */
export interface PatchWords {
  /** Default: `json` for a list, `strategic` for a mapping. */
  readonly type?: 'strategic' | 'merge' | 'json' | undefined
  /** What is patched instead of the object itself. */
  readonly subresource?: 'status' | undefined
}

/** Takes the actions of one moment and answers what the chain goes on with. */
export type TakeActions<Next> = (moment: StepMoment, actions: readonly StepAction[]) => Next

/**
 * A moment that waits for what is done then: one action, after which the scenario goes on. Pods are named `pod/web`, or by
 * their workload, `deployment/web`: then all of them are meant.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { scenarioBuilder } from 'podwright'
 *
 * const { document } = scenarioBuilder()
 *   .at('60s').delete('pod/web', { grace: '30s' })
 *   .at('2m').cordon('node-1')
 * assert.deepEqual(document.steps, [
 *   { at: 60_000, action: 'delete', subject: 'pod/web', gracePeriodSeconds: 30 },
 *   { at: 120_000, action: 'cordon', subject: 'node-1' },
 * ])
 * ```
 */
export class StepWords<Next> {
  readonly #moment: StepMoment
  readonly #take: TakeActions<Next>

  /** @internal */
  constructor(moment: StepMoment, take: TakeActions<Next>) {
    this.#moment = moment
    this.#take = take
  }

  /** Deletes pods. */
  delete(subject: string, { grace }: DeleteWords = {}): Next {
    if (grace === undefined) return this.#do({ action: 'delete', subject })
    return this.#do({ action: 'delete', subject, gracePeriodSeconds: wholeSeconds(grace, `delete ${subject}, grace`) })
  }

  /** Evicts pods, as `kubectl drain` does: a disruption budget may forbid it. */
  evict(subject: string): Next {
    return this.#do({ action: 'evict', subject })
  }

  /** Patches pods: a mapping, or a list of operations of JSON Patch. */
  patch(subject: string, patch: object, { type, subresource }: PatchWords = {}): Next {
    const patchType = type ?? (Array.isArray(patch) ? 'json' : 'strategic')
    const part = subresource === undefined ? {} : { subresource }
    return this.#do({ action: 'patch', subject, patchType, patch: plainData(patch), ...part })
  }

  /** Gives a container another image, as `kubectl set image` does. */
  setImage(subject: string, container: string, image: string): Next {
    return this.#do({ action: 'setImage', subject, container, image })
  }

  /**
   * Applies manifests: objects that are not there are created, those that are there are changed.
   *
   * @throws PodwrightError for a broken text, or what is no object.
   */
  apply(source: string | object): Next {
    return this.#do(...appliedObjects(source).map((object): StepAction => ({ action: 'apply', object })))
  }

  /**
   * Sends a request to the API server, with all that refuses it: authorization, admission, validation.
   *
   * @throws PodwrightError for words that do not go together.
   *
   * @example
   * ```ts
   * import assert from 'node:assert/strict'
   * import { scenarioBuilder } from 'podwright'
   *
   * const { document } = scenarioBuilder().at('60s').request({ scale: 'deployment/web', replicas: 0, as: 'jane' })
   * assert.deepEqual(document.steps, [
   *   {
   *     at: 60_000,
   *     action: 'request',
   *     request: { verb: 'scale', kind: 'Deployment', name: 'web', replicas: 0, as: 'jane' },
   *   },
   * ])
   * ```
   */
  request(words: RequestWords): Next {
    return this.#do({ action: 'request', request: readRequest(plainData(words)) })
  }

  /** Marks a node as unschedulable. */
  cordon(node: string): Next {
    return this.#do({ action: 'cordon', subject: node })
  }

  /** Marks a node as schedulable again. */
  uncordon(node: string): Next {
    return this.#do({ action: 'uncordon', subject: node })
  }

  /** Restarts the kubelet of a node: containers run on, and what it kept in memory is forgotten. */
  restartKubelet(node: string): Next {
    return this.#do({ action: 'restartKubelet', subject: node })
  }

  #do(...actions: readonly StepAction[]): Next {
    return this.#take(this.#moment, actions)
  }
}

/** The first time that something happens, which waits for what is done then, at once or a while later. */
export class ReactionWords<Next> extends StepWords<Next> {
  readonly #later: (after: Span) => StepWords<Next>

  /** @internal */
  constructor(moment: StepMoment & { readonly at?: undefined }, take: TakeActions<Next>) {
    super(moment, take)
    this.#later = after => new StepWords({ ...moment, after: readSpan(after, 'after') } as StepMoment, take)
  }

  /** A while after it. */
  after(span: Span): StepWords<Next> {
    return this.#later(span)
  }

  /** The same moment, for those who like to say so: `.when(…).then(it => it.delete('pod/web'))`. */
  // biome-ignore lint/suspicious/noThenProperty: "when … then …" is how the sentence is said; nobody awaits the half of it.
  then(act: (moment: StepWords<Next>) => Next): Next {
    return act(this)
  }
}
