import {
  type Container,
  controllerOf,
  type OwnerReference,
  type Pod,
  type PodSpec,
  type Probe,
  type Profile,
} from '../model/index.js'
import type { Milliseconds } from '../time/index.js'
import type { SymbolTable } from '../trace/index.js'
import { type HostPort, hostPortsOf } from './node-fit.js'
import { type Amounts, podRequests } from './pod-requests.js'
import { qosOf } from './qos-of.js'

/** Where a container stands in its pod's spec. */
export type ContainerRole = 'init' | 'sidecar' | 'container' | 'ephemeral'

/** A probe as its manifest declares it. */
export interface ProbeFacts {
  readonly failureThreshold: number
  readonly successThreshold: number
  readonly periodMs: Milliseconds
  readonly timeoutMs: Milliseconds
  readonly initialDelayMs: Milliseconds
  /** Seconds of grace of its own; −1: the pod's. */
  readonly graceSeconds: number
  /** False: its port has a name that the container does not declare, so that nobody can be asked. */
  readonly isAskable: boolean
}

/** What the laws need of a container's manifest. */
export interface ContainerFacts {
  /** Symbol of its path. */
  readonly path: number
  readonly name: string
  readonly role: ContainerRole
  readonly index: number
  /** Symbol. */
  readonly image: number
  readonly pullPolicy: string
  /** By the number of the probe's type: liveness, readiness, startup. */
  readonly probes: readonly (ProbeFacts | null)[]
  readonly hasPostStart: boolean
  readonly hasPreStop: boolean
  /** Whether its policy, or its pod's, starts it again after an exit with this code. */
  isRestartedAfter(exitCode: number): boolean
}

/** What the laws need of a pod's manifest. */
export interface PodFacts {
  readonly object: Pod
  readonly restartPolicy: string
  readonly graceSeconds: number
  /** 0: none. */
  readonly activeDeadlineSeconds: number
  /** Empty: the scheduler binds it. */
  readonly nodeName: string
  readonly hostNetwork: boolean
  /** Symbols of the readiness gates' conditions. */
  readonly gates: readonly number[]
  /** Symbol. */
  readonly qosClass: number
  readonly requests: Amounts
  readonly hostPorts: readonly HostPort[]
  /** Whether its spec asks for nodes with certain labels. */
  readonly isChoosy: boolean
  /** Who controls it; undefined: nobody does. */
  readonly controller: OwnerReference | undefined
  /** Init containers, then regular ones, then ephemeral ones. */
  readonly containers: readonly ContainerFacts[]
}

/** Reads a pod's manifest, which is expected to be defaulted. */
export function podFactsOf(pod: Pod, symbols: SymbolTable, profile: Profile): PodFacts {
  const { metadata, spec } = pod
  const restartPolicy = spec.restartPolicy ?? 'Always'
  const path = `Pod/${metadata.namespace ?? 'default'}/${metadata.name ?? ''}`
  const factsOf = (container: Container, role: ContainerRole, index: number): ContainerFacts => ({
    path: symbols.intern(`${path}/${container.name}`),
    name: container.name,
    role,
    index,
    image: symbols.intern(container.image),
    pullPolicy: container.imagePullPolicy ?? 'IfNotPresent',
    probes: [container.livenessProbe, container.readinessProbe, container.startupProbe].map(probe =>
      probeFacts(probe, container),
    ),
    hasPostStart: container.lifecycle?.postStart !== undefined,
    hasPreStop: container.lifecycle?.preStop !== undefined,
    isRestartedAfter: exitCode => isRestarted(container, role, restartPolicy, profile, exitCode),
  })
  const isSidecar = (container: Container): boolean => container.restartPolicy === 'Always'
  return {
    object: pod,
    restartPolicy,
    graceSeconds: Math.max(0, spec.terminationGracePeriodSeconds ?? 30),
    activeDeadlineSeconds: spec.activeDeadlineSeconds ?? 0,
    nodeName: spec.nodeName ?? '',
    hostNetwork: spec.hostNetwork === true,
    gates: (spec.readinessGates ?? []).map(({ conditionType }) => symbols.intern(conditionType)),
    qosClass: symbols.intern(qosOf(spec, profile.podLevelResources)),
    requests: podRequests(spec, profile.podLevelResources),
    hostPorts: hostPortsOf(spec),
    isChoosy: isChoosy(spec),
    controller: controllerOf(metadata),
    containers: [
      ...(spec.initContainers ?? []).map((each, i) => factsOf(each, isSidecar(each) ? 'sidecar' : 'init', i)),
      ...spec.containers.map((each, i) => factsOf(each, 'container', i)),
      ...(spec.ephemeralContainers ?? []).map((each, i) => factsOf(each, 'ephemeral', i)),
    ],
  }
}

const isChoosy = ({ nodeSelector, affinity }: PodSpec): boolean =>
  nodeSelector !== undefined || affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution !== undefined

const probeFacts = (probe: Probe | undefined, { ports = [] }: Container): ProbeFacts | null =>
  probe === undefined
    ? null
    : {
        failureThreshold: probe.failureThreshold ?? 3,
        successThreshold: probe.successThreshold ?? 1,
        periodMs: (probe.periodSeconds ?? 10) * 1000,
        timeoutMs: (probe.timeoutSeconds ?? 1) * 1000,
        initialDelayMs: (probe.initialDelaySeconds ?? 0) * 1000,
        graceSeconds: probe.terminationGracePeriodSeconds ?? -1,
        isAskable: isAskable(probe, ports),
      }

/** A port is asked by its number, or by a name that the container declares. */
function isAskable({ httpGet, tcpSocket }: Probe, ports: NonNullable<Container['ports']>): boolean {
  const port = (httpGet ?? tcpSocket)?.port
  return typeof port !== 'string' || /^\d+$/.test(port) || ports.some(({ name }) => name === port)
}

/** the container's rules first, then its own policy, then its pod's; before 1.35 the pod's alone. */
function isRestarted(
  container: Container,
  role: ContainerRole,
  podPolicy: string,
  { containerRestartRules }: Profile,
  exitCode: number,
): boolean {
  if (role === 'sidecar') return true
  if (role === 'ephemeral') return false
  let policy: string = podPolicy
  if (containerRestartRules) {
    for (const { exitCodes } of container.restartPolicyRules ?? []) {
      const isListed = exitCodes?.values?.includes(exitCode) === true
      if (exitCodes !== undefined && isListed === (exitCodes.operator === 'In')) return true
    }
    policy = container.restartPolicy ?? podPolicy
  }
  if (policy === 'Never') return false
  return policy !== 'OnFailure' || exitCode !== 0
}
