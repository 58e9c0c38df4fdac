import { choiceLabel } from '../../../kernel/index.js'
import {
  type Node,
  type NodeSelector,
  type PersistentVolume,
  type StorageClass,
  storageClassOf,
} from '../../../model/index.js'
import { EventRecorder, type WorkQueue } from '../../client/index.js'
import { CHANGE, type ResourceVersion } from '../../contract/index.js'
import { STORAGE_ANNOTATION as ANNOTATION, isInTopologies } from '../../predicates/index.js'
import { EVENT_SOURCE } from '../event-source.js'
import type { ResourceController } from '../resource-controller.js'
import {
  annotationOf,
  asClaim,
  asVolume,
  type ClaimVersion,
  claimAt,
  type StorageContext,
  volumeAt,
} from './storage-controller.js'

/** How long it takes to make a disk, unless drawn otherwise, and at most. */
const PROVISIONING_MS = 2000
const LONGEST_PROVISIONING_MS = 10_000
/** How long it takes to delete one. */
const DELETION_MS = 1000

const PROVISIONING = choiceLabel('volume-provisioning', 'a volume is made in 2 s')
const PLACE = choiceLabel('volume-place', 'a volume that no pod waits for is made for the first node')

/** Provisioners whose volumes lie on the node's own disk. */
const LOCAL_PROVISIONERS: ReadonlySet<string> = new Set(['rancher.io/local-path', 'openebs.io/local', 'topolvm.io'])

/**
 * Makes volumes for claims that are left to the provisioner of their class, and deletes them when they are released. Whatever a class
 * calls its provisioner, there is one: it makes disks that the nodes of one zone reach, and of local ones that a single node does.
 *
 * external-provisioner: pkg/controller, sigs.k8s.io/sig-storage-lib-external-provisioner controller.go, v5 with Kubernetes v1.32.
 */
export class VolumeProvisioner implements ResourceController {
  readonly queue: WorkQueue
  readonly #context: StorageContext
  readonly #events: EventRecorder
  /** By claim or volume: when the work on it, which has begun, is done. */
  readonly #doneAt = new Map<string, number>()

  constructor(context: StorageContext, queue: WorkQueue) {
    this.#context = context
    this.queue = queue
    this.#events = new EventRecorder(context.environment, EVENT_SOURCE.Provisioner)
  }

  reset(): void {
    this.#events.reset()
    this.#doneAt.clear()
  }

