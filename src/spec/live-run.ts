import type { RunOptions, Simulation } from '../cluster/index.js'
import { nearestWord, PodwrightError } from '../errors/index.js'
import { type Event, isOwnerKind, type KubernetesObject, matchesLabels, type Node, type Pod } from '../model/index.js'
import {
  type DrainFlags,
  type Plan,
  printScenario,
  type ReactionStep,
  readTaintWord,
  type ScenarioDocument,
  unknownTaint,
} from '../scenario/index.js'
import { formatDuration, type Milliseconds, readSpan, type Span } from '../time/index.js'
import { type ClusterState, type Outcome, ROW, StoreView, stateAt, type Trace } from '../trace/index.js'
import { appliedSteps } from './applied-steps.js'
import { type Awaited, awaitedOf } from './awaited.js'
import { documentOfPlan } from './document-of-plan.js'
import { kindOf, type ObjectReference, parseReference } from './object-reference.js'
import { type BegunRun, beginRun } from './run.js'
import { isSettled, UntilWatcher } from './until-watcher.js'

/** Which objects `list` answers. */
export interface ListOptions {
  /** Default: every namespace. */
  readonly namespace?: string | undefined
  /** Labels that an object has to have. */
  readonly labels?: Readonly<Record<string, string>> | undefined
}

/**
 * Begins a run that is driven by hand: run on, look, do something, run on. For authors of controllers and of teaching material.
 *
 * What is done by hand comes after all else of its instant and is recorded as steps: `plan()` and `scenario()` answer a plan
 * and a Scenario whose run is the same, to the digest.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { planManifests, pod, run, start } from 'podwright'
 *
 * const web = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: { containers: [{ name: 'app', image: 'app:1' }] } }
 * const cluster = start(planManifests([web]))
 * cluster.runUntil(pod('web').condition('Ready'))
 * cluster.delete('web', { grace: '5s' })
 * cluster.runUntil('1m')
 * assert.equal(cluster.get('pod/web'), undefined)
 * assert.equal(run(cluster.plan()).digest, cluster.trace().digest)
 * ```
 */
export const start = (plan: Plan, options: RunOptions = {}): LiveRun => new LiveRun(plan, options)

/** A run that is driven by hand. */
export class LiveRun {
  readonly #plan: Plan
  readonly #run: BegunRun

  constructor(plan: Plan, options: RunOptions = {}) {
    this.#plan = plan
    this.#run = beginRun(plan, options)
  }

