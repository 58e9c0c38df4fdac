import { describe, expect, test } from 'vitest'
import { eventsAt } from '../../../src/trace/index.js'
import { claim, database, got, podWith, refusals, said, scenario, simulate, storageClass, volume } from './storage.js'

describe('a pod', () => {
  test('whose claim is missing waits until it comes', () => {
    const trace = simulate([podWith('web', ['data']), scenario({ at: '30s', apply: claim('data') })])
    expect(said(trace, 'Pod', 'web').slice(0, 2)).toMatchInlineSnapshot(`
      [
        "FailedScheduling: 0/1 nodes are available: persistentvolumeclaim "data" not found. preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.",
        "Scheduled: Successfully assigned default/web to node-1",
      ]
    `)
    expect(got(trace, 'pod', '29s')).toMatchInlineSnapshot(`
      "NAME   READY   STATUS    RESTARTS
      web    0/1     Pending   0
      "
    `)
    expect(got(trace, 'pod')).toMatchInlineSnapshot(`
      "NAME   READY   STATUS    RESTARTS
      web    1/1     Running   0
      "
    `)
  })

  test('whose claim is to be bound at once waits for that', () => {
    const trace = simulate([
      storageClass('fast'),
      claim('data', { storageClassName: 'fast' }),
      podWith('web', ['data']),
    ])
    expect(said(trace, 'Pod', 'web').slice(0, 2)).toMatchInlineSnapshot(`
      [
        "FailedScheduling: 0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims. preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.",
        "Scheduled: Successfully assigned default/web to node-1",
      ]
    `)
  })

  test('does not start with a claim that is being deleted', () => {
    const held = claim('data', {}, { finalizers: ['example.com/hold'] })
    const steps = scenario(
      { at: '10s', request: { delete: 'pvc/data' } },
      { at: '20s', apply: podWith('web', ['data']) },
    )
    expect(said(simulate([held, steps]), 'Pod', 'web')).toMatchInlineSnapshot(`
      [
        "FailedScheduling: 0/1 nodes are available: persistentvolumeclaim "data" is being deleted. preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.",
      ]
    `)
  })

  test('stays off nodes in other zones than its volume', () => {
    const node = (name: string, zone: string): object => ({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name, labels: { 'topology.kubernetes.io/zone': zone, 'kubernetes.io/hostname': name } },
      status: { allocatable: { cpu: '4', memory: '8Gi', pods: '110' } },
    })
    const away = podWith('away', ['data'], { nodeSelector: { 'kubernetes.io/hostname': 'b' } })
    const first = podWith('web', ['data'], { nodeSelector: { 'kubernetes.io/hostname': 'a' } })
    const trace = simulate([
      node('a', 'east'),
      node('b', 'west'),
      claim('data'),
      first,
      scenario({ at: '30s', apply: away }),
    ])
    expect(said(trace, 'Pod', 'away')).toMatchInlineSnapshot(`
      [
        "FailedScheduling: 0/2 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, 1 node(s) had volume node affinity conflict. preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.",
      ]
    `)
    const labelled = volume('disk', {}, { labels: { 'topology.kubernetes.io/zone': 'east' } })
    const other = podWith('away', ['data'], { nodeSelector: { 'kubernetes.io/hostname': 'b' } })
    const zonal = simulate([
      node('a', 'east'),
      node('b', 'west'),
      labelled,
      claim('data', { storageClassName: 'manual' }),
      other,
    ])
    expect(said(zonal, 'Pod', 'away')).toMatchInlineSnapshot(`
      [
        "FailedScheduling: 0/2 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, 1 node(s) had no available volume zone. preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.",
      ]
    `)
  })

  test('has a claim that is for one pod only to itself', () => {
    const lone = claim('data', { accessModes: ['ReadWriteOncePod'] })
    const second = scenario({ at: '30s', apply: podWith('second', ['data']) }, '60s: delete pod/first')
    const trace = simulate([lone, podWith('first', ['data']), second])
    expect(said(trace, 'Pod', 'second').slice(0, 2)).toMatchInlineSnapshot(`
      [
        "FailedScheduling: 0/1 nodes are available: 1 node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode. preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.",
        "Scheduled: Successfully assigned default/second to node-1",
      ]
    `)
    expect(got(trace, 'pod')).toMatchInlineSnapshot(`
      "NAME     READY   STATUS    RESTARTS
      second   1/1     Running   0
      "
    `)
  })

  test('that was put on a node without its claims tells of it', () => {
    const trace = simulate([podWith('web', ['data'], { nodeName: 'node-1' })])
    expect(said(trace, 'Pod', 'web')[0]).toMatchInlineSnapshot(
      `"FailedMount x26: Unable to attach or mount volumes: unmounted volumes=[v-data], unattached volumes=[], failed to process volumes=[v-data]: error processing PVC default/data: failed to fetch PVC from API server: persistentvolumeclaims "data" not found"`,
    )
  })
})

