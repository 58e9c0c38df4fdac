import {
  type Container,
  DEFAULT_KUBERNETES_VERSION,
  type LifecycleHandler,
  type Pod,
  type PodSpec as PodSpecObject,
  PROFILES,
  type Probe,
  type Profile,
  parseImageName,
  qosClassOf,
  type Volume,
} from '../model/index.js'
import { type ContainerBehaviour, DEFAULT_BEHAVIOUR, type SandboxBehaviour } from '../scenario/index.js'
import type { SymbolTable } from '../trace/index.js'
import {
  type ContainerRole,
  type ContainerSpec,
  HANDLER,
  HOOK,
  HOOK_HANDLER,
  type HookSpec,
  type HostPort,
  type PodSpec,
  PROBE,
  type ProbeSpec,
  type Reference,
  type RestartRule,
  type VolumeSpec,
  WORD,
} from './contract/index.js'
import { podPath } from './pod-identity.js'
import { ANY_ADDRESS, effectiveAmounts, toResources } from './predicates/index.js'

/** Scripts of a pod's containers, by name; one that is missing runs on and answers every probe. */
export type Behaviours = Readonly<Record<string, ContainerBehaviour>>

/** What a release makes of a pod's spec. */
type PodProfile = Pick<Profile, 'containerRestartRules' | 'podLevelResources'>

/** Works out once what the components need of a pod's spec. `manifest` is the index of the object in the trace. */
export function compilePod(
  symbols: SymbolTable,
  pod: Pod,
  manifest: number,
  behaviours: Behaviours,
  sandbox: SandboxBehaviour,
  profile: PodProfile = PROFILES[DEFAULT_KUBERNETES_VERSION],
): PodSpec {
  const { spec, metadata } = pod
  const { podLevelResources } = profile
  const path = podPath(metadata.namespace ?? 'default', metadata.name ?? '')
  const initContainers: ContainerSpec[] = []
  const containers: ContainerSpec[] = []
  const ephemeralContainers: ContainerSpec[] = []
  const bySlot: ContainerSpec[] = []
  const source: PodSource = { symbols, spec, path, behaviours, profile }
  const add = (list: ContainerSpec[], container: Container, role: ContainerRole): void => {
    const compiled = compileContainer(source, container, role, list.length, bySlot.length)
    list.push(compiled)
    bySlot.push(compiled)
  }
  for (const each of spec.initContainers ?? [])
    add(initContainers, each, each.restartPolicy === 'Always' ? 'sidecar' : 'init')
  for (const each of spec.containers) add(containers, each, 'container')
  for (const each of spec.ephemeralContainers ?? []) add(ephemeralContainers, each, 'ephemeral')
  return {
    object: pod,
    manifest,
    restartPolicy: spec.restartPolicy ?? 'Always',
    graceSeconds: spec.terminationGracePeriodSeconds ?? 30,
    activeDeadlineSeconds: spec.activeDeadlineSeconds ?? 0,
    hostNetwork: spec.hostNetwork === true,
    initContainers,
    containers,
    ephemeralContainers,
    bySlot,
    byName: containers.slice().sort((a, b) => (a.name < b.name ? -1 : 1)),
    hasSidecars: initContainers.some(each => each.role === 'sidecar'),
    readinessGates: (spec.readinessGates ?? []).map(gate => symbols.intern(gate.conditionType)),
    schedulingGates: spec.schedulingGates?.length ?? 0,
    volumes: (spec.volumes ?? []).flatMap(volumeReferences),
    qosClass: WORD[qosClassOf(spec, { podLevelResources })],
    requests: toResources(effectiveAmounts(spec, 'requests', { podLevelResources })),
    hostPorts: spec.containers.flatMap(hostPortsOf),
    sandbox,
  }
}

/** What the containers of one pod have in common. */
interface PodSource {
  readonly symbols: SymbolTable
  readonly spec: PodSpecObject
  readonly path: string
  readonly behaviours: Behaviours
  readonly profile: PodProfile
}

