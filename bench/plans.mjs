/** Plans that the benchmarks run: one pod's whole life, alone and a thousand of them on one node. */

import { defaultPod } from '../dist/api/index.js'
import { DEFAULT_KUBELET_CONFIGURATION } from '../dist/model/index.js'
import { createNode, DEFAULT_BEHAVIOUR, DEFAULT_TIMING, RUNS } from '../dist/scenario/index.js'

const container = {
  name: 'app',
  image: 'app:1',
  readinessProbe: { httpGet: { path: '/ready', port: 8080 }, periodSeconds: 5 },
}

const behaviour = {
  runs: [RUNS],
  liveness: [DEFAULT_BEHAVIOUR.probe],
  readiness: [DEFAULT_BEHAVIOUR.probe],
  startup: [DEFAULT_BEHAVIOUR.probe],
  postStart: DEFAULT_BEHAVIOUR.hook,
  preStop: DEFAULT_BEHAVIOUR.hook,
}

const podNamed = name => ({
  pod: defaultPod({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default' },
    spec: { containers: [container] },
  }),
  createdAt: 0,
  containers: { app: behaviour },
  sandbox: DEFAULT_BEHAVIOUR.sandbox,
})

/** The lifecycle below, of a pod with a second container: 64 rows and a few more. */
export function pairPlan() {
  const plan = lifecyclePlan(1)
  const [{ pod, ...planned }] = plan.pods
  const containers = [...pod.spec.containers, { ...pod.spec.containers[0], name: 'log', readinessProbe: undefined }]
  const pair = {
    ...planned,
    pod: { ...pod, spec: { ...pod.spec, containers } },
    containers: { app: behaviour, log: behaviour },
  }
  return { ...plan, pods: [pair] }
}

/** A lifecycle: one container, pulled, run, ready by its probe, deleted gracefully at 20 s, gone. */
export function lifecyclePlan(count) {
  const names = Array.from({ length: count }, (_, i) => (count === 1 ? 'web' : `web-${i}`))
  return {
    kubernetes: '1.32',
    kubelet: { ...DEFAULT_KUBELET_CONFIGURATION, serializeImagePulls: false, maxPods: count + 10 },
    nodes: [createNode({ name: 'node-1', cpu: '64', memory: '256Gi', pods: count + 10 })],
    pods: names.map(podNamed),
    objects: [],
    images: {},
    steps: names.map(name => ({ at: 20_000, do: 'delete', pod: `default/${name}` })),
    horizon: 600_000,
    timing: DEFAULT_TIMING,
    assumptions: [],
  }
}
