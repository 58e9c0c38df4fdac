import { match, P } from 'ts-pattern'
import { nearestWord, PodwrightError } from '../errors/index.js'
import { PRIORITY } from '../kernel/index.js'
import { controllerOf, type KubernetesObject, type ObjectMeta } from '../model/index.js'
import type { Plan, ReactionStep, Step } from '../scenario/index.js'
import { formatDuration } from '../time/index.js'
import { ROW } from '../trace/index.js'
import type { ApiMachinery } from './api-machinery.js'
import { type EvictionParts, type NodeStore, type ObjectStore, OWN_GRACE, type Store } from './api-server/index.js'
import { type Environment, notFoundError, OP, type PodVersion } from './contract/index.js'
import { describeRequest } from './describe-request.js'
import type { Drains } from './drains.js'
import type { NodeCluster } from './node-cluster.js'
import { isNodeStep, NodeSteps } from './node-steps.js'
import { ObjectSteps } from './object-steps.js'
import { podPath } from './pod-identity.js'
import { PodSteps } from './pod-steps.js'
import type { PreparedPlan } from './prepared-plan.js'
import type { RunRegister } from './run-register.js'

/** Hears of what a step has created. */
type ObjectListener = (object: KubernetesObject, cause: number) => void

/** What steps work on. */
export interface StepParts {
  readonly environment: Environment
  readonly store: Store
  /** Those of the controllers, which are wired when something is asked of them for the first time. */
  readonly objects: () => ObjectStore
  readonly register: RunRegister
  readonly nodes: NodeStore
  readonly nodeCluster: NodeCluster
  readonly drains: Drains
  readonly evictions: EvictionParts
  readonly api: ApiMachinery
  readonly objectCreated: ObjectListener
}

/**
 * Carries out the plan's steps, its reactions, and what is given by hand while a run is paused.
 *
 * Each is an entry of the queue. What is given by hand comes after all else of its instant, which is what `isLast` says of a
 * step of a plan: so a run that was driven by hand and the run of the plan it left behind are one and the same.
 */
export class StepRunner {
  readonly #environment: Environment
  readonly #store: Store
  readonly #prepared: PreparedPlan
  readonly #nodeSteps: NodeSteps
  readonly #drains: Drains
  readonly #pods: PodSteps
  readonly #objectCreated: ObjectListener
  readonly #objects: ObjectSteps
  readonly #api: ApiMachinery
  /** Given by hand, after the plan's. */
  #added: Step[] = []
  #nextPod = 0
  #createdBySteps: number[] = []
  /** By the step's number: symbols of its texts, and of the pod that it is about. */
  readonly #texts = new Map<number, { readonly step: ReactionStep; readonly subject: number; readonly what: number }>()
  readonly #targets = new Map<number, number>()

