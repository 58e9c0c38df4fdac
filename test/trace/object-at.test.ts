import { describe, expect, test } from 'vitest'
import { uidOf } from '../../src/hash/index.js'
import { ClusterState, eventsAt, nodeAt, podAt, ROW, walkPods } from '../../src/trace/index.js'
import { crashingWeb, WEB, WEB_POD } from './crashing-web.js'
import { TraceBuilder } from './trace-builder.js'

const trace = crashingWeb()
const web = trace.symbols.intern(WEB)

describe('podAt', () => {
  test('shows nothing before the pod was created and nothing once it is removed', () => {
    expect(podAt(trace, web, -1)).toBeUndefined()
    expect(podAt(trace, web, 90_899)).toBeDefined()
    expect(podAt(trace, web, 90_900)).toBeUndefined()
  })

  test('shows a new pod as the API server stores it, pending and without a node', () => {
    expect(podAt(trace, web, 0)).toMatchObject({
      metadata: {
        name: 'web',
        namespace: 'default',
        labels: { app: 'web' },
        uid: uidOf(WEB),
        resourceVersion: '4',
        creationTimestamp: '2025-01-01T00:00:00Z',
      },
      status: { phase: 'Pending', qosClass: 'BestEffort' },
    })
    expect(podAt(trace, web, 0)?.spec.nodeName).toBeUndefined()
  })

  test('takes nothing from the manifest that the API server sets itself', () => {
    const t = new TraceBuilder()
    const metadata = {
      ...WEB_POD.metadata,
      uid: 'mine',
      resourceVersion: '7',
      deletionTimestamp: '2020-01-01T00:00:00Z',
    }
    t.createPod({ ...WEB_POD, metadata })
    expect(podAt(t.build(), t.symbols.intern(WEB), 0)?.metadata).toEqual({
      name: 'web',
      namespace: 'default',
      labels: { app: 'web' },
      uid: uidOf(WEB),
      resourceVersion: '1',
      creationTimestamp: '2025-01-01T00:00:00Z',
    })
  })

  test('gives a pod that is made again another UID, and none of the old one to its status', () => {
    const t = new TraceBuilder()
    t.createPod(WEB_POD)
    t.at(5).phase(WEB, 'Running')
    t.at(10).row(ROW.removed, WEB)
    t.at(20).createPod(WEB_POD)
    const again = podAt(t.build(), t.symbols.intern(WEB), 20)
    expect(again?.metadata.uid).toBe(uidOf(WEB, 1))
    expect(again?.status?.phase).toBe('Pending')
    expect([...walkPods(t.build())].map(({ type }) => type)).toEqual(['ADDED', 'MODIFIED', 'DELETED', 'ADDED'])
  })

  test('shows the whole object of a ready pod', () => {
    const pod = podAt(trace, web, 3010)
    expect(pod?.spec.nodeName).toBe('node-1')
    expect(pod?.status).toMatchInlineSnapshot(`
      {
        "conditions": [
          {
            "lastProbeTime": null,
            "lastTransitionTime": "2025-01-01T00:00:01Z",
            "status": "True",
            "type": "PodReadyToStartContainers",
          },
          {
            "lastProbeTime": null,
            "lastTransitionTime": "2025-01-01T00:00:01Z",
            "status": "True",
            "type": "Initialized",
          },
          {
            "lastProbeTime": null,
            "lastTransitionTime": "2025-01-01T00:00:03Z",
            "status": "True",
            "type": "Ready",
          },
          {
            "lastProbeTime": null,
            "lastTransitionTime": "2025-01-01T00:00:03Z",
            "status": "True",
            "type": "ContainersReady",
          },
          {
            "lastProbeTime": null,
            "lastTransitionTime": "2025-01-01T00:00:00Z",
            "status": "True",
            "type": "PodScheduled",
          },
        ],
        "containerStatuses": [
          {
            "containerID": "containerd://eeaefd0e0654e5893ae5651ff57bc04a78d6c1358dad4e1903845498c5150ba1",
            "image": "app:1",
            "imageID": "app@sha256:69548d39bbfc5e79cd39634f3c4d3008cd05ba7f12a1c9e2ba12cf545be4b051",
            "lastState": {},
            "name": "app",
            "ready": true,
            "restartCount": 0,
            "started": true,
            "state": {
              "running": {
                "startedAt": "2025-01-01T00:00:02Z",
              },
            },
          },
        ],
        "hostIP": "10.1.0.1",
        "hostIPs": [
          {
            "ip": "10.1.0.1",
          },
        ],
        "initContainerStatuses": [
          {
            "containerID": "containerd://38533f4a8942ef58ce5ff7b961477bfeb7db748bfe47992dc68a487e520b8c57",
            "image": "migrate:1",
            "imageID": "migrate@sha256:c27115b85a51635195034c380fbb6e08ee1a1aebe2ba9cd37c897db4cc962907",
            "lastState": {},
            "name": "migrate",
            "ready": true,
            "restartCount": 0,
            "started": false,
            "state": {
              "terminated": {
                "containerID": "containerd://38533f4a8942ef58ce5ff7b961477bfeb7db748bfe47992dc68a487e520b8c57",
                "exitCode": 0,
                "finishedAt": "2025-01-01T00:00:01Z",
                "reason": "Completed",
                "startedAt": "2025-01-01T00:00:00Z",
              },
            },
          },
        ],
        "phase": "Running",
        "podIP": "10.244.0.5",
        "podIPs": [
          {
            "ip": "10.244.0.5",
          },
        ],
        "qosClass": "BestEffort",
        "startTime": "2025-01-01T00:00:00Z",
      }
    `)
  })

  test('lists conditions in the order of the kubelet and moves the transition time with the status only', () => {
    const conditions = podAt(trace, web, 61_000)?.status?.conditions ?? []
    expect(conditions.map(({ type, status, lastTransitionTime }) => `${type}=${status} ${lastTransitionTime}`)).toEqual(
      [
        'PodReadyToStartContainers=True 2025-01-01T00:00:01Z',
        'Initialized=True 2025-01-01T00:00:01Z',
        'Ready=False 2025-01-01T00:01:01Z',
        'ContainersReady=False 2025-01-01T00:01:01Z',
        'PodScheduled=True 2025-01-01T00:00:00Z',
      ],
    )
  })

  test('shows a container in back-off with the exit of its last instance', () => {
    const [app] = podAt(trace, web, 70_000)?.status?.containerStatuses ?? []
    expect(app).toMatchInlineSnapshot(`
      {
        "containerID": "containerd://eeaefd0e0654e5893ae5651ff57bc04a78d6c1358dad4e1903845498c5150ba1",
        "image": "app:1",
        "imageID": "app@sha256:69548d39bbfc5e79cd39634f3c4d3008cd05ba7f12a1c9e2ba12cf545be4b051",
        "lastState": {
          "terminated": {
            "containerID": "containerd://eeaefd0e0654e5893ae5651ff57bc04a78d6c1358dad4e1903845498c5150ba1",
            "exitCode": 1,
            "finishedAt": "2025-01-01T00:01:00Z",
            "reason": "Error",
            "startedAt": "2025-01-01T00:00:02Z",
          },
        },
        "name": "app",
        "ready": false,
        "restartCount": 0,
        "started": false,
        "state": {
          "waiting": {
            "message": "back-off 10s restarting failed container=app pod=web_default(uid)",
            "reason": "CrashLoopBackOff",
          },
        },
      }
    `)
  })

  test('shows when and with which grace a pod is being deleted', () => {
    expect(podAt(trace, web, 90_000)?.metadata).toMatchObject({
      deletionTimestamp: '2025-01-01T00:02:00Z',
      deletionGracePeriodSeconds: 30,
    })
  })

  test('leaves a foreign condition at the end until the kubelet patches the status again', () => {
    const gated = crashingWeb(t => {
      t.at(90_020).condition(WEB, 'example.com/gate', 'True')
    })
    const types = (time: number) => podAt(gated, web, time)?.status?.conditions?.map(({ type }) => type)
    expect(types(90_020)?.at(-1)).toBe('example.com/gate')
    expect(types(90_850)?.[0]).toBe('example.com/gate')
  })
})

