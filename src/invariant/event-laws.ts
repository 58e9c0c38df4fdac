import { unpackTypeAndCount } from '../trace/index.js'
import { KILL, NEVER } from './container-record.js'
import type { Law } from './law.js'
import { containerNamed, type LawParts, podNamed } from './law-parts.js'
import type { ContainerRecord, PodRecord } from './pod-record.js'

/** Laws of Events. */
export const EVENT_LAWS: readonly Law[] = [
  {
    name: 'event-counts-grow',
    family: 'events',
    sentence:
      'Each time an Event about a pod is written again its count is higher, until the pod or its kubelet is another one.',
    source: 'client-go tools/record/events_cache.go (R-1152)',
  },
  {
    name: 'kill-is-told',
    family: 'events',
    sentence:
      'A running container of a stored pod is stopped only after a Killing event about it, as long as the pod has few Events.',
    source: 'pkg/kubelet/kuberuntime/kuberuntime_container.go killContainer (R-503, R-711, R-1150)',
  },
  {
    name: 'start-is-told',
    family: 'events',
    sentence:
      'A container is shown running for the first time only after a Started event about it, as long as the pod has few Events.',
    source: 'pkg/kubelet/kuberuntime/kuberuntime_container.go startContainer (R-234, R-1150)',
  },
  {
    name: 'back-off-is-told',
    family: 'events',
    sentence:
      'A container waits in CrashLoopBackOff or ImagePullBackOff only after a BackOff event about it, as long as the pod has few Events.',
    source: 'pkg/kubelet/kuberuntime/kuberuntime_manager.go doBackOff; images/image_manager.go (R-305, R-402, R-1150)',
  },
  {
    name: 'sandbox-change-is-of-a-second-sandbox',
    family: 'events',
    sentence: 'The Event SandboxChanged is only about a pod that had a sandbox before.',
    source: 'pkg/kubelet/kuberuntime/kuberuntime_manager.go SyncPod (R-230)',
  },
]

/** Numbers that one Event takes in the pod's list. */
const WIDTH = 4

/** Looks at every Event. */
export class EventLaws {
  readonly #parts: LawParts

  constructor(parts: LawParts) {
    this.#parts = parts
  }

  /** An Event about the pod or one of its containers; the spam filter keeps the list short. */
  written(pod: PodRecord, container: ContainerRecord | undefined): void {
    const { object, a, b, c } = this.#parts.row
    const { count } = unpackTypeAndCount(b)
    const { events } = pod
    for (let i = 0; i < pod.eventCount; i += WIDTH) {
      if (events[i + 2] !== c || events[i] !== object || events[i + 1] !== a) continue
      // Events about the pod before, whose name it has, go on beside its own: a probe of it that hung is answered later.
      const isOfOnePod = !pod.isHaunted && (container === undefined || container.earlierStarted < 0)
      if (count <= events[i + 3] && isOfOnePod) this.#notGrown(pod, events[i + 3], count)
      events[i + 3] = count
      return
    }
    const end = pod.eventCount
    if (end >= MOST_EVENTS * WIDTH) return
    events[end] = object
    events[end + 1] = a
    events[end + 2] = c
    events[end + 3] = count
    pod.eventCount = end + WIDTH
  }

  /** The row in hand tells that the pod's sandbox has changed. */
  sandboxChanged(pod: PodRecord): void {
    if (pod.sandboxes > 0 || pod.isHaunted) return
    const text = `${podNamed(pod)} is told to have another sandbox although it had none`
    this.#parts.findings.add('sandbox-change-is-of-a-second-sandbox', pod.symbol, text, pod.createdRow)
  }

  /** StopContainer is called for a container. */
  stopped(container: ContainerRecord): void {
    const { pod, killKind, killAt } = container
    if (killKind !== KILL.none || killAt !== NEVER || pod.isForced || pod.isGone || !container.isAlive) return
    this.#untold('kill-is-told', container, 'is stopped without a Killing event')
  }

  /** The row in hand shows a container running, or waiting in a back-off. */
  shown(container: ContainerRecord, isRunning: boolean): void {
    if (isRunning ? container.hasStartedEvent : container.hasBackOffEvent) return
    if (isRunning) this.#untold('start-is-told', container, 'is shown running without a Started event')
    else this.#untold('back-off-is-told', container, 'is shown in back-off without a BackOff event')
  }

  #untold(law: string, container: ContainerRecord, what: string): void {
    const { pod, facts } = container
    // The spam filter keeps back what is too much, and a kubelet that is restarted what it was about to send.
    if (pod.eventsWritten >= FEW_EVENTS || pod.kubeletRestarts > 0) return
    this.#parts.findings.add(law, facts.path, `${containerNamed(container)} ${what}`, container.startRow)
  }

  #notGrown(pod: PodRecord, before: number, count: number): void {
    const { row, symbols, findings } = this.#parts
    findings.add(
      'event-counts-grow',
      row.object,
      `the Event ${symbols.text(row.a)} about ${podNamed(pod)} is written again with count ${count} after ${before}`,
    )
  }
}

/** So many are sent before the spam filter looks at them. */
const FEW_EVENTS = 20
/** Beyond so many different ones a pod's Events are not followed. */
const MOST_EVENTS = 100