  resourceChanged(change: number, version: ResourceVersion, cause: number): void {
    if (change === CHANGE.removed) return
    const claim = asClaim(version)
    const volume = asVolume(version)
    const isDue =
      (claim !== null && isWanting(claim) && !this.#doneAt.has(claim.uid)) ||
      (volume !== null && isToDelete(volume.object) && volume.deletionSeconds < 0 && !this.#doneAt.has(volume.uid))
    if (isDue) this.queue.addAfter(version.path, this.#context.environment.timing.watch, cause)
  }

  sync(key: number, cause: number): void {
    const { kernel, symbols } = this.#context.environment
    const isClaim = symbols.text(key).startsWith('PersistentVolumeClaim/')
    const version = isClaim ? claimAt(this.#context, key) : volumeAt(this.#context, key)
    if (version === null) return
    const doneAt = this.#doneAt.get(version.uid)
    if (doneAt === undefined) this.#begin(version as ResourceVersion, cause)
    else if (kernel.now < doneAt) this.queue.addAfter(key, doneAt - kernel.now, cause)
    else if (version.kind === 'PersistentVolumeClaim') this.#provision(version, cause)
    else if (isToDelete(version.object)) this.#context.client.deleteResource(version as never, cause)
  }

  #begin(version: ResourceVersion, cause: number): void {
    const { kernel, choices } = this.#context.environment
    const claim = asClaim(version)
    if (claim === null) {
      this.#doneAt.set(version.uid, kernel.now + DELETION_MS)
      this.queue.addAfter(version.path, DELETION_MS, cause)
      return
    }
    if (!isWanting(claim)) return
    const duration = choices.draw(PROVISIONING, claim.path, 0, LONGEST_PROVISIONING_MS, PROVISIONING_MS)
    this.#doneAt.set(claim.uid, kernel.now + duration)
    const what = `External provisioner is provisioning volume for claim "${claim.namespace}/${claim.name}"`
    this.#tell(claim, 'Provisioning', what, cause)
    this.queue.addAfter(claim.path, duration, cause)
  }

  #provision(claim: ClaimVersion, cause: number): void {
    const { client } = this.#context
    const storageClass = client.resource('StorageClass', '', storageClassOf(claim.object))?.object
    if (!isWanting(claim) || storageClass === undefined) return
    const name = `pvc-${claim.uid}`
    if (client.resource('PersistentVolume', '', name) !== null) return
    const { row } = client.createResource(this.#volumeFor(claim, storageClass, name), cause)
    this.#tell(claim, 'ProvisioningSucceeded', `Successfully provisioned volume ${name}`, row)
  }

  #volumeFor(claim: ClaimVersion, storageClass: StorageClass, name: string): PersistentVolume {
    const { spec } = claim.object
    const { provisioner, reclaimPolicy = 'Delete', mountOptions } = storageClass
    const required = this.#reach(claim, storageClass)
    const { namespace, name: claimName, uid } = claim
    return {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name, annotations: { [ANNOTATION.provisionedBy]: provisioner } },
      spec: {
        capacity: { storage: spec.resources?.requests?.storage ?? '0' },
        accessModes: spec.accessModes ?? [],
        claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name: claimName, uid },
        persistentVolumeReclaimPolicy: reclaimPolicy,
        storageClassName: storageClass.metadata.name ?? '',
        ...(mountOptions === undefined ? {} : { mountOptions }),
        volumeMode: spec.volumeMode ?? 'Filesystem',
        ...(required === undefined ? {} : { nodeAffinity: { required } }),
        csi: { driver: provisioner, volumeHandle: name },
      },
    }
  }

  /** The nodes that will reach the volume; undefined: all. */
  #reach(claim: ClaimVersion, storageClass: StorageClass): NodeSelector | undefined {
    const node = this.#placeOf(claim, storageClass)
    if (node === undefined) return undefined
    const labels = node.metadata.labels ?? {}
    const isLocal = LOCAL_PROVISIONERS.has(storageClass.provisioner)
    const key = isLocal ? HOST_NAME : ZONE
    const value = isLocal ? (labels[HOST_NAME] ?? node.metadata.name) : labels[ZONE]
    if (value === undefined) return undefined
    return { nodeSelectorTerms: [{ matchExpressions: [{ key, operator: 'In', values: [value] }] }] }
  }

  /** The node of the first pod; where nobody waits, any that the class allows. */
  #placeOf(claim: ClaimVersion, storageClass: StorageClass): Node | undefined {
    const { nodes, environment } = this.#context
    const present = nodes.filter(({ isGone }) => !isGone).map(({ object }) => object)
    const selected = annotationOf(claim.object, ANNOTATION.selectedNode)
    if (selected !== undefined) return present.find(({ metadata }) => metadata.name === selected)
    const allowed = present.filter(node => isInTopologies(storageClass, node))
    if (allowed.length === 0) return undefined
    return allowed[environment.choices.draw(PLACE, claim.path, 0, allowed.length, 0)]
  }

  #tell(claim: ClaimVersion, reason: string, message: string, cause: number): void {
    const { symbols } = this.#context.environment
    this.#events.record(claim.path, claim.path, false, symbols.intern(reason), symbols.intern(message), cause)
  }
}

const HOST_NAME = 'kubernetes.io/hostname'
const ZONE = 'topology.kubernetes.io/zone'

/** shouldProvision: the binder has left the claim to a provisioner, and no volume has been bound to it since. */
const isWanting = ({ object, deletionSeconds }: ClaimVersion): boolean =>
  deletionSeconds < 0 &&
  (object.spec.volumeName ?? '') === '' &&
  annotationOf(object, ANNOTATION.provisioner) !== undefined

/** shouldDelete. */
const isToDelete = (volume: PersistentVolume): boolean =>
  volume.status?.phase === 'Released' &&
  volume.spec.persistentVolumeReclaimPolicy === 'Delete' &&
  annotationOf(volume, ANNOTATION.provisionedBy) !== undefined