describe('ClusterState', () => {
  test('moves forward in one pass and agrees with a fresh look at each instant', () => {
    const state = new ClusterState(trace)
    for (const time of [0, 10, 20, 1850, 2850, 3010, 61_000, 61_010, 72_000, 90_000, 90_850, 91_000]) {
      state.advanceTo(time)
      expect(state.pod(web)).toEqual(podAt(trace, web, time))
    }
    expect(state.podSymbols()).toEqual([])
    expect(state.removedPod(web)?.metadata.name).toBe('web')
  })
})

describe('walkPods', () => {
  test('gives one change per write to the store', () => {
    const changes = [...walkPods(trace)].map(({ type, time, firstRow, lastRow }) => [
      type,
      time,
      lastRow - firstRow + 1,
    ])
    expect(changes).toEqual([
      ['ADDED', 0, 3],
      ['MODIFIED', 10, 2],
      ['MODIFIED', 20, 7],
      ['MODIFIED', 1850, 5],
      ['MODIFIED', 2850, 3],
      ['MODIFIED', 3010, 3],
      ['MODIFIED', 61_000, 5],
      ['MODIFIED', 61_010, 2],
      ['MODIFIED', 72_000, 3],
      ['MODIFIED', 90_000, 1],
      ['MODIFIED', 90_850, 2],
      ['DELETED', 90_900, 1],
    ])
  })

  test('builds each object as its write left it, the removed one included', () => {
    const restarts: (number | undefined)[] = []
    for (const change of walkPods(trace)) restarts.push(change.object().status?.containerStatuses?.[0]?.restartCount)
    expect(restarts).toEqual([undefined, undefined, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1])
  })
})

