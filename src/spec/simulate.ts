import type { Node } from '../model/index.js'
import { createNodes, type InputText, type Plan, parseBehaviourRule } from '../scenario/index.js'
import { type DurationText, type Milliseconds, parseDuration } from '../time/index.js'
import type { Trace } from '../trace/index.js'
import { planTexts } from './plan-texts.js'
import { run } from './run.js'

/** What is run besides the manifests, as on the command line; everything has a default. */
export interface PlanWords {
  /** What containers do: `web/app: exits 1 after 5s, then runs`. It goes before what a Scenario among the manifests says. */
  readonly behave?: string | readonly string[] | undefined
  /** Where the run ends at the latest: `10m`, or milliseconds; default ten minutes. */
  readonly horizon?: DurationText | Milliseconds | undefined
  /** Release of Kubernetes; default 1.32. */
  readonly kubernetes?: string | undefined
  /** Namespace of objects that name none; default `default`. */
  readonly namespace?: string | undefined
  /** A number of roomy nodes, or nodes; default 1. */
  readonly nodes?: number | readonly Node[] | undefined
}

/** A plan's words and the choices of the run. */
export interface SimulateOptions extends PlanWords {
  /** Draws every choice of the cluster from this whole number; default: the typical values. */
  readonly seed?: number | undefined
  /** Replays the choices of an earlier run: `trace.header.recipe`. */
  readonly recipe?: string | undefined
}

/**
 * Makes a plan of manifests: YAML or JSON text, with a Scenario document among them or without, or plain objects.
 *
 * @throws PodwrightError for the first thing that is wrong, with its place in the text.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { planManifests } from 'podwright'
 *
 * const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: { containers: [{ name: 'app', image: 'app:1' }] } }
 * const plan = planManifests([pod], { behave: 'web/app: exits 0 after 5s' })
 * assert.equal(plan.pods[0].containers.app.runs[0].exitAfter, 5000)
 * ```
 */
export function planManifests(manifests: string | readonly object[], words: PlanWords = {}): Plan {
  const { behave = [], horizon, nodes, kubernetes, namespace } = words
  const rules = typeof behave === 'string' ? [behave] : behave
  const { plan, problems } = planTexts(textsOf(manifests), {
    kubernetes,
    namespace,
    horizon: typeof horizon === 'string' ? parseDuration(horizon, 'horizon') : horizon,
    nodes: typeof nodes === 'number' ? createNodes(nodes, 'nodes') : nodes,
    behaviours: rules.map(rule => parseBehaviourRule(rule, 'behave')),
  })
  if (plan === undefined) throw problems[0]
  return plan
}

/**
 * Runs manifests through the model of the cluster and answers the trace of everything that happened.
 *
 * @throws PodwrightError for the first thing that is wrong, with its place in the text.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { findObject, podAt, simulate } from 'podwright'
 *
 * const manifest = `
 * apiVersion: v1
 * kind: Pod
 * metadata: { name: web }
 * spec:
 *   containers:
 *     - name: app
 *       image: app:1
 * `
 * const trace = simulate(manifest, { behave: 'web/app: exits 1 after 5s', horizon: '2m' })
 * const web = findObject(trace, 'web')
 * const status = podAt(trace, web.symbol, 50_000)?.status?.containerStatuses?.[0]
 * assert.equal(status?.state?.waiting?.reason, 'CrashLoopBackOff')
 * ```
 */
export function simulate(manifests: string | readonly object[], options: SimulateOptions = {}): Trace {
  const { seed, recipe, ...words } = options
  return run(planManifests(manifests, words), { seed, recipe })
}

/** Plain objects are written as JSON, which is YAML, so that there is one way in. */
function textsOf(manifests: string | readonly object[]): InputText[] {
  if (typeof manifests === 'string') return [{ name: 'manifests', text: manifests }]
  return manifests.map((object, index) => ({ name: `manifests[${index}]`, text: JSON.stringify(object, null, 2) }))
}
