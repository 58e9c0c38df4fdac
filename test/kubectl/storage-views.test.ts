import { expect, test } from 'vitest'
import { kubectlDescribe } from '../../src/kubectl/index.js'
import { simulate } from '../../src/spec/index.js'

const MANIFESTS = [
  {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: 'disk', labels: { tier: 'gold' } },
    spec: {
      storageClassName: 'manual',
      capacity: { storage: '2Gi' },
      accessModes: ['ReadWriteOnce', 'ReadOnlyMany'],
      local: { path: '/disk' },
      nodeAffinity: {
        required: {
          nodeSelectorTerms: [
            { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: ['node-1', 'node-2'] }] },
          ],
        },
      },
    },
  },
  {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'data' },
    spec: { storageClassName: 'manual', accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  },
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web' },
    spec: {
      containers: [{ name: 'app', image: 'app:1' }],
      volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }],
    },
  },
  {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'fast' },
    provisioner: 'ebs.csi.aws.com',
    parameters: { type: 'gp3' },
    mountOptions: ['debug'],
    allowVolumeExpansion: true,
    allowedTopologies: [{ matchLabelExpressions: [{ key: 'topology.kubernetes.io/zone', values: ['a', 'b'] }] }],
  },
]

test('kubectl describes claims, volumes and classes', () => {
  const trace = simulate(MANIFESTS)
  expect(kubectlDescribe(trace, 'pvc data')).toMatchInlineSnapshot(`
    "Name:          data
    Namespace:     default
    StorageClass:  manual
    Status:        Bound
    Volume:        disk
    Labels:        <none>
    Annotations:   pv.kubernetes.io/bind-completed: yes
                   pv.kubernetes.io/bound-by-controller: yes
    Finalizers:    [kubernetes.io/pvc-protection]
    Capacity:      2Gi
    Access Modes:  RWO,ROX
    VolumeMode:    Filesystem
    Used By:       web
    Events:        <none>
    "
  `)
  expect(kubectlDescribe(trace, 'pv disk')).toMatchInlineSnapshot(`
    "Name:              disk
    Labels:            tier=gold
    Annotations:       pv.kubernetes.io/bound-by-controller: yes
    Finalizers:        [kubernetes.io/pv-protection]
    StorageClass:      manual
    Status:            Bound
    Claim:             default/data
    Reclaim Policy:    Retain
    Access Modes:      RWO,ROX
    VolumeMode:        Filesystem
    Capacity:          2Gi
    Node Affinity:     
      Required Terms:  
        Term 0:        kubernetes.io/hostname in [node-1, node-2]
    Message:           
    Source:
        Type:  LocalVolume (a persistent volume backed by local storage on a node)
        Path:  /disk
    Events:    <none>
    "
  `)
  expect(kubectlDescribe(trace, 'sc fast')).toMatchInlineSnapshot(`
    "Name:                  fast
    IsDefaultClass:        No
    Annotations:           <none>
    Provisioner:           ebs.csi.aws.com
    Parameters:            type=gp3
    AllowVolumeExpansion:  True
    MountOptions:
      debug
    ReclaimPolicy:      Delete
    VolumeBindingMode:  Immediate
    AllowedTopologies:
      Term 0:  topology.kubernetes.io/zone in [a, b]
    Events:    <none>
    "
  `)
})
