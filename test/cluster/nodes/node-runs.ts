import { run } from '../../../src/cluster/index.js'
import { checkLaws } from '../../../src/invariant/index.js'
import type { Pod, Taint } from '../../../src/model/index.js'
import { rowSentence } from '../../../src/report/index.js'
import { createNode, type Plan, type PlanPod, type Step } from '../../../src/scenario/index.js'
import type { Trace } from '../../../src/trace/index.js'
import { plan, planPod } from '../plans.js'

/** A pod that is on a node from the start. */
export const podOn = (node: string, name: string, spec: Partial<Pod['spec']> = {}): PlanPod =>
  planPod(name, [{}], {}, { nodeName: node, ...spec })

/** Roomy nodes `a`, `b`, `c` … */
export const nodes = (count: number, words: { readonly taints?: readonly Taint[] } = {}) =>
  Array.from({ length: count }, (_, i) => createNode({ name: String.fromCharCode(97 + i), ...words }))

/** Runs pods on two nodes, or as many as `changes` says, to the end; no law may be broken. */
export function runNodes(pods: readonly PlanPod[], steps: readonly Step[], changes: Partial<Plan> = {}): Trace {
  const trace = run(plan(pods, { nodes: nodes(2), steps, ...changes }))
  const broken = checkLaws(trace).map(({ law, time, text }) => `${time}: ${law}: ${text}`)
  if (broken.length > 0) throw new Error(broken.join('\n'))
  return trace
}

const seconds = (ms: number): string => `${ms / 1000}s`

/** What the rows of an object say, from an instant on: `47.5s Ready=Unknown: …`. */
export function storyOf(trace: Trace, path: string, since = 0): string[] {
  const lines: string[] = []
  for (let number = 0; number < trace.rows.length; number++) {
    const row = trace.rows.at(number)
    if (trace.objects.get(row.object)?.path !== path || row.time < since) continue
    lines.push(`${seconds(row.time)} ${rowSentence(row, trace.symbols)}`)
  }
  return lines
}