describe('an ephemeral volume', () => {
  const template = { spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } }
  const pod = podWith('web', [], { volumes: [{ name: 'scratch', ephemeral: { volumeClaimTemplate: template } }] })

  test('has a claim that comes and goes with its pod', () => {
    const trace = simulate([pod, scenario('30s: delete pod/web')])
    expect(said(trace, 'Pod', 'web').slice(0, 2)).toMatchInlineSnapshot(`
      [
        "Scheduled: Successfully assigned default/web to node-1",
        "Pulling: Pulling image "app:1"",
      ]
    `)
    expect(got(trace, 'pvc', '29s')).toMatchInlineSnapshot(`
      "NAME          STATUS   VOLUME                                     CAPACITY   ACCESS MODES   STORAGECLASS   VOLUMEATTRIBUTESCLASS
      web-scratch   Bound    pvc-UID   1Gi        RWO            standard       <unset>
      "
    `)
    expect(got(trace, 'pvc,pv')).toMatchInlineSnapshot(`
      "No resources found in default
      "
    `)
  })

  test('does not take a claim of others', () => {
    const trace = simulate([claim('web-scratch'), pod])
    expect(said(trace, 'Pod', 'web').map(text => text.replace(/ x\d+/, ''))).toMatchInlineSnapshot(`
      [
        "FailedBinding: ephemeral volume scratch: PVC default/web-scratch was not created for pod default/web (pod is not owner)",
        "FailedScheduling: 0/1 nodes are available: PVC default/web-scratch was not created for pod default/web (pod is not owner). preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.",
      ]
    `)
  })
})

