import { defaultPod } from '../api/index.js'
import type { Container, KubernetesObject, LifecycleHandler, Pod, PodTemplateSpec, Probe } from '../model/index.js'
import { DEFAULT_KUBELET_CONFIGURATION } from '../model/index.js'
import {
  type ContainerBehaviour,
  DEFAULT_BEHAVIOUR,
  DEFAULT_TIMING,
  type HookBehaviour,
  type ImageBehaviour,
  type Plan,
  type PlanPod,
  type ProbeBehaviour,
  type ProcessBehaviour,
  RUNS,
  type SandboxBehaviour,
  type Step,
  type Timing,
} from '../scenario/index.js'
import { nodeStepOf, nodesOfRecording } from './recorded-nodes.js'
import type {
  RecordedAction,
  Recording,
  RecordingScript,
  ScriptedContainer,
  ScriptedRun,
  ScriptedSpans,
} from './recording.js'
import { behavioursOf, isControlledKind, scriptOf, workloadsOf } from './recording-workloads.js'

/** The recorder's latencies, and the canonical choices under which they were measured (recordings.md). */
export const RECORDER_TIMING: Timing = {
  ...DEFAULT_TIMING,
  watch: 4,
  scheduling: 8,
  relistPhase: 650,
  relistPeriod: 1025,
  relistInspection: 10,
  syncTickPhase: 300,
  errorResync: 12_500,
  quietResync: 75_000,
  statusGeneration: 2,
  syncActions: 12,
  containerCreate: 4,
  containerStart: 1,
  hookCall: 2,
  containerStop: 2,
  sandboxStop: 20,
  statusBatch: 6,
  clockOffset: 500,
}

/** Of recordings of clusters, which ran side by side on nodes that were busy: the medians of recordings.md. */
const CLUSTER_TIMING: Timing = {
  ...RECORDER_TIMING,
  scheduling: 11,
  syncActions: 40,
  statusBatch: 50,
  // Together they take 11 ms where the worker was done before: from the status that says so to the object gone.
  lastDelete: 4,
  removal: 8,
  controllerSync: 10,
}

/** Between two manifests that the recorder creates one after the other. */
const CREATION_MS = 15

/** The object may have gone by the end of the recording: the run goes on a little (recordings.md). */
const EXTRA_MS = 15_000

/** Classes that were recorded with the controllers of 1.26. */
const CLUSTER_CLASSES: ReadonlySet<string> = new Set(['J', 'L'])

/** Makes the plan that a recording's cluster carried out. */
export function planOfRecording(recording: Recording): Plan {
  const namespace = recording.manifests[0]?.metadata.namespace ?? 'default'
  const pods: PlanPod[] = []
  const objects: KubernetesObject[] = []
  const asked = recording.manifests.flatMap(askedPathsOf)
  for (const object of recording.manifests) {
    if (object.kind === 'Pod') pods.push(planPod(object, namespace, recording.script, asked))
    else objects.push(withNamespace(object, namespace))
  }
  const inTurn = recording.manifests.filter(({ kind }) => kind === 'Pod' || isControlledKind(kind))
  const turnsOf = (isPod: boolean): readonly number[] =>
    inTurn.flatMap(({ kind }, i) => ((kind === 'Pod') === isPod ? [i * CREATION_MS] : []))
  const times = { pods: turnsOf(true), workloads: turnsOf(false) }
  const workloads = workloadsOf(objects).map((each, i) => ({ ...each, createdAt: times.workloads[i] }))
  const spaced = workloads.length === 0 ? pods : pods.map((pod, i) => ({ ...pod, createdAt: times.pods[i] }))
  const behaves = (container: Container, script: ScriptedContainer) => behaviourOf(container, script, asked)
  return {
    kubernetes: '1.32',
    ...(CLUSTER_CLASSES.has(recording.class) ? { controllers: '1.26' } : {}),
    kubelet: { ...DEFAULT_KUBELET_CONFIGURATION, serializeImagePulls: false },
    nodes: nodesOfRecording(recording),
    pods: spaced,
    ...(workloads.length === 0 ? {} : { workloads, behaviours: behavioursOf(recording, workloads, behaves) }),
    objects: objects.filter(({ kind }) => !isControlledKind(kind)),
    images: imagesOf(recording.script),
    steps: (recording.actions ?? []).flatMap(action => stepOf(action, namespace, pods, recording.script, asked)),
    horizon: Math.round(recording.duration * 1000) + EXTRA_MS,
    timing: workloads.length === 0 ? RECORDER_TIMING : CLUSTER_TIMING,
    assumptions: [],
  }
}

