import type { PodSpec, SecurityContext, SecurityProfile, Sysctl } from '../../model/index.js'
import { addInvalid, duplicate, type FieldErrors, invalid, notSupported, required, tooLong } from './field-error.js'
import type { FieldPath } from './field-path.js'
import { unixId } from './formats.js'
import { byteLength, type GoLiteral, goQuote } from './go-text.js'
import { validateLocalPath } from './paths.js'
import { validateWindowsOptions } from './validate-windows.js'

// kubernetes: pkg/apis/core/validation/validation.go ValidateSecurityContext and validatePodSpecSecurityContext, v1.32.

function validateId(id: number | undefined, path: FieldPath, errors: FieldErrors): void {
  if (id !== undefined) addInvalid(errors, path, id, unixId(id))
}

/** Privileged containers are allowed, as in a cluster whose API server runs with --allow-privileged. */
export function validateSecurityContext(
  context: SecurityContext | undefined,
  path: FieldPath,
  hostUsers: boolean,
  errors: FieldErrors,
): void {
  if (context === undefined) return
  validateId(context.runAsUser, path.child('runAsUser'), errors)
  validateId(context.runAsGroup, path.child('runAsGroup'), errors)
  const { procMount } = context
  if (procMount !== undefined) {
    const at = path.child('procMount')
    const supported = ['Default', 'Unmasked']
    if (!supported.includes(procMount)) errors.push(notSupported(at, procMount, supported))
    if (hostUsers && procMount === 'Unmasked') {
      errors.push(invalid(at, procMount, '`hostUsers` must be false to use `Unmasked`'))
    }
  }
  validateSeccompProfile(context.seccompProfile, path.child('seccompProfile'), errors)
  if (context.allowPrivilegeEscalation === false) validateEscalation(context, path, errors)
  validateWindowsOptions(context.windowsOptions, path.child('windowsOptions'), errors)
  validateAppArmorProfile(context.appArmorProfile, path.child('appArmorProfile'), errors)
}

function validateEscalation(context: SecurityContext, path: FieldPath, errors: FieldErrors): void {
  const value = goSecurityContext(context)
  if (context.privileged === true) {
    const detail = 'cannot set `allowPrivilegeEscalation` to false and `privileged` to true'
    errors.push(invalid(path, value, detail))
  }
  for (const capability of context.capabilities?.add ?? []) {
    if (capability !== 'CAP_SYS_ADMIN') continue
    const detail = 'cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN'
    errors.push(invalid(path, value, detail))
  }
}

const GO_SECURITY_FIELDS: readonly (readonly [field: keyof SecurityContext, goName: string, goType: string])[] = [
  ['capabilities', 'Capabilities', '*core.Capabilities'],
  ['privileged', 'Privileged', '*bool'],
  ['seLinuxOptions', 'SELinuxOptions', '*core.SELinuxOptions'],
  ['windowsOptions', 'WindowsOptions', '*core.WindowsSecurityContextOptions'],
  ['runAsUser', 'RunAsUser', '*int64'],
  ['runAsGroup', 'RunAsGroup', '*int64'],
  ['runAsNonRoot', 'RunAsNonRoot', '*bool'],
  ['readOnlyRootFilesystem', 'ReadOnlyRootFilesystem', '*bool'],
  ['allowPrivilegeEscalation', 'AllowPrivilegeEscalation', '*bool'],
  ['procMount', 'ProcMount', '*core.ProcMountType'],
  ['seccompProfile', 'SeccompProfile', '*core.SeccompProfile'],
  ['appArmorProfile', 'AppArmorProfile', '*core.AppArmorProfile'],
]

/** The API server prints the struct with its pointers here; where they point cannot be foretold. */
function goSecurityContext(context: SecurityContext): GoLiteral {
  const fields = GO_SECURITY_FIELDS.map(([field, goName, goType]) => {
    const pointer = context[field] === undefined ? 'nil' : '0xc000000000'
    return `${goName}:(${goType})(${pointer})`
  })
  return { literal: `core.SecurityContext{${fields.join(', ')}}` }
}

export function validatePodSecurityContext(spec: PodSpec, path: FieldPath, errors: FieldErrors): void {
  const context = spec.securityContext ?? {}
  validateId(context.fsGroup, path.child('fsGroup'), errors)
  validateId(context.runAsUser, path.child('runAsUser'), errors)
  validateId(context.runAsGroup, path.child('runAsGroup'), errors)
  context.supplementalGroups?.forEach((group, i) => {
    validateId(group, path.child('supplementalGroups').index(i), errors)
  })
  if (spec.shareProcessNamespace === true && spec.hostPID === true) {
    const detail = 'ShareProcessNamespace and HostPID cannot both be enabled'
    errors.push(invalid(path.child('shareProcessNamespace'), true, detail))
  }
  validateSysctls(context.sysctls ?? [], spec, path.child('sysctls'), errors)
  validateOneOf(context.fsGroupChangePolicy, ['Always', 'OnRootMismatch'], path.child('fsGroupChangePolicy'), errors)
  validateSeccompProfile(context.seccompProfile, path.child('seccompProfile'), errors)
  validateWindowsOptions(context.windowsOptions, path.child('windowsOptions'), errors)
  validateAppArmorProfile(context.appArmorProfile, path.child('appArmorProfile'), errors)
  validateOneOf(context.supplementalGroupsPolicy, ['Merge', 'Strict'], path.child('supplementalGroupsPolicy'), errors)
  // MountOption needs the gate SELinuxMount, which is off.
  validateOneOf(context.seLinuxChangePolicy, ['Recursive'], path.child('seLinuxChangePolicy'), errors)
}

