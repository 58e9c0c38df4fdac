import * as v from 'valibot'
import type { BehaviourRule } from './behaviour-rule.js'
import { behaviourSchema } from './behaviour-schema.js'
import { clauseSchema } from './clause-schema.js'
import { metricSchema } from './metric-schema.js'
import { MOST_NODES } from './nodes.js'
import type { NodeWords } from './read-node-words.js'
import { duration, fields, flag, listOf, oneOf, quantity, quote, text, whole } from './schema-parts.js'
import { stepSchema } from './step-schema.js'
import { trafficSchema } from './traffic-schema.js'

const scalar = v.pipe(
  v.union([v.string(), v.number(), v.boolean()], issue => `expected a text, got ${quote(issue.input)}`),
  v.transform(String),
)

const taint = fields('a taint', {
  key: text('a key'),
  value: v.optional(scalar),
  effect: oneOf(['NoSchedule', 'PreferNoSchedule', 'NoExecute']),
})

const node = fields('a node', {
  name: text('a name'),
  cpu: v.optional(quantity),
  memory: v.optional(quantity),
  pods: v.optional(whole('a number of pods', 0, 100_000)),
  labels: v.optional(v.record(v.string(), scalar)),
  taints: v.optional(listOf('a list of taints', taint)),
  allocatable: v.optional(v.record(v.string(), quantity)),
  unschedulable: v.optional(flag),
})

/** A number of roomy nodes, or a list of nodes. */
const nodes = v.lazy(input =>
  typeof input === 'number'
    ? whole('a number of nodes', 1, MOST_NODES)
    : v.pipe(
        listOf('a number of nodes or a list of nodes', node),
        v.minLength(1, 'expected at least one node, got none'),
        v.maxLength(MOST_NODES, `expected at most ${MOST_NODES} nodes`),
      ),
) as v.GenericSchema<unknown, number | readonly NodeWords[]>

/** Something after the beginning: a run that ends where it begins shows nothing. */
const horizon = v.pipe(
  duration,
  v.check(ms => ms > 0, 'expected a horizon after the beginning, got 0'),
)

const laws = fields('the laws', { off: v.optional(listOf('a list of laws', text('the name of a law'))) })

/** What stands in a Scenario document, and what becomes of it. */
export const scenarioSchema = fields('a Scenario', {
  apiVersion: v.literal('podwright.dev/v1', issue => `expected podwright.dev/v1, got ${quote(issue.input)}`),
  kind: v.literal('Scenario', issue => `expected the kind Scenario, got ${quote(issue.input)}`),
  metadata: v.optional(
    fields('metadata', {
      name: v.optional(text('a name')),
      description: v.optional(v.string(issue => `expected a text, got ${quote(issue.input)}`)),
      labels: v.optional(v.record(v.string(), scalar)),
      annotations: v.optional(v.record(v.string(), scalar)),
    }),
  ),
  spec: fields('the spec', {
    kubernetes: v.optional(scalar),
    manifests: v.optional(listOf('a list of files', text('the path of a file'))),
    nodes: v.optional(nodes),
    horizon: v.optional(horizon),
    behaviours: v.optional(listOf('a list of behaviours', behaviourSchema as v.GenericSchema<unknown, BehaviourRule>)),
    steps: v.optional(listOf('a list of steps', stepSchema)),
    traffic: v.optional(listOf('a list of traffic', trafficSchema)),
    metrics: v.optional(listOf('a list of metrics', metricSchema)),
    expect: v.optional(listOf('a list of expectations', clauseSchema)),
    laws: v.optional(laws),
  }),
})

/** A Scenario document after reading. */
export type ScenarioData = v.InferOutput<typeof scenarioSchema>
