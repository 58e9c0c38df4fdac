import { type PersistentVolumeClaim, type StorageClass, storageClassOf } from '../../../model/index.js'
import { EventRecorder, type WorkQueue } from '../../client/index.js'
import { CHANGE, claimsOf, isTerminalPhase, type ResourceVersion } from '../../contract/index.js'
import {
  STORAGE_ANNOTATION as ANNOTATION,
  findVolume,
  isKeptFor,
  NO_PROVISIONER,
  volumeMismatch,
} from '../../predicates/index.js'
import { EVENT_SOURCE } from '../event-source.js'
import type { ResourceController } from '../resource-controller.js'
import { bindVolume, setVolumePhase } from './bind-volume.js'
import { reclaim } from './reclaim.js'
import {
  annotationOf,
  asClaim,
  asVolume,
  type ClaimVersion,
  claimAt,
  claimKey,
  type StorageContext,
  type VolumeVersion,
  volumeAt,
  volumeKey,
  write,
} from './storage-controller.js'

/** All claims and volumes are looked at again that often; here only those for which something has changed meanwhile. */
const RESYNC_MS = 15_000

/**
 * Brings claims and volumes together, asks for volumes where there are none, and says what a claim waits for.
 *
 * controllers: pkg/controller/volume/persistentvolume/pv_controller.go syncClaim, syncVolume, v1.32. Upstream repeats its Events with
 * every resync; here a claim that waits is told so again when it or what it could be bound to changes.
 */
export class VolumeBinder implements ResourceController {
  readonly queue: WorkQueue
  readonly #context: StorageContext
  readonly #events: EventRecorder

  constructor(context: StorageContext, queue: WorkQueue) {
    this.#context = context
    this.queue = queue
    this.#events = new EventRecorder(context.environment, EVENT_SOURCE.PersistentVolume)
  }

  reset(): void {
    this.#events.reset()
  }

  resourceChanged(change: number, version: ResourceVersion, cause: number): void {
    const isGone = change === CHANGE.removed
    const claim = asClaim(version)
    const volume = asVolume(version)
    if (claim !== null) {
      const { volumeName = '' } = claim.object.spec
      if (!isGone) this.#add(claim.path, cause)
      else if (volumeName !== '') this.#add(volumeKey(this.#context, volumeName), cause)
    } else if (volume !== null) {
      const { claimRef } = volume.object.spec
      if (!isGone) this.#add(volume.path, cause)
      else if (claimRef !== undefined)
        this.#add(claimKey(this.#context, claimRef.namespace ?? 'default', claimRef.name ?? ''), cause)
      if (!isGone && volume.object.status?.phase === 'Available') this.#wakeWaiting(cause)
    } else if (version.kind === 'StorageClass' && !isGone) this.#wakeWaiting(cause)
  }

  #add(key: number, cause: number): void {
    this.queue.addAfter(key, this.#context.environment.timing.watch, cause)
  }

