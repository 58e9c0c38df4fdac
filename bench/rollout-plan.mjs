/** The plans of the cluster's benchmark: workloads on many nodes, each given another image once. */

import { defaultObject } from '../dist/api/index.js'
import { buildPlan, createNode } from '../dist/scenario/index.js'

/** When all Deployments get their second image: the first rollouts are long over. */
const ROLLED_AT = 300_000
const MS_PER_HOUR = 3_600_000

const imageOf = (name, version) => `registry.example/${name}:${version}`

/** What the workloads have in common: labels, and a container that is ready by its probe. */
const specFor = name => ({
  selector: { matchLabels: { app: name } },
  template: {
    metadata: { labels: { app: name } },
    spec: {
      containers: [
        {
          name: 'app',
          image: imageOf(name, 1),
          ports: [{ containerPort: 8080 }],
          resources: { requests: { cpu: '100m', memory: '128Mi' } },
          readinessProbe: { httpGet: { path: '/ready', port: 8080 }, periodSeconds: 5 },
        },
      ],
    },
  },
})

const workload = (kind, name, spec) =>
  defaultObject({ apiVersion: 'apps/v1', kind, metadata: { name, namespace: 'default' }, spec })

const setImage = (kind, name) => ({
  at: ROLLED_AT,
  action: 'setImage',
  subject: `${kind}/${name}`,
  container: 'app',
  image: imageOf(name, 2),
  where: name,
  whenWhere: name,
})

const settingsFor = (nodes, hours) => ({
  nodes: Array.from({ length: nodes }, (_, i) => createNode({ name: `node-${i}`, cpu: '32', memory: '128Gi' })),
  horizon: hours * MS_PER_HOUR,
})

/** So many Deployments of so many replicas, rolled by Kubernetes' own strategy (a quarter more, a quarter fewer). */
export function rolloutPlan({ nodes, deployments, replicas, hours }) {
  const names = Array.from({ length: deployments }, (_, i) => `web-${i}`)
  return buildPlan(
    names.map(name => ({ object: workload('Deployment', name, { replicas, ...specFor(name) }) })),
    { ...settingsFor(nodes, hours), steps: names.map(name => setImage('deployment', name)) },
  )
}

/** A DaemonSet, rolled by Kubernetes' own strategy: one node after the other. */
export const daemonSetPlan = ({ nodes, hours }) =>
  buildPlan([{ object: workload('DaemonSet', 'agent', specFor('agent')) }], {
    ...settingsFor(nodes, hours),
    steps: [setImage('daemonset', 'agent')],
  })
