import { describe, expect, test } from 'vitest'
import { listObjects } from '../../../src/kubectl/index.js'
import { claim, got, podWith, refusals, said, scenario, simulate, storageClass, volume } from './storage.js'

describe('a claim without a class', () => {
  test('gets the default one, and waits for the first pod that has it', () => {
    const trace = simulate([claim('data')])
    expect(got(trace, 'pvc')).toMatchInlineSnapshot(`
      "NAME   STATUS    VOLUME   CAPACITY   ACCESS MODES   STORAGECLASS   VOLUMEATTRIBUTESCLASS
      data   Pending                                      standard       <unset>
      "
    `)
    expect(said(trace, 'PersistentVolumeClaim', 'data')).toMatchInlineSnapshot(`
      [
        "WaitForFirstConsumer: waiting for first consumer to be created before binding",
      ]
    `)
  })

  test('has a volume made where the pod goes, and the pod waits for it', () => {
    const trace = simulate([podWith('web', ['data']), claim('data')])
    expect(got(trace, 'pvc,pv,pod')).toMatchInlineSnapshot(`
      "NAME                         STATUS   VOLUME                                     CAPACITY   ACCESS MODES   STORAGECLASS   VOLUMEATTRIBUTESCLASS
      persistentvolumeclaim/data   Bound    pvc-UID   1Gi        RWO            standard       <unset>

      NAME                                                        CAPACITY   ACCESS MODES   RECLAIM POLICY   STATUS   CLAIM          STORAGECLASS   VOLUMEATTRIBUTESCLASS   REASON
      persistentvolume/pvc-UID   1Gi        RWO            Delete           Bound    default/data   standard       <unset>

      NAME      READY   STATUS    RESTARTS
      pod/web   1/1     Running   0
      "
    `)
    expect(said(trace, 'PersistentVolumeClaim', 'data')).toMatchInlineSnapshot(`
      [
        "WaitForFirstConsumer: waiting for first consumer to be created before binding",
        "ExternalProvisioning: Waiting for a volume to be created either by the external provisioner 'disk.csi.podwright.dev' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.",
        "Provisioning: External provisioner is provisioning volume for claim "default/data"",
        "ProvisioningSucceeded: Successfully provisioned volume pvc-f8fbf1c8-d139-4176-9137-edfd00592402",
      ]
    `)
    expect(said(trace, 'Pod', 'web').slice(0, 2)).toMatchInlineSnapshot(`
      [
        "Scheduled: Successfully assigned default/web to node-1",
        "Pulling: Pulling image "app:1"",
      ]
    `)
    expect(got(trace, 'pod', '2s')).toMatchInlineSnapshot(`
      "NAME   READY   STATUS              RESTARTS
      web    0/1     ContainerCreating   0
      "
    `)
  })

  test('gets the class that manifests mark as default before that of the cluster', () => {
    const marked = storageClass('gold', {}, { annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } })
    expect(got(simulate([marked, claim('data')]), 'pvc,sc')).toMatchInlineSnapshot(`
      "NAME                         STATUS   VOLUME                                     CAPACITY   ACCESS MODES   STORAGECLASS   VOLUMEATTRIBUTESCLASS
      persistentvolumeclaim/data   Bound    pvc-UID   1Gi        RWO            gold           <unset>

      NAME                                             PROVISIONER              RECLAIMPOLICY   VOLUMEBINDINGMODE      ALLOWVOLUMEEXPANSION
      storageclass.storage.k8s.io/gold (default)       ebs.csi.aws.com          Delete          Immediate              false
      storageclass.storage.k8s.io/standard (default)   disk.csi.podwright.dev   Delete          WaitForFirstConsumer   false
      "
    `)
  })

  test('that says so has none, and waits for a volume', () => {
    const trace = simulate([claim('data', { storageClassName: '' })])
    expect(said(trace, 'PersistentVolumeClaim', 'data')).toMatchInlineSnapshot(`
      [
        "FailedBinding: no persistent volumes available for this claim and no storage class is set",
      ]
    `)
  })
})

