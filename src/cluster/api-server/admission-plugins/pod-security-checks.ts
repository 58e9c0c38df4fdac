import type { Container, Pod, SecurityContext } from '../../../model/index.js'

/** Why a check forbids a pod. */
export interface Violation {
  readonly reason: string
  readonly detail: string
}

/** A check of a Pod Security Standard; undefined: the pod passes. */
export type PodSecurityCheck = (pod: Pod) => Violation | undefined

// pod-security-admission: policy/check_*.go, v1.32, in the order of their names, as all of this file.

const containersOf = ({ spec }: Pod): readonly Pick<Container, 'name' | 'ports' | 'securityContext'>[] => [
  ...(spec.initContainers ?? []),
  ...spec.containers,
  ...(spec.ephemeralContainers ?? []),
]

const quoted = (names: readonly string[]): string => names.map(name => JSON.stringify(name)).join(', ')
const several = (one: string, many: string, count: number): string => (count === 1 ? one : many)
const containerWords = (names: readonly string[]): string =>
  `${several('container', 'containers', names.length)} ${quoted(names)}`

/** The containers whose security settings are as asked. */
const namesWith = (pod: Pod, isMeant: (context: SecurityContext) => boolean): string[] =>
  containersOf(pod)
    .filter(({ securityContext }) => isMeant(securityContext ?? {}))
    .map(({ name }) => name)

const unless = (details: readonly string[], reason: string, separator = '; '): Violation | undefined =>
  details.length === 0 ? undefined : { reason, detail: details.join(separator) }

const mustNotSet = (pod: boolean, containers: readonly string[], what: string): string[] => {
  const setters = [...(pod ? ['pod'] : []), ...(containers.length > 0 ? [containerWords(containers)] : [])]
  return setters.length === 0 ? [] : [`${setters.join(' and ')} must not set ${what}`]
}

const DEFAULT_CAPABILITIES: ReadonlySet<string> = new Set([
  ...['AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP'],
  ...['SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT'],
])

/** `container "a" must not include "NET_ADMIN" in securityContext.capabilities.add` */
function addedCapabilities(pod: Pod, allowed: ReadonlySet<string>): string[] {
  const isForbidden = (capability: string): boolean => !allowed.has(capability)
  const names = namesWith(pod, ({ capabilities }) => capabilities?.add?.some(isForbidden) ?? false)
  const added = containersOf(pod).flatMap(({ securityContext }) => securityContext?.capabilities?.add ?? [])
  const forbidden = [...new Set(added.filter(isForbidden))].sort()
  if (names.length === 0) return []
  return [`${containerWords(names)} must not include ${quoted(forbidden)} in securityContext.capabilities.add`]
}

const defaultCapabilities: PodSecurityCheck = pod =>
  unless(addedCapabilities(pod, DEFAULT_CAPABILITIES), 'non-default capabilities')

const appArmorProfile: PodSecurityCheck = pod => {
  const isPod = pod.spec.securityContext?.appArmorProfile?.type === 'Unconfined'
  const names = namesWith(pod, ({ appArmorProfile: profile }) => profile?.type === 'Unconfined')
  return unless(mustNotSet(isPod, names, 'AppArmor profile type to "Unconfined"'), 'forbidden AppArmor profile')
}

const hostNamespaces: PodSecurityCheck = ({ spec }) => {
  const used = (['hostNetwork', 'hostPID', 'hostIPC'] as const).filter(field => spec[field] === true)
  return unless(
    used.map(field => `${field}=true`),
    'host namespaces',
    ', ',
  )
}

const hostPathVolumes: PodSecurityCheck = ({ spec }) => {
  const names = (spec.volumes ?? []).filter(({ hostPath }) => hostPath !== undefined).map(({ name }) => name)
  return names.length === 0
    ? undefined
    : unless([`${several('volume', 'volumes', names.length)} ${quoted(names)}`], 'hostPath volumes')
}

const hostPorts: PodSecurityCheck = pod => {
  const portsOf = ({ ports = [] }: Pick<Container, 'ports'>): number[] =>
    ports.flatMap(({ hostPort = 0 }) => (hostPort === 0 ? [] : [hostPort]))
  const users = containersOf(pod).filter(container => portsOf(container).length > 0)
  const ports = [...new Set(users.flatMap(portsOf))].map(String).sort()
  if (users.length === 0) return undefined
  const who = `${containerWords(users.map(({ name }) => name))} ${several('uses', 'use', users.length)}`
  return { reason: 'hostPort', detail: `${who} ${several('hostPort', 'hostPorts', ports.length)} ${ports.join(', ')}` }
}

const privileged: PodSecurityCheck = pod =>
  unless(
    mustNotSet(
      false,
      namesWith(pod, each => each.privileged === true),
      'securityContext.privileged=true',
    ),
    'privileged',
  )

const procMount: PodSecurityCheck = pod =>
  unless(
    mustNotSet(
      false,
      namesWith(pod, each => each.procMount === 'Unmasked'),
      'securityContext.procMount to "Unmasked"',
    ),
    'procMount',
  )

const isUnconfined = (context: SecurityContext | Pod['spec']['securityContext']): boolean =>
  context?.seccompProfile?.type === 'Unconfined'
const UNCONFINED = 'securityContext.seccompProfile.type to "Unconfined"'

const confinedSeccomp: PodSecurityCheck = pod =>
  unless(mustNotSet(isUnconfined(pod.spec.securityContext), namesWith(pod, isUnconfined), UNCONFINED), 'seccompProfile')

