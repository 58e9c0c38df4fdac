import { nearestWord, PodwrightError } from '../errors/index.js'
import type { Node } from '../model/index.js'
import { parseTarget } from './behaviour-target.js'
import type { Step } from './plan.js'
import type { DraftPod } from './plan-pods.js'
import type { ScenarioStep } from './scenario-file.js'

/** Turns a step of the Scenario file into steps of the plan: a workload's name stands for all of its pods. */
export function planSteps(step: ScenarioStep, pods: readonly DraftPod[], nodes: readonly Node[]): Step[] {
  const { at } = step
  switch (step.action) {
    case 'apply':
      return []
    case 'restartKubelet':
    case 'cordon':
    case 'uncordon':
      return [{ at, do: step.action, node: nodeNamed(step, nodes) }]
    case 'evict':
      return podsNamed(step, pods).map(pod => ({ at, do: 'evict', pod }))
    case 'delete': {
      const { gracePeriodSeconds } = step
      const grace = gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds }
      return podsNamed(step, pods).map(pod => ({ at, do: 'delete', pod, ...grace }))
    }
    case 'patch': {
      const { patchType: type, patch, subresource } = step
      const part = subresource === undefined ? {} : { subresource }
      return podsNamed(step, pods).map(pod => ({ at, do: 'patch', pod, type, patch, ...part }))
    }
  }
}

function nodeNamed(step: ScenarioStep, nodes: readonly Node[]): string {
  const wanted = step.subject.replace(/^(node|nodes|no)\//i, '')
  const names = nodes.map(({ metadata }) => metadata.name ?? '')
  if (names.includes(wanted)) return wanted
  throw unknown(step, `no node is named "${wanted}"`, wanted, names)
}

/** Names of the pods that `pod/web`, `deployment/web`, `web` or `shop/pod/web` means, as `namespace/name`. */
function podsNamed(step: ScenarioStep, pods: readonly DraftPod[]): string[] {
  const target = parseTarget(step.subject, step.where)
  const kind = target.kind ?? 'Pod'
  // `web` reads as a container's name and `shop/web` as a pod's container: here they are pods.
  const name = target.kind === undefined && target.name === undefined ? target.container : target.name
  const isTooLong = target.labels !== undefined || (target.container !== undefined && target.container !== name)
  if (isTooLong || name === undefined) {
    throw new PodwrightError({
      code: 'SCENARIO_INVALID',
      where: step.where,
      problem: `expected a pod or workload such as pod/web or deployment/web, got "${step.subject}"`,
      hint: target.labels === undefined ? 'with a namespace, write shop/pod/web' : undefined,
    })
  }
  const found = pods.filter(({ pod, owner }) => {
    const isIn = target.namespace === undefined || target.namespace === pod.metadata.namespace
    return isIn && (kind === 'Pod' ? pod.metadata.name === name : isOwner(owner, kind, name))
  })
  const paths = found.map(({ pod }) => `${pod.metadata.namespace}/${pod.metadata.name}`)
  const namespaces = [...new Set(found.map(({ pod }) => pod.metadata.namespace))]
  if (namespaces.length > 1) {
    throw new PodwrightError({
      code: 'SCENARIO_INVALID',
      where: step.where,
      problem: `"${step.subject}" is in the namespaces ${namespaces.join(' and ')}`,
      hint: `write ${namespaces[0]}/${kind.toLowerCase()}/${name}`,
    })
  }
  if (found.length > 0) return paths
  throw unknown(step, `nothing is named "${step.subject}"`, `${kind.toLowerCase()}/${name}`, subjectsOf(pods))
}

function isOwner(owner: string | undefined, kind: string, name: string): boolean {
  const [ownerKind, , ownerName] = owner?.split('/') ?? []
  return ownerKind === kind && ownerName === name
}

function subjectsOf(pods: readonly DraftPod[]): string[] {
  const owners = pods.flatMap(({ owner }) => {
    const [kind, , name] = owner?.split('/') ?? []
    return kind === undefined ? [] : [`${kind.toLowerCase()}/${name}`]
  })
  return [...new Set([...owners, ...pods.map(({ pod }) => `pod/${pod.metadata.name}`)])]
}

function unknown(step: ScenarioStep, problem: string, word: string, candidates: readonly string[]): PodwrightError {
  const nearest = nearestWord(word, candidates)
  const some = candidates.slice(0, 6).join(', ')
  return new PodwrightError({
    code: 'SCENARIO_INVALID',
    where: step.where,
    problem,
    hint: nearest === undefined ? `there are ${some}` : `the nearest is ${nearest}`,
  })
}