describe('a claim of a class', () => {
  test('that binds at once has its volume made without a pod', () => {
    const trace = simulate([storageClass('fast'), claim('data', { storageClassName: 'fast' })])
    expect(got(trace, 'pvc,pv')).toMatchInlineSnapshot(`
      "NAME                         STATUS   VOLUME                                     CAPACITY   ACCESS MODES   STORAGECLASS   VOLUMEATTRIBUTESCLASS
      persistentvolumeclaim/data   Bound    pvc-UID   1Gi        RWO            fast           <unset>

      NAME                                                        CAPACITY   ACCESS MODES   RECLAIM POLICY   STATUS   CLAIM          STORAGECLASS   VOLUMEATTRIBUTESCLASS   REASON
      persistentvolume/pvc-UID   1Gi        RWO            Delete           Bound    default/data   fast           <unset>
      "
    `)
    expect(said(trace, 'PersistentVolumeClaim', 'data')).toMatchInlineSnapshot(`
      [
        "ExternalProvisioning: Waiting for a volume to be created either by the external provisioner 'ebs.csi.aws.com' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.",
        "Provisioning: External provisioner is provisioning volume for claim "default/data"",
        "ProvisioningSucceeded: Successfully provisioned volume pvc-f8fbf1c8-d139-4176-9137-edfd00592402",
      ]
    `)
  })

  test('that does not exist stays Pending, and says so', () => {
    const trace = simulate([claim('data', { storageClassName: 'nope' })])
    expect(said(trace, 'PersistentVolumeClaim', 'data')).toMatchInlineSnapshot(`
      [
        "ProvisioningFailed: storageclass.storage.k8s.io "nope" not found",
      ]
    `)
  })

  test('that comes later is served with the next look at all claims', () => {
    const later = { at: '20s', apply: storageClass('fast') }
    const trace = simulate([claim('data', { storageClassName: 'fast' }), scenario(later)])
    expect(got(trace, 'pvc', '29s')).toMatchInlineSnapshot(`
      "NAME   STATUS    VOLUME   CAPACITY   ACCESS MODES   STORAGECLASS   VOLUMEATTRIBUTESCLASS
      data   Pending                                      fast           <unset>
      "
    `)
    expect(got(trace, 'pvc', '33s')).toMatchInlineSnapshot(`
      "NAME   STATUS   VOLUME                                     CAPACITY   ACCESS MODES   STORAGECLASS   VOLUMEATTRIBUTESCLASS
      data   Bound    pvc-UID   1Gi        RWO            fast           <unset>
      "
    `)
  })
})