function compileContainer(
  { symbols, spec, path, behaviours, profile }: PodSource,
  container: Container,
  role: ContainerRole,
  index: number,
  slot: number,
): ContainerSpec {
  const parsed = parseImageName(container.image)
  const { livenessProbe, readinessProbe, startupProbe, lifecycle } = container
  const behaviour = behaviours[container.name] ?? DEFAULT_CONTAINER
  const hasOwnRestarts = profile.containerRestartRules && role !== 'sidecar'
  return {
    name: container.name,
    role,
    index,
    slot,
    path: symbols.intern(`${path}/${container.name}`),
    nameSymbol: symbols.intern(container.name),
    image: symbols.intern(container.image),
    pullPolicy: container.imagePullPolicy ?? 'IfNotPresent',
    imageError: 'problem' in parsed ? symbols.intern(parsed.problem) : 0,
    restartPolicy: hasOwnRestarts ? (container.restartPolicy ?? null) : null,
    restartRules: hasOwnRestarts ? compileRules(container) : NO_RULES,
    probes: [
      compileProbe(symbols, container, livenessProbe, PROBE.liveness),
      compileProbe(symbols, container, readinessProbe, PROBE.readiness),
      compileProbe(symbols, container, startupProbe, PROBE.startup),
    ],
    postStart: compileHook(symbols, container, lifecycle?.postStart, HOOK.postStart),
    preStop: compileHook(symbols, container, lifecycle?.preStop, HOOK.preStop),
    references: containerReferences(container),
    user: {
      mustBeNonRoot: container.securityContext?.runAsNonRoot ?? spec.securityContext?.runAsNonRoot ?? false,
      uid: container.securityContext?.runAsUser ?? spec.securityContext?.runAsUser ?? null,
    },
    behaviour,
  }
}

const NO_RULES: readonly RestartRule[] = []

const compileRules = ({ restartPolicyRules = [] }: Container): readonly RestartRule[] =>
  restartPolicyRules.flatMap(({ exitCodes }) =>
    exitCodes === undefined ? [] : [{ isIn: exitCodes.operator === 'In', exitCodes: exitCodes.values ?? [] }],
  )

const DEFAULT_CONTAINER: ContainerBehaviour = {
  runs: [DEFAULT_BEHAVIOUR.process],
  liveness: [DEFAULT_BEHAVIOUR.probe],
  readiness: [DEFAULT_BEHAVIOUR.probe],
  startup: [DEFAULT_BEHAVIOUR.probe],
  postStart: DEFAULT_BEHAVIOUR.hook,
  preStop: DEFAULT_BEHAVIOUR.hook,
}

function compileProbe(
  symbols: SymbolTable,
  container: Container,
  probe: Probe | undefined,
  type: number,
): ProbeSpec | null {
  if (probe === undefined) return null
  const { exec, httpGet, tcpSocket, grpc } = probe
  const handler = exec ? HANDLER.exec : httpGet ? HANDLER.httpGet : tcpSocket ? HANDLER.tcpSocket : HANDLER.grpc
  const port = httpGet?.port ?? tcpSocket?.port ?? grpc?.port ?? 0
  const number = portNumber(container, port)
  return {
    type,
    handler,
    initialDelaySeconds: probe.initialDelaySeconds ?? 0,
    timeoutMs: (probe.timeoutSeconds ?? 1) * 1000,
    periodMs: (probe.periodSeconds ?? 10) * 1000,
    successThreshold: probe.successThreshold ?? 1,
    failureThreshold: probe.failureThreshold ?? 3,
    graceSeconds: probe.terminationGracePeriodSeconds ?? -1,
    command: symbols.intern((exec?.command ?? []).join(' ')),
    url: symbols.intern(`:${number ?? port}${withSlash(httpGet?.path ?? '/')}`),
    port: number ?? 0,
    portError:
      number === null
        ? symbols.intern(`couldn't find port: ${JSON.stringify(port)} in container: ${container.name}`)
        : 0,
  }
}

