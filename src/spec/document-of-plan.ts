import { PodwrightError } from '../errors/index.js'
import { isSameData } from '../model/index.js'
import {
  type ContainerBehaviour,
  createNodes,
  DEFAULT_BEHAVIOUR,
  type ImageBehaviour,
  type Plan,
  type PlanMetric,
  type PlanPod,
  type PlanTraffic,
  type ReactionStep,
  type ScenarioDocument,
  type StatedBehaviour,
  type StatedImage,
  type StatedMetric,
  type StatedStep,
  type StatedTraffic,
  type StepAction,
} from '../scenario/index.js'

type StatedRule = ScenarioDocument['behaviours'][number]

/**
 * Says a plan as a Scenario: its pods as they are, each with its behaviour, and its steps. Run again it gives the same trace.
 *
 * @throws PodwrightError `USAGE` for what a Scenario cannot say: pods of one name that behave differently.
 */
export function documentOfPlan(plan: Plan): ScenarioDocument {
  const { kubernetes, horizon, objects, pods, workloads = [], steps, reactions = [] } = plan
  const late = pods.find(({ createdAt }) => createdAt > 0)
  if (workloads.some(({ createdAt }) => createdAt > 0)) throw unsayableRun('a workload that comes at a later instant')
  const { rules = [], overrides = [] } = plan.behaviours ?? {}
  // Among themselves they rank as any; nothing in a Scenario says that some go before all others.
  if (rules.length > 0 && overrides.length > 0) throw unsayableRun('rules that go before those of a Scenario')
  if (late !== undefined) throw unsayable(late, 'that a plan creates by itself at a later instant')
  return {
    kubernetes,
    horizon,
    ...nodesOf(plan),
    manifests: [],
    objects: [
      ...nodeObjects(plan),
      ...objects,
      ...workloads.map(({ object }) => object),
      ...pods.map(({ pod }) => pod),
    ],
    behaviours: [...rulesOf(plan), ...rules, ...overrides],
    steps: [
      ...steps.map(({ at, isLast, ...step }) => ({ at, ...(isLast ? { isLast } : {}), ...stated(step) }) as StatedStep),
      ...reactions.map(({ when, after, step }) => ({ when, after, ...stated(step) }) as StatedStep),
    ],
    ...(plan.traffic === undefined ? {} : { traffic: plan.traffic.map(statedTraffic) }),
    ...(plan.metrics === undefined ? {} : { metrics: plan.metrics.map(statedMetric) }),
    expect: [],
  }
}

