import { addInvalid, type FieldErrors, invalid, notSupported, required } from './field-error.js'
import type { FieldPath } from './field-path.js'
import { dnsLabel, inclusiveRange } from './formats.js'
import { goStrings } from './go-text.js'
import { validateLocalPath } from './paths.js'

/** A volume source as decoded: its fields' types are right, their values are checked here. */
type Source = Readonly<Record<string, unknown>>
type Check = (source: Source, path: FieldPath, errors: FieldErrors) => void

const text = (source: Source, field: string): string => (source[field] as string | undefined) ?? ''
const list = (source: Source, field: string): readonly string[] => (source[field] as string[] | undefined) ?? []

/** Each of the fields is required, in this order. */
const requires =
  (...fields: readonly string[]): Check =>
  (source, path, errors) => {
    for (const field of fields) {
      const value = source[field]
      if (value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) {
        errors.push(required(path.child(field)))
      }
    }
  }

const all =
  (...checks: readonly Check[]): Check =>
  (source, path, errors) => {
    for (const check of checks) check(source, path, errors)
  }

const secretName: Check = (source, path, errors) => {
  const secret = source.secretRef as Source | undefined
  if (secret !== undefined && text(secret, 'name') === '') errors.push(required(path.child('secretRef', 'name')))
}

const partition: Check = (source, path, errors) => {
  const value = (source.partition as number | undefined) ?? 0
  if (value < 0 || value > 255) errors.push(invalid(path.child('partition'), value, inclusiveRange(1, 255)))
}

const nfs: Check = (source, path, errors) => {
  const target = text(source, 'path')
  if (!target.startsWith('/')) errors.push(invalid(path.child('path'), target, 'must be an absolute path'))
}

const flocker: Check = (source, path, errors) => {
  const [name, uuid] = [text(source, 'datasetName'), text(source, 'datasetUUID')]
  if (name === '' && uuid === '') errors.push(required(path, 'one of datasetName and datasetUUID is required'))
  if (name !== '' && uuid !== '') {
    errors.push(invalid(path, 'resource', 'datasetName and datasetUUID can not be specified simultaneously'))
  }
  if (name.includes('/')) errors.push(invalid(path.child('datasetName'), name, "must not contain '/'"))
}

const quobyte: Check = (source, path, errors) => {
  const registry = text(source, 'registry')
  const pairs = 'must be a host:port pair or multiple pairs separated by commas'
  if (registry === '') errors.push(required(path.child('registry'), pairs))
  else if (text(source, 'tenant').length >= 65) {
    errors.push(required(path.child('tenant'), 'must be a UUID and may not exceed a length of 64 characters'))
  } else {
    for (const pair of registry.split(',')) {
      if (!/^(?:\[[^[\]]*\]|[^:[\]]*):[^:]*$/.test(pair)) errors.push(invalid(path.child('registry'), registry, pairs))
    }
  }
  if (text(source, 'volume') === '') errors.push(required(path.child('volume')))
}

const fc: Check = (source, path, errors) => {
  const [targets, wwids] = [list(source, 'targetWWNs'), list(source, 'wwids')]
  const at = path.child('targetWWNs')
  if (targets.length === 0 && wwids.length === 0) {
    errors.push(required(at, 'must specify either targetWWNs or wwids, but not both'))
  }
  if (targets.length > 0 && wwids.length > 0) {
    errors.push(invalid(at, goStrings(targets), 'targetWWNs and wwids can not be specified simultaneously'))
  }
  if (targets.length === 0) return
  const lun = source.lun as number | undefined
  if (lun === undefined) errors.push(required(path.child('lun'), 'lun is required if targetWWNs is specified'))
  else if (lun < 0 || lun > 255) errors.push(invalid(path.child('lun'), lun, inclusiveRange(0, 255)))
}

const flexVolume: Check = (source, path, errors) => {
  for (const key of Object.keys((source.options as Source | undefined) ?? {}).sort()) {
    const namespace = `.${key.split('/', 1)[0].toLowerCase()}`
    if (!namespace.endsWith('.kubernetes.io') && !namespace.endsWith('.k8s.io')) continue
    errors.push(invalid(path.child('options').key(key), key, 'kubernetes.io and k8s.io namespaces are reserved'))
  }
}

