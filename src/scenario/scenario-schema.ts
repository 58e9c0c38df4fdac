import * as v from 'valibot'
import type { BehaviourRule } from './behaviour-rule.js'
import { behaviourSchema } from './behaviour-schema.js'
import { createNode, createNodes, MOST_NODES, type NodeWords } from './nodes.js'
import { duration, fields, flag, listOf, oneOf, quantity, quote, text, whole } from './schema-parts.js'
import { stepSchema } from './step-schema.js'

const scalar = v.pipe(
  v.union([v.string(), v.number(), v.boolean()], issue => `expected a text, got ${quote(issue.input)}`),
  v.transform(String),
)

const taint = fields('a taint', {
  key: text('a key'),
  value: v.optional(scalar),
  effect: oneOf(['NoSchedule', 'PreferNoSchedule', 'NoExecute']),
})

const node = v.pipe(
  fields('a node', {
    name: text('a name'),
    cpu: v.optional(quantity),
    memory: v.optional(quantity),
    pods: v.optional(whole('a number of pods', 0, 100_000)),
    labels: v.optional(v.record(v.string(), scalar)),
    taints: v.optional(listOf('a list of taints', taint)),
    allocatable: v.optional(v.record(v.string(), quantity)),
    unschedulable: v.optional(flag),
  }),
  v.transform(words => createNode(words as NodeWords)),
)

/** A number of roomy nodes, or a list of nodes. */
const nodes = v.lazy(input =>
  typeof input === 'number'
    ? v.pipe(
        whole('a number of nodes', 1, MOST_NODES),
        v.transform(count => createNodes(count)),
      )
    : v.pipe(
        listOf('a number of nodes or a list of nodes', node),
        v.minLength(1, 'expected at least one node, got none'),
        v.maxLength(MOST_NODES, `expected at most ${MOST_NODES} nodes`),
      ),
)

const EXPECTATIONS = 'expectations come with `podwright test` in a later release; take expect: out of the file'

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
  spec: fields(
    'the spec',
    {
      kubernetes: v.optional(scalar),
      manifests: v.optional(listOf('a list of files', text('the path of a file'))),
      nodes: v.optional(nodes),
      horizon: v.optional(duration),
      behaviours: v.optional(
        listOf('a list of behaviours', behaviourSchema as v.GenericSchema<unknown, BehaviourRule>),
      ),
      steps: v.optional(listOf('a list of steps', stepSchema)),
    },
    { expect: EXPECTATIONS },
  ),
})

/** A Scenario document after reading. */
export type ScenarioData = v.InferOutput<typeof scenarioSchema>