  constructor(parts: StepParts, prepared: PreparedPlan) {
    const { environment, store, objects, register, nodes, nodeCluster, drains, evictions, api, objectCreated } = parts
    this.#api = api
    this.#environment = environment
    this.#drains = drains
    this.#objectCreated = objectCreated
    this.#store = store
    this.#prepared = prepared
    this.#nodeSteps = new NodeSteps(environment, nodes, nodeCluster, drains)
    this.#objects = new ObjectSteps(environment, store, objects, api)
    this.#pods = new PodSteps({ environment, store, register, evictions, admission: api.admission }, prepared)
    api.wire(this.#pods)
  }

  get added(): readonly Step[] {
    return this.#added
  }

  /** Queues the plan: its pods at the times of their creation, its steps at theirs. */
  reset(): void {
    const { kernel } = this.#environment
    const { plan } = this.#prepared
    this.#added = []
    this.#createdBySteps = []
    this.#pods.reset()
    // Volumes first, so that claims find them whatever the order in which they were written.
    for (const kind of ['PersistentVolume', 'PersistentVolumeClaim'])
      for (const object of plan.objects) if (object.kind === kind) this.#objects.create(object, -1)
    const { reactions = [] } = plan
    const reactionPods = reactions.filter(({ step }) => step.do === 'create').length
    this.#nextPod = plan.pods.length + reactionPods
    for (let i = 0; i < plan.pods.length; i++) kernel.schedule(plan.pods[i].createdAt, OP.step, i, -1)
    const { workloads = [] } = plan
    for (let i = 0; i < workloads.length; i++) kernel.schedule(workloads[i].createdAt, OP.createWorkload, i, -1)
    plan.steps.forEach((step, i) => {
      kernel.schedule(step.at, OP.step, plan.pods.length + i, -1, priorityOf(step))
      if (step.do === 'create') this.#createdBySteps[i] = this.#nextPod++
    })
  }

  /** Queues something that is done by hand, after what is still due at this instant. */
  add(step: Step): void {
    const { plan } = this.#prepared
    const { kernel } = this.#environment
    const number = plan.pods.length + plan.steps.length + this.#added.length
    this.#added.push({ ...step, at: kernel.now, isLast: true })
    kernel.schedule(kernel.now, OP.step, number, -1, PRIORITY.last)
  }

  /** Queues what a reaction of the plan does: what it waits for has happened now. */
  react(reaction: number): void {
    const { kernel } = this.#environment
    const { after } = (this.#prepared.plan.reactions ?? [])[reaction]
    kernel.schedule(kernel.now + after, OP.step, -1 - reaction, -1)
  }

  /** A workload object of the plan comes into being. */
  createWorkload(index: number): void {
    const workload = (this.#prepared.plan.workloads ?? [])[index]
    this.#objects.create(workload.object, -1)
  }

  run(number: number): void {
    const { plan, pods } = this.#prepared
    if (number < 0) {
      this.#react(-1 - number)
      return
    }
    if (number < plan.pods.length) {
      this.#pods.admit(pods[number], plan.pods[number], -1)
      return
    }
    const index = number - plan.pods.length
    const step = index < plan.steps.length ? plan.steps[index] : this.#added[index - plan.steps.length]
    this.#do(step, index + 1, this.#createdBySteps[index])
  }

  /** Reactions are numbered downwards from −1, beside the steps. */
  #react(reaction: number): void {
    const { plan } = this.#prepared
    const { reactions = [] } = plan
    const { step } = reactions[reaction]
    const before = reactions.slice(0, reaction).filter(each => each.step.do === 'create').length
    const created = step.do === 'create' ? plan.pods.length + before : undefined
    this.#do(step, -1 - reaction, created)
  }

  /** `created` is the index of the compiled pod that a `create` is about; undefined for one that the plan does not know. */
  #do(step: ReactionStep, number: number, created: number | undefined): void {
    const { kernel, trace, symbols } = this.#environment
    // Texts of steps are interned once: a plan is run many times.
    let texts = this.#texts.get(number)
    if (texts === undefined || texts.step !== step) {
      const subject = number < 0 ? `Reaction/${-number}` : `Step/${number}`
      texts = { step, subject: symbols.intern(subject), what: symbols.intern(describeStep(step)) }
      this.#texts.set(number, texts)
    }
    const cause = trace.append(kernel.now, ROW.step, texts.subject, number, texts.what, 0, -1)
    if (isNodeStep(step)) {
      this.#nodeSteps.carryOut(step, cause)
      return
    }
    switch (step.do) {
      case 'create':
        this.#pods.create(created, step.pod, cause)
        break
      case 'createObject':
        this.#objects.create(step.object, cause)
        this.#objectCreated(step.object, cause)
        this.#drains.wake()
        break
      case 'delete':
        this.#withPod(number, step.pod, cause, pod =>
          this.#store.deletePod(pod.identity.index, step.gracePeriodSeconds ?? OWN_GRACE, cause),
        )
        break
      case 'evict':
        if (isWorkloadPath(step.pod)) for (const pod of this.#podsOf(step.pod)) this.#pods.evict(pod, cause)
        else this.#withPod(number, step.pod, cause, pod => this.#pods.evict(pod, cause))
        break
      case 'deletePods':
      case 'evictPods':
        this.#forPods(step, cause)
        break
      case 'patch':
        this.#withPod(number, step.pod, cause, pod => this.#pods.patch(pod, step, cause))
        break
      case 'patchObject':
        this.#objects.patch(step, cause)
        this.#drains.wake()
        break
      case 'scale':
      case 'rollout':
        this.#objects.roll(step, cause)
        this.#drains.wake()
        break
      case 'deleteObject':
        this.#objects.delete(step, cause)
        this.#drains.wake()
        break
      case 'request':
        this.#api.requests.handle(step.request, cause)
        this.#drains.wake()
        break
    }
  }

  /** The pods that a workload has now: of a Deployment those of its ReplicaSets. */
  #podsOf(workload: string): readonly PodVersion[] {
    const isBelow = (metadata: ObjectMeta, namespace: string): boolean => {
      const owner = controllerOf(metadata)
      if (owner === undefined) return false
      if (`${owner.kind}/${namespace}/${owner.name}` === workload) return true
      const above = this.#store.find(owner.kind, namespace, owner.name)
      return above !== null && isBelow(above.metadata, namespace)
    }
    return this.#store.pods().filter(({ spec, identity }) => isBelow(spec.object.metadata, identity.namespace))
  }