const SAFE_SYSCTLS: ReadonlySet<string> = new Set([
  ...['kernel.shm_rmid_forced', 'net.ipv4.ip_local_port_range', 'net.ipv4.ip_unprivileged_port_start'],
  ...['net.ipv4.tcp_syncookies', 'net.ipv4.ping_group_range', 'net.ipv4.ip_local_reserved_ports'],
  ...['net.ipv4.tcp_keepalive_time', 'net.ipv4.tcp_fin_timeout', 'net.ipv4.tcp_keepalive_intvl'],
  ...['net.ipv4.tcp_keepalive_probes', 'net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem'],
])

const safeSysctls: PodSecurityCheck = ({ spec }) =>
  unless(
    (spec.securityContext?.sysctls ?? []).map(({ name }) => name).filter(name => !SAFE_SYSCTLS.has(name)),
    'forbidden sysctls',
    ', ',
  )

const hostProcess: PodSecurityCheck = pod => {
  const names = namesWith(pod, ({ windowsOptions }) => windowsOptions?.hostProcess === true)
  const isPod = pod.spec.securityContext?.windowsOptions?.hostProcess === true
  return unless(mustNotSet(isPod, names, 'securityContext.windowsOptions.hostProcess=true'), 'hostProcess')
}

const noEscalation: PodSecurityCheck = pod => {
  const names = namesWith(pod, each => each.allowPrivilegeEscalation !== false)
  if (names.length === 0) return undefined
  return {
    reason: 'allowPrivilegeEscalation != false',
    detail: `${containerWords(names)} must set securityContext.allowPrivilegeEscalation=false`,
  }
}

const ONLY_LOW_PORTS: ReadonlySet<string> = new Set(['NET_BIND_SERVICE'])

const droppedCapabilities: PodSecurityCheck = pod => {
  const names = namesWith(pod, ({ capabilities }) => !(capabilities?.drop ?? []).includes('ALL'))
  const missing =
    names.length === 0 ? [] : [`${containerWords(names)} must set securityContext.capabilities.drop=["ALL"]`]
  return unless([...missing, ...addedCapabilities(pod, ONLY_LOW_PORTS)], 'unrestricted capabilities')
}

const ALLOWED_VOLUMES: ReadonlySet<string> = new Set([
  ...['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'persistentVolumeClaim', 'projected', 'secret'],
])

const restrictedVolumes: PodSecurityCheck = ({ spec }) => {
  const typeOf = (volume: object): string =>
    Object.keys(volume).find(
      key => key !== 'name' && (volume as Readonly<Record<string, unknown>>)[key] !== undefined,
    ) ?? 'emptyDir'
  const bad = (spec.volumes ?? []).filter(volume => !ALLOWED_VOLUMES.has(typeOf(volume)))
  if (bad.length === 0) return undefined
  const types = [...new Set(bad.map(typeOf))].sort()
  const who = `${several('volume', 'volumes', bad.length)} ${quoted(bad.map(({ name }) => name))} ${several('uses', 'use', bad.length)}`
  return {
    reason: 'restricted volume types',
    detail: `${who} restricted volume ${several('type', 'types', types.length)} ${quoted(types)}`,
  }
}

const nonRoot: PodSecurityCheck = pod => {
  const ofPod = pod.spec.securityContext?.runAsNonRoot
  const explicit = namesWith(pod, each => each.runAsNonRoot === false)
  // A pod that says it itself needs nothing of its containers, one that says the opposite is all right where each of them says it.
  const silent = ofPod === true ? [] : namesWith(pod, each => each.runAsNonRoot === undefined)
  const isPodBad = ofPod === false && silent.length > 0
  const bad = mustNotSet(isPodBad, explicit, 'securityContext.runAsNonRoot=false')
  if (bad.length > 0) return unless(bad, 'runAsNonRoot != true')
  return unless(
    silent.length === 0 ? [] : [`pod or ${containerWords(silent)} must set securityContext.runAsNonRoot=true`],
    'runAsNonRoot != true',
  )
}

const runAsUser: PodSecurityCheck = pod =>
  unless(
    mustNotSet(
      pod.spec.securityContext?.runAsUser === 0,
      namesWith(pod, each => each.runAsUser === 0),
      'runAsUser=0',
    ),
    'runAsUser=0',
  )

const restrictedSeccomp: PodSecurityCheck = pod => {
  const ofPod = pod.spec.securityContext?.seccompProfile
  const silent = ofPod === undefined ? namesWith(pod, each => each.seccompProfile === undefined) : []
  const bad = mustNotSet(isUnconfined(pod.spec.securityContext), namesWith(pod, isUnconfined), UNCONFINED)
  if (bad.length > 0) return unless(bad, 'seccompProfile')
  const wanted = 'must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"'
  return unless(silent.length === 0 ? [] : [`pod or ${containerWords(silent)} ${wanted}`], 'seccompProfile')
}

/** Of the level baseline alone: the level restricted has stricter ones instead. */
const LENIENT: ReadonlySet<PodSecurityCheck> = new Set([defaultCapabilities, hostPathVolumes, confinedSeccomp])

/** The checks of the level baseline but those of SELinux. */
export const BASELINE_CHECKS: readonly PodSecurityCheck[] = [
  ...[appArmorProfile, defaultCapabilities, hostNamespaces, hostPathVolumes, hostPorts, privileged, procMount],
  ...[confinedSeccomp, safeSysctls, hostProcess],
]

/** The checks of the level restricted. */
export const RESTRICTED_CHECKS: readonly PodSecurityCheck[] = [
  ...BASELINE_CHECKS.filter(check => !LENIENT.has(check)),
  ...[noEscalation, droppedCapabilities, restrictedVolumes, nonRoot, runAsUser, restrictedSeccomp],
]
