import type { ObjectLister } from '../plugin.js'
import type { StorageLister } from './pod-volumes.js'

/** Claims, volumes and classes of a list of objects, in which nothing is being deleted unless it says so. */
export const listedStorage = (objects: ObjectLister): StorageLister => {
  const volumes = () =>
    objects.list('PersistentVolume').map(object => ({
      object,
      name: object.metadata.name ?? '',
      deletionSeconds: object.metadata.deletionTimestamp === undefined ? -1 : 0,
    }))
  return {
    claim: (namespace, name) => {
      const object = objects
        .list('PersistentVolumeClaim')
        .find(({ metadata }) => metadata.name === name && (metadata.namespace ?? 'default') === namespace)
      if (object === undefined) return null
      const { uid = '', deletionTimestamp } = object.metadata
      return { object, namespace, name, uid, deletionSeconds: deletionTimestamp === undefined ? -1 : 0 }
    },
    volume: name => volumes().find(volume => volume.name === name) ?? null,
    volumes,
    storageClass: name => objects.list('StorageClass').find(({ metadata }) => metadata.name === name) ?? null,
  }
}
