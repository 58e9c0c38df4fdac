import type { ResourceClient } from '../../contract/index.js'
import type { StorageLister } from './pod-volumes.js'

/** Claims, volumes and classes as the API server holds them. */
export const storedStorage = (client: () => Pick<ResourceClient, 'resource' | 'resources'>): StorageLister => ({
  claim: (namespace, name) => client().resource('PersistentVolumeClaim', namespace, name),
  volume: name => client().resource('PersistentVolume', '', name),
  volumes: () => client().resources('PersistentVolume'),
  storageClass: name => client().resource('StorageClass', '', name)?.object ?? null,
})