describe('claims of a StatefulSet', () => {
  const policy = (whenScaled: string, whenDeleted: string): object => ({
    persistentVolumeClaimRetentionPolicy: { whenScaled, whenDeleted },
  })
  const down = scenario('60s: scale statefulset/db --replicas=1')

  test('are made before their pods, one set of them for each', () => {
    const trace = simulate([database()])
    expect(got(trace, 'pvc')).toMatchInlineSnapshot(`
      "NAME        STATUS   VOLUME                                     CAPACITY   ACCESS MODES   STORAGECLASS   VOLUMEATTRIBUTESCLASS
      data-db-0   Bound    pvc-UID   1Gi        RWO            standard       <unset>
      data-db-1   Bound    pvc-UID   1Gi        RWO            standard       <unset>
      "
    `)
    expect(said(trace, 'StatefulSet', 'db')).toMatchInlineSnapshot(`
      [
        "SuccessfulCreate: create Claim data-db-0 Pod db-0 in StatefulSet db success",
        "SuccessfulCreate: create Pod db-0 in StatefulSet db successful",
        "SuccessfulCreate: create Claim data-db-1 Pod db-1 in StatefulSet db success",
        "SuccessfulCreate: create Pod db-1 in StatefulSet db successful",
      ]
    `)
  })

  test('outlive pods that are scaled away, unless the policy says otherwise', () => {
    expect(got(simulate([database(), down]), 'pvc')).toMatchInlineSnapshot(`
      "NAME        STATUS   VOLUME                                     CAPACITY   ACCESS MODES   STORAGECLASS   VOLUMEATTRIBUTESCLASS
      data-db-0   Bound    pvc-UID   1Gi        RWO            standard       <unset>
      data-db-1   Bound    pvc-UID   1Gi        RWO            standard       <unset>
      "
    `)
    expect(got(simulate([database(policy('Delete', 'Retain')), down]), 'pvc,pv')).toMatchInlineSnapshot(`
      "NAME                              STATUS   VOLUME                                     CAPACITY   ACCESS MODES   STORAGECLASS   VOLUMEATTRIBUTESCLASS
      persistentvolumeclaim/data-db-0   Bound    pvc-UID   1Gi        RWO            standard       <unset>

      NAME                                                        CAPACITY   ACCESS MODES   RECLAIM POLICY   STATUS   CLAIM               STORAGECLASS   VOLUMEATTRIBUTESCLASS   REASON
      persistentvolume/pvc-UID   1Gi        RWO            Delete           Bound    default/data-db-0   standard       <unset>
      "
    `)
  })

  test('outlive the set, unless the policy says otherwise', () => {
    const gone = scenario('60s: delete statefulset/db')
    expect(got(simulate([database(), gone]), 'pvc')).toMatchInlineSnapshot(`
      "NAME        STATUS   VOLUME                                     CAPACITY   ACCESS MODES   STORAGECLASS   VOLUMEATTRIBUTESCLASS
      data-db-0   Bound    pvc-UID   1Gi        RWO            standard       <unset>
      data-db-1   Bound    pvc-UID   1Gi        RWO            standard       <unset>
      "
    `)
    expect(got(simulate([database(policy('Retain', 'Delete')), gone]), 'pvc')).toMatchInlineSnapshot(`
      "No resources found in default
      "
    `)
  })

  test('that are refused hold their pods up', () => {
    const quota = {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'few' },
      spec: { hard: { persistentvolumeclaims: '1', 'requests.storage': '1Gi' } },
    }
    const trace = simulate([quota, database()], { horizon: '1m' })
    const texts = eventsAt(trace, trace.end).flatMap(({ type, reason, message }) =>
      type === 'Warning' ? [`${reason}: ${message}`] : [],
    )
    expect(texts.slice(0, 2)).toMatchInlineSnapshot(`
      [
        "FailedCreate: create Claim data-db-1 for Pod db-1 in StatefulSet db failed error: persistentvolumeclaims "data-db-1" is forbidden: exceeded quota: few, requested: persistentvolumeclaims=1,requests.storage=1Gi, used: persistentvolumeclaims=1,requests.storage=1Gi, limited: persistentvolumeclaims=1,requests.storage=1Gi",
        "FailedCreate: create Pod db-1 in StatefulSet db failed error: failed to create PVC data-db-1: persistentvolumeclaims "data-db-1" is forbidden: exceeded quota: few, requested: persistentvolumeclaims=1,requests.storage=1Gi, used: persistentvolumeclaims=1,requests.storage=1Gi, limited: persistentvolumeclaims=1,requests.storage=1Gi",
      ]
    `)
    expect(got(trace, 'pvc,quota')).toMatchInlineSnapshot(`
      "NAME                              STATUS   VOLUME                                     CAPACITY   ACCESS MODES   STORAGECLASS   VOLUMEATTRIBUTESCLASS
      persistentvolumeclaim/data-db-0   Bound    pvc-UID   1Gi        RWO            standard       <unset>

      NAME                REQUEST                                                  LIMIT
      resourcequota/few   persistentvolumeclaims: 1/1, requests.storage: 1Gi/1Gi
      "
    `)
  })

  test('may not be changed with the set', () => {
    const patch = { spec: { volumeClaimTemplates: [{ metadata: { name: 'logs' } }] } }
    const trace = simulate([database(), scenario({ at: '30s', request: { patch: 'statefulset/db', with: patch } })])
    expect(refusals(trace)).toMatchInlineSnapshot(`
      [
        "StatefulSet.apps "db" is invalid: spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
      ]
    `)
  })
})