function validateOneOf(
  value: string | undefined,
  supported: readonly string[],
  path: FieldPath,
  errors: FieldErrors,
): void {
  if (value !== undefined && !supported.includes(value)) errors.push(notSupported(path, value, supported))
}

const SYSCTL = '([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?'
const SYSCTL_SEGMENT = /^[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?$/
const IPC_SYSCTL =
  /^(?:kernel\.(?:sem|shmall|shmmax|shmmni|shm_rmid_forced|shm|msgmax|msgmnb|msgmni|msg)$|fs\.mqueue\.)/

const isSysctlName = (name: string): boolean =>
  byteLength(name) <= 253 && name.split(/[./]/).every(segment => SYSCTL_SEGMENT.test(segment))

function validateSysctls(sysctls: readonly Sysctl[], spec: PodSpec, path: FieldPath, errors: FieldErrors): void {
  const seen = new Set<string>()
  sysctls.forEach(({ name }, i) => {
    const at = path.index(i).child('name')
    if (name === '') errors.push(required(at))
    else if (!isSysctlName(name)) {
      errors.push(invalid(at, name, `must have at most 253 characters and match regex ^${SYSCTL}$`))
    } else if (seen.has(name)) errors.push(duplicate(at, name))
    const normal = normalSysctl(name)
    if (spec.hostNetwork === true && normal.startsWith('net.')) {
      errors.push(invalid(at, name, "may not be specified when 'hostNetwork' is true"))
    } else if (spec.hostIPC === true && IPC_SYSCTL.test(normal)) {
      errors.push(invalid(at, name, "may not be specified when 'hostIPC' is true"))
    }
    seen.add(name)
  })
}

/** Where slashes are the separator (they come first), dots and slashes change places. */
function normalSysctl(name: string): string {
  const separator = /[./]/.exec(name)
  if (separator?.[0] !== '/') return name
  return name.replace(/[./]/g, character => (character === '/' ? '.' : '/'))
}

const PROFILE_TYPES = ['Localhost', 'RuntimeDefault', 'Unconfined']

function validateSeccompProfile(profile: SecurityProfile | undefined, path: FieldPath, errors: FieldErrors): void {
  if (profile === undefined) return
  const { type, localhostProfile } = profile
  const at = path.child('localhostProfile')
  if ((type as string) === '') errors.push(required(path.child('type'), 'type is required when seccompProfile is set'))
  else if (!PROFILE_TYPES.includes(type)) errors.push(notSupported(path.child('type'), type, PROFILE_TYPES))
  if (type === 'Localhost') {
    if (localhostProfile === undefined) errors.push(required(at, 'must be set when seccomp type is Localhost'))
    else validateLocalPath(localhostProfile, at, errors)
  } else if (localhostProfile !== undefined) {
    const literal = `core.SeccompProfile{Type:${goQuote(type)}, LocalhostProfile:(*string)(0xc000000000)}`
    errors.push(invalid(at, { literal }, 'can only be set when seccomp type is Localhost'))
  }
}

const MAX_APPARMOR_PROFILE = 4095

function validateAppArmorProfile(profile: SecurityProfile | undefined, path: FieldPath, errors: FieldErrors): void {
  if (profile === undefined) return
  const { type, localhostProfile } = profile
  const at = path.child('localhostProfile')
  if ((type as string) === '') {
    errors.push(required(path.child('type'), 'type is required when appArmorProfile is set'))
  } else if (!PROFILE_TYPES.includes(type)) errors.push(notSupported(path.child('type'), type, PROFILE_TYPES))
  else if (type !== 'Localhost') {
    if (localhostProfile !== undefined) {
      errors.push(invalid(at, localhostProfile, 'can only be set when AppArmor type is Localhost'))
    }
  } else if (localhostProfile === undefined) errors.push(required(at, 'must be set when AppArmor type is Localhost'))
  else {
    if (localhostProfile.trim() !== localhostProfile) {
      errors.push(invalid(at, localhostProfile, 'must not be padded with whitespace'))
    } else if (localhostProfile === '') errors.push(required(at, 'must be set when AppArmor type is Localhost'))
    if (byteLength(localhostProfile) > MAX_APPARMOR_PROFILE) errors.push(tooLong(at, MAX_APPARMOR_PROFILE))
  }
}
