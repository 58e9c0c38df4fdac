import { nearestWord, PodwrightError } from '../errors/index.js'
import { isMadePodName, type Node, type Pod } from '../model/index.js'
import { parseTarget } from './behaviour-target.js'
import type { DrainFlags, ReactionStep } from './plan.js'
import type { DraftPod, DraftWorkload } from './plan-pods.js'
import { notControlled, rolloutStep, unreadFile } from './rollout-plan.js'
import type { Place, ScenarioStep } from './scenario-file.js'
import { shutdownGroups } from './shutdown-groups.js'

/** Who steps may be about. */
export interface StepSubjects {
  readonly pods: readonly DraftPod[]
  readonly workloads: readonly DraftWorkload[]
}

/**
 * Turns a step of a scenario into what the plan does. The name of a workload means the object where a controller runs it, and
 * all of its pods where they stand for it.
 */
export function planSteps(step: ScenarioStep, subjects: StepSubjects, nodes: readonly Node[]): ReactionStep[] {
  const workload = 'subject' in step ? workloadNamed(step.subject, subjects.workloads, step.where) : undefined
  if (workload !== undefined) return [workloadStep(step, workload)]
  const { where } = step
  switch (step.action) {
    case 'apply':
      return []
    case 'request':
      return [{ do: 'request', request: step.request }]
    case 'applyFile':
      throw unreadFile(step.path, where)
    case 'scale':
    case 'rolloutRestart':
    case 'rolloutUndo':
    case 'rolloutPause':
    case 'rolloutResume':
      throw notControlled(step.subject, podsNamed(step.subject, subjects, where).length, where)
    case 'restartKubelet':
    case 'cordon':
    case 'uncordon':
    case 'killKubelet':
    case 'startKubelet':
    case 'cutNetwork':
    case 'restoreNetwork':
      return [{ do: step.action, node: nodeNamed(step.subject, nodes, where) }]
    case 'drain':
      return [{ do: 'drain', node: nodeNamed(step.subject, nodes, where), ...drainFlags(step) }]
    case 'reboot':
      return [{ do: 'rebootNode', node: nodeNamed(step.subject, nodes, where), downFor: step.downFor }]
    case 'exhaust': {
      const left = step.left === undefined ? {} : { left: step.left }
      return [{ do: 'exhaustNode', node: nodeNamed(step.subject, nodes, where), resource: step.resource, ...left }]
    }
    case 'relieve':
      return [{ do: 'relieveNode', node: nodeNamed(step.subject, nodes, where), resource: step.resource }]
    case 'shutDown': {
      const downFor = step.downFor === undefined ? {} : { downFor: step.downFor }
      const node = nodeNamed(step.subject, nodes, where)
      return [{ do: 'shutDownNode', node, groups: shutdownGroups(step), ...downFor }]
    }
    case 'taint':
      return [{ do: 'taintNode', node: nodeNamed(step.subject, nodes, where), taints: step.taints }]
    case 'label':
      return [{ do: 'labelNode', node: nodeNamed(step.subject, nodes, where), labels: step.labels }]
    case 'evict':
      return podsNamed(step.subject, subjects, where).map(({ pod }) => ({ do: 'evict', pod: nameOf(pod) }))
    case 'delete': {
      if (isNode(step.subject)) return [{ do: 'deleteNode', node: nodeNamed(step.subject, nodes, where) }]
      const { gracePeriodSeconds } = step
      const grace = gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds }
      return podsNamed(step.subject, subjects, where).map(({ pod }) => ({ do: 'delete', pod: nameOf(pod), ...grace }))
    }
    case 'patch': {
      const { patchType: type, patch, subresource } = step
      if (isNode(step.subject)) return [{ do: 'patchNode', node: nodeNamed(step.subject, nodes, where), type, patch }]
      const part = subresource === undefined ? {} : { subresource }
      const found = podsNamed(step.subject, subjects, where)
      return found.map(({ pod }) => ({ do: 'patch', pod: nameOf(pod), type, patch, ...part }))
    }
    case 'setImage': {
      const { container, image } = step
      const found = podsNamed(step.subject, subjects, where)
      return found.map(({ pod }) => {
        const patch = { spec: imagesOf(container, image, pod, `pod/${pod.metadata.name}`, where) }
        return { do: 'patch', pod: nameOf(pod), type: 'strategic', patch }
      })
    }
  }
}

