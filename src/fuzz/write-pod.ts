import type { Container, LifecycleHandler, Probe } from '../model/index.js'
import type { StatedBehaviour, StatedRule } from '../scenario/index.js'
import type { ContainerSketch } from './container-sketch.js'
import type { Features } from './features.js'
import type { PodSketch } from './pod-sketch.js'
import { type HookSketch, type ProbeSketch, writtenHook, writtenProbe } from './probe-sketch.js'

/** A pod's manifest, what its containers do, and the objects that it refers to. */
export interface WrittenPod {
  readonly name: string
  readonly manifest: object
  readonly rules: readonly StatedRule[]
  readonly containerNames: readonly string[]
  /** What the debugging container is put beside. */
  readonly hasReadinessGate: boolean
  readonly hasSchedulingGate: boolean
}

/** What the pods of one scenario have in common. */
export interface PodContext {
  readonly features: Features
  readonly imageNames: readonly string[]
  readonly nodeNames: readonly string[]
  readonly hasOwnRestarts: boolean
}

/** A condition that only a step sets. */
export const READINESS_GATE = 'podwright.dev/gate'
/** A gate that only a step takes away. */
export const SCHEDULING_GATE = 'podwright.dev/hold'

const FIRST_PORT = 8080

/** Writes a pod and its behaviour as its scenario's features ask. */
export function writePod(sketch: PodSketch, index: number, context: PodContext): WrittenPod {
  const { features } = context
  const name = POD_NAMES[index]
  const graceSeconds = sketch.graceSeconds ?? 30
  const written: WrittenContainer[] = []
  const write = (each: ContainerSketch, role: ContainerPlace['role'], number: number): Container => {
    const place = { role, name: `${role}-${number}`, port: FIRST_PORT + written.length, graceSeconds }
    const it = writeContainer(each, place, context)
    written.push(it)
    return it.container
  }
  const sidecars = features.sidecars ? sketch.sidecars : []
  const first = sidecars.flatMap((each, at) => (each.isFirst ? [write(each, 'sidecar', at)] : []))
  const plain = (features.initContainers ? sketch.init : []).map((each, at) => write(each, 'init', at))
  const last = sidecars.flatMap((each, at) => (each.isFirst ? [] : [write(each, 'sidecar', at)]))
  const initContainers = [...first, ...plain, ...last]
  const containers = sketch.containers.map((each, at) => write(each, 'app', at))
  const gates = gatesOf(sketch, features)
  const placement = placementOf(sketch, context, gates.schedulingGates !== undefined)
  return {
    name,
    manifest: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, labels: { app: index === 1 ? 'other' : 'web' } },
      spec: {
        ...volumesOf(sketch, features),
        ...(initContainers.length > 0 ? { initContainers } : {}),
        containers,
        restartPolicy: sketch.restartPolicy,
        ...(sketch.graceSeconds === undefined ? {} : { terminationGracePeriodSeconds: sketch.graceSeconds }),
        ...(features.deadlines && sketch.deadlineSeconds !== undefined
          ? { activeDeadlineSeconds: sketch.deadlineSeconds }
          : {}),
        ...placement,
        ...gates,
      },
    },
    rules: [
      ...written.flatMap(({ container, behaviour }): StatedRule[] =>
        Object.keys(behaviour).length === 0 ? [] : [{ target: { name, container: container.name }, behaviour }],
      ),
      ...sandboxRule(name, sketch, features),
    ],
    containerNames: written.map(({ container }) => container.name),
    hasReadinessGate: gates.readinessGates !== undefined,
    hasSchedulingGate: gates.schedulingGates !== undefined,
  }
}

const POD_NAMES = ['web', 'other', 'batch'] as const

const gatesOf = (sketch: PodSketch, { gates }: Features) => ({
  ...(gates && sketch.hasReadinessGate ? { readinessGates: [{ conditionType: READINESS_GATE }] } : {}),
  ...(gates && sketch.hasSchedulingGate ? { schedulingGates: [{ name: SCHEDULING_GATE }] } : {}),
})

function placementOf(sketch: PodSketch, { features, nodeNames }: PodContext, isHeld: boolean): object {
  if (!features.placement) return {}
  const { placement } = sketch
  return {
    ...(sketch.isHostNetworked ? { hostNetwork: true } : {}),
    ...(placement === 'labelled' ? { nodeSelector: { disk: 'ssd' } } : {}),
    ...(placement === 'nowhere' || placement === 'misbound' ? { nodeSelector: { disk: 'tape' } } : {}),
    // A pod that is bound from the start passes the scheduler by, so its kubelet has to judge it.
    ...((placement === 'bound' || placement === 'misbound') && !isHeld ? { nodeName: nodeNames[0] } : {}),
    ...(sketch.priority === 'none' ? {} : { priorityClassName: sketch.priority }),
  }
}

function volumesOf({ volume }: PodSketch, { references }: Features): object {
  if (!references || volume === 'none') return {}
  const source = volume === 'optional' ? { name: 'missing', optional: true } : { name: volume }
  return { volumes: [{ name: 'settings', configMap: source }] }
}

