import { describe, expect, test } from 'vitest'
import { defaultObject, validateObject, validateObjectUpdate } from '../../src/api/index.js'
import type { KubernetesObject, PersistentVolume, PersistentVolumeClaim, StorageClass } from '../../src/model/index.js'

const claim = (spec: object = {}, more: object = {}): PersistentVolumeClaim =>
  defaultObject({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'data', namespace: 'default' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, ...spec },
    ...more,
  } as KubernetesObject) as PersistentVolumeClaim
const volume = (spec: object = {}): PersistentVolume =>
  defaultObject({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: 'disk' },
    spec: { accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' }, hostPath: { path: '/data' }, ...spec },
  } as KubernetesObject) as PersistentVolume
const storageClass = (fields: object = {}): StorageClass =>
  defaultObject({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'fast' },
    provisioner: 'ebs.csi.aws.com',
    ...fields,
  } as KubernetesObject) as StorageClass

const answerTo = (object: KubernetesObject): string[] =>
  validateObject(object).map(({ field, message }) => `${field}: ${message}`)
const answerToUpdate = (before: KubernetesObject, after: KubernetesObject): string[] =>
  validateObjectUpdate(before, after).map(({ field, message }) => `${field}: ${message}`)

describe('the API server fills in', () => {
  test('what claims, volumes and classes leave open', () => {
    expect([claim().spec.volumeMode, claim().status]).toEqual(['Filesystem', { phase: 'Pending' }])
    expect([volume().spec.volumeMode, volume().spec.persistentVolumeReclaimPolicy]).toEqual(['Filesystem', 'Retain'])
    expect([storageClass().reclaimPolicy, storageClass().volumeBindingMode]).toEqual(['Delete', 'Immediate'])
  })
})

describe('the API server refuses', () => {
  test('a claim that does not say what it wants', () => {
    expect([
      answerTo(claim({ accessModes: [], resources: {} })),
      answerTo(claim({ accessModes: ['ReadWriteOnce', 'ReadWriteOncePod'] })),
      answerTo(claim({ accessModes: ['Often'], resources: { requests: { storage: '0' } }, volumeMode: 'Tape' })),
    ]).toMatchInlineSnapshot(`
      [
        [
          "spec.accessModes: Required value: at least 1 access mode is required",
          "spec.resources[storage]: Required value",
        ],
        [
          "spec.accessModes: Forbidden: may not use ReadWriteOncePod with other access modes",
        ],
        [
          "spec.accessModes: Unsupported value: "Often": supported values: "ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"",
          "spec.resources[storage]: Invalid value: "0": must be greater than zero",
          "spec.volumeMode: Unsupported value: "Tape": supported values: "Block", "Filesystem"",
        ],
      ]
    `)
  })

  test('a volume that does not say what it has', () => {
    expect([
      answerTo(volume({ accessModes: [], capacity: {}, hostPath: undefined })),
      answerTo(volume({ nfs: { server: 'a', path: '/' }, persistentVolumeReclaimPolicy: 'Keep', volumeMode: 'Tape' })),
      answerTo(volume({ hostPath: undefined, local: { path: '' } })),
      answerTo(volume({ hostPath: { path: '/' }, persistentVolumeReclaimPolicy: 'Recycle', nodeAffinity: {} })),
    ]).toMatchInlineSnapshot(`
      [
        [
          "spec.accessModes: Required value",
          "spec.capacity: Required value",
          "spec.capacity: Unsupported value: core.ResourceList{}: supported values: "storage"",
          "spec: Required value: must specify a volume type",
        ],
        [
          "spec.persistentVolumeReclaimPolicy: Unsupported value: "Keep": supported values: "Delete", "Recycle", "Retain"",
          "spec.nfs: Forbidden: may not specify more than 1 volume type",
          "spec.volumeMode: Unsupported value: "Tape": supported values: "Block", "Filesystem"",
        ],
        [
          "spec.local.path: Required value",
          "metadata.annotations: Required value: Local volume requires node affinity",
        ],
        [
          "spec.nodeAffinity.required: Required value: must specify required node constraints",
          "spec.persistentVolumeReclaimPolicy: Forbidden: may not be 'recycle' for a hostPath mount of '/'",
        ],
      ]
    `)
  })

  test('a class that nobody could serve', () => {
    expect([
      answerTo(storageClass({ provisioner: '' })),
      answerTo(storageClass({ reclaimPolicy: 'Recycle', volumeBindingMode: 'Later', parameters: { '': 'x' } })),
    ]).toMatchInlineSnapshot(`
      [
        [
          "provisioner: Required value",
        ],
        [
          "parameters: Invalid value: "": field can not be empty.",
          "reclaimPolicy: Unsupported value: "Recycle": supported values: "Delete", "Retain"",
          "volumeBindingMode: Unsupported value: "Later": supported values: "Immediate", "WaitForFirstConsumer"",
        ],
      ]
    `)
  })

  test('changes of what was agreed on', () => {
    const bound = claim({ volumeName: 'disk' }, { status: { phase: 'Bound', capacity: { storage: '1Gi' } } })
    const asking = (storage: string): PersistentVolumeClaim => ({
      ...bound,
      spec: { ...bound.spec, resources: { requests: { storage } } },
    })
    expect([
      answerToUpdate(claim(), claim({ accessModes: ['ReadWriteMany'] })),
      answerToUpdate(bound, asking('500Mi')),
      answerToUpdate(bound, asking('2Gi')),
      answerToUpdate(volume(), volume({ hostPath: { path: '/other' }, volumeMode: 'Block' })),
      answerToUpdate(
        storageClass(),
        storageClass({ provisioner: 'x.example', volumeBindingMode: 'WaitForFirstConsumer' }),
      ),
    ]).toMatchInlineSnapshot(`
      [
        [
          "spec: Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims",
        ],
        [
          "spec.resources.requests.storage: Forbidden: field can not be less than status.capacity",
        ],
        [],
        [
          "spec.persistentvolumesource: Forbidden: spec.persistentvolumesource is immutable after creation",
          "spec.volumeMode: Invalid value: "Block": field is immutable",
        ],
        [
          "provisioner: Forbidden: updates to provisioner are forbidden.",
          "volumeBindingMode: Invalid value: "WaitForFirstConsumer": field is immutable",
        ],
      ]
    `)
  })
})