describe('eventsAt', () => {
  test('counts a repeated event up and names the container by its field path', () => {
    const [event] = eventsAt(trace, 70_000).filter(({ reason }) => reason === 'BackOff')
    expect(event).toMatchInlineSnapshot(`
      {
        "apiVersion": "v1",
        "count": 2,
        "eventTime": null,
        "firstTimestamp": "2025-01-01T00:01:01Z",
        "involvedObject": {
          "apiVersion": "v1",
          "fieldPath": "spec.containers{app}",
          "kind": "Pod",
          "name": "web",
          "namespace": "default",
          "uid": "0a5c30dd-8d16-4618-8adf-adeb0a32bd93",
        },
        "kind": "Event",
        "lastTimestamp": "2025-01-01T00:01:06Z",
        "message": "Back-off restarting failed container app in pod web",
        "metadata": {
          "creationTimestamp": "2025-01-01T00:01:01Z",
          "name": "web.1816688cf4392200",
          "namespace": "default",
          "resourceVersion": "48",
          "uid": "e048610f-f96b-4bc4-80a2-fb56fce687aa",
        },
        "reason": "BackOff",
        "reportingComponent": "kubelet",
        "reportingInstance": "node-1",
        "source": {
          "component": "kubelet",
          "host": "node-1",
        },
        "type": "Warning",
      }
    `)
  })

  test('keeps the first count before the repetition', () => {
    expect(eventsAt(trace, 65_999).find(({ reason }) => reason === 'BackOff')?.count).toBe(1)
  })

  test('gives every event a name of its own', () => {
    const names = eventsAt(trace, 100_000).map(({ metadata }) => metadata.name)
    expect(new Set(names).size).toBe(names.length)
  })
})

test('nodeAt shows a node that no row speaks of as its manifest says', () => {
  const node = nodeAt(trace, trace.symbols.intern('Node/node-1'), 0)
  expect(node?.status.addresses).toEqual([{ type: 'InternalIP', address: '10.1.0.1' }])
})

test('uidOf looks like a random UUID and tells pods of one name apart', () => {
  expect(uidOf(WEB)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(uidOf(WEB, 1)).not.toBe(uidOf(WEB))
})
