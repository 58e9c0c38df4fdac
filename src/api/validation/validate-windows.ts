import type { PodSpec, WindowsSecurityContextOptions } from '../../model/index.js'
import { addInvalid, type FieldErrors, forbidden, invalid, notSupported, required } from './field-error.js'
import type { FieldPath } from './field-path.js'
import { dnsSubdomain } from './formats.js'
import { byteLength } from './go-text.js'
import { visitContainers } from './pod-validation.js'

// kubernetes: pkg/apis/core/validation/validation.go validateWindowsSecurityContextOptions, validateOS and around, v1.32.

export function validateWindowsOptions(
  options: WindowsSecurityContextOptions | undefined,
  path: FieldPath,
  errors: FieldErrors,
): void {
  if (options === undefined) return
  const { gmsaCredentialSpecName: name, gmsaCredentialSpec: spec, runAsUserName: user } = options
  if (name !== undefined) addInvalid(errors, path.child('gmsaCredentialSpecName'), name, dnsSubdomain(name))
  if (spec !== undefined) {
    const at = path.child('gmsaCredentialSpec')
    if (spec === '') errors.push(invalid(at, spec, 'gmsaCredentialSpec cannot be an empty string'))
    else if (byteLength(spec) > 65_536) errors.push(invalid(at, spec, 'gmsaCredentialSpec size must be under 64 KiB'))
  }
  if (user !== undefined) addInvalid(errors, path.child('runAsUserName'), user, userNameProblems(user))
}

const NETBIOS = /^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}$/
const DNS = /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/

function userNameProblems(name: string): readonly string[] {
  if (name === '') return ['runAsUserName cannot be an empty string']
  if (/[\p{Cc}]/u.test(name)) return ['runAsUserName cannot contain control characters']
  const parts = name.split('\\')
  if (parts.length > 2) return ['runAsUserName cannot contain more than one backslash']
  const user = parts[parts.length - 1]
  const problems: string[] = []
  if (parts.length === 2) {
    const [domain] = parts
    if (byteLength(domain) >= 256) problems.push("runAsUserName's Domain length must be under 256 characters")
    if (!NETBIOS.test(domain) && !DNS.test(domain)) {
      problems.push("runAsUserName's Domain doesn't match the NetBios nor the DNS format")
    }
  }
  if (user === '') problems.push("runAsUserName's User cannot be empty")
  else if (byteLength(user) > 104) {
    problems.push("runAsUserName's User length must not be longer than 104 characters")
  }
  if (/^[. ]+$/.test(user)) problems.push("runAsUserName's User cannot contain only periods or spaces")
  if (/["/\\:;|=,+*?<>@[\]]/.test(user)) {
    problems.push('runAsUserName\'s User cannot contain the following characters: "/\\:;|=,+*?<>@[]')
  }
  return problems
}

export function validateHostProcess(spec: PodSpec, path: FieldPath, errors: FieldErrors): void {
  const ofPod = spec.securityContext?.windowsOptions?.hostProcess
  let containers = 0
  let hostProcesses = 0
  visitContainers(spec, path, (container, at) => {
    containers++
    const own = container.securityContext?.windowsOptions?.hostProcess
    if (ofPod !== undefined && own !== undefined && ofPod !== own) {
      const detail = `pod hostProcess value must be identical if both are specified, was ${ofPod}`
      errors.push(invalid(at.child('securityContext', 'windowsOptions', 'hostProcess'), own, detail))
    }
    if (own ?? ofPod) hostProcesses++
  })
  if (hostProcesses === 0) return
  if (hostProcesses !== containers) {
    const detail = 'If pod contains any hostProcess containers then all containers must be HostProcess containers'
    errors.push(invalid(path, '', detail))
  }
  if (spec.hostNetwork !== true) {
    const detail = 'hostNetwork must be true if pod contains any hostProcess containers'
    errors.push(invalid(path.child('hostNetwork'), false, detail))
  }
}

export function validateOs(spec: PodSpec, path: FieldPath, errors: FieldErrors): void {
  const name = spec.os?.name as string | undefined
  if (name === undefined) return
  const at = path.child('os')
  if (name === '') errors.push(required(at.child('name'), 'cannot be empty'))
  else if (name === 'linux') validateLinux(spec, path, errors)
  else if (name === 'windows') validateWindows(spec, path, errors)
  else errors.push(notSupported(at, name, ['linux', 'windows']))
}

function validateLinux(spec: PodSpec, path: FieldPath, errors: FieldErrors): void {
  const detail = 'windows options cannot be set for a linux pod'
  if (spec.securityContext?.windowsOptions !== undefined) {
    errors.push(forbidden(path.child('securityContext', 'windowsOptions'), detail))
  }
  visitContainers(spec, path, (container, at) => {
    if (container.securityContext?.windowsOptions === undefined) return
    errors.push(forbidden(at.child('securityContext', 'windowsOptions'), detail))
  })
}

/** What a Windows pod may not say, in upstream's order; a dot leads into the security context. */
const NOT_ON_WINDOWS = [
  ...['.appArmorProfile', '.seLinuxOptions', 'hostUsers', 'hostPID', 'hostIPC', '.seccompProfile', '.fsGroup'],
  ...['.fsGroupChangePolicy', '.sysctls', 'shareProcessNamespace', '.runAsUser', '.runAsGroup'],
  ...['.supplementalGroups', '.supplementalGroupsPolicy', '.seLinuxChangePolicy'],
]
const NOT_IN_WINDOWS_CONTAINERS = [
  ...['appArmorProfile', 'seLinuxOptions', 'seccompProfile', 'capabilities', 'readOnlyRootFilesystem', 'privileged'],
  ...['allowPrivilegeEscalation', 'procMount', 'runAsUser', 'runAsGroup'],
]

function validateWindows(spec: PodSpec, path: FieldPath, errors: FieldErrors): void {
  const ofPod = spec as unknown as Readonly<Record<string, unknown>>
  const ofContext = (spec.securityContext ?? {}) as Readonly<Record<string, unknown>>
  for (const name of NOT_ON_WINDOWS) {
    const isInContext = name.startsWith('.')
    const field = isInContext ? name.slice(1) : name
    if ((isInContext ? ofContext : ofPod)[field] === undefined) continue
    errors.push(
      forbidden((isInContext ? path.child('securityContext') : path).child(field), 'cannot be set for a windows pod'),
    )
  }
  visitContainers(spec, path, (container, at) => {
    const context = (container.securityContext ?? {}) as Readonly<Record<string, unknown>>
    for (const field of NOT_IN_WINDOWS_CONTAINERS) {
      if (context[field] === undefined) continue
      errors.push(forbidden(at.child('securityContext', field), 'cannot be set for a windows pod'))
    }
  })
}
