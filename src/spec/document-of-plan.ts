import { PodwrightError } from '../errors/index.js'
import {
  type ContainerBehaviour,
  createNodes,
  DEFAULT_BEHAVIOUR,
  type ImageBehaviour,
  type Plan,
  type PlanPod,
  type ReactionStep,
  type ScenarioDocument,
  type StatedBehaviour,
  type StatedImage,
  type StatedStep,
  type StepAction,
} from '../scenario/index.js'

type StatedRule = ScenarioDocument['behaviours'][number]

/**
 * Says a plan as a Scenario: its pods as they are, each with its behaviour, and its steps. Run again it gives the same trace.
 *
 * @throws PodwrightError `USAGE` for what a Scenario cannot say: pods of one name that behave differently.
 */
export function documentOfPlan(plan: Plan): ScenarioDocument {
  const { kubernetes, horizon, objects, pods, steps, reactions = [] } = plan
  const late = pods.find(({ createdAt }) => createdAt > 0)
  if (late !== undefined) throw unsayable(late, 'that a plan creates by itself at a later instant')
  return {
    kubernetes,
    horizon,
    ...nodesOf(plan),
    manifests: [],
    objects: [...nodeObjects(plan), ...objects, ...pods.map(({ pod }) => pod)],
    behaviours: rulesOf(plan),
    steps: [
      ...steps.map(({ at, isLast, ...step }) => ({ at, ...(isLast ? { isLast } : {}), ...stated(step) }) as StatedStep),
      ...reactions.map(({ when, after, step }) => ({ when, after, ...stated(step) }) as StatedStep),
    ],
    expect: [],
  }
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Roomy nodes are a number; others are objects. */
const hasRoomyNodes = ({ nodes }: Plan): boolean =>
  isSame(
    nodes.map(({ metadata, spec }) => [metadata, spec]),
    createNodes(nodes.length).map(({ metadata, spec }) => [metadata, spec]),
  ) &&
  isSame(
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
    if (known !== undefined && !isSame([known.containers, known.sandbox], [planned.containers, planned.sandbox])) {
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
  if (!isSame(sandbox, DEFAULT_BEHAVIOUR.sandbox)) rules.push({ target, behaviour: { sandbox } })
  return rules
}

/** What differs from the defaults; what a process does is always said, since a Job's pod is printed without its Job. */
function statedBehaviour(behaviour: ContainerBehaviour): StatedBehaviour {
  const { runs, postStart, preStop, uses } = behaviour
  const probes = (['liveness', 'readiness', 'startup'] as const).flatMap(type => {
    const spans = behaviour[type]
    return isSame(spans, [DEFAULT_BEHAVIOUR.probe]) || spans.length === 0 ? [] : [[type, spans] as const]
  })
  return {
    runs,
    ...Object.fromEntries(probes),
    ...(isSame(postStart, DEFAULT_BEHAVIOUR.hook) ? {} : { postStart }),
    ...(isSame(preStop, DEFAULT_BEHAVIOUR.hook) ? {} : { preStop }),
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
      return { action: 'evict', subject: subjectOf(step.pod) }
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
      return { action: step.do, subject: step.node }
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

/** `default/web` is `pod/web`, `shop/web` is `shop/pod/web`. */
function subjectOf(pod: string): string {
  const [namespace, name] = pod.includes('/') ? pod.split('/') : ['default', pod]
  return namespace === 'default' ? `pod/${name}` : `${namespace}/pod/${name}`
}

const unsayable = ({ pod: { metadata } }: PlanPod, what: string): PodwrightError =>
  new PodwrightError({
    code: 'USAGE',
    where: 'scenario()',
    problem: `expected a run that a Scenario can say, got the pod ${metadata.namespace}/${metadata.name} ${what}`,
    hint: 'plan() answers the same run as data',
  })
