import type { Occurrence } from '../expect/index.js'
import type { StatedStep, StepAction, StepMoment } from '../scenario/index.js'
import type { Features } from './features.js'
import type { StepSketch, StepTrigger } from './step-sketch.js'
import { READINESS_GATE, SCHEDULING_GATE, type WrittenPod } from './write-pod.js'

/** Writes a step, unless the scenario's features leave it out or the pod has nothing that it could change. */
export function writeStep(
  sketch: StepSketch,
  pods: readonly WrittenPod[],
  nodeNames: readonly string[],
  features: Features,
): StatedStep[] {
  const { action, isTrue, graceSeconds } = sketch
  const pod = pods[sketch.subject % pods.length]
  const subject = `pod/${pod.name}`
  const container = pod.containerNames[sketch.container % pod.containerNames.length]
  const moment = momentOf(sketch, pod.name, container)
  const patch = (changes: object): StatedStep[] =>
    features.patches ? [{ ...moment, action: 'patch', subject, patchType: 'strategic', patch: changes }] : []
  switch (action) {
    case 'delete': {
      const grace = graceSeconds === undefined ? {} : { gracePeriodSeconds: graceSeconds }
      return features.deletions ? [{ ...moment, action, subject, ...grace }] : []
    }
    case 'evict':
      return features.evictions ? [{ ...moment, action, subject }] : []
    case 'restartKubelet':
    case 'cordon':
    case 'uncordon':
      return features.nodeSteps ? [{ ...moment, action, subject: nodeNames[sketch.subject % nodeNames.length] }] : []
    case 'setImage':
      return features.patches ? [{ ...moment, action, subject, container, image: 'app:9' }] : []
    case 'setLabels':
      return patch({ metadata: { labels: { app: isTrue ? 'web' : 'other' } } })
    case 'setDeadline':
      return patch({ spec: { activeDeadlineSeconds: 30 } })
    case 'debug':
      return patch({ spec: { ephemeralContainers: [{ name: 'debugger', image: 'debug:1' }] } })
    case 'setGate':
      return pod.hasReadinessGate ? [{ ...moment, ...gateStep(subject, isTrue) }] : []
    case 'openGate':
      return pod.hasSchedulingGate
        ? patch({ spec: { schedulingGates: [{ $patch: 'delete', name: SCHEDULING_GATE }] } })
        : []
  }
}

/** Steps that wait for something do so for a second at most: that is where the races are. */
function momentOf({ at, moment }: StepSketch, pod: string, container: string): StepMoment {
  if (moment === 'none') return { at }
  const after = at % 1000
  return { when: occurrenceOf(moment, pod, container), ...(after === 0 ? {} : { after }) }
}

function occurrenceOf(trigger: Exclude<StepTrigger, 'none'>, pod: string, name: string): Occurrence {
  const container = { pod, container: name }
  switch (trigger) {
    case 'pull':
      return { kind: 'pullStarted', pod }
    case 'start':
      return { kind: 'started', container }
    case 'signal':
      return { kind: 'signalled', container, signal: 'SIGTERM' }
    case 'exit':
      return { kind: 'exited', container }
    case 'ready':
      return { kind: 'becomes', level: { kind: 'condition', pod, type: 'Ready', status: 'True' } }
    case 'deletion':
      return { kind: 'deleted', pod }
  }
}

const gateStep = (subject: string, isTrue: boolean): StepAction => ({
  action: 'patch',
  subject,
  patchType: 'strategic',
  patch: { status: { conditions: [{ type: READINESS_GATE, status: isTrue ? 'True' : 'False' }] } },
  subresource: 'status',
})