  /** Nobody tells claims of a volume or class that they could have: the next resync finds it. */
  #wakeWaiting(cause: number): void {
    const { client, environment } = this.#context
    const delay = RESYNC_MS - (environment.kernel.now % RESYNC_MS)
    for (const { path, object } of client.resources('PersistentVolumeClaim'))
      if (object.status?.phase === 'Pending') this.queue.addAfter(path, delay, cause)
  }

  sync(key: number, cause: number): void {
    const { symbols } = this.#context.environment
    if (symbols.text(key).startsWith('PersistentVolumeClaim/')) {
      const claim = claimAt(this.#context, key)
      if (claim !== null) this.#syncClaim(claim, cause)
    } else {
      const volume = volumeAt(this.#context, key)
      if (volume !== null) this.#syncVolume(volume, cause)
    }
  }

  #syncClaim(claim: ClaimVersion, cause: number): void {
    if (annotationOf(claim.object, ANNOTATION.bindCompleted) !== undefined) this.#syncBound(claim, cause)
    else if ((claim.object.spec.volumeName ?? '') === '') this.#findVolume(claim, cause)
    else this.#bindNamed(claim, cause)
  }

  #findVolume(claim: ClaimVersion, cause: number): void {
    const context = this.#context
    const storageClass = this.#classOf(claim.object)
    const isDelayed =
      storageClass?.volumeBindingMode === 'WaitForFirstConsumer' &&
      annotationOf(claim.object, ANNOTATION.selectedNode) === undefined
    const volume = findVolume(claim, context.client.resources('PersistentVolume'), { isDelayed })
    if (volume !== undefined) bindVolume(context, volume as VolumeVersion, claim, cause)
    else if (claim.deletionSeconds >= 0 || this.#assignClass(claim, cause)) return
    else if (isDelayed) this.#tellFirstConsumer(claim, cause)
    else if (storageClassOf(claim.object) !== '') this.#provision(claim, storageClass, cause)
    else this.#tell(claim, false, 'FailedBinding', NO_VOLUME, cause)
  }

  #classOf(claim: PersistentVolumeClaim): StorageClass | undefined {
    const name = storageClassOf(claim)
    return name === '' ? undefined : this.#context.client.resource('StorageClass', '', name)?.object
  }

  /** assignDefaultStorageClass: a claim that came before there was a default class gets it afterwards. */
  #assignClass(claim: ClaimVersion, cause: number): boolean {
    const { spec, metadata } = claim.object
    if (spec.storageClassName !== undefined || storageClassOf({ metadata, spec }) !== '') return false
    const storageClassName = this.#context.defaultClass()
    if (storageClassName === undefined) return false
    write(this.#context, claim, { spec: { ...spec, storageClassName } }, cause)
    return true
  }

  #tellFirstConsumer(claim: ClaimVersion, cause: number): void {
    const pods = this.#context
      .pods(claim.namespace)
      .filter(pod => pod.node < 0 && !isTerminalPhase(pod.status.phase))
      .filter(({ spec }) => claimsOf(spec.object).some(use => use.claim === claim.name))
      .map(({ identity }) => identity.name)
    if (pods.length === 0) this.#tell(claim, false, 'WaitForFirstConsumer', NO_CONSUMER, cause)
    else {
      const which = `${pods.length === 1 ? 'pod' : 'pods'} ${pods.join(',')}`
      this.#tell(claim, false, 'WaitForPodScheduled', `waiting for ${which} to be scheduled`, cause)
    }
  }

  /** provisionClaim: the claim is left to the provisioner of its class. */
  #provision(claim: ClaimVersion, storageClass: StorageClass | undefined, cause: number): void {
    if (storageClass === undefined) {
      const message = `storageclass.storage.k8s.io "${storageClassOf(claim.object)}" not found`
      this.#tell(claim, true, 'ProvisioningFailed', message, cause)
      return
    }
    const { provisioner } = storageClass
    if (provisioner === NO_PROVISIONER) {
      this.#tell(claim, true, 'ProvisioningFailed', `no volume plugin matched name: ${provisioner}`, cause)
      return
    }
    const { metadata } = claim.object
    if (annotationOf(claim.object, ANNOTATION.provisioner) === provisioner) return
    const annotations = {
      ...metadata.annotations,
      [BETA_PROVISIONER]: provisioner,
      [ANNOTATION.provisioner]: provisioner,
    }
    const { row } = write(this.#context, claim, { metadata: { ...metadata, annotations } }, cause)
    this.#tell(claim, false, 'ExternalProvisioning', waitingFor(provisioner), row)
  }

  /** The claim asks for one volume by name. */
  #bindNamed(claim: ClaimVersion, cause: number): void {
    const context = this.#context
    const { volumeName = '' } = claim.object.spec
    const volume = context.client.resource('PersistentVolume', '', volumeName)
    if (volume === null) return
    if (volume.object.spec.claimRef === undefined) {
      const problem = volumeMismatch(volume, claim)
      if (problem === undefined) bindVolume(context, volume, claim, cause)
      else
        this.#tell(claim, true, 'VolumeMismatch', `Cannot bind to requested volume "${volumeName}": ${problem}`, cause)
    } else if (isKeptFor(volume, claim)) bindVolume(context, volume, claim, cause)
    else this.#tell(claim, true, 'FailedBinding', `volume "${volumeName}" already bound to a different claim.`, cause)
  }

  #syncBound(claim: ClaimVersion, cause: number): void {
    const { volumeName = '' } = claim.object.spec
    const volume = volumeName === '' ? null : this.#context.client.resource('PersistentVolume', '', volumeName)
    const { claimRef } = volume?.object.spec ?? {}
    if (volume === null) this.#lose(claim, 'ClaimLost', volumeName === '' ? LOST_REFERENCE : LOST_VOLUME, cause)
    else if (claimRef === undefined || claimRef.uid === claim.uid) bindVolume(this.#context, volume, claim, cause)
    else this.#lose(claim, 'ClaimMisbound', MISBOUND, cause)
  }

  #lose(claim: ClaimVersion, reason: string, message: string, cause: number): void {
    const { status } = claim.object
    if (status?.phase === 'Lost') return
    const { row } = write(this.#context, claim, { status: { phase: 'Lost' } }, cause)
    this.#tell(claim, true, reason, message, row)
  }

  #syncVolume(volume: VolumeVersion, cause: number): void {
    const context = this.#context
    const { claimRef } = volume.object.spec
    if (claimRef === undefined || (claimRef.uid ?? '') === '') {
      setVolumePhase(context, volume, 'Available', cause)
      return
    }
    const named = context.client.resource('PersistentVolumeClaim', claimRef.namespace ?? 'default', claimRef.name ?? '')
    const claim = named?.uid === claimRef.uid ? named : null
    const boundTo = claim?.object.spec.volumeName ?? ''
    if (claim === null) this.#release(volume, cause)
    else if (boundTo === '') this.queue.add(claim.path, cause)
    else if (boundTo === volume.name) setVolumePhase(context, volume, 'Bound', cause)
    else this.#unbind(volume, cause)
  }

  #release(volume: VolumeVersion, cause: number): void {
    const { phase } = volume.object.status ?? {}
    if (phase === 'Released' || phase === 'Failed') return
    const released = setVolumePhase(this.#context, volume, 'Released', cause)
    const failure = reclaim(released)
    if (failure === undefined) return
    const failed = setVolumePhase(this.#context, released, 'Failed', released.row, failure)
    this.#tell(volume, true, 'VolumeFailedDelete', failure, failed.row)
  }

  /** The claim was bound to another volume meanwhile. */
  #unbind(volume: VolumeVersion, cause: number): void {
    const { metadata, spec } = volume.object
    const { claimRef, ...others } = spec
    if (annotationOf(volume.object, ANNOTATION.provisionedBy) !== undefined) this.#release(volume, cause)
    else if (annotationOf(volume.object, ANNOTATION.boundByController) !== undefined) {
      const { [ANNOTATION.boundByController]: _, ...annotations } = metadata.annotations ?? {}
      write(this.#context, volume, { metadata: { ...metadata, annotations }, spec: others }, cause)
    }
  }

  #tell(about: ClaimVersion | VolumeVersion, isWarning: boolean, reason: string, message: string, cause: number): void {
    const { symbols } = this.#context.environment
    this.#events.record(about.path, about.path, isWarning, symbols.intern(reason), symbols.intern(message), cause)
  }
}

const NO_VOLUME = 'no persistent volumes available for this claim and no storage class is set'
const NO_CONSUMER = 'waiting for first consumer to be created before binding'
const LOST_REFERENCE = 'Bound claim has lost reference to PersistentVolume. Data on the volume is lost!'
const LOST_VOLUME = 'Bound claim has lost its PersistentVolume. Data on the volume is lost!'
const MISBOUND = 'Two claims are bound to the same volume, this one is bound incorrectly'
const BETA_PROVISIONER = 'volume.beta.kubernetes.io/storage-provisioner'

const waitingFor = (provisioner: string): string =>
  `Waiting for a volume to be created either by the external provisioner '${provisioner}' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.`
