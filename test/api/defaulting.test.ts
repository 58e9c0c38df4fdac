import { describe, expect, test } from 'vitest'
import { canonicalObject, decodeObject, defaultObject } from '../../src/api/index.js'
import type { Kind, Workload } from '../../src/model/index.js'
import type { Json } from './answers.js'

const container = (fields: Json = {}): Json => ({ name: 'a', image: 'app:1', ...fields })

function defaulted(kind: Kind, spec: Json, metadata: Json = { name: 'w' }) {
  const decoded = decodeObject(kind, { kind, metadata, spec })
  if (decoded.error !== undefined) throw new Error(decoded.error.message)
  return JSON.parse(JSON.stringify(canonicalObject(defaultObject(decoded.object)))) as Workload & { spec: Json }
}

describe('a pod', () => {
  const containerOf = (fields: Json): Json => {
    const { containers } = defaulted('Pod', { containers: [container(fields)] }).spec as unknown as {
      containers: Json[]
    }
    return containers[0]
  }

  test.each([
    ['app', 'Always'],
    ['app:latest', 'Always'],
    ['app:1', 'IfNotPresent'],
    ['registry:5000/app', 'Always'],
    [`app@sha256:${'a'.repeat(64)}`, 'IfNotPresent'],
    ['NOT AN IMAGE', 'IfNotPresent'],
  ])('pulls %s as the tag tells: %s', (image, policy) => {
    expect(containerOf({ image }).imagePullPolicy).toBe(policy)
  })

  test('asks for what it is limited to', () => {
    const resources = { limits: { cpu: '2', memory: '1Gi' }, requests: { cpu: '1' } }
    expect(containerOf({ resources }).resources).toEqual({
      limits: { cpu: '2', memory: '1Gi' },
      requests: { cpu: '1', memory: '1Gi' },
    })
  })

  test('on the network of its host has its ports there', () => {
    const ports = [{ containerPort: 80 }]
    const spec = {
      hostNetwork: true,
      containers: [container({ ports })],
      initContainers: [container({ name: 'i', ports })],
    }
    expect(defaulted('Pod', spec).spec).toMatchObject({
      containers: [{ ports: [{ hostPort: 80 }] }],
      initContainers: [{ ports: [{ hostPort: 80 }] }],
    })
  })

  test('names its service account by the old name, too', () => {
    expect(defaulted('Pod', { serviceAccount: 'robot', containers: [container()] }).spec).toMatchObject({
      serviceAccount: 'robot',
      serviceAccountName: 'robot',
    })
  })
})