describe('volumes that are there', () => {
  const manual = { storageClassName: 'manual' }

  test('are bound by capacity, modes, class and selector: the smallest that does', () => {
    const volumes = [
      volume('large', { capacity: { storage: '10Gi' } }),
      volume('small', { capacity: { storage: '100Mi' } }),
      volume('other', { storageClassName: 'other' }),
      volume('fits', { capacity: { storage: '2Gi' } }),
      volume('many', { accessModes: ['ReadWriteOnce', 'ReadWriteMany'] }),
    ]
    const trace = simulate([
      ...volumes,
      claim('data', manual),
      claim('shared', { ...manual, accessModes: ['ReadWriteMany'] }),
    ])
    expect(got(trace, 'pvc,pv')).toMatchInlineSnapshot(`
      "NAME                           STATUS   VOLUME   CAPACITY   ACCESS MODES   STORAGECLASS   VOLUMEATTRIBUTESCLASS
      persistentvolumeclaim/data     Bound    fits     2Gi        RWO            manual         <unset>
      persistentvolumeclaim/shared   Bound    many     1Gi        RWO,RWX        manual         <unset>

      NAME                     CAPACITY   ACCESS MODES   RECLAIM POLICY   STATUS      CLAIM            STORAGECLASS   VOLUMEATTRIBUTESCLASS   REASON
      persistentvolume/fits    2Gi        RWO            Retain           Bound       default/data     manual         <unset>
      persistentvolume/large   10Gi       RWO            Retain           Available                    manual         <unset>
      persistentvolume/many    1Gi        RWO,RWX        Retain           Bound       default/shared   manual         <unset>
      persistentvolume/other   1Gi        RWO            Retain           Available                    other          <unset>
      persistentvolume/small   100Mi      RWO            Retain           Available                    manual         <unset>
      "
    `)
  })

  test('are bound to the claim that they are kept for, and by the name that a claim gives', () => {
    const kept = volume('kept', { claimRef: { namespace: 'default', name: 'data' } }, { labels: { tier: 'gold' } })
    const named = volume('named')
    const trace = simulate([named, kept, claim('data', manual), claim('mine', { ...manual, volumeName: 'named' })])
    expect(got(trace, 'pvc')).toMatchInlineSnapshot(`
      "NAME   STATUS   VOLUME   CAPACITY   ACCESS MODES   STORAGECLASS   VOLUMEATTRIBUTESCLASS
      data   Bound    kept     1Gi        RWO            manual         <unset>
      mine   Bound    named    1Gi        RWO            manual         <unset>
      "
    `)
  })

  test('that a claim asks for by name may not do', () => {
    const trace = simulate([
      volume('tiny', { capacity: { storage: '10Mi' } }),
      claim('data', { ...manual, volumeName: 'tiny' }),
      volume('taken'),
      claim('first', { ...manual, volumeName: 'taken' }),
      claim('second', { ...manual, volumeName: 'taken' }),
    ])
    expect(said(trace, 'PersistentVolumeClaim', 'data')).toMatchInlineSnapshot(`
      [
        "VolumeMismatch x2: Cannot bind to requested volume "tiny": requested PV is too small",
      ]
    `)
    expect(said(trace, 'PersistentVolumeClaim', 'second')).toMatchInlineSnapshot(`
      [
        "FailedBinding x2: volume "taken" already bound to a different claim.",
      ]
    `)
  })

  test('by a selector', () => {
    const volumes = [volume('a', {}, { labels: { tier: 'tin' } }), volume('b', {}, { labels: { tier: 'gold' } })]
    const picky = claim('data', { ...manual, selector: { matchLabels: { tier: 'gold' } } })
    expect(got(simulate([...volumes, picky]), 'pvc')).toMatchInlineSnapshot(`
      "NAME   STATUS   VOLUME   CAPACITY   ACCESS MODES   STORAGECLASS   VOLUMEATTRIBUTESCLASS
      data   Bound    b        1Gi        RWO            manual         <unset>
      "
    `)
  })

  test('wait for the first pod where their class says so, and go with it to its node', () => {
    const local = storageClass('local', {
      provisioner: 'kubernetes.io/no-provisioner',
      volumeBindingMode: 'WaitForFirstConsumer',
    })
    const on = (node: string): object => ({
      storageClassName: 'local',
      hostPath: undefined,
      local: { path: '/disk' },
      nodeAffinity: {
        required: {
          nodeSelectorTerms: [
            { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [node] }] },
          ],
        },
      },
    })
    const manifests = [local, volume('disk', on('node-2')), claim('data', { storageClassName: 'local' })]
    const trace = simulate([...manifests, podWith('web', ['data'])], { nodes: 3 })
    expect(said(trace, 'Pod', 'web')[0]).toMatchInlineSnapshot(
      `"Scheduled: Successfully assigned default/web to node-2"`,
    )
    expect(got(trace, 'pvc')).toMatchInlineSnapshot(`
      "NAME   STATUS   VOLUME   CAPACITY   ACCESS MODES   STORAGECLASS   VOLUMEATTRIBUTESCLASS
      data   Bound    disk     1Gi        RWO            local          <unset>
      "
    `)
    const elsewhere = simulate(
      [...manifests, podWith('web', ['data'], { nodeSelector: { 'kubernetes.io/hostname': 'node-1' } })],
      { nodes: 3 },
    )
    expect(said(elsewhere, 'Pod', 'web')).toMatchInlineSnapshot(`
      [
        "FailedScheduling: 0/3 nodes are available: 1 node(s) didn't find available persistent volumes to bind, 2 node(s) didn't match Pod's node affinity/selector. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.",
      ]
    `)
  })
})