  #forPods({ do: what, namespace, most }: Extract<ReactionStep, { readonly namespace: string }>, cause: number): void {
    const pods = this.#store.pods().filter(({ identity }) => identity.namespace === namespace)
    for (const pod of pods.slice(0, most)) {
      if (what === 'evictPods') this.#pods.evict(pod, cause)
      else this.#store.deletePod(pod.identity.index, OWN_GRACE, cause)
    }
  }

  #withPod(number: number, reference: string, cause: number, act: (pod: PodVersion) => void): void {
    const known = this.#targets.get(number)
    const target = known === undefined ? null : this.#store.podAt(known)
    if (target !== null) {
      act(target)
      return
    }
    const name = reference.slice(reference.indexOf('/') + 1)
    const namespace = reference.includes('/') ? reference.slice(0, reference.indexOf('/')) : 'default'
    const path = this.#environment.symbols.find(podPath(namespace, name))
    const pod = path === undefined ? null : this.#store.podAt(path)
    if (path !== undefined) this.#targets.set(number, path)
    if (pod !== null) {
      act(pod)
      return
    }
    const isKnown = this.#prepared.pods.some(
      ({ identity }) => identity.name === name && identity.namespace === namespace,
    )
    // Where controllers make pods, no name is unknown: there may have been another one.
    if (isKnown || hasWorkloads(this.#prepared.plan)) {
      const missing = this.#environment.symbols.intern(podPath(namespace, name))
      this.#refuse(missing, notFoundError('Pod', name).message, cause)
      return
    }
    const near = nearestWord(
      reference,
      this.#prepared.pods.map(({ identity }) => `${identity.namespace}/${identity.name}`),
    )
    throw new PodwrightError({
      code: 'UNKNOWN_OBJECT',
      where: 'step',
      problem: `expected a pod of the plan, got ${JSON.stringify(reference)}`,
      hint: near === undefined ? undefined : `did you mean ${near}?`,
    })
  }

  #refuse(object: number, message: string, cause: number): void {
    const { kernel, trace, symbols } = this.#environment
    trace.append(kernel.now, ROW.refused, object, symbols.intern(message), 0, 0, cause)
  }
}

/** `Deployment/default/web`; a pod is `default/web`. */
const isWorkloadPath = (reference: string): boolean => reference.split('/').length === 3

const hasWorkloads = ({ workloads = [] }: Plan): boolean => workloads.length > 0

const priorityOf = ({ isLast }: Step): number => (isLast === true ? PRIORITY.last : PRIORITY.normal)

