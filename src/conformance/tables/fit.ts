import {
  compileNode,
  createNodeAffinity,
  createNodeResourcesFit,
  createTaintToleration,
  type Environment,
  effectiveAmounts,
  type IgnoredResources,
  type NodeAffinityArgs,
  type ObjectLister,
  type Plugin,
  type PodFilter,
  type PodVersion,
  podInfoOf,
  type Refusal,
  SchedulerCache,
  shortages,
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

type FilterArgs = NodeAffinityArgs & IgnoredResources
type ArgsObject = Omit<FilterArgs, 'addedAffinity'> & { readonly addedAffinity?: Partly<NodeAffinity> | null }

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
  const record = compileNode(environment.symbols, wholeNode(given.node), 0, new Map())
  const cache = new SchedulerCache(NO_OBJECTS, [])
  cache.reset([record])
  const [node] = cache.nodes
  ;(given.existingPods ?? []).forEach((existing, i) => {
    const version = versionWithResources(existing)
    cache.add({ ...version, identity: { ...version.identity, index: i + 1 } }, node)
  })
  const args = argsOf(given.args)
  const info = podInfoOf(pod.spec)
  const plugin = pluginOf(table, environment, args)
  const preFilter = preFilterOf(plugin, pod, cache, given.sidecarContainersEnabled ?? true)
  const refusal = preFilter.filter?.filter(info, node) ?? null
  const isResources = plugin.name === 'NodeResourcesFit'
  const isRefusedBefore = isResources && preFilter.reason !== undefined
  const { code, reason, nodeNames } = preFilter
  return {
    ...(isRefusedBefore ? refusedAnswer([reason ?? ''], false) : filterAnswer(refusal)),
    insufficient: isResources && !isRefusedBefore ? shortages(pod.spec.requests, record, node.use, args) : [],
    preFilter: { code, ...(reason === undefined ? {} : { reason }) },
    preFilterNodeNames: nodeNames === undefined ? null : [...nodeNames].sort(),
  }
}

/** The plugin that each of upstream's tests asks; the others ask whether a node has enough. */
function pluginOf(table: string, { profile }: Environment, args: FilterArgs | undefined): Plugin {
  switch (table) {
    case 'TaintToleration':
      return createTaintToleration(profile)
    case 'NodeAffinity':
      return createNodeAffinity(args)
    default:
      return createNodeResourcesFit(profile, args)
  }
}

const NO_OBJECTS: ObjectLister = { find: () => null, list: () => [] }

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
  readonly filter: PodFilter | null
  readonly reason?: string | undefined
  readonly nodeNames?: ReadonlySet<string> | undefined
}

function preFilterOf(
  plugin: Plugin,
  { spec }: PodVersion,
  cache: SchedulerCache,
  areSidecarsEnabled: boolean,
): PreFilterAnswer {
  const { filter, refusal: reason, nodeNames } = plugin.preFilter?.(podInfoOf(spec), cache) ?? { filter: null }
  if (plugin.name !== 'NodeAffinity') {
    return spec.hasSidecars && !areSidecarsEnabled
      ? { code: UNRESOLVABLE, reason: WITHOUT_SIDECARS, filter }
      : { code: 'Success', filter }
  }
  const code = filter === null ? 'Skip' : reason === undefined ? 'Success' : UNRESOLVABLE
  return { code, reason, nodeNames, filter }
}

function argsOf(args: ArgsObject | null | undefined): FilterArgs | undefined {
  if (args === null || args === undefined) return undefined
  const { addedAffinity, ...rest } = args
  return { ...rest, addedAffinity: addedAffinity ? wholeNodeAffinity(addedAffinity) : undefined }
}
