import type { Node, Pod, Service } from '../../../src/model/index.js'
import {
  type ContainerBehaviour,
  createNode,
  DEFAULT_BEHAVIOUR,
  type Plan,
  type PlanClient,
  type PlanPod,
  type PlanTraffic,
  type ServeBehaviour,
} from '../../../src/scenario/index.js'
import { REQUEST_FAILURES, ROW, type Row, type Trace } from '../../../src/trace/index.js'
import { behaves, plan, planPod } from '../plans.js'

/** A Service in front of the pods of an app. */
export const service = (spec: Partial<Service['spec']> = {}, name = 'web'): Service => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'default' },
  spec: { selector: { app: name }, ports: [{ port: 80 }], ...spec },
})

/** A pod behind the Service, but for what is said otherwise. */
export function server(
  name: string,
  serves: Partial<ServeBehaviour> = {},
  {
    behaviour = {},
    spec = {},
    app = 'web',
    container = {},
  }: {
    readonly behaviour?: Partial<ContainerBehaviour>
    readonly spec?: Partial<Pod['spec']>
    readonly app?: string
    readonly container?: Partial<Pod['spec']['containers'][number]>
  } = {},
): PlanPod {
  const stated = { ...DEFAULT_BEHAVIOUR.serves, ...serves }
  const planned = planPod(name, [container], { app: behaves({ serves: stated }, behaviour) }, spec)
  return { ...planned, pod: { ...planned.pod, metadata: { ...planned.pod.metadata, labels: { app } } } }
}

/** 50 requests a second for half a minute, from the first endpoint on, but for what is said otherwise. */
export const traffic = (
  changes: Partial<PlanTraffic> = {},
  client: Partial<PlanClient> = {},
): readonly PlanTraffic[] => [
  {
    service: 'default/web',
    requests: 50,
    per: 1000,
    from: null,
    until: 30_000,
    ...changes,
    client: { retries: 0, timeout: 5000, ...client },
  },
]

/** Two nodes, a and b. */
export const twoNodes: readonly Node[] = [createNode({ name: 'a' }), createNode({ name: 'b' })]

/** These pods behind the Service, with traffic. */
export const shop = (pods: readonly PlanPod[], changes: Partial<Plan> = {}): Plan =>
  plan(pods, { objects: [service()], traffic: traffic(), horizon: 60_000, ...changes })

/** The rows of a trace. */
export const rowsOf = ({ rows }: Trace): Row[] => Array.from({ length: rows.length }, (_, number) => rows.at(number))

/** How many requests were answered, by pod. */
export function answered(trace: Trace): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { kind, a, b } of rowsOf(trace)) {
    if (kind !== ROW.requestsAnswered) continue
    const pod = trace.symbols.text(b).replace('Pod/default/', '')
    counts[pod] = (counts[pod] ?? 0) + a
  }
  return counts
}

/** How many requests were lost, by race and pod. */
export function lost(trace: Trace, kind: number = ROW.requestFailed): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const row of rowsOf(trace)) {
    if (row.kind !== kind) continue
    const pod = trace.symbols.text(row.b).replace('Pod/default/', '')
    const key = `${REQUEST_FAILURES[row.a].race}${pod === '' ? '' : ` ${pod}`}: ${REQUEST_FAILURES[row.a].why}`
    counts[key] = (counts[key] ?? 0) + 1
  }
  return counts
}