  get #simulation(): Simulation {
    return this.#run.simulation
  }

  /** Virtual time, in milliseconds since the beginning. */
  get now(): Milliseconds {
    return this.#simulation.now
  }

  /**
   * Runs up to and including an instant counted from the beginning, or until something happens or is so; at most to the plan's
   * horizon, where the run is over.
   *
   * Something that happens is waited for from now on; something that is so already lets no time pass. In words, as in an
   * expectation: `pod('web').condition('Ready')`, or `'container web/app exits'`.
   *
   * @returns `paused` when it came to the instant, or when it happened; otherwise why the run ended without it.
   * @throws PodwrightError for words that name nothing of the run, and for an instant that is over.
   */
  runUntil(what: Span | Awaited): Outcome {
    const awaited = awaitedOf(what, this.#simulation)
    if (awaited.kind === 'instant') {
      if (awaited.at < this.now) {
        const [now, at] = [this.now, awaited.at].map(formatDuration)
        throw new PodwrightError({ code: 'USAGE', where: 'runUntil', problem: `expected ${now} or later, got ${at}` })
      }
      return this.#simulation.runUntil(awaited.at)
    }
    const trace = this.trace()
    if (awaited.level !== undefined && isSettled(awaited.level, trace)) return 'paused'
    const watcher = new UntilWatcher(awaited.occurrence, trace, this.#simulation.lawContext, () => {
      this.#simulation.pause()
    })
    this.#run.hub.add(watcher)
    try {
      return this.#simulation.runUntil(this.#plan.horizon)
    } finally {
      this.#run.hub.remove(watcher)
    }
  }

  /**
   * The object of this name as the API server has it now: `pod/web` or `web`, `shop/pod/web`, `node/node-1`, `service/web`.
   *
   * @returns undefined when there is none.
   * @throws PodwrightError `USAGE` for a kind that podwright does not know; `shop/web` is a pod of the namespace `shop`, if there is one.
   */
  get(reference: `node/${string}`): Node | undefined
  get(reference: `pod/${string}`): Pod | undefined
  get(reference: string): KubernetesObject | undefined
  get(reference: string): KubernetesObject | undefined {
    const { kind, namespace, name } = this.#named(reference, 'get')
    return this.#objects(kind).find(({ metadata }) => {
      return metadata.name === name && (kind === 'Node' || (metadata.namespace ?? 'default') === namespace)
    })
  }

  /**
   * The objects of a kind as the API server has them now, as kubectl names kinds: `pods`, `nodes`, `events`, `services`.
   *
   * @throws PodwrightError `USAGE` for a kind that podwright does not know.
   */
  list(kind: 'pods', options?: ListOptions): readonly Pod[]
  list(kind: 'nodes', options?: ListOptions): readonly Node[]
  list(kind: 'events', options?: ListOptions): readonly Event[]
  list(kind: string, options?: ListOptions): readonly KubernetesObject[]
  list(kind: string, { namespace, labels }: ListOptions = {}): readonly KubernetesObject[] {
    return this.#objects(kindOf(kind, 'list')).filter(
      ({ metadata }) =>
        (namespace === undefined || metadata.namespace === namespace) && matchesLabels(labels, metadata.labels),
    )
  }

  /** The Events so far, in the order of their first occurrence. */
  events(): readonly Event[] {
    return this.#state().events()
  }

  /**
   * Applies a manifest, an object or YAML, as kubectl apply does: pods that exist are patched, others are created.
   *
   * @throws PodwrightError for what the API server would refuse.
   */
  apply(manifest: object | string, { behave = [] }: { readonly behave?: string | readonly string[] } = {}): void {
    const rules = typeof behave === 'string' ? [behave] : behave
    const state = this.#state()
    const pods = new Set(podsOf(state).map(({ metadata }) => `${metadata.namespace}/${metadata.name}`))
    const workloads = new Set(ownersOf(state).map(pathOf))
    const surroundings = {
      plan: this.#plan,
      hasPod: (path: string) => pods.has(path),
      hasWorkload: (path: string) => workloads.has(path),
    }
    for (const step of appliedSteps(manifest, rules, surroundings)) this.#do(step)
  }

  /** Patches a pod, or a workload such as `deployment/web`; a strategic merge unless told otherwise, a list is a JSON patch. */
  patch(
    name: string,
    patch: object,
    type: 'strategic' | 'merge' | 'json' = Array.isArray(patch) ? 'json' : 'strategic',
    { subresource }: { readonly subresource?: 'status' | undefined } = {},
  ): void {
    const object = subresource === undefined ? this.#workloadNamed(name, 'patch') : undefined
    if (object !== undefined) {
      this.#do({ do: 'patchObject', object, type, patch: plain(patch, 'patch') })
      return
    }
    const part = subresource === undefined ? {} : { subresource }
    this.#do({ do: 'patch', pod: this.#podNamed(name, 'patch'), type, patch: plain(patch, 'patch'), ...part })
  }

  /**
   * Asks for the deletion of a pod, whose grace is in whole seconds, default its own; or of a workload such as `deployment/web`,
   * whose pods the garbage collector deletes then.
   */
  delete(name: string, { grace }: { readonly grace?: Span | undefined } = {}): void {
    const object = grace === undefined ? this.#workloadNamed(name, 'delete') : undefined
    if (object !== undefined) {
      this.#do({ do: 'deleteObject', object })
      return
    }
    const pod = this.#podNamed(name, 'delete')
    this.#do({ do: 'delete', pod, ...(grace === undefined ? {} : { gracePeriodSeconds: wholeSeconds(grace) }) })
  }

  /** Evicts a pod through the eviction API. */
  evict(name: string): void {
    this.#do({ do: 'evict', pod: this.#podNamed(name, 'evict') })
  }

  /** Keeps new pods away from a node. */
  cordon(node: string): void {
    this.#do({ do: 'cordon', node: this.#nodeNamed(node, 'cordon') })
  }

  /** Lets new pods come to a node again. */
  uncordon(node: string): void {
    this.#do({ do: 'uncordon', node: this.#nodeNamed(node, 'uncordon') })
  }

  /** Restarts the kubelet of a node. */
  restartKubelet(node: string): void {
    this.#do({ do: 'restartKubelet', node: this.#nodeNamed(node, 'restartKubelet') })
  }

  /** Drains a node, as `kubectl drain` does with these flags. */
  drain(node: string, flags: DrainFlags = {}): void {
    this.#do({ do: 'drain', node: this.#nodeNamed(node, 'drain'), ...flags })
  }

  /** Ends the kubelet of a node: nothing is heard of the node any more. */
  killKubelet(node: string): void {
    this.#do({ do: 'killKubelet', node: this.#nodeNamed(node, 'killKubelet') })
  }

  /** Starts the kubelet of a node again. */
  startKubelet(node: string): void {
    this.#do({ do: 'startKubelet', node: this.#nodeNamed(node, 'startKubelet') })
  }

  /** Cuts a node off the network: no client reaches its pods, and its kube-proxy keeps its rules. */
  cutNetwork(node: string): void {
    this.#do({ do: 'cutNetwork', node: this.#nodeNamed(node, 'cutNetwork') })
  }

  /** Ends what `cutNetwork` began. */
  restoreNetwork(node: string): void {
    this.#do({ do: 'restoreNetwork', node: this.#nodeNamed(node, 'restoreNetwork') })
  }

  /** Taints a node, in the words of `kubectl taint`: `key=value:NoExecute`, `key-`. */
  taint(node: string, ...taints: readonly [string, ...string[]]): void {
    for (const word of taints) if (readTaintWord(word) === undefined) throw unknownTaint(word)
    this.#do({ do: 'taintNode', node: this.#nodeNamed(node, 'taint'), taints })
  }

  /** The record of the run so far. */
  trace(): Trace {
    return this.#simulation.trace()
  }

  /** The plan with everything that was done by hand as steps; a run that is not over ends where it stands. */
  plan(): Plan {
    const trace = this.trace()
    const plan = this.#simulation.plan()
    return trace.outcome === 'paused' ? { ...plan, horizon: Math.max(1, trace.end) } : plan
  }

  /** The run as a Scenario: the plan's pods with their behaviour, and everything that was done as steps. */
  scenario(): ScenarioDocument {
    return documentOfPlan(this.plan())
  }

  /** The run as the text of a Scenario file, which runs to the same digest. */
  toYaml(): string {
    return printScenario(this.scenario())
  }

  /** Draws of the recipe that the run has not asked for so far, by address. */
  unusedDraws(): string[] {
    return this.#simulation.unusedDraws()
  }

  #do(step: ReactionStep): void {
    this.#simulation.apply({ ...step, at: this.now })
  }

  #state(): ClusterState {
    return stateAt(this.trace(), this.now)
  }

  #objects(kind: string): readonly KubernetesObject[] {
    const state = this.#state()
    if (kind === 'Pod') return podsOf(state)
    if (kind === 'Node') return state.nodeSymbols().flatMap(symbol => state.node(symbol) ?? [])
    if (kind === 'Event') return state.events()
    if (isOwnerKind(kind)) return ownersOf(state).filter(object => object.kind === kind)
    const listed = new StoreView(this.trace()).advanceTo(this.now).list(kind) as readonly KubernetesObject[]
    const paths = new Set(listed.map(pathOf))
    const created = this.#createdByHand().filter(object => object.kind === kind && !paths.has(pathOf(object)))
    return [...listed, ...created]
  }

  /** What steps brought, which has no row where nobody in the run looks at it. */
  #createdByHand(): readonly KubernetesObject[] {
    const { rows } = this.trace()
    const { steps, reactions = [] } = this.#simulation.plan()
    const created = new Map<string, KubernetesObject>()
    for (let number = 0; number < rows.length; number++) {
      if (rows.kindOf(number) !== ROW.step) continue
      const { a } = rows.at(number)
      const step = a < 0 ? reactions[-1 - a].step : steps[a - 1]
      if (step.do === 'createObject') created.set(pathOf(step.object), step.object)
    }
    return [...created.values()]
  }

  #named(text: string, where: string): ObjectReference {
    return parseReference(text, where, this.#simulation.plan())
  }

  #podNamed(text: string, where: string): string {
    const { kind, namespace, name } = this.#named(text, where)
    const pods = podsOf(this.#state()).map(({ metadata }) => `${metadata.namespace}/${metadata.name}`)
    if (kind === 'Pod' && pods.includes(`${namespace}/${name}`)) return `${namespace}/${name}`
    throw unknown(where, 'a pod that exists', text, pods, `${namespace}/${name}`)
  }

  /** Path of the workload that is meant; undefined: something else is. */
  #workloadNamed(text: string, where: string): string | undefined {
    const { kind, namespace, name } = this.#named(text, where)
    if (!isOwnerKind(kind)) return undefined
    const paths = ownersOf(this.#state()).map(pathOf)
    const path = `${kind}/${namespace}/${name}`
    if (paths.includes(path)) return path
    const known = paths.map(wordOf)
    throw unknown(where, 'a workload that exists', text, known, wordOf(path))
  }

  #nodeNamed(text: string, where: string): string {
    const name = text.replace(/^(node|nodes|no)\//i, '')
    const nodes = this.#plan.nodes.map(({ metadata }) => metadata.name ?? '')
    if (nodes.includes(name)) return name
    throw unknown(where, 'a node', text, nodes, name)
  }
}