function compileHook(
  symbols: SymbolTable,
  container: Container,
  handler: LifecycleHandler | undefined,
  hook: number,
): HookSpec | null {
  if (handler === undefined) return null
  const { exec, httpGet, sleep } = handler
  const kind = exec
    ? HOOK_HANDLER.exec
    : httpGet
      ? HOOK_HANDLER.httpGet
      : sleep
        ? HOOK_HANDLER.sleep
        : HOOK_HANDLER.tcpSocket
  const command = exec?.command ?? []
  const port = portNumber(container, httpGet?.port ?? 0) ?? 0
  return {
    hook,
    handler: kind,
    sleepMs: (sleep?.seconds ?? 0) * 1000,
    subject: symbols.intern(exec ? `[${command.join(' ')}]` : (httpGet?.path ?? '')),
    command: symbols.intern(command.join(' ')),
    url: symbols.intern(`:${port}${withSlash(httpGet?.path ?? '/')}`),
    port,
  }
}

const withSlash = (path: string): string => (path.startsWith('/') ? path : `/${path}`)

/** A port by number, by a name among the container's ports, or null. */
function portNumber(container: Container, port: number | string): number | null {
  if (typeof port === 'number') return port
  const named = container.ports?.find(each => each.name === port)
  if (named !== undefined) return named.containerPort
  return /^\d+$/.test(port) ? Number(port) : null
}

function containerReferences(container: Container): Reference[] {
  const references: Reference[] = []
  const add = (
    kind: Reference['kind'],
    name: string | undefined,
    key: string | null,
    isOptional: boolean | undefined,
  ): void => {
    if (name !== undefined && name !== '') references.push({ kind, name, key, isOptional: isOptional === true })
  }
  for (const { configMapRef, secretRef } of container.envFrom ?? []) {
    if (configMapRef) add('ConfigMap', configMapRef.name, null, configMapRef.optional)
    if (secretRef) add('Secret', secretRef.name, null, secretRef.optional)
  }
  for (const { valueFrom } of container.env ?? []) {
    const { configMapKeyRef, secretKeyRef } = valueFrom ?? {}
    if (configMapKeyRef) add('ConfigMap', configMapKeyRef.name, configMapKeyRef.key, configMapKeyRef.optional)
    if (secretKeyRef) add('Secret', secretKeyRef.name, secretKeyRef.key, secretKeyRef.optional)
  }
  return references
}

function volumeReferences(volume: Volume): VolumeSpec[] {
  const found: VolumeSpec[] = []
  const add = (kind: Reference['kind'], name: string | undefined, isOptional: boolean | undefined): void => {
    if (name !== undefined && name !== '' && name !== ROOT_CA) {
      found.push({ name: volume.name, reference: { kind, name, key: null, isOptional: isOptional === true } })
    }
  }
  if (volume.configMap) add('ConfigMap', volume.configMap.name, volume.configMap.optional)
  if (volume.secret) add('Secret', volume.secret.secretName, volume.secret.optional)
  for (const { configMap, secret } of volume.projected?.sources ?? []) {
    if (configMap) add('ConfigMap', configMap.name, configMap.optional)
    if (secret) add('Secret', secret.name, secret.optional)
  }
  return found
}

/** Every namespace has this ConfigMap from the start. */
const ROOT_CA = 'kube-root-ca.crt'

function hostPortsOf(container: Container): HostPort[] {
  const ports: HostPort[] = []
  for (const { hostPort, protocol, hostIP } of container.ports ?? []) {
    if (hostPort !== undefined && hostPort > 0) {
      ports.push({
        port: hostPort,
        protocol: protocol ?? 'TCP',
        ip: hostIP === undefined || hostIP === '' ? ANY_ADDRESS : hostIP,
      })
    }
  }
  return ports
}
