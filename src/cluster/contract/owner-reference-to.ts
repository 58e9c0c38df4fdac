import type { OwnerReference } from '../../model/index.js'
import type { ObjectVersion } from './objects.js'

/** What makes an object the controller of another one, and keeps it until that is gone where it is deleted in the foreground. */
export const ownerReferenceTo = ({ object, kind, name, uid }: ObjectVersion): OwnerReference => ({
  apiVersion: object.apiVersion,
  kind,
  name,
  uid,
  controller: true,
  blockOwnerDeletion: true,
})
