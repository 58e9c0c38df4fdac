import { readSpan, type Span } from '../../time/index.js'
import { DEFAULT_REBOOT, readTaintWord, unknownTaint } from '../node-words.js'
import { plainData } from '../plain-data.js'
import type { DrainFlags, NodeResource, RolloutVerb } from '../plan.js'
import { type ApiRequestWords, readRequest } from '../request-words.js'
import type { StepAction, StepMoment } from '../stated-step.js'
import { parseCommand } from '../step-text.js'
import { checkAmount, type ShutdownWords, statedShutdown } from '../words/index.js'
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

/** How a node is drained: the flags of `kubectl drain`. */
export interface DrainWords extends Omit<DrainFlags, 'gracePeriodSeconds'> {
  /** Whole seconds; default: each pod's own grace. */
  readonly grace?: Span | undefined
}

/** How a node is rebooted. */
export interface RebootWords {
  /** Until its kubelet is started again; default 30 s. */
  readonly downFor?: Span | undefined
}

/** How far a rollout is undone. */
export interface UndoWords {
  /** Default: the revision before the latest. */
  readonly toRevision?: number | undefined
}

const ROLLOUT_ACTIONS = { restart: 'rolloutRestart', pause: 'rolloutPause', resume: 'rolloutResume' } as const

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

  /** Deletes pods; `node/a` deletes a Node object. */
  delete(subject: string, { grace }: DeleteWords = {}): Next {
    if (grace === undefined) return this.#do({ action: 'delete', subject })
    return this.#do({ action: 'delete', subject, gracePeriodSeconds: wholeSeconds(grace, `delete ${subject}, grace`) })
  }

  /** Evicts pods, as `kubectl drain` does: a disruption budget may forbid it. */
  evict(subject: string): Next {
    return this.#do({ action: 'evict', subject })
  }

  /** Patches pods, or `node/a`: a mapping, or a list of operations of JSON Patch. */
  patch(subject: string, patch: object, { type, subresource }: PatchWords = {}): Next {
    const patchType = type ?? (Array.isArray(patch) ? 'json' : 'strategic')
    const part = subresource === undefined ? {} : { subresource }
    return this.#do({ action: 'patch', subject, patchType, patch: plainData(patch), ...part })
  }

  /** Gives a container another image, as `kubectl set image` does. */
  setImage(subject: string, container: string, image: string): Next {
    return this.#do({ action: 'setImage', subject, container, image })
  }

  /** Gives a workload another number of pods, as `kubectl scale` does. */
  scale(workload: string, replicas: number): Next {
    return this.#do({ action: 'scale', subject: workload, replicas })
  }

  /**
   * Rolls a workload out again, back to an earlier revision of its template, or holds it, as `kubectl rollout` does. Without a revision an
   * undo leads to the one before the latest.
   *
   * @example
   * ```ts
   * import assert from 'node:assert/strict'
   * import { scenarioBuilder } from 'podwright'
   *
   * const { document } = scenarioBuilder()
   *   .at('60s').rollout('restart', 'deployment/web')
   *   .at('5m').rollout('undo', 'deployment/web', { toRevision: 1 })
   * assert.deepEqual(document.steps, [
   *   { at: 60_000, action: 'rolloutRestart', subject: 'deployment/web' },
   *   { at: 300_000, action: 'rolloutUndo', subject: 'deployment/web', toRevision: 1 },
   * ])
   * ```
   */
  rollout(verb: 'restart' | 'pause' | 'resume', workload: string): Next
  rollout(verb: 'undo', workload: string, words?: UndoWords): Next
  rollout(verb: RolloutVerb, workload: string, { toRevision }: UndoWords = {}): Next {
    if (verb !== 'undo') return this.#do({ action: ROLLOUT_ACTIONS[verb], subject: workload })
    return this.#do({ action: 'rolloutUndo', subject: workload, ...plainData({ toRevision }) })
  }

  /**
   * Does what a command of kubectl does, in its words: `scale deployment/web --replicas=5`, `set image deployment/web app=app:2`,
   * `rollout undo deployment/web`.
   *
   * @throws PodwrightError `BEHAVIOUR_INVALID` that names the column, what was expected, and the nearest word.
   */
  kubectl(command: string): Next {
    return this.#do(parseCommand(command, 'kubectl'))
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
  request(words: ApiRequestWords): Next {
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

  /**
   * Drains a node, as `kubectl drain` does: cordons it and evicts its pods; what a budget forbids is tried again every 5 s. Without its
   * flags it does not begin where kubectl does not.
   */
  drain(node: string, { grace, ...flags }: DrainWords = {}): Next {
    const part = grace === undefined ? {} : { gracePeriodSeconds: wholeSeconds(grace, `drain ${node}, grace`) }
    return this.#do({ action: 'drain', subject: node, ...plainData(flags), ...part })
  }

  /** Ends the kubelet of a node: nothing is heard of the node, and what runs there runs on unseen. */
  killKubelet(node: string): Next {
    return this.#do({ action: 'killKubelet', subject: node })
  }

  /** Starts the kubelet of a node again. */
  startKubelet(node: string): Next {
    return this.#do({ action: 'startKubelet', subject: node })
  }

  /** Cuts a node off the network: no client reaches its pods, and its kube-proxy keeps its rules. Its kubelet is heard of as before. */
  cutNetwork(node: string): Next {
    return this.#do({ action: 'cutNetwork', subject: node })
  }

  /** Ends what `cutNetwork` began. */
  restoreNetwork(node: string): Next {
    return this.#do({ action: 'restoreNetwork', subject: node })
  }

  /** Reboots a node: what ran there is gone, and its kubelet is started when the machine is up; default after 30 s. */
  reboot(node: string, { downFor }: RebootWords = {}): Next {
    const ms = downFor === undefined ? DEFAULT_REBOOT : readSpan(downFor, `reboot ${node}, downFor`)
    return this.#do({ action: 'reboot', subject: node, downFor: ms })
  }

  /**
   * Lets something on a node's machine that is no pod take so much of a resource that `left` remains, such as `50Mi` or `5%`; default half
   * of what the kubelet's threshold wants free.
   *
   * @throws PodwrightError `SCENARIO_INVALID` for what is no amount.
   */
  exhaust(node: string, resource: NodeResource, { left }: { readonly left?: string | undefined } = {}): Next {
    checkAmount(left, `exhaust ${node}`)
    return this.#do({ action: 'exhaust', subject: node, resource, ...(left === undefined ? {} : { left }) })
  }

  /** Gives back what `exhaust` took. */
  relieve(node: string, resource: NodeResource): Next {
    return this.#do({ action: 'relieve', subject: node, resource })
  }

  /**
   * Switches a node off; with a grace its kubelet ends the pods first, group by group. With `downFor` it is up again so long after it
   * went off.
   */
  shutDown(node: string, { downFor, ...words }: ShutdownWords & { readonly downFor?: Span | undefined } = {}): Next {
    const part = downFor === undefined ? {} : { downFor: readSpan(downFor, `shutDown ${node}, downFor`) }
    return this.#do({ action: 'shutDown', subject: node, ...statedShutdown(words), ...part })
  }

  /**
   * Taints a node, as `kubectl taint` does: `key=value:NoExecute` sets a taint, `key-` and `key:NoExecute-` take it away.
   *
   * @throws PodwrightError `SCENARIO_INVALID` for what is no such word.
   */
  taint(node: string, ...taints: readonly [string, ...string[]]): Next {
    for (const word of taints) if (readTaintWord(word) === undefined) throw unknownTaint(word)
    return this.#do({ action: 'taint', subject: node, taints })
  }

  /** Labels a node; null takes a label away. */
  label(node: string, labels: Readonly<Record<string, string | null>>): Next {
    return this.#do({ action: 'label', subject: node, labels: plainData(labels) })
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
