import {
  compileNode,
  effectiveAmounts,
  type FilterArgs,
  NodeUse,
  nodeAffinity,
  nodeAffinityPreFilter,
  nodeResourcesFit,
  type PodVersion,
  type Refusal,
  shortages,
  taintToleration,
  toResources,
} from '../../cluster/index.js'
import type { Node, NodeAffinity, Pod } from '../../model/index.js'
import { createEnvironment, versionOf } from './engine-objects.js'
import type { Answer } from './table.js'
import { type Partly, wholeNode, wholeNodeAffinity, wholePod } from './whole-objects.js'

interface Input {
  readonly pod?: Partly<Pod>
  readonly node?: Partly<Node>
  readonly existingPods?: readonly Partly<Pod>[] | null
  readonly args?: ArgsObject | null
  /** Gates; absent ones are as in v1.33, but pod-level resources count where a pod has them. */
  readonly sidecarContainersEnabled?: boolean
  readonly podLevelResourcesEnabled?: boolean
}

type ArgsObject = Omit<FilterArgs, 'addedAffinity'> & { readonly addedAffinity?: Partly<NodeAffinity> | null }

/** The plugin that each of upstream's tests asks; the others ask whether a node has enough. */
const PLUGINS = { TaintToleration: taintToleration, NodeAffinity: nodeAffinity } as const

/** Told by the plugin where sidecars are turned off, as they are in no release that podwright models (gate SidecarContainers). */
const WITHOUT_SIDECARS = 'Pod has a restartable init container and the SidecarContainers feature is disabled'

/** scheduler: plugins/{noderesources,tainttoleration,nodeaffinity}/*_test.go. */
export function answerFit(input: unknown, table: string): Answer {
  const given = input as Input
  const environment = createEnvironment()
  const arePodLevel = given.podLevelResourcesEnabled ?? true
  const versionWithResources = (pod: Partly<Pod>): PodVersion => {
    const version = versionOf(environment, wholePod(pod))
    const amounts = effectiveAmounts(version.spec.object.spec, 'requests', { podLevelResources: arePodLevel })
    return { ...version, spec: { ...version.spec, requests: toResources(amounts) } }
  }
  const pod = versionWithResources(given.pod ?? {})
  const node = compileNode(environment.symbols, wholeNode(given.node), 0, new Map())
  const use = new NodeUse()
  for (const existing of given.existingPods ?? []) use.add(versionWithResources(existing))
  const args = argsOf(given.args)
  const preFilter = preFilterOf(pod, table, args, given.sidecarContainersEnabled ?? true)
  const plugin = PLUGINS[table as keyof typeof PLUGINS] ?? nodeResourcesFit
  const refusal = plugin({ pod, node, use, profile: environment.profile, args })
  const isResources = plugin === nodeResourcesFit
  const isRefusedBefore = isResources && preFilter.reason !== undefined
  return {
    ...(isRefusedBefore ? refusedAnswer([preFilter.reason ?? ''], false) : filterAnswer(refusal)),
    insufficient: isResources && !isRefusedBefore ? shortages(pod.spec.requests, node, use, args) : [],
    preFilter: { code: preFilter.code, ...(preFilter.reason === undefined ? {} : { reason: preFilter.reason }) },
    preFilterNodeNames: preFilter.nodeNames === undefined ? null : [...preFilter.nodeNames].sort(),
  }
}

const filterAnswer = (refusal: Refusal | null): Answer =>
  refusal === null ? { fits: true, reasons: [] } : refusedAnswer(refusal.reasons, refusal.isResolvable)

const refusedAnswer = (reasons: readonly string[], isResolvable: boolean): Answer => ({
  fits: false,
  reasons,
  code: isResolvable ? 'Unschedulable' : UNRESOLVABLE,
})

const UNRESOLVABLE = 'UnschedulableAndUnresolvable'

interface PreFilterAnswer {
  readonly code: string
  readonly reason?: string | undefined
  readonly nodeNames?: ReadonlySet<string> | undefined
}

function preFilterOf(
  { spec }: PodVersion,
  table: string,
  args: FilterArgs | undefined,
  areSidecarsEnabled: boolean,
): PreFilterAnswer {
  if (table !== 'NodeAffinity') {
    return spec.hasSidecars && !areSidecarsEnabled
      ? { code: UNRESOLVABLE, reason: WITHOUT_SIDECARS }
      : { code: 'Success' }
  }
  const { isSkipped, refusal, nodeNames } = nodeAffinityPreFilter(spec.object.spec, args?.addedAffinity)
  return { code: isSkipped ? 'Skip' : refusal === undefined ? 'Success' : UNRESOLVABLE, reason: refusal, nodeNames }
}

function argsOf(args: ArgsObject | null | undefined): FilterArgs | undefined {
  if (args === null || args === undefined) return undefined
  const { addedAffinity, ...rest } = args
  return { ...rest, addedAffinity: addedAffinity ? wholeNodeAffinity(addedAffinity) : undefined }
}