describe('a workload', () => {
  const template = {
    metadata: { labels: { app: 'web' } },
    spec: { containers: [container({ resources: { limits: { cpu: '1' } } })] },
  }
  const selector = { matchLabels: { app: 'web' } }

  test('has a template with the defaults of a pod, but for the requests', () => {
    const { spec } = defaulted('Deployment', { selector, template })
    expect(spec).toMatchInlineSnapshot(`
      {
        "progressDeadlineSeconds": 600,
        "replicas": 1,
        "revisionHistoryLimit": 10,
        "selector": {
          "matchLabels": {
            "app": "web",
          },
        },
        "strategy": {
          "rollingUpdate": {
            "maxSurge": "25%",
            "maxUnavailable": "25%",
          },
          "type": "RollingUpdate",
        },
        "template": {
          "metadata": {
            "labels": {
              "app": "web",
            },
          },
          "spec": {
            "containers": [
              {
                "image": "app:1",
                "imagePullPolicy": "IfNotPresent",
                "name": "a",
                "resources": {
                  "limits": {
                    "cpu": "1",
                  },
                },
                "terminationMessagePath": "/dev/termination-log",
                "terminationMessagePolicy": "File",
              },
            ],
            "dnsPolicy": "ClusterFirst",
            "restartPolicy": "Always",
            "schedulerName": "default-scheduler",
            "securityContext": {},
            "terminationGracePeriodSeconds": 30,
          },
        },
      }
    `)
  })

  test('has defaults of its own', () => {
    const own = (kind: Kind, spec: Json): Json => {
      const { template: _, jobTemplate: __, ...rest } = defaulted(kind, spec).spec as Json
      return rest
    }
    expect({
      ReplicaSet: own('ReplicaSet', { selector, template }),
      ReplicationController: own('ReplicationController', { template }),
      StatefulSet: own('StatefulSet', { selector, template, serviceName: 's' }),
      DaemonSet: own('DaemonSet', { selector, template }),
      Job: own('Job', { template }),
      'Job with completions': own('Job', { template, completions: 3 }),
      'Job with parallelism': own('Job', { template, parallelism: 3 }),
      CronJob: own('CronJob', { schedule: '@daily', jobTemplate: { spec: { template } } }),
    }).toMatchInlineSnapshot(`
      {
        "CronJob": {
          "concurrencyPolicy": "Allow",
          "failedJobsHistoryLimit": 1,
          "schedule": "@daily",
          "successfulJobsHistoryLimit": 3,
          "suspend": false,
        },
        "DaemonSet": {
          "revisionHistoryLimit": 10,
          "selector": {
            "matchLabels": {
              "app": "web",
            },
          },
          "updateStrategy": {
            "rollingUpdate": {
              "maxSurge": 0,
              "maxUnavailable": 1,
            },
            "type": "RollingUpdate",
          },
        },
        "Job": {
          "backoffLimit": 6,
          "completionMode": "NonIndexed",
          "completions": 1,
          "manualSelector": false,
          "parallelism": 1,
          "podReplacementPolicy": "TerminatingOrFailed",
          "suspend": false,
        },
        "Job with completions": {
          "backoffLimit": 6,
          "completionMode": "NonIndexed",
          "completions": 3,
          "manualSelector": false,
          "parallelism": 1,
          "podReplacementPolicy": "TerminatingOrFailed",
          "suspend": false,
        },
        "Job with parallelism": {
          "backoffLimit": 6,
          "completionMode": "NonIndexed",
          "manualSelector": false,
          "parallelism": 3,
          "podReplacementPolicy": "TerminatingOrFailed",
          "suspend": false,
        },
        "ReplicaSet": {
          "replicas": 1,
          "selector": {
            "matchLabels": {
              "app": "web",
            },
          },
        },
        "ReplicationController": {
          "replicas": 1,
          "selector": {
            "app": "web",
          },
        },
        "StatefulSet": {
          "persistentVolumeClaimRetentionPolicy": {
            "whenDeleted": "Retain",
            "whenScaled": "Retain",
          },
          "podManagementPolicy": "OrderedReady",
          "replicas": 1,
          "revisionHistoryLimit": 10,
          "selector": {
            "matchLabels": {
              "app": "web",
            },
          },
          "serviceName": "s",
          "updateStrategy": {
            "rollingUpdate": {
              "partition": 0,
            },
            "type": "RollingUpdate",
          },
        },
      }
    `)
  })

  test('that is a percentage stays one', () => {
    const strategy = { rollingUpdate: { maxSurge: '50%' } }
    expect(defaulted('Deployment', { selector, template, strategy }).spec).toMatchObject({
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '50%', maxUnavailable: '25%' } },
    })
  })

  test('that is a ReplicationController has the labels of its template', () => {
    expect(defaulted('ReplicationController', { template }).metadata).toEqual({ name: 'w', labels: { app: 'web' } })
  })
})

test('a Service forwards to the port it listens on', () => {
  const { spec } = defaulted('Service', { ports: [{ port: 80 }, { name: 'b', port: 81, targetPort: 'http' }] })
  expect(spec).toMatchInlineSnapshot(`
    {
      "internalTrafficPolicy": "Cluster",
      "ports": [
        {
          "port": 80,
          "protocol": "TCP",
          "targetPort": 80,
        },
        {
          "name": "b",
          "port": 81,
          "protocol": "TCP",
          "targetPort": "http",
        },
      ],
      "sessionAffinity": "None",
      "type": "ClusterIP",
    }
  `)
})

test('defaulting changes nothing a second time', () => {
  for (const kind of ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'Pod'] as const) {
    const template = { spec: { containers: [container({ livenessProbe: { httpGet: { port: 80 } } })] } }
    const once = defaulted(kind, kind === 'Pod' ? template.spec : { template })
    expect(JSON.parse(JSON.stringify(defaultObject(once)))).toEqual(once)
  }
})
