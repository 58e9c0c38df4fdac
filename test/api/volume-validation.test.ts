import { describe, expect, test } from 'vitest'
import { answerToPod, type Json } from './answers.js'

const answers = (volumes: readonly Json[]): string =>
  `\n${volumes.map(each => `${JSON.stringify(each)}\n  ${answerToPod({ volumes: [{ name: 'v', ...each }] })}`).join('\n')}\n`

describe('a volume', () => {
  test('has a name that no other has and exactly one source', () => {
    expect(
      answerToPod({
        volumes: [
          { name: 'v', emptyDir: {} },
          { name: 'v', emptyDir: {} },
        ],
      }),
    ).toMatchInlineSnapshot(`"spec.volumes[1].name: Duplicate value: "v""`)
    expect(answerToPod({ volumes: [{ emptyDir: {} }] })).toMatchInlineSnapshot(`"spec.volumes[0].name: Required value"`)
    expect(
      answers([{}, { emptyDir: {}, nfs: { server: 's', path: '/' }, configMap: { name: 'c' } }]),
    ).toMatchInlineSnapshot(`
      "
      {}
        valid
      {"emptyDir":{},"nfs":{"server":"s","path":"/"},"configMap":{"name":"c"}}
        [spec.volumes[0].nfs: Forbidden: may not specify more than 1 volume type, spec.volumes[0].configMap: Forbidden: may not specify more than 1 volume type]
      "
    `)
  })

  test('of a directory has a size and a path that make sense', () => {
    expect(
      answers([
        { emptyDir: { sizeLimit: '-1' } },
        { emptyDir: { medium: 'HugePages-2Mi' } },
        { emptyDir: { medium: 'SSD' } },
        { hostPath: { path: '' } },
        { hostPath: { path: '/a/../b' } },
        { hostPath: { path: '/a', type: 'Symlink' } },
        { gitRepo: { repository: '', directory: '/abs' } },
        { nfs: { server: '', path: 'relative' } },
      ]),
    ).toMatchInlineSnapshot(`
      "
      {"emptyDir":{"sizeLimit":"-1"}}
        spec.volumes[0].emptyDir.sizeLimit: Forbidden: SizeLimit field must be a valid resource quantity
      {"emptyDir":{"medium":"HugePages-2Mi"}}
        valid
      {"emptyDir":{"medium":"SSD"}}
        valid
      {"hostPath":{"path":""}}
        spec.volumes[0].hostPath.path: Required value
      {"hostPath":{"path":"/a/../b"}}
        spec.volumes[0].hostPath.path: Invalid value: "/a/../b": must not contain '..'
      {"hostPath":{"path":"/a","type":"Symlink"}}
        spec.volumes[0].hostPath.type: Unsupported value: "Symlink": supported values: "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"
      {"gitRepo":{"repository":"","directory":"/abs"}}
        [spec.volumes[0].gitRepo.repository: Required value, spec.volumes[0].gitRepo.directory: Invalid value: "/abs": must be a relative path]
      {"nfs":{"server":"","path":"relative"}}
        [spec.volumes[0].nfs.server: Required value, spec.volumes[0].nfs.path: Invalid value: "relative": must be an absolute path]
      "
    `)
  })

  test('of a ConfigMap or Secret has a name, a mode and items', () => {
    expect(
      answers([
        { configMap: {} },
        { configMap: { name: 'c', defaultMode: 512 } },
        { configMap: { name: 'c', items: [{ key: '', path: '' }] } },
        { configMap: { name: 'c', items: [{ key: 'a', path: '/abs', mode: -1 }] } },
        { secret: {} },
        { secret: { secretName: 's', items: [{ key: 'k', path: '..data' }] } },
        { secret: { secretName: 's', items: [{ key: 'k', path: 'a/../b' }] } },
      ]),
    ).toMatchInlineSnapshot(`
      "
      {"configMap":{}}
        spec.volumes[0].configMap.name: Required value
      {"configMap":{"name":"c","defaultMode":512}}
        spec.volumes[0].configMap.defaultMode: Invalid value: 512: must be a number between 0 and 0777 (octal), both inclusive
      {"configMap":{"name":"c","items":[{"key":"","path":""}]}}
        [spec.volumes[0].configMap.items[0].key: Required value, spec.volumes[0].configMap.items[0].path: Required value]
      {"configMap":{"name":"c","items":[{"key":"a","path":"/abs","mode":-1}]}}
        [spec.volumes[0].configMap.items[0].path: Invalid value: "/abs": must be a relative path, spec.volumes[0].configMap.items[0].mode: Invalid value: -1: must be a number between 0 and 0777 (octal), both inclusive]
      {"secret":{}}
        spec.volumes[0].secret.secretName: Required value
      {"secret":{"secretName":"s","items":[{"key":"k","path":"..data"}]}}
        spec.volumes[0].secret.items[0].path: Invalid value: "..data": must not start with '..'
      {"secret":{"secretName":"s","items":[{"key":"k","path":"a/../b"}]}}
        spec.volumes[0].secret.items[0].path: Invalid value: "a/../b": must not contain '..'
      "
    `)
  })

  test('of the downward API has paths and one reference each', () => {
    const ref = { fieldRef: { fieldPath: 'metadata.labels' } }
    expect(
      answers([
        { downwardAPI: { items: [{ path: 'labels', ...ref }] } },
        { downwardAPI: { items: [{ path: '', ...ref }] } },
        { downwardAPI: { items: [{ path: 'a' }] } },
        { downwardAPI: { items: [{ path: 'a', fieldRef: { fieldPath: 'spec.nodeName' } }] } },
        { downwardAPI: { items: [{ path: 'a', resourceFieldRef: { resource: 'limits.cpu' } }] } },
        {
          downwardAPI: {
            items: [{ path: 'a', ...ref, resourceFieldRef: { containerName: 'a', resource: 'limits.cpu' } }],
          },
        },
      ]),
    ).toMatchInlineSnapshot(`
      "
      {"downwardAPI":{"items":[{"path":"labels","fieldRef":{"fieldPath":"metadata.labels"}}]}}
        valid
      {"downwardAPI":{"items":[{"path":"","fieldRef":{"fieldPath":"metadata.labels"}}]}}
        spec.volumes[0].downwardAPI.path: Required value
      {"downwardAPI":{"items":[{"path":"a"}]}}
        spec.volumes[0].downwardAPI: Required value: one of fieldRef and resourceFieldRef is required
      {"downwardAPI":{"items":[{"path":"a","fieldRef":{"fieldPath":"spec.nodeName"}}]}}
        spec.volumes[0].downwardAPI.fieldRef.fieldPath: Unsupported value: "spec.nodeName": supported values: "metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"
      {"downwardAPI":{"items":[{"path":"a","resourceFieldRef":{"resource":"limits.cpu"}}]}}
        spec.volumes[0].downwardAPI.resourceFieldRef.containerName: Required value
      {"downwardAPI":{"items":[{"path":"a","fieldRef":{"fieldPath":"metadata.labels"},"resourceFieldRef":{"containerName":"a","resource":"limits.cpu"}}]}}
        spec.volumes[0].downwardAPI: Invalid value: "resource": fieldRef and resourceFieldRef can not be specified simultaneously
      "
    `)
  })

  test('may be projected from several sources, each for itself', () => {
    expect(
      answers([
        { projected: {} },
        { projected: { sources: [{}] } },
        { projected: { sources: [{ secret: { name: 's' }, configMap: { name: 'c' } }] } },
        { projected: { sources: [{ secret: {} }, { configMap: {} }] } },
        { projected: { sources: [{ serviceAccountToken: { path: '', expirationSeconds: 5 } }] } },
        { projected: { sources: [{ clusterTrustBundle: { path: 'a' } }] } },
        {
          projected: {
            sources: [
              { secret: { name: 's', items: [{ key: 'a', path: 'same' }] } },
              { configMap: { name: 'c', items: [{ key: 'b', path: 'same' }] } },
            ],
          },
        },
      ]),
    ).toMatchInlineSnapshot(`
      "
      {"projected":{}}
        valid
      {"projected":{"sources":[{}]}}
        valid
      {"projected":{"sources":[{"secret":{"name":"s"},"configMap":{"name":"c"}}]}}
        spec.volumes[0].projected.sources[0]: Forbidden: may not specify more than 1 volume type per source
      {"projected":{"sources":[{"secret":{}},{"configMap":{}}]}}
        [spec.volumes[0].projected.sources[0].secret.name: Required value, spec.volumes[0].projected.sources[1].configMap.name: Required value]
      {"projected":{"sources":[{"serviceAccountToken":{"path":"","expirationSeconds":5}}]}}
        [spec.volumes[0].projected.sources[0].serviceAccountToken.expirationSeconds: Invalid value: 5: may not specify a duration less than 10 minutes, spec.volumes[0].projected.path: Required value, spec.volumes[0].projected.sources[0].serviceAccountToken: Forbidden: must not be specified when serviceAccountName is not set]
      {"projected":{"sources":[{"clusterTrustBundle":{"path":"a"}}]}}
        spec.volumes[0].projected.sources[0].clusterTrustBundle: Required value: either name or signerName must be specified
      {"projected":{"sources":[{"secret":{"name":"s","items":[{"key":"a","path":"same"}]}},{"configMap":{"name":"c","items":[{"key":"b","path":"same"}]}}]}}
        spec.volumes[0].projected: Invalid value: "c": conflicting duplicate paths
      "
    `)
  })

  test('of a claim names it or describes it', () => {
    const claim = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } }
    expect(
      answers([
        { persistentVolumeClaim: { claimName: '' } },
        { persistentVolumeClaim: { claimName: 'A' } },
        { ephemeral: {} },
        { ephemeral: { volumeClaimTemplate: { spec: {} } } },
        { ephemeral: { volumeClaimTemplate: { spec: { ...claim, accessModes: ['Sometimes'], resources: {} } } } },
        { ephemeral: { volumeClaimTemplate: { metadata: { labels: { 'a b': '' } }, spec: claim } } },
        { ephemeral: { volumeClaimTemplate: { spec: { ...claim, volumeMode: 'Tape' } } } },
      ]),
    ).toMatchInlineSnapshot(`
      "
      {"persistentVolumeClaim":{"claimName":""}}
        spec.volumes[0].persistentVolumeClaim.claimName: Required value
      {"persistentVolumeClaim":{"claimName":"A"}}
        valid
      {"ephemeral":{}}
        spec.volumes[0].ephemeral.volumeClaimTemplate: Required value
      {"ephemeral":{"volumeClaimTemplate":{"spec":{}}}}
        [spec.volumes[0].ephemeral.volumeClaimTemplate.spec.accessModes: Required value: at least 1 access mode is required, spec.volumes[0].ephemeral.volumeClaimTemplate.spec.resources[storage]: Required value]
      {"ephemeral":{"volumeClaimTemplate":{"spec":{"accessModes":["Sometimes"],"resources":{}}}}}
        [spec.volumes[0].ephemeral.volumeClaimTemplate.spec.accessModes: Unsupported value: "Sometimes": supported values: "ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod", spec.volumes[0].ephemeral.volumeClaimTemplate.spec.resources[storage]: Required value]
      {"ephemeral":{"volumeClaimTemplate":{"metadata":{"labels":{"a b":""}},"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}}}}}}
        spec.volumes[0].ephemeral.volumeClaimTemplate.metadata.labels: Invalid value: "a b": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')
      {"ephemeral":{"volumeClaimTemplate":{"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}},"volumeMode":"Tape"}}}}
        spec.volumes[0].ephemeral.volumeClaimTemplate.spec.volumeMode: Unsupported value: "Tape": supported values: "Block", "Filesystem"
      "
    `)
  })

  test('of a storage system has what that needs', () => {
    expect(
      answers([
        { iscsi: {} },
        { iscsi: { targetPortal: 'p', iqn: 'iqn', lun: 300 } },
        { rbd: {} },
        { cephfs: {} },
        { glusterfs: {} },
        { fc: {} },
        { fc: { wwids: ['w'], targetWWNs: ['t'], lun: 256 } },
        { flexVolume: {} },
        { flocker: {} },
        { cinder: {} },
        { awsElasticBlockStore: { volumeID: '', partition: 256 } },
        { gcePersistentDisk: {} },
        { azureFile: {} },
        { azureDisk: { diskName: 'd', diskURI: 'd', cachingMode: 'X', kind: 'Managed' } },
        { vsphereVolume: {} },
        { photonPersistentDisk: {} },
        { portworxVolume: {} },
        { quobyte: { registry: 'host', volume: '' } },
        { scaleIO: {} },
        { storageos: {} },
        { csi: {} },
        { csi: { driver: 'a_b', nodePublishSecretRef: {} } },
        { image: { reference: '', pullPolicy: 'X' } },
      ]),
    ).toMatchInlineSnapshot(`
      "
      {"iscsi":{}}
        [spec.volumes[0].iscsi.targetPortal: Required value, spec.volumes[0].iscsi.iqn: Required value]
      {"iscsi":{"targetPortal":"p","iqn":"iqn","lun":300}}
        [spec.volumes[0].iscsi.iqn: Invalid value: "iqn": must be valid format, spec.volumes[0].iscsi.lun: Invalid value: 300: must be between 0 and 255, inclusive]
      {"rbd":{}}
        [spec.volumes[0].rbd.monitors: Required value, spec.volumes[0].rbd.image: Required value]
      {"cephfs":{}}
        spec.volumes[0].cephfs.monitors: Required value
      {"glusterfs":{}}
        [spec.volumes[0].glusterfs.endpoints: Required value, spec.volumes[0].glusterfs.path: Required value]
      {"fc":{}}
        spec.volumes[0].fc.targetWWNs: Required value: must specify either targetWWNs or wwids, but not both
      {"fc":{"wwids":["w"],"targetWWNs":["t"],"lun":256}}
        [spec.volumes[0].fc.targetWWNs: Invalid value: []string{"t"}: targetWWNs and wwids can not be specified simultaneously, spec.volumes[0].fc.lun: Invalid value: 256: must be between 0 and 255, inclusive]
      {"flexVolume":{}}
        spec.volumes[0].flexVolume.driver: Required value
      {"flocker":{}}
        spec.volumes[0].flocker: Required value: one of datasetName and datasetUUID is required
      {"cinder":{}}
        spec.volumes[0].cinder.volumeID: Required value
      {"awsElasticBlockStore":{"volumeID":"","partition":256}}
        [spec.volumes[0].awsElasticBlockStore.volumeID: Required value, spec.volumes[0].awsElasticBlockStore.partition: Invalid value: 256: must be between 1 and 255, inclusive]
      {"gcePersistentDisk":{}}
        spec.volumes[0].persistentDisk.pdName: Required value
      {"azureFile":{}}
        [spec.volumes[0].azureFile.secretName: Required value, spec.volumes[0].azureFile.shareName: Required value]
      {"azureDisk":{"diskName":"d","diskURI":"d","cachingMode":"X","kind":"Managed"}}
        [spec.volumes[0].azureDisk.cachingMode: Unsupported value: "X": supported values: "None", "ReadOnly", "ReadWrite", spec.volumes[0].azureDisk.diskURI: Unsupported value: "d": supported values: "/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}"]
      {"vsphereVolume":{}}
        spec.volumes[0].vsphereVolume.volumePath: Required value
      {"photonPersistentDisk":{}}
        spec.volumes[0].photonPersistentDisk.pdID: Required value
      {"portworxVolume":{}}
        spec.volumes[0].portworxVolume.volumeID: Required value
      {"quobyte":{"registry":"host","volume":""}}
        [spec.volumes[0].quobyte.registry: Invalid value: "host": must be a host:port pair or multiple pairs separated by commas, spec.volumes[0].quobyte.volume: Required value]
      {"scaleIO":{}}
        [spec.volumes[0].scaleIO.gateway: Required value, spec.volumes[0].scaleIO.system: Required value, spec.volumes[0].scaleIO.volumeName: Required value]
      {"storageos":{}}
        spec.volumes[0].storageos.volumeName: Required value
      {"csi":{}}
        [spec.volumes[0].csi.driver: Required value, spec.volumes[0].csi.driver: Invalid value: "": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')]
      {"csi":{"driver":"a_b","nodePublishSecretRef":{}}}
        [spec.volumes[0].csi.driver: Invalid value: "a_b": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*'), spec.volumes[0].csi.nodePublishSecretRef.name: Required value]
      {"image":{"reference":"","pullPolicy":"X"}}
        [spec.volumes[0].image.reference: Required value, spec.volumes[0].image.pullPolicy: Unsupported value: "X": supported values: "Always", "IfNotPresent", "Never"]
      "
    `)
  })
})