/** What a step does to an object that a controller runs. */
function workloadStep(step: ScenarioStep, { path, object, samples: [sample] }: DraftWorkload): ReactionStep {
  const { where } = step
  switch (step.action) {
    case 'delete':
      if (step.gracePeriodSeconds !== undefined)
        throw new PodwrightError({
          code: 'SCENARIO_INVALID',
          where,
          problem: `expected no grace period for ${path}, got ${step.gracePeriodSeconds} s`,
          hint: 'its pods are deleted by the garbage collector, each with its own',
        })
      return { do: 'deleteObject', object: path }
    case 'evict':
      return { do: 'evict', pod: path }
    case 'scale':
    case 'rolloutRestart':
    case 'rolloutUndo':
    case 'rolloutPause':
    case 'rolloutResume':
      return rolloutStep(step, path)
    case 'setImage': {
      const { container, image } = step
      const [, , name] = path.split('/')
      const subject = `${object.kind.toLowerCase()}/${name}`
      const template = { template: { spec: imagesOf(container, image, sample.pod, subject, where) } }
      const patch = { spec: object.kind === 'CronJob' ? { jobTemplate: { spec: template } } : template }
      return { do: 'patchObject', object: path, type: 'strategic', patch }
    }
    case 'patch':
      if (step.subresource === undefined)
        return { do: 'patchObject', object: path, type: step.patchType, patch: step.patch }
  }
  const problem = `expected a pod, got ${path}, whose status is its controller's`
  throw new PodwrightError({ code: 'SCENARIO_INVALID', where, problem })
}

/** The workload that `deployment/web` or `shop/deployment/web` means. */
function workloadNamed(subject: string, workloads: readonly DraftWorkload[], where: Place): DraftWorkload | undefined {
  if (workloads.length === 0 || isNode(subject)) return undefined
  const { kind, namespace, name, labels, container } = parseTarget(subject, where)
  if (kind === undefined || labels !== undefined || container !== undefined) return undefined
  const meant = workloads.filter(({ path }) => {
    const [itsKind, itsNamespace, itsName] = path.split('/')
    return itsKind === kind && itsName === name && (namespace === undefined || namespace === itsNamespace)
  })
  const found = [...new Map(meant.map(each => [each.path, each])).values()]
  if (found.length < 2) return found[0]
  const namespaces = found.map(({ path }) => path.split('/')[1])
  throw new PodwrightError({
    code: 'SCENARIO_INVALID',
    where,
    problem: `"${subject}" is in the namespaces ${namespaces.join(' and ')}`,
    hint: `write ${namespaces[0]}/${kind.toLowerCase()}/${name}`,
  })
}

/** Whether a step takes a workload away. */
export const removesWorkload = (step: ScenarioStep, path: string, { workloads }: StepSubjects): boolean =>
  step.action === 'delete' && workloadNamed(step.subject, workloads, step.where)?.path === path

/** Whether a step, which names nothing else, takes a pod away. */
export function removesPod(step: ScenarioStep, pod: DraftPod): boolean {
  if ((step.action !== 'delete' && step.action !== 'evict') || isNode(step.subject)) return false
  try {
    return podsNamed(step.subject, { pods: [pod], workloads: [] }, step.where).length > 0
  } catch (error) {
    // It names another pod, or none: that is told when the step itself is planned.
    if (error instanceof PodwrightError) return false
    throw error
  }
}

const nameOf = ({ metadata }: Pod): string => `${metadata.namespace}/${metadata.name}`

type Named = readonly { readonly name: string }[]
type Images = Readonly<Record<string, readonly { readonly name: string; readonly image: string }[]>>

/** As `kubectl set image`: the container of this name, or all of them, those of initialization included, for `*`. */
function imagesOf(container: string, image: string, { spec }: Pod, subject: string, where: Place): Images {
  const lists: readonly (readonly [string, Named])[] = [
    ['initContainers', spec.initContainers ?? []],
    ['containers', spec.containers],
  ]
  const names = lists.flatMap(([, list]) => list.map(({ name }) => name))
  if (container !== '*' && !names.includes(container))
    throw unknown(where, `${subject} has no container ${JSON.stringify(container)}`, container, names)
  const changed = lists.map(([key, list]) => {
    const meant = list.filter(({ name }) => container === '*' || name === container)
    return [key, meant.map(({ name }) => ({ name, image }))] as const
  })
  return Object.fromEntries(changed.filter(([, list]) => list.length > 0))
}

