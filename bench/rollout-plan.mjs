/** The plan of the cluster's benchmark: Deployments on many nodes, each given another image once. */

import { defaultObject } from '../dist/api/index.js'
import { buildPlan, createNode } from '../dist/scenario/index.js'

/** When all Deployments get their second image: the first rollouts are long over. */
const ROLLED_AT = 300_000
const MS_PER_HOUR = 3_600_000

const deploymentNamed = (name, replicas) =>
  defaultObject({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'default' },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          containers: [
            {
              name: 'app',
              image: `registry.example/${name}:1`,
              ports: [{ containerPort: 8080 }],
              resources: { requests: { cpu: '100m', memory: '128Mi' } },
              readinessProbe: { httpGet: { path: '/ready', port: 8080 }, periodSeconds: 5 },
            },
          ],
        },
      },
    },
  })

/** So many Deployments of so many replicas, rolled by Kubernetes' own strategy (a quarter more, a quarter fewer). */
export function rolloutPlan({ nodes, deployments, replicas, hours }) {
  const names = Array.from({ length: deployments }, (_, i) => `web-${i}`)
  return buildPlan(
    names.map(name => ({ object: deploymentNamed(name, replicas) })),
    {
      nodes: Array.from({ length: nodes }, (_, i) => createNode({ name: `node-${i}`, cpu: '32', memory: '128Gi' })),
      horizon: hours * MS_PER_HOUR,
      steps: names.map(name => ({
        at: ROLLED_AT,
        action: 'setImage',
        subject: `deployment/${name}`,
        container: 'app',
        image: `registry.example/${name}:2`,
        where: name,
        whenWhere: name,
      })),
    },
  )
}
