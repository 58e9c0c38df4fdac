import type { Kind } from '../model/index.js'
import type { StatedStep, StepAction } from '../scenario/index.js'
import type { ControlSketch } from './control-sketch.js'
import type { Features } from './features.js'
import type { WorkloadStepSketch } from './workload-step-sketch.js'
import type { WrittenWorkload } from './write-workload.js'

/** Writes a step, unless the scenario's features leave it out or the workload has nothing that it could change. */
export function writeWorkloadStep(
  sketch: WorkloadStepSketch,
  workloads: readonly WrittenWorkload[],
  nodeNames: readonly string[],
  features: Features,
  shutdown: ControlSketch['shutdown'],
): StatedStep[] {
  const workload = workloads[sketch.subject % workloads.length]
  const node = nodeNames[sketch.node % nodeNames.length]
  const action =
    ofWorkload(sketch, workload, features) ??
    ofPods(sketch, workload, features) ??
    (features.nodeSteps ? ofNode(sketch, node, shutdown) : undefined)
  return action === undefined ? [] : [{ at: sketch.at, ...action }]
}

const IMAGES = ['app:2', 'app:1', 'tools', 'broken:1'] as const

function ofWorkload(
  { action, value }: WorkloadStepSketch,
  { kind, name }: WrittenWorkload,
  { patches }: Features,
): StepAction | undefined {
  if (!patches) return undefined
  const subject = `${kind.toLowerCase()}/${name}`
  const isScaled = kind === 'Deployment' || kind === 'StatefulSet' || kind === 'ReplicaSet'
  const isRolled = kind === 'Deployment' || kind === 'StatefulSet' || kind === 'DaemonSet'
  switch (action) {
    case 'scale':
      return isScaled ? { action, subject, replicas: value } : undefined
    case 'setImage':
      return isRolled ? { action, subject, container: 'app-0', image: IMAGES[value % IMAGES.length] } : undefined
    case 'restart':
      return kind === 'Deployment' ? { action: 'rolloutRestart', subject } : undefined
    case 'undo':
      return kind === 'Deployment' ? { action: 'rolloutUndo', subject } : undefined
    case 'pause':
      return kind === 'Deployment' ? { action: 'rolloutPause', subject } : undefined
    case 'resume':
      return kind === 'Deployment' ? { action: 'rolloutResume', subject } : undefined
    case 'change': {
      const patch = changeOf(kind, value)
      return patch === undefined ? undefined : request({ verb: 'patch', kind, name, patchType: 'merge', patch })
    }
    default:
      return undefined
  }
}

/** What else can be changed of a workload that goes on. */
function changeOf(kind: WrittenWorkload['kind'], value: number): object | undefined {
  const isOdd = value % 2 === 1
  switch (kind) {
    case 'Deployment': {
      const rolling = { type: 'RollingUpdate', rollingUpdate: { maxSurge: value, maxUnavailable: 1 } }
      return { spec: { strategy: isOdd ? { type: 'Recreate', rollingUpdate: null } : rolling } }
    }
    case 'StatefulSet':
      return { spec: { updateStrategy: { rollingUpdate: { partition: value % 3 } } } }
    case 'DaemonSet':
      return { spec: { updateStrategy: { type: isOdd ? 'OnDelete' : 'RollingUpdate' } } }
    case 'Job':
      return { spec: value < 3 ? { parallelism: value } : { suspend: isOdd } }
    case 'CronJob':
      return { spec: { suspend: isOdd } }
    case 'ReplicaSet':
      return undefined
  }
}

function ofPods(
  { action, value, propagation }: WorkloadStepSketch,
  { kind, name }: WrittenWorkload,
  { deletions, evictions, placement }: Features,
): StepAction | undefined {
  // Only a StatefulSet's pods have names that can be told before a run.
  const pod = kind === 'StatefulSet' ? `${name}-${value % 3}` : undefined
  switch (action) {
    case 'deletePods':
      return deletions
        ? request({ verb: 'deletecollection', kind: 'Pod', selector: { matchLabels: { app: name } } })
        : undefined
    case 'deletePod':
      return deletions && pod !== undefined ? request({ verb: 'delete', kind: 'Pod', name: pod }) : undefined
    case 'evictPod':
      return evictions && pod !== undefined ? request({ verb: 'evict', kind: 'Pod', name: pod }) : undefined
    case 'deleteWorkload':
      return deletions ? request({ verb: 'delete', kind, name, propagationPolicy: propagation }) : undefined
    case 'urgentPod':
      return placement ? { action: 'apply', object: urgentPod(value) } : undefined
    default:
      return undefined
  }
}

/** A pod for which others have to make room. */
const urgentPod = (value: number): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: `urgent-${value}` },
  spec: {
    priorityClassName: 'high',
    containers: [{ name: 'app', image: 'app:1', resources: { requests: { cpu: '1900m' } } }],
  },
})

const request = (
  what: Omit<Extract<StepAction, { action: 'request' }>['request'], 'kind'> & { kind: Kind },
): StepAction => ({
  action: 'request',
  request: what,
})

function ofNode(
  { action, value }: WorkloadStepSketch,
  subject: string,
  shutdown: ControlSketch['shutdown'],
): StepAction | undefined {
  const resource = value % 2 === 0 ? 'memory' : 'nodefs'
  switch (action) {
    case 'drain':
      return { action, subject, ignoreDaemonSets: true, deleteEmptyDirData: true, force: true }
    case 'cordon':
    case 'uncordon':
    case 'killKubelet':
    case 'startKubelet':
    case 'restartKubelet':
    case 'cutNetwork':
    case 'restoreNetwork':
      return { action, subject }
    case 'taint':
      return { action, subject, taints: [value % 2 === 0 ? 'held=1:NoExecute' : 'held=1:NoSchedule'] }
    case 'untaint':
      return { action: 'taint', subject, taints: ['held-'] }
    case 'label':
      return { action, subject, labels: { disk: value % 2 === 0 ? null : 'ssd' } }
    case 'reboot':
      return { action, subject, downFor: 1000 + value * 15_000 }
    case 'shutDown':
      return shutdown === undefined
        ? { action, subject, grace: value * 5000, downFor: 60_000 }
        : { action, subject, byPodPriority: shutdown, downFor: 60_000 }
    case 'exhaust':
    case 'relieve':
      return { action, subject, resource }
    case 'deleteNode':
      return { action: 'delete', subject: `node/${subject}` }
    default:
      return undefined
  }
}