function stepOf(
  action: RecordedAction,
  namespace: string,
  pods: readonly PlanPod[],
  script: RecordingScript,
  asked: readonly AskedPath[],
): Step[] {
  const at = Math.round((action.sentAt ?? action.at) * 1000)
  const nodeStep = nodeStepOf(action, at)
  if (nodeStep !== null) return [nodeStep]
  const pod = `${namespace}/${action.name ?? pods[0]?.pod.metadata.name ?? ''}`
  const { kind = 'Pod', name = '' } = action
  if (action.do === 'sh') return scriptStep(action, at, namespace)
  if (kind !== 'Pod') return objectStep(action, at, `${kind}/${namespace}/${name}`)
  switch (action.do) {
    case 'delete':
      return [{ at, do: 'delete', pod, gracePeriodSeconds: action.gracePeriodSeconds }]
    case 'force-delete':
      return [{ at, do: 'delete', pod, gracePeriodSeconds: 0 }]
    case 'evict':
      return [{ at, do: 'evict', pod }]
    case 'patch': {
      const subresource = action.subresource === 'status' ? 'status' : undefined
      return [{ at, do: 'patch', pod, type: action.type ?? 'strategic', patch: action.body, subresource }]
    }
    case 'create':
      if (action.object === undefined) return []
      return action.object.kind === 'Pod'
        ? [{ at, do: 'create', pod: planPod(action.object, namespace, script, asked) }]
        : [{ at, do: 'createObject', object: withNamespace(action.object, namespace) }]
    default:
      return []
  }
}

/** The recorder's scripts about all pods of a namespace, and about its first (recordings.md, "Clusters"). */
function scriptStep({ cmd = '' }: RecordedAction, at: number, namespace: string): Step[] {
  if (cmd.startsWith('delpods.sh')) return [{ at, do: 'deletePods', namespace }]
  return cmd.startsWith('evict1.sh') ? [{ at, do: 'evictPods', namespace, most: 1 }] : []
}

function objectStep({ do: what, type, body, propagationPolicy }: RecordedAction, at: number, object: string): Step[] {
  if (what === 'patch') return [{ at, do: 'patchObject', object, type: type ?? 'strategic', patch: body }]
  return what === 'delete' ? [{ at, do: 'deleteObject', object, propagationPolicy }] : []
}

const withNamespace = (object: KubernetesObject, namespace: string): KubernetesObject =>
  ({
    ...object,
    metadata: { ...object.metadata, namespace: object.metadata.namespace ?? namespace },
  }) as KubernetesObject

function planPod(object: Pod, namespace: string, shared: RecordingScript, asked: readonly AskedPath[]): PlanPod {
  const pod = defaultPod(withNamespace(object, namespace) as Pod)
  const script = scriptOf(pod, shared)
  const containers: Record<string, ContainerBehaviour> = {}
  for (const container of [
    ...(pod.spec.initContainers ?? []),
    ...pod.spec.containers,
    ...(pod.spec.ephemeralContainers ?? []),
  ]) {
    containers[container.name] = behaviourOf(container, script.containers?.[container.name] ?? {}, asked)
  }
  // Ephemeral containers arrive by a patch; their scripts stand under their names all the same.
  for (const [name, each] of Object.entries(script.containers ?? {})) {
    containers[name] ??= behaviourOf({ name, image: '' }, each, asked)
  }
  return { pod, createdAt: 0, containers, sandbox: sandboxOf(script) }
}

const ms = (seconds: number): number => Math.round(seconds * 1000)

function sandboxOf({ sandbox }: RecordingScript): SandboxBehaviour {
  return {
    delay: ms(sandbox?.delay ?? 0),
    failures: sandbox?.fail ?? [],
    diesAfter: sandbox?.dieAfter === undefined ? null : ms(sandbox.dieAfter),
  }
}

function imagesOf({ image }: RecordingScript): Record<string, ImageBehaviour> {
  const images: Record<string, ImageBehaviour> = { '*': { ...DEFAULT_BEHAVIOUR.image, runsAsRoot: true } }
  for (const [name, each] of Object.entries(image ?? {})) {
    images[name] = {
      pullDuration: ms(each.pull ?? 0.5),
      failures: each.fail ?? [],
      alwaysFails: null,
      isPresent: each.present === true,
      runsAsRoot: true,
    }
  }
  return images
}