const azureDisk: Check = (source, path, errors) => {
  const [caching, kind, uri] = [text(source, 'cachingMode'), text(source, 'kind'), text(source, 'diskURI')]
  const cachings = ['None', 'ReadOnly', 'ReadWrite']
  const kinds = ['Dedicated', 'Managed', 'Shared']
  if (source.cachingMode !== undefined && !cachings.includes(caching)) {
    errors.push(notSupported(path.child('cachingMode'), caching, cachings))
  }
  if (source.kind === undefined) return
  if (!kinds.includes(kind)) errors.push(notSupported(path.child('kind'), kind, kinds))
  const managed = '/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}'
  const blob = 'https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd'
  const isManaged = kind === 'Managed'
  if (!uri.startsWith(isManaged ? '/subscriptions/' : 'https://')) {
    errors.push(notSupported(path.child('diskURI'), uri, [isManaged ? managed : blob]))
  }
}

const storageos: Check = (source, path, errors) => {
  const [name, namespace] = [text(source, 'volumeName'), text(source, 'volumeNamespace')]
  if (name === '') errors.push(required(path.child('volumeName')))
  else addInvalid(errors, path.child('volumeName'), name, dnsLabel(name))
  if (namespace !== '') addInvalid(errors, path.child('volumeNamespace'), namespace, dnsLabel(namespace))
}

const gitRepo: Check = (source, path, errors) => {
  validateLocalPath(text(source, 'directory'), path.child('directory'), errors)
}

const ISCSI_FORMS: readonly (readonly [prefix: string, form: RegExp])[] = [
  ['iqn', /iqn\.\d{4}-\d{2}\.[a-zA-Z0-9.-]+:[^,;*&$|\s]+$/],
  ['eui', /^eui.[a-zA-Z0-9]{16}$/],
  ['naa', /^naa.[a-zA-Z0-9]{32}$/],
]

function iscsiProblem(name: string): string | undefined {
  const form = ISCSI_FORMS.find(([prefix]) => name.startsWith(prefix))
  if (form === undefined) return 'must be valid format starting with iqn, eui, or naa'
  return form[1].test(name) ? undefined : 'must be valid format'
}

const iscsi: Check = (source, path, errors) => {
  const iqn = text(source, 'iqn')
  if (iqn !== '') addProblem(path.child('iqn'), iqn, errors)
  const lun = (source.lun as number | undefined) ?? 0
  if (lun < 0 || lun > 255) errors.push(invalid(path.child('lun'), lun, inclusiveRange(0, 255)))
  if ((source.chapAuthDiscovery === true || source.chapAuthSession === true) && source.secretRef === undefined) {
    errors.push(required(path.child('secretRef')))
  }
  if (source.initiatorName !== undefined) addProblem(path.child('initiatorname'), text(source, 'initiatorName'), errors)
}

function addProblem(path: FieldPath, name: string, errors: FieldErrors): void {
  const problem = iscsiProblem(name)
  if (problem !== undefined) errors.push(invalid(path, name, problem))
}

/** kubernetes: pkg/apis/core/validation/validation.go, the functions called validate…VolumeSource, v1.32. */
export const OPAQUE_CHECKS = {
  gitRepo: all(requires('repository'), gitRepo),
  gcePersistentDisk: all(requires('pdName'), partition),
  awsElasticBlockStore: all(requires('volumeID'), partition),
  nfs: all(requires('server', 'path'), nfs),
  iscsi: all(requires('targetPortal', 'iqn'), iscsi),
  glusterfs: requires('endpoints', 'path'),
  flocker,
  persistentVolumeClaim: requires('claimName'),
  rbd: requires('monitors', 'image'),
  cinder: all(requires('volumeID'), secretName),
  cephfs: requires('monitors'),
  quobyte,
  fc,
  flexVolume: all(requires('driver'), flexVolume),
  azureFile: requires('secretName', 'shareName'),
  vsphereVolume: requires('volumePath'),
  photonPersistentDisk: requires('pdID'),
  portworxVolume: requires('volumeID'),
  azureDisk: all(requires('diskName', 'diskURI'), azureDisk),
  storageos: all(storageos, secretName),
  scaleIO: requires('gateway', 'system', 'volumeName'),
} satisfies Record<string, Check>