/** Of a step as it is stated: only what is said. */
function drainFlags(step: Extract<ScenarioStep, { readonly action: 'drain' }>): DrainFlags {
  const { ignoreDaemonSets, deleteEmptyDirData, force, gracePeriodSeconds, timeout } = step
  return {
    ...(ignoreDaemonSets === undefined ? {} : { ignoreDaemonSets }),
    ...(deleteEmptyDirData === undefined ? {} : { deleteEmptyDirData }),
    ...(force === undefined ? {} : { force }),
    ...(gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds }),
    ...(timeout === undefined ? {} : { timeout }),
  }
}

const NODE = /^(node|nodes|no)\//i
const isNode = (subject: string): boolean => NODE.test(subject)

function nodeNamed(subject: string, nodes: readonly Node[], where: Place): string {
  const wanted = subject.replace(NODE, '')
  const names = nodes.map(({ metadata }) => metadata.name ?? '')
  if (names.includes(wanted)) return wanted
  throw unknown(where, `no node is named "${wanted}"`, wanted, names)
}

/** The pods that `pod/web`, `deployment/web`, `web` or `shop/pod/web` means. */
function podsNamed(subject: string, { pods, workloads }: StepSubjects, where: Place): DraftPod[] {
  const target = parseTarget(subject, where)
  const kind = target.kind ?? 'Pod'
  // `web` reads as a container's name and `shop/web` as a pod's container: here they are pods.
  const name = target.kind === undefined && target.name === undefined ? target.container : target.name
  const isTooLong = target.labels !== undefined || (target.container !== undefined && target.container !== name)
  if (isTooLong || name === undefined) {
    throw new PodwrightError({
      code: 'SCENARIO_INVALID',
      where,
      problem: `expected a pod or workload such as pod/web or deployment/web, got "${subject}"`,
      hint: target.labels === undefined ? 'with a namespace, write shop/pod/web' : undefined,
    })
  }
  const meant = pods.filter(({ pod, owner }) => {
    const isIn = target.namespace === undefined || target.namespace === pod.metadata.namespace
    return isIn && (kind === 'Pod' ? pod.metadata.name === name : isOwner(owner, kind, name))
  })
  // A pod that is created again is one name.
  const found = [...new Map(meant.map(draft => [nameOf(draft.pod), draft])).values()]
  const namespaces = [...new Set(found.map(({ pod }) => pod.metadata.namespace))]
  if (namespaces.length > 1) {
    throw new PodwrightError({
      code: 'SCENARIO_INVALID',
      where,
      problem: `"${subject}" is in the namespaces ${namespaces.join(' and ')}`,
      hint: `write ${namespaces[0]}/${kind.toLowerCase()}/${name}`,
    })
  }
  if (found.length > 0) return found
  const made = kind === 'Pod' ? madePod(name, target.namespace ?? 'default', workloads) : undefined
  if (made !== undefined) return [made]
  throw unknown(where, `nothing is named "${subject}"`, `${kind.toLowerCase()}/${name}`, subjectsOf(pods, workloads))
}

/** A pod that a controller may make in the run, under the name that it draws. */
function madePod(name: string, namespace: string, workloads: readonly DraftWorkload[]): DraftPod | undefined {
  const maker = workloads.find(({ path }) => {
    const [, itsNamespace, itsName] = path.split('/')
    return itsNamespace === namespace && isMadePodName(itsName, name)
  })
  if (maker === undefined) return undefined
  const [sample] = maker.samples
  if (sample === undefined) return undefined
  return { ...sample, pod: { ...sample.pod, metadata: { ...sample.pod.metadata, name } } }
}

function isOwner(owner: string | undefined, kind: string, name: string): boolean {
  const [ownerKind, , ownerName] = owner?.split('/') ?? []
  return ownerKind === kind && ownerName === name
}

function subjectsOf(pods: readonly DraftPod[], workloads: readonly DraftWorkload[]): string[] {
  const paths = [...workloads.map(({ path }) => path), ...pods.map(({ owner }) => owner)]
  const owners = paths.flatMap(owner => {
    const [kind, , name] = owner?.split('/') ?? []
    return kind === undefined ? [] : [`${kind.toLowerCase()}/${name}`]
  })
  return [...new Set([...owners, ...pods.map(({ pod }) => `pod/${pod.metadata.name}`)])]
}

function unknown(where: Place, problem: string, word: string, candidates: readonly string[]): PodwrightError {
  const nearest = nearestWord(word, candidates)
  const some = candidates.slice(0, 6).join(', ')
  return new PodwrightError({
    code: 'SCENARIO_INVALID',
    where,
    problem,
    hint: nearest === undefined ? `there are ${some}` : `the nearest is ${nearest}`,
  })
}