const ownersOf = (state: ClusterState): readonly KubernetesObject[] =>
  state.ownerSymbols().flatMap(symbol => state.owner(symbol) ?? [])

const pathOf = ({ kind, metadata }: KubernetesObject): string =>
  `${kind}/${metadata.namespace ?? 'default'}/${metadata.name}`

/** `shop/deployment/web` for the path `Deployment/shop/web`. */
function wordOf(path: string): string {
  const [kind, namespace, name] = path.split('/')
  return `${namespace}/${kind.toLowerCase()}/${name}`
}

const podsOf = (state: ClusterState): readonly Pod[] => state.podSymbols().flatMap(symbol => state.pod(symbol) ?? [])

function unknown(
  where: string,
  expected: string,
  text: string,
  names: readonly string[],
  wanted: string,
): PodwrightError {
  const nearest = nearestWord(wanted, names)
  const some = names.slice(0, 6).join(', ') || 'none'
  return new PodwrightError({
    code: 'UNKNOWN_OBJECT',
    where,
    problem: `expected ${expected}, got ${JSON.stringify(text.slice(0, 80))}`,
    hint: nearest === undefined ? `there are ${some}` : `did you mean ${nearest}?`,
  })
}

function wholeSeconds(grace: Span): number {
  const ms = readSpan(grace, 'grace')
  if (ms % 1000 === 0) return ms / 1000
  throw new PodwrightError({
    code: 'USAGE',
    where: 'grace',
    problem: `expected whole seconds, got ${JSON.stringify(grace)}`,
    hint: 'the API knows no finer grace period',
  })
}

/** A copy that nobody else can change, of what JSON can say. */
function plain(value: object, where: string): unknown {
  try {
    return JSON.parse(JSON.stringify(value)) as unknown
  } catch (error) {
    const problem = `expected plain data, got ${error instanceof Error ? error.message.split('\n')[0] : 'something else'}`
    throw new PodwrightError({ code: 'USAGE', where, problem })
  }
}