/** One line for the timeline. */
const describeStep = (step: ReactionStep): string =>
  match(step)
    .with({ do: 'create' }, ({ pod }) => `create pod ${pod.pod.metadata.name}`)
    .with({ do: 'createObject' }, ({ object }) => `create ${object.kind} ${object.metadata.name}`)
    .with({ do: 'delete', gracePeriodSeconds: P.number }, ({ pod, gracePeriodSeconds }) => {
      return `delete pod ${pod}, grace ${formatDuration(gracePeriodSeconds * 1000)}`
    })
    .with({ do: 'evict' }, ({ pod }) => (isWorkloadPath(pod) ? `evict the pods of ${pod}` : `evict pod ${pod}`))
    .with({ do: P.union('delete', 'patch') }, ({ do: what, pod }) => `${what} pod ${pod}`)
    .with({ do: 'deletePods' }, ({ namespace }) => `delete the pods of ${namespace}`)
    .with({ do: 'evictPods' }, ({ namespace, most }) => `evict ${most === 1 ? 'a pod' : 'the pods'} of ${namespace}`)
    .with({ do: 'scale' }, ({ object, replicas }) => `scale ${object} to ${replicas}`)
    .with({ do: 'rollout' }, ({ verb, object, toRevision }) => {
      return `rollout ${verb} ${object}${toRevision === undefined ? '' : ` to revision ${toRevision}`}`
    })
    .with({ do: 'patchObject' }, ({ object }) => `patch ${object}`)
    .with({ do: 'deleteObject' }, ({ object, propagationPolicy }) => {
      return `delete ${object}${propagationPolicy === undefined ? '' : `, ${propagationPolicy}`}`
    })
    .with({ do: P.union('cordon', 'uncordon') }, ({ do: what, node }) => `${what} node ${node}`)
    .with({ do: 'request' }, ({ request }) => describeRequest(request))
    .with({ do: 'restartKubelet' }, ({ node }) => `restart the kubelet of ${node}`)
    .with({ do: 'killKubelet' }, ({ node }) => `kill the kubelet of ${node}`)
    .with({ do: 'startKubelet' }, ({ node }) => `start the kubelet of ${node}`)
    .with({ do: 'rebootNode' }, ({ node, downFor }) => `reboot node ${node}, down for ${formatDuration(downFor)}`)
    .with(
      { do: 'shutDownNode' },
      ({ node, groups }) => `${groups.length === 0 ? 'switch off' : 'shut down'} node ${node}`,
    )
    .with({ do: 'exhaustNode' }, ({ node, resource, left }) => {
      return `exhaust ${resource} of node ${node}${left === undefined ? '' : `, ${left} left`}`
    })
    .with({ do: 'relieveNode' }, ({ node, resource }) => `relieve ${resource} of node ${node}`)
    .with({ do: 'drain' }, ({ node, gracePeriodSeconds, timeout }) => {
      const grace = gracePeriodSeconds === undefined ? '' : `, grace ${formatDuration(gracePeriodSeconds * 1000)}`
      return `drain node ${node}${grace}${timeout === undefined ? '' : `, timeout ${formatDuration(timeout)}`}`
    })
    .with({ do: 'deleteNode' }, ({ node }) => `delete node ${node}`)
    .with({ do: 'taintNode' }, ({ node, taints }) => `taint node ${node} ${taints.join(' ')}`)
    .with({ do: 'labelNode' }, ({ node, labels }) => `label node ${node} ${labelWords(labels)}`)
    .with({ do: 'patchNode' }, ({ node }) => `patch node ${node}`)
    .with({ do: 'cutNetwork' }, ({ node }) => `cut the network of ${node}`)
    .with({ do: 'restoreNetwork' }, ({ node }) => `restore the network of ${node}`)
    .exhaustive()

/** As `kubectl label` has them: `a=b c-`. */
const labelWords = (labels: Readonly<Record<string, string | null>>): string =>
  Object.entries(labels)
    .map(([key, value]) => (value === null ? `${key}-` : `${key}=${value}`))
    .join(' ')
