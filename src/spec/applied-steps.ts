import { PodwrightError } from '../errors/index.js'
import { loadManifests } from '../manifest/index.js'
import type { Pod } from '../model/index.js'
import { buildPlan, type Plan, parseBehaviourRule, type ReactionStep } from '../scenario/index.js'

/** What `apply` needs to know of the run. */
export interface ApplySurroundings {
  readonly plan: Plan
  /** Whether the pod `namespace/name` exists now. */
  hasPod(path: string): boolean
  /** Whether the workload `Deployment/namespace/name` exists now. */
  hasWorkload(path: string): boolean
}

/**
 * What applying a manifest by hand does: pods and workloads that exist are patched, everything else is created.
 *
 * @throws PodwrightError for a manifest that the API server would refuse, and for rules that match nothing.
 */
export function appliedSteps(
  manifest: object | string,
  behave: readonly string[],
  { plan, hasPod, hasWorkload }: ApplySurroundings,
): ReactionStep[] {
  const text = typeof manifest === 'string' ? manifest : JSON.stringify(manifest, null, 2)
  const { kubernetes, nodes } = plan
  const { objects, problems } = loadManifests([{ name: 'apply', text }], { kubernetes })
  if (problems.length > 0) throw problems[0]
  if (objects.length === 0) {
    throw new PodwrightError({ code: 'USAGE', where: 'apply', problem: 'expected a manifest, got nothing' })
  }
  const node = objects.find(({ object }) => object.kind === 'Node')
  if (node !== undefined) {
    throw new PodwrightError({
      code: 'USAGE',
      where: 'apply',
      problem: 'expected an object that can be created during a run, got a Node',
      hint: 'nodes are given before a run',
    })
  }
  const behaviours = behave.map(rule => parseBehaviourRule(rule, 'behave'))
  const built = buildPlan(objects, { kubernetes, nodes, behaviours })
  if ((built.behaviours?.rules ?? []).length > 0) {
    throw new PodwrightError({
      code: 'USAGE',
      where: 'apply',
      problem: 'expected no behaviour for the pods of a workload, got some',
      hint: 'its controller makes them while the run goes on: say before the run how they behave',
    })
  }
  return [
    ...(built.workloads ?? []).map(({ object }): ReactionStep => {
      const { metadata, spec } = object
      const path = `${object.kind}/${metadata.namespace ?? 'default'}/${metadata.name}`
      if (!hasWorkload(path)) return { do: 'createObject', object }
      const patch = { metadata: { labels: metadata.labels, annotations: metadata.annotations }, spec }
      return { do: 'patchObject', object: path, type: 'strategic', patch: JSON.parse(JSON.stringify(patch)) as unknown }
    }),
    ...built.objects.map((object): ReactionStep => ({ do: 'createObject', object })),
    ...built.pods.map((planned): ReactionStep => {
      const { namespace, name } = planned.pod.metadata
      const path = `${namespace}/${name}`
      return hasPod(path)
        ? { do: 'patch', pod: path, type: 'strategic', patch: writtenOf(planned.pod) }
        : { do: 'create', pod: planned }
    }),
  ]
}

/** What an update may change; the identity is what the patch is addressed to. */
const writtenOf = ({ metadata: { labels, annotations }, spec }: Pod): unknown => ({
  metadata: { ...(labels === undefined ? {} : { labels }), ...(annotations === undefined ? {} : { annotations }) },
  spec,
})
