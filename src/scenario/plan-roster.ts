import type { Roster, RosterContainer, RosterPod, RosterWorkload } from '../expect/index.js'
import { podTemplateOf } from '../manifest/index.js'
import { isOwnerKind, type KubernetesObject, type Node, type PodTemplateSpec } from '../model/index.js'
import type { Plan, PlanPod, ReactionStep } from './plan.js'
import { requestedOwner } from './requested-pods.js'

/** Who takes part in a plan: its pods, those that its steps create included, its nodes and Services. */
export function planRoster({ pods, workloads = [], steps, reactions = [], nodes, objects }: Plan): Roster {
  const deeds = [...steps, ...reactions.map(({ step }) => step)]
  const created = deeds.flatMap(step => (step.do === 'create' ? [step.pod] : []))
  const later = deeds.flatMap(step => (step.do === 'createObject' ? [step.object] : []))
  const asked = deeds.flatMap(step => (step.do === 'request' ? (requestedOwner(step.request) ?? []) : []))
  const askedPods = asked.flatMap(pod => (pod.kind === 'Pod' ? [{ pod }] : []))
  const owners = [
    ...workloads.map(({ object }) => object),
    ...[...later, ...asked].filter(({ kind }) => isOwnerKind(kind)),
  ]
  const roster = rosterOfPods([...pods, ...created, ...askedPods], owners, nodes, [...objects, ...later])
  const named = new Set([...(roster.objects ?? []), ...deeds.flatMap(requestedObject)])
  return { ...roster, objects: [...named], steps: steps.length }
}

/** What a request may bring into being. */
function requestedObject(step: ReactionStep): string[] {
  if (step.do !== 'request') return []
  const { kind, namespace = 'default', name, object, patchType } = step.request
  const isMade = object !== undefined || patchType === 'apply'
  return isMade && isOwnerKind(kind) && name !== undefined ? [`${kind}/${namespace}/${name}`] : []
}

/** The same before there is a plan. */
export function rosterOfPods(
  pods: readonly Pick<PlanPod, 'pod' | 'owner'>[],
  workloads: readonly KubernetesObject[],
  nodes: readonly Node[],
  objects: readonly KubernetesObject[],
): Roster {
  return {
    // A pod that is created again is one name.
    pods: [...new Map(pods.map(each => [pathOf(each.pod), rosterPod(each)])).values()],
    workloads: workloads.flatMap(rosterWorkload),
    objects: [...workloads, ...objects].flatMap(it => (isOwnerKind(it.kind) ? [`${it.kind}/${pathOf(it)}`] : [])),
    nodes: nodes.map(({ metadata }) => metadata.name ?? ''),
    services: objects.flatMap(object => (object.kind === 'Service' ? [pathOf(object)] : [])),
  }
}

const pathOf = ({ metadata }: KubernetesObject): string => `${metadata.namespace ?? 'default'}/${metadata.name ?? ''}`

function rosterPod({ pod, owner }: Pick<PlanPod, 'pod' | 'owner'>): RosterPod {
  const { namespace = 'default', name = '' } = pod.metadata
  return {
    namespace,
    name,
    ...(owner === undefined ? {} : { owner }),
    containers: containersOf(pod),
  }
}

function rosterWorkload(object: KubernetesObject): RosterWorkload[] {
  const template = podTemplateOf(object)?.template
  return template === undefined
    ? []
    : [{ path: `${object.kind}/${pathOf(object)}`, containers: containersOf(template) }]
}

const containersOf = ({ spec }: Pick<PodTemplateSpec, 'spec'>): RosterContainer[] => [
  ...(spec.initContainers ?? []).map(({ name, restartPolicy }): RosterContainer => {
    return { name, role: restartPolicy === 'Always' ? 'sidecar' : 'init' }
  }),
  ...spec.containers.map(({ name }): RosterContainer => ({ name, role: 'container' })),
  ...(spec.ephemeralContainers ?? []).map(({ name }): RosterContainer => ({ name, role: 'ephemeral' })),
]