function sandboxRule(name: string, { sandbox }: PodSketch, { sandboxFaults }: Features): StatedRule[] {
  const { delay, failures, diesAfter } = sandbox
  const stated = {
    ...(delay === undefined ? {} : { delay }),
    ...(failures === 0 ? {} : { failures: new Array<string>(failures).fill(SANDBOX_ERROR) }),
    ...(diesAfter === undefined ? {} : { diesAfter }),
  }
  if (!sandboxFaults || Object.keys(stated).length === 0) return []
  return [{ target: { name }, behaviour: { sandbox: stated } }]
}

const SANDBOX_ERROR = 'failed to setup network for sandbox: no addresses are left'

interface WrittenContainer {
  readonly container: Container
  readonly behaviour: StatedBehaviour
}

/** Where a container stands in its pod. */
interface ContainerPlace {
  readonly role: 'init' | 'sidecar' | 'app'
  readonly name: string
  readonly port: number
  readonly graceSeconds: number
}

function writeContainer(sketch: ContainerSketch, place: ContainerPlace, context: PodContext): WrittenContainer {
  const { features, imageNames } = context
  const { role, name, port } = place
  const { process } = sketch
  const probes = features.probes && role !== 'init' ? probesOf(sketch, port) : NOTHING
  const hooks = features.hooks && role !== 'init' ? hooksOf(sketch, place) : NOTHING
  const isHost = features.placement && sketch.hasHostPort
  return {
    container: {
      name,
      image: imageNames[sketch.image],
      ...(features.imageFaults && sketch.pullPolicy !== undefined ? { imagePullPolicy: sketch.pullPolicy } : {}),
      ...restartsOf(sketch, role, context),
      ports: [{ containerPort: port, ...(isHost ? { hostPort: port } : {}) }],
      ...(features.resources && sketch.resources !== undefined ? { resources: sketch.resources } : {}),
      ...(features.references ? referenceOf(sketch) : {}),
      ...probes.written,
      ...hooks.written,
    },
    behaviour: {
      ...(features.exits && process !== undefined ? { runs: process.runs } : {}),
      ...(features.stops && process !== undefined ? { onTerm: process.onTerm } : {}),
      ...probes.behaviour,
      ...hooks.behaviour,
    },
  }
}

interface WrittenPart {
  readonly written: Partial<Container>
  readonly behaviour: StatedBehaviour
}

const NOTHING: WrittenPart = { written: {}, behaviour: {} }

function probesOf({ liveness, readiness, startup }: ContainerSketch, port: number): WrittenPart {
  const given = Object.entries({ liveness, readiness, startup }).filter(([, each]) => each !== undefined)
  const each = given as [keyof typeof PROBE_FIELDS, ProbeSketch][]
  return {
    written: Object.fromEntries(
      each.map(([type, probe]): [string, Probe] => [PROBE_FIELDS[type], writtenProbe(probe, type, port)]),
    ),
    behaviour: Object.fromEntries(each.map(([type, { answers }]) => [type, answers])),
  }
}

const PROBE_FIELDS = { liveness: 'livenessProbe', readiness: 'readinessProbe', startup: 'startupProbe' } as const

function hooksOf({ postStart, preStop }: ContainerSketch, { port, graceSeconds }: ContainerPlace): WrittenPart {
  const given = Object.entries({ postStart, preStop }).filter(([, each]) => each !== undefined)
  if (given.length === 0) return NOTHING
  const written = (given as [string, HookSketch][]).map(([name, sketch]) => {
    return { name, handler: writtenHook(sketch, name, port, graceSeconds), behaviour: sketch.behaviour }
  })
  const lifecycle: Record<string, LifecycleHandler> = Object.fromEntries(written.map(each => [each.name, each.handler]))
  return {
    written: { lifecycle },
    // A sleep takes what it takes; only the other handlers are scripted.
    behaviour: Object.fromEntries(
      written.filter(({ handler }) => handler.sleep === undefined).map(each => [each.name, each.behaviour]),
    ),
  }
}

function restartsOf(
  { restarts }: ContainerSketch,
  role: ContainerPlace['role'],
  { features, hasOwnRestarts }: PodContext,
): Partial<Container> {
  if (role === 'sidecar') return { restartPolicy: 'Always' }
  // An init container with the policy Always would be a sidecar.
  const isAsked = features.ownRestarts && hasOwnRestarts && restarts !== undefined
  if (!isAsked || (role === 'init' && restarts.policy === 'Always')) return {}
  const { policy, codes } = restarts
  return {
    restartPolicy: policy,
    ...(codes.length > 0
      ? { restartPolicyRules: [{ action: 'Restart', exitCodes: { operator: 'In', values: codes } }] }
      : {}),
  }
}

function referenceOf({ reference }: ContainerSketch): Partial<Container> {
  switch (reference) {
    case 'none':
      return {}
    case 'nonRoot':
      return { securityContext: { runAsNonRoot: true } }
    default:
      return { env: [{ name: 'LEVEL', valueFrom: { configMapKeyRef: { name: reference, key: 'level' } } }] }
  }
}