function statedTraffic({ service, port, requests, per, from, until, client }: PlanTraffic): StatedTraffic {
  return {
    service: service.replace(/^default\//, ''),
    ...(port === undefined ? {} : { port }),
    requests,
    per,
    ...(from === null ? {} : { from }),
    until,
    client,
  }
}

function statedMetric({ target, name, container, of, points, isLinear }: PlanMetric): StatedMetric {
  const [kind, namespace, object] = target?.split('/') ?? []
  const subject = kind === undefined ? undefined : `${namespace}/${kind.toLowerCase()}/${object}`
  return {
    ...(subject === undefined ? {} : { of: subject.replace(/^default\//, '') }),
    name,
    ...(container === undefined ? {} : { container }),
    points,
    ...(of === 'all' && target !== undefined ? { isShared: true as const } : {}),
    ...(isLinear === undefined ? {} : { isLinear }),
  }
}

/** Roomy nodes are a number; others are objects. */
const hasRoomyNodes = ({ nodes }: Plan): boolean =>
  isSameData(
    nodes.map(({ metadata, spec }) => [metadata, spec]),
    createNodes(nodes.length).map(({ metadata, spec }) => [metadata, spec]),
  ) &&
  isSameData(
    nodes.map(({ status }) => status.allocatable),
    createNodes(nodes.length).map(({ status }) => status.allocatable),
  )

const nodesOf = (plan: Plan): { readonly nodes?: number } =>
  hasRoomyNodes(plan) && plan.nodes.length > 1 ? { nodes: plan.nodes.length } : {}

const nodeObjects = (plan: Plan): readonly object[] => (hasRoomyNodes(plan) ? [] : plan.nodes)

function rulesOf({ pods, steps, reactions = [], images }: Plan): StatedRule[] {
  const byPod = new Map<string, PlanPod>()
  const created = [...steps, ...reactions.map(({ step }) => step)].flatMap(step =>
    step.do === 'create' ? [step.pod] : [],
  )
  for (const planned of [...pods, ...created]) {
    const { namespace, name } = planned.pod.metadata
    const known = byPod.get(`${namespace}/${name}`)
    if (known !== undefined && !isSameData([known.containers, known.sandbox], [planned.containers, planned.sandbox])) {
      throw unsayable(planned, 'that behaves differently from an earlier pod of its name')
    }
    byPod.set(`${namespace}/${name}`, planned)
  }
  const rules = [...byPod.values()].flatMap(rulesOfPod)
  const stated = Object.entries(images).map(([image, behaviour]) => [image, statedImage(behaviour)] as const)
  if (stated.length > 0) rules.push({ target: {}, behaviour: { images: Object.fromEntries(stated) } })
  return rules
}

function rulesOfPod({ pod, containers, sandbox }: PlanPod): StatedRule[] {
  const { namespace, name } = pod.metadata
  const target = { ...(namespace === 'default' ? {} : { namespace }), kind: 'Pod' as const, name }
  const rules = Object.entries(containers).map(([container, behaviour]): StatedRule => {
    return { target: { ...target, container }, behaviour: statedBehaviour(behaviour) }
  })
  if (!isSameData(sandbox, DEFAULT_BEHAVIOUR.sandbox)) rules.push({ target, behaviour: { sandbox } })
  return rules
}

/** What differs from the defaults; what a process does is always said, since a Job's pod is printed without its Job. */
function statedBehaviour(behaviour: ContainerBehaviour): StatedBehaviour {
  const { runs, postStart, preStop, serves, uses } = behaviour
  const probes = (['liveness', 'readiness', 'startup'] as const).flatMap(type => {
    const spans = behaviour[type]
    return isSameData(spans, [DEFAULT_BEHAVIOUR.probe]) || spans.length === 0 ? [] : [[type, spans] as const]
  })
  return {
    runs,
    ...Object.fromEntries(probes),
    ...(isSameData(postStart, DEFAULT_BEHAVIOUR.hook) ? {} : { postStart }),
    ...(isSameData(preStop, DEFAULT_BEHAVIOUR.hook) ? {} : { preStop }),
    ...(serves === undefined ? {} : { serves }),
    ...(uses === undefined ? {} : { uses }),
  }
}

const statedImage = ({ alwaysFails, ...rest }: ImageBehaviour): StatedImage => ({
  ...rest,
  ...(alwaysFails === null ? {} : { alwaysFails }),
})

function stated(step: ReactionStep): StepAction {
  switch (step.do) {
    case 'create':
      return { action: 'apply', object: step.pod.pod }
    case 'createObject':
      return { action: 'apply', object: step.object }
    case 'delete': {
      const { gracePeriodSeconds } = step
      const grace = gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds }
      return { action: 'delete', subject: subjectOf(step.pod), ...grace }
    }
    case 'evict':
      return { action: 'evict', subject: isWorkload(step.pod) ? workloadOf(step.pod) : subjectOf(step.pod) }
    case 'patch': {
      const { type: patchType, patch, subresource } = step
      const part = subresource === undefined ? {} : { subresource }
      return { action: 'patch', subject: subjectOf(step.pod), patchType, patch, ...part }
    }
    case 'restartKubelet':
    case 'cordon':
    case 'uncordon':
    case 'killKubelet':
    case 'startKubelet':
    case 'cutNetwork':
    case 'restoreNetwork':
      return { action: step.do, subject: step.node }
    case 'deletePods':
    case 'evictPods':
      throw unsayableRun(`a step about the pods of ${step.namespace}`)
    case 'request':
      return { action: 'request', request: step.request }
    case 'patchObject':
      return { action: 'patch', subject: workloadOf(step.object), patchType: step.type, patch: step.patch }
    case 'deleteObject':
      if (step.propagationPolicy !== undefined) throw unsayableRun(`a deletion with ${step.propagationPolicy}`)
      return { action: 'delete', subject: workloadOf(step.object) }
    case 'scale':
      return { action: 'scale', subject: workloadOf(step.object), replicas: step.replicas }
    case 'rollout': {
      const subject = workloadOf(step.object)
      if (step.verb !== 'undo') return { action: ROLLOUT_ACTIONS[step.verb], subject }
      const { toRevision } = step
      return { action: 'rolloutUndo', subject, ...(toRevision === undefined ? {} : { toRevision }) }
    }
    case 'drain': {
      const { do: _, node, ...flags } = step
      return { action: 'drain', subject: node, ...flags }
    }
    case 'rebootNode':
      return { action: 'reboot', subject: step.node, downFor: step.downFor }
    case 'exhaustNode': {
      const left = step.left === undefined ? {} : { left: step.left }
      return { action: 'exhaust', subject: step.node, resource: step.resource, ...left }
    }
    case 'relieveNode':
      return { action: 'relieve', subject: step.node, resource: step.resource }
    case 'shutDownNode': {
      const { node, groups, downFor } = step
      const part = downFor === undefined ? {} : { downFor }
      // No groups are no grace.
      return { action: 'shutDown', subject: node, ...(groups.length === 0 ? {} : { byPodPriority: groups }), ...part }
    }
    case 'deleteNode':
      return { action: 'delete', subject: `node/${step.node}` }
    case 'taintNode':
      return { action: 'taint', subject: step.node, taints: step.taints }
    case 'labelNode':
      return { action: 'label', subject: step.node, labels: step.labels }
    case 'patchNode':
      return { action: 'patch', subject: `node/${step.node}`, patchType: step.type, patch: step.patch }
  }
}

const isWorkload = (reference: string): boolean => reference.split('/').length === 3

/** `Deployment/default/web` is `deployment/web`, in another namespace `shop/deployment/web`. */
function workloadOf(path: string): string {
  const [kind, namespace, name] = path.split('/')
  return `${namespace === 'default' ? '' : `${namespace}/`}${kind.toLowerCase()}/${name}`
}

/** `default/web` is `pod/web`, `shop/web` is `shop/pod/web`. */
function subjectOf(pod: string): string {
  const [namespace, name] = pod.includes('/') ? pod.split('/') : ['default', pod]
  return namespace === 'default' ? `pod/${name}` : `${namespace}/pod/${name}`
}

const unsayable = ({ pod: { metadata } }: PlanPod, what: string): PodwrightError =>
  unsayableRun(`the pod ${metadata.namespace}/${metadata.name} ${what}`)

const ROLLOUT_ACTIONS = { restart: 'rolloutRestart', pause: 'rolloutPause', resume: 'rolloutResume' } as const

const unsayableRun = (what: string): PodwrightError =>
  new PodwrightError({
    code: 'USAGE',
    where: 'scenario()',
    problem: `expected a run that a Scenario can say, got ${what}`,
    hint: 'plan() answers the same run as data',
  })
