import { parseQuantity, type Volume } from '../../model/index.js'
import {
  addInvalid,
  duplicate,
  type FieldErrors,
  forbidden,
  invalid,
  notSupported,
  required,
  tooLong,
} from './field-error.js'
import type { FieldPath } from './field-path.js'
import { dnsLabel, dnsSubdomain } from './formats.js'
import { byteLength, goQuote } from './go-text.js'
import { validateFileMode, validateNoBacksteps } from './paths.js'
import type { PodValidation } from './pod-validation.js'
import { validateClaimTemplate } from './validate-claim.js'
import { OPAQUE_CHECKS } from './validate-opaque-sources.js'
import { validateDownwardFile, validateKeyToPath, validateProjected } from './validate-projected.js'

/** kubernetes: pkg/apis/core/validation/validation.go ValidateVolumes, v1.32. */
export function validateVolumes(path: FieldPath, pod: PodValidation): void {
  const volumes = pod.spec.volumes ?? []
  const podName = pod.metadata?.name ?? ''
  const createdClaims = new Set(
    podName === '' ? [] : volumes.filter(volume => volume.ephemeral).map(volume => `${podName}-${volume.name}`),
  )
  volumes.forEach((volume, i) => {
    const at = path.index(i)
    const errors: FieldErrors = []
    validateSource(volume, podName, at, errors, pod)
    if (volume.name === '') errors.push(required(at.child('name')))
    else addInvalid(errors, at.child('name'), volume.name, dnsLabel(volume.name))
    if (pod.volumes.has(volume.name)) errors.push(duplicate(at.child('name'), volume.name))
    if (errors.length === 0) pod.volumes.set(volume.name, volume)
    pod.errors.push(...errors)
    const claimName = volume.persistentVolumeClaim?.claimName
    if (claimName !== undefined && createdClaims.has(claimName)) {
      const detail = 'must not reference a PVC that gets created for an ephemeral volume'
      pod.errors.push(invalid(at.child('persistentVolumeClaim', 'claimName'), claimName, detail))
    }
  })
}

type Check = (volume: Volume, path: FieldPath, errors: FieldErrors, pod: PodValidation) => void

/** The sources in the order upstream looks for them, each with its own check; the first one present is the volume's. */
const SOURCES: readonly (readonly [source: keyof Volume, check: Check, pathName?: string])[] = [
  ['emptyDir', validateEmptyDir],
  ['hostPath', validateHostPath],
  ['gitRepo', opaque('gitRepo')],
  ['gcePersistentDisk', opaque('gcePersistentDisk'), 'persistentDisk'],
  ['awsElasticBlockStore', opaque('awsElasticBlockStore')],
  ['secret', validateSecret],
  ['nfs', opaque('nfs')],
  ['iscsi', opaque('iscsi')],
  ['glusterfs', opaque('glusterfs')],
  ['flocker', opaque('flocker')],
  ['persistentVolumeClaim', opaque('persistentVolumeClaim')],
  ['rbd', opaque('rbd')],
  ['cinder', opaque('cinder')],
  ['cephfs', opaque('cephfs')],
  ['quobyte', opaque('quobyte')],
  ['downwardAPI', validateDownwardApi],
  ['fc', opaque('fc')],
  ['flexVolume', opaque('flexVolume')],
  ['configMap', validateConfigMap],
  ['azureFile', opaque('azureFile')],
  ['vsphereVolume', opaque('vsphereVolume')],
  ['photonPersistentDisk', opaque('photonPersistentDisk')],
  ['portworxVolume', opaque('portworxVolume')],
  ['azureDisk', opaque('azureDisk')],
  ['storageos', opaque('storageos')],
  ['projected', (volume, path, errors) => validateProjected(volume, path, errors)],
  ['scaleIO', opaque('scaleIO')],
  ['csi', validateCsi],
  ['ephemeral', validateEphemeral],
  ['image', validateImage],
]

/** Two sources are named differently when they are one too many. */
const FORBIDDEN_NAMES: Readonly<Record<string, string>> = { cephfs: 'cephFS', downwardAPI: 'downwarAPI' }

function validateSource(
  volume: Volume,
  podName: string,
  path: FieldPath,
  errors: FieldErrors,
  pod: PodValidation,
): void {
  let found = 0
  for (const [source, check, pathName] of SOURCES) {
    if (volume[source] === undefined) continue
    if (found > 0) {
      errors.push(forbidden(path.child(FORBIDDEN_NAMES[source] ?? source), 'may not specify more than 1 volume type'))
    } else {
      check(volume, path.child(pathName ?? source), errors, pod)
      if (source === 'ephemeral') validateClaimName(volume.name, podName, path, errors)
    }
    if (source === 'iscsi') validatePortalLength(volume, path, errors)
    found++
  }
  if (found === 0) errors.push(required(path, 'must specify a volume type'))
}

