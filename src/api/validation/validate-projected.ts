import type { DownwardAPIVolumeFile, KeyToPath, Volume, VolumeProjection } from '../../model/index.js'
import { addInvalid, type FieldErrors, forbidden, invalid, required } from './field-error.js'
import type { FieldPath } from './field-path.js'
import { dnsSubdomain } from './formats.js'
import { type GoLiteral, goLabelSelector, goQuote } from './go-text.js'
import { validateFileMode, validateLocalFile } from './paths.js'
import { validateSignerName } from './signer-name.js'
import { validateFieldSelector, validateResourceSelector } from './validate-env.js'
import { validateLabelSelector } from './validate-metadata.js'

// kubernetes: pkg/apis/core/validation/validation.go validateProjectedVolumeSource and what it calls, v1.32, as all of this file.

export function validateKeyToPath(item: KeyToPath, path: FieldPath, errors: FieldErrors): void {
  if (item.key === '') errors.push(required(path.child('key')))
  if (item.path === '') errors.push(required(path.child('path')))
  validateLocalFile(item.path, path.child('path'), errors)
  validateFileMode(item.mode, path.child('mode'), errors)
}

const VOLUME_FIELD_PATHS = [
  'metadata.name',
  'metadata.namespace',
  'metadata.labels',
  'metadata.annotations',
  'metadata.uid',
]

export function validateDownwardFile(file: DownwardAPIVolumeFile, path: FieldPath, errors: FieldErrors): void {
  if (file.path === '') errors.push(required(path.child('path')))
  validateLocalFile(file.path, path.child('path'), errors)
  if (file.fieldRef !== undefined) {
    validateFieldSelector(file.fieldRef, VOLUME_FIELD_PATHS, path.child('fieldRef'), errors)
    if (file.resourceFieldRef !== undefined) {
      errors.push(invalid(path, 'resource', 'fieldRef and resourceFieldRef can not be specified simultaneously'))
    }
  } else if (file.resourceFieldRef !== undefined) {
    validateResourceSelector(file.resourceFieldRef, true, path.child('resourceFieldRef'), errors)
  } else errors.push(required(path, 'one of fieldRef and resourceFieldRef is required'))
  validateFileMode(file.mode, path.child('mode'), errors)
}

/** The files the sources of a projected volume make; two may not be the same. */
class ProjectedFiles {
  private readonly taken = new Set<string>()
  private readonly path: FieldPath
  private readonly errors: FieldErrors

  constructor(path: FieldPath, errors: FieldErrors) {
    this.path = path
    this.errors = errors
  }

  add(file: string, value: string): void {
    if (this.taken.has(file)) this.errors.push(invalid(this.path, value, 'conflicting duplicate paths'))
    this.taken.add(file)
  }
}

export function validateProjected({ projected }: Volume, path: FieldPath, errors: FieldErrors): void {
  validateFileMode(projected?.defaultMode, path.child('defaultMode'), errors)
  const files = new ProjectedFiles(path, errors)
  projected?.sources?.forEach((source, i) => {
    const at = path.child('sources').index(i)
    validateKeyed(source.secret, at.child('secret'), files, errors)
    validateKeyed(source.configMap, at.child('configMap'), files, errors)
    for (const file of source.downwardAPI?.items ?? []) {
      validateDownwardFile(file, at.child('downwardAPI'), errors)
      if (file.path !== '') files.add(file.path, file.path)
    }
    validateToken(source.serviceAccountToken, at.child('serviceAccountToken'), path, errors)
    validateTrustBundle(source.clusterTrustBundle, at.child('clusterTrustBundle'), files, errors)
    if (Object.keys(source).length > 1) {
      errors.push(forbidden(at, 'may not specify more than 1 volume type per source'))
    }
  })
}

function validateKeyed(
  source: VolumeProjection['secret'],
  path: FieldPath,
  files: ProjectedFiles,
  errors: FieldErrors,
): void {
  if (source === undefined) return
  const name = source.name ?? ''
  if (name === '') errors.push(required(path.child('name')))
  source.items?.forEach((item, i) => {
    validateKeyToPath(item, path.child('items').index(i), errors)
    if (item.path !== '') files.add(item.path, name)
  })
}

/** The path is reported on the volume, not on the source: upstream's choice. */
function validateToken(
  token: VolumeProjection['serviceAccountToken'],
  path: FieldPath,
  volumePath: FieldPath,
  errors: FieldErrors,
): void {
  if (token === undefined) return
  const seconds = token.expirationSeconds ?? 0
  const at = path.child('expirationSeconds')
  if (seconds < 600) errors.push(invalid(at, seconds, 'may not specify a duration less than 10 minutes'))
  if (seconds > 2 ** 32) errors.push(invalid(at, seconds, 'may not specify a duration larger than 2^32 seconds'))
  if (token.path === '') errors.push(required(volumePath.child('path')))
  else validateLocalFile(token.path, volumePath.child('path'), errors)
}

function validateTrustBundle(
  bundle: VolumeProjection['clusterTrustBundle'],
  path: FieldPath,
  files: ProjectedFiles,
  errors: FieldErrors,
): void {
  if (bundle === undefined) return
  const { name, signerName } = bundle
  if (name !== undefined && signerName !== undefined) {
    errors.push(invalid(path, goTrustBundle(bundle), 'only one of name and signerName may be used'))
  } else if (name !== undefined) {
    if (name === '') errors.push(required(path.child('name'), 'must be a valid object name'))
    const messages = trustBundleName(name).map(message => `not a valid clustertrustbundlename: ${message}`)
    addInvalid(errors, path.child('name'), name, messages)
    if (bundle.labelSelector !== undefined) {
      const selector = goLabelSelector(bundle.labelSelector)
      errors.push(invalid(path.child('labelSelector'), selector, 'labelSelector must be unset if name is specified'))
    }
  } else if (signerName !== undefined) {
    if (signerName === '') errors.push(required(path.child('signerName'), 'must be a valid signer name'))
    validateSignerName(signerName, path.child('signerName'), errors)
    validateLabelSelector(bundle.labelSelector, path.child('labelSelector'), errors)
  } else errors.push(required(path, 'either name or signerName must be specified'))
  if (bundle.path === '') errors.push(required(path.child('path')))
  validateLocalFile(bundle.path, path.child('path'), errors)
  files.add(bundle.path, bundle.path)
}

/** names.go ValidateClusterTrustBundleName: before the last colon stands the signer, its slash as a colon. */
const trustBundleName = (name: string): readonly string[] => dnsSubdomain(name.slice(name.lastIndexOf(':') + 1))

/** With addresses, which differ from one message of the server to the next. */
function goTrustBundle({
  labelSelector,
  optional,
  path = '',
}: NonNullable<VolumeProjection['clusterTrustBundle']>): GoLiteral {
  const pointer = (value: unknown): string => (value === undefined ? '(nil)' : '(0xc000000000)')
  const rest = `LabelSelector:(*v1.LabelSelector)${pointer(labelSelector)}, Optional:(*bool)${pointer(optional)}, Path:${goQuote(path)}`
  return {
    literal: `core.ClusterTrustBundleProjection{Name:(*string)(0xc000000000), SignerName:(*string)(0xc000000000), ${rest}}`,
  }
}