describe('the end of a claim', () => {
  const remove = (what: string): object => ({ at: '30s', request: { delete: what } })

  test('is put off while a pod has it', () => {
    const steps = scenario(remove('pvc/data'), '60s: delete pod/web')
    const trace = simulate([claim('data'), podWith('web', ['data']), steps])
    expect(got(trace, 'pvc', '40s')).toMatchInlineSnapshot(`
      "NAME   STATUS        VOLUME                                     CAPACITY   ACCESS MODES   STORAGECLASS   VOLUMEATTRIBUTESCLASS
      data   Terminating   pvc-UID   1Gi        RWO            standard       <unset>
      "
    `)
    expect(got(trace, 'pv', '61s')).toMatchInlineSnapshot(`
      "NAME                                       CAPACITY   ACCESS MODES   RECLAIM POLICY   STATUS     CLAIM          STORAGECLASS   VOLUMEATTRIBUTESCLASS   REASON
      pvc-UID   1Gi        RWO            Delete           Released   default/data   standard       <unset>
      "
    `)
    expect(got(trace, 'pvc,pv')).toMatchInlineSnapshot(`
      "No resources found in default
      "
    `)
  })

  test('releases a volume that is to stay', () => {
    const trace = simulate([
      volume('disk'),
      claim('data', { storageClassName: 'manual' }),
      scenario(remove('pvc/data')),
    ])
    expect(got(trace, 'pvc,pv')).toMatchInlineSnapshot(`
      "NAME                    CAPACITY   ACCESS MODES   RECLAIM POLICY   STATUS     CLAIM          STORAGECLASS   VOLUMEATTRIBUTESCLASS   REASON
      persistentvolume/disk   1Gi        RWO            Retain           Released   default/data   manual         <unset>
      "
    `)
  })

  test('fails a volume that nobody can delete', () => {
    const disk = volume('disk', { persistentVolumeReclaimPolicy: 'Delete' })
    const trace = simulate([disk, claim('data', { storageClassName: 'manual' }), scenario(remove('pvc/data'))])
    expect(said(trace, 'PersistentVolume', 'disk')).toMatchInlineSnapshot(`
      [
        "VolumeFailedDelete: error getting deleter volume plugin for volume "disk": no deletable volume plugin matched",
      ]
    `)
    expect(got(trace, 'pv')).toMatchInlineSnapshot(`
      "NAME   CAPACITY   ACCESS MODES   RECLAIM POLICY   STATUS   CLAIM          STORAGECLASS   VOLUMEATTRIBUTESCLASS   REASON
      disk   1Gi        RWO            Delete           Failed   default/data   manual         <unset>
      "
    `)
  })

  test('that is bound keeps its volume from going', () => {
    const trace = simulate([volume('disk'), claim('data', { storageClassName: 'manual' }), scenario(remove('pv/disk'))])
    expect(got(trace, 'pv')).toMatchInlineSnapshot(`
      "NAME   CAPACITY   ACCESS MODES   RECLAIM POLICY   STATUS        CLAIM          STORAGECLASS   VOLUMEATTRIBUTESCLASS   REASON
      disk   1Gi        RWO            Retain           Terminating   default/data   manual         <unset>
      "
    `)
  })
})

test('what is applied again is changed, as far as it may be', () => {
  const again = scenario(
    { at: '30s', apply: claim('data', { storageClassName: 'standard' }, { labels: { tier: 'gold' } }) },
    { at: '40s', apply: claim('data', { storageClassName: 'standard', accessModes: ['ReadWriteMany'] }) },
  )
  const trace = simulate([claim('data'), again])
  const [data] = listObjects(trace, 'pvc')
  expect(data.metadata.labels).toEqual({ tier: 'gold' })
  expect(data.metadata.finalizers).toEqual(['kubernetes.io/pvc-protection'])
  expect(refusals(trace)).toMatchInlineSnapshot(`
    [
      "PersistentVolumeClaim "data" is invalid: spec: Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims",
    ]
  `)
})