function opaque(source: keyof typeof OPAQUE_CHECKS & keyof Volume): Check {
  return (volume, path, errors) =>
    OPAQUE_CHECKS[source](volume[source] as Readonly<Record<string, unknown>>, path, errors)
}

function validatePortalLength({ name, iscsi }: Volume, path: FieldPath, errors: FieldErrors): void {
  if (iscsi?.initiatorName === undefined || byteLength(`${name}:${iscsi.targetPortal}`) <= 64) return
  const detail =
    'Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.'
  errors.push(invalid(path.child('name'), name, detail))
}

/** The claim of an ephemeral volume is called pod-volume, so that must be a name. */
function validateClaimName(volumeName: string, podName: string, path: FieldPath, errors: FieldErrors): void {
  if (podName === '' || volumeName === '') return
  const claim = `${podName}-${volumeName}`
  const messages = dnsSubdomain(claim).map(message => `PVC name ${goQuote(claim)}: ${message}`)
  addInvalid(errors, path.child('name'), volumeName, messages)
}

function validateEmptyDir({ emptyDir }: Volume, path: FieldPath, errors: FieldErrors): void {
  const limit = emptyDir?.sizeLimit
  if (limit !== undefined && parseQuantity(limit).nanos < 0n) {
    errors.push(forbidden(path.child('sizeLimit'), 'SizeLimit field must be a valid resource quantity'))
  }
}

const HOST_PATH_TYPES = [
  '',
  'BlockDevice',
  'CharDevice',
  'Directory',
  'DirectoryOrCreate',
  'File',
  'FileOrCreate',
  'Socket',
]

function validateHostPath({ hostPath }: Volume, path: FieldPath, errors: FieldErrors): void {
  const { path: target = '', type = '' } = hostPath ?? {}
  if (target === '') return void errors.push(required(path.child('path')))
  validateNoBacksteps(target, path.child('path'), errors)
  if (!HOST_PATH_TYPES.includes(type)) errors.push(notSupported(path.child('type'), type, HOST_PATH_TYPES))
}

function validateSecret({ secret = {} }: Volume, path: FieldPath, errors: FieldErrors): void {
  if ((secret.secretName ?? '') === '') errors.push(required(path.child('secretName')))
  validateFileMode(secret.defaultMode, path.child('defaultMode'), errors)
  secret.items?.forEach((item, i) => {
    validateKeyToPath(item, path.child('items').index(i), errors)
  })
}

function validateConfigMap({ configMap = {} }: Volume, path: FieldPath, errors: FieldErrors): void {
  if ((configMap.name ?? '') === '') errors.push(required(path.child('name')))
  validateFileMode(configMap.defaultMode, path.child('defaultMode'), errors)
  configMap.items?.forEach((item, i) => {
    validateKeyToPath(item, path.child('items').index(i), errors)
  })
}

function validateDownwardApi({ downwardAPI = {} }: Volume, path: FieldPath, errors: FieldErrors): void {
  validateFileMode(downwardAPI.defaultMode, path.child('defaultMode'), errors)
  for (const file of downwardAPI.items ?? []) validateDownwardFile(file, path, errors)
}

function validateCsi({ csi }: Volume, path: FieldPath, errors: FieldErrors): void {
  const driver = csi?.driver ?? ''
  if (driver === '') errors.push(required(path.child('driver')))
  if (byteLength(driver) > 63) {
    errors.push(tooLong(path.child('driver'), 63))
  }
  addInvalid(errors, path.child('driver'), driver, dnsSubdomain(driver.toLowerCase()))
  const secret = csi?.nodePublishSecretRef
  if (secret === undefined) return
  const name = secret.name ?? ''
  if (name === '') errors.push(required(path.child('nodePublishSecretRef', 'name')))
  else addInvalid(errors, path.child('name'), name, dnsSubdomain(name))
}

function validateEphemeral({ ephemeral }: Volume, path: FieldPath, errors: FieldErrors): void {
  const template = ephemeral?.volumeClaimTemplate
  if (template === undefined) errors.push(required(path.child('volumeClaimTemplate')))
  else validateClaimTemplate(template, path.child('volumeClaimTemplate'), errors)
}

function validateImage({ image = {} }: Volume, path: FieldPath, errors: FieldErrors, pod: PodValidation): void {
  if (pod.isPod && (image.reference ?? '') === '') errors.push(required(path.child('reference')))
  validatePullPolicy(image.pullPolicy, path.child('pullPolicy'), errors)
}

/** validatePullPolicy (R-1214). */
export function validatePullPolicy(policy: string | undefined, path: FieldPath, errors: FieldErrors): void {
  const supported = ['Always', 'IfNotPresent', 'Never']
  if (policy === undefined || policy === '') errors.push(required(path))
  else if (!supported.includes(policy)) errors.push(notSupported(path, policy, supported))
}