function processOf(run: ScriptedRun): ProcessBehaviour {
  const { onTerm } = run
  return {
    exitAfter: run.exitAfter === undefined || run.exitAfter === null ? null : ms(run.exitAfter),
    exitCode: run.exitCode ?? 0,
    isOomKilled: run.oom === true,
    startError: run.startError ?? null,
    onTerm: onTerm === 'ignore' ? null : { exitAfter: ms(onTerm?.exitAfter ?? 0.1), exitCode: onTerm?.exitCode ?? 0 },
  }
}

function behaviourOf(container: Container, script: ScriptedContainer, asked: readonly AskedPath[]): ContainerBehaviour {
  const runs = (script.runs ?? []).map(processOf)
  return {
    runs: runs.length === 0 ? [RUNS] : runs,
    liveness: answersOf(script.liveness, container.livenessProbe, 'liveness', container, asked),
    readiness: answersOf(script.readiness, container.readinessProbe, 'readiness', container, asked),
    startup: answersOf(script.startup, container.startupProbe, 'startup', container, asked),
    postStart: hookOf(script.postStart, container.lifecycle?.postStart, container, asked),
    preStop: hookOf(script.preStop, container.lifecycle?.preStop, container, asked),
  }
}

/** A path or hook by which the recorder's server was asked, and on which port it therefore listened. */
interface AskedPath {
  readonly port: number | string | undefined
}

/** The server listens on the ports that a probe, or a hook path of its own, names (recordings.md, "The script"). */
function askedPathsOf(object: KubernetesObject): AskedPath[] {
  if (object.kind === 'Pod') return askedPaths(object)
  const { template } = (object as { readonly spec?: { readonly template?: PodTemplateSpec } }).spec ?? {}
  return template === undefined ? [] : askedPaths(template)
}

function askedPaths(pod: Pick<Pod, 'spec'>): AskedPath[] {
  const found: AskedPath[] = []
  for (const container of [...(pod.spec.initContainers ?? []), ...pod.spec.containers]) {
    for (const probe of [container.livenessProbe, container.readinessProbe, container.startupProbe]) {
      const port = probe?.httpGet?.port ?? probe?.tcpSocket?.port
      if (port !== undefined) found.push({ port: numberOf(container, port) })
    }
    for (const hook of [container.lifecycle?.postStart, container.lifecycle?.preStop]) {
      if (hook?.httpGet?.path?.startsWith('/hook/')) found.push({ port: numberOf(container, hook.httpGet.port) })
    }
  }
  return found
}

const numberOf = (container: Container, port: number | string): number | string =>
  typeof port === 'number' ? port : (container.ports?.find(each => each.name === port)?.containerPort ?? port)

function answersOf(
  script: ScriptedSpans | readonly ScriptedSpans[] | undefined,
  probe: Probe | undefined,
  type: string,
  container: Container,
  asked: readonly AskedPath[],
): readonly ProbeBehaviour[] {
  const { httpGet } = probe ?? {}
  const isUnknownPath = httpGet !== undefined && (httpGet.path ?? '/') !== `/${type}`
  if (isUnknownPath && asked.some(each => each.port === numberOf(container, httpGet.port)))
    return [DEFAULT_BEHAVIOUR.probe]
  if (script === undefined || script.length === 0) return [DEFAULT_BEHAVIOUR.probe]
  const perRun = (Array.isArray(script[0]) ? script : [script]) as readonly ScriptedSpans[]
  return perRun.map(spans => spans.map(({ from, result }) => ({ from: ms(from), result })))
}

function hookOf(
  script: ScriptedContainer['postStart'],
  handler: LifecycleHandler | undefined,
  container: Container,
  asked: readonly AskedPath[],
): HookBehaviour {
  const duration = ms(script?.duration ?? 0)
  const exitCode = script?.exitCode ?? 0
  const { httpGet } = handler ?? {}
  if (httpGet === undefined) return { duration, exitCode }
  const isRefused = !asked.some(each => each.port === numberOf(container, httpGet.port))
  const isScripted = httpGet.path?.startsWith('/hook/') === true
  // The recorder's server answers what is under way when the process exits, and any answer is a success.
  return { duration: isScripted ? duration : 0, exitCode, isRefused, answersAtExit: true }
}
