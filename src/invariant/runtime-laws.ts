import { implies, namesOf } from './clauses.js'
import type { Law } from './law.js'
import { at, containerNamed, type LawParts, podNamed } from './law-parts.js'
import type { ContainerRecord, PodRecord } from './pod-record.js'

/** Laws of instances and sandboxes. */
export const RUNTIME_LAWS: readonly Law[] = [
  {
    name: 'one-instance-at-a-time',
    family: 'runtime',
    sentence: 'No instance of a container starts while another one runs.',
    source: 'pkg/kubelet/kuberuntime/kuberuntime_manager.go computePodActions (R-110, R-220)',
  },
  {
    name: 'instances-count-up',
    family: 'runtime',
    sentence:
      'Each instance of a container is created with a higher number, and a higher restartCount, than the last; the restartCount of init containers and sidecars begins anew in another sandbox.',
    source: 'pkg/kubelet/kuberuntime/kuberuntime_container.go startContainer (R-235)',
  },
  {
    name: 'start-of-a-created-instance',
    family: 'runtime',
    sentence: 'An instance is started once, and only the one that was created last.',
    source: 'pkg/kubelet/kuberuntime/kuberuntime_container.go startContainer (R-233, R-234)',
  },
  {
    name: 'created-with-its-image',
    family: 'runtime',
    sentence: 'A container is created with the image that its pod’s spec has, or had before a patch.',
    source: 'pkg/kubelet/kuberuntime/kuberuntime_container.go startContainer, generateContainerConfig (R-221, R-233)',
  },
  {
    name: 'exit-of-a-running-instance',
    family: 'runtime',
    sentence:
      'Signals go to the running instance, and an instance exits once, having been started, or created where it is stopped before.',
    source: 'CRI StopContainer (R-713, R-815)',
  },
  {
    name: 'container-needs-a-sandbox',
    family: 'runtime',
    sentence: 'A container is created only in a sandbox that was ready and has not been stopped.',
    source: 'pkg/kubelet/kuberuntime/kuberuntime_manager.go SyncPod (R-201, R-230)',
    clausesFor: pod => {
      const { pod: name, all, container } = namesOf(pod)
      return all.map(each => ({
        kind: 'notBefore',
        what: { kind: 'started', container: container(each) },
        before: { kind: 'sandboxCreated', pod: name },
      }))
    },
  },
  {
    name: 'one-sandbox-at-a-time',
    family: 'runtime',
    sentence: 'A sandbox is made only where the one before is down, and with a higher attempt than any that was ready.',
    source: 'pkg/kubelet/util/util.go PodSandboxChanged (R-201, R-230)',
  },
  {
    name: 'pod-ip-is-its-sandboxes',
    family: 'runtime',
    sentence: 'The podIP of a pod is the address of one of its sandboxes, and is never taken back.',
    source: 'pkg/kubelet/kubelet_pods.go generateAPIPodStatus (R-807)',
  },
  {
    name: 'bound-before-anything-runs',
    family: 'scheduling',
    sentence: 'A pod has no sandbox, no pull, no container and no startTime before it is bound to a node.',
    source: 'pkg/kubelet/config/apiserver.go; scheduler (R-120, BIND-1)',
    clausesFor: pod => {
      const { pod: name, all, level } = namesOf(pod)
      const isBound = { kind: 'scheduled', pod: name } as const
      return all.map(each => implies(level('running', each), isBound))
    },
  },
]

/** Looks at what the runtime does. */
export class RuntimeLaws {
  readonly #parts: LawParts

  constructor(parts: LawParts) {
    this.#parts = parts
  }

  started(container: ContainerRecord): void {
    const { row } = this.#parts
    if (row.a !== container.created || row.a === container.started)
      this.#add(
        'start-of-a-created-instance',
        container,
        `is started as instance ${row.a}, which was not created or has been started`,
        container.createRow,
      )
    if (!container.isAlive) return
    this.#add(
      'one-instance-at-a-time',
      container,
      `starts although its instance of ${at(container.startedAt)} runs`,
      container.startRow,
    )
  }

  created(container: ContainerRecord): void {
    const { row } = this.#parts
    const { facts, pod, created, attempt, oldImages } = container
    if (row.c !== facts.image && !oldImages.includes(row.c))
      this.#add(
        'created-with-its-image',
        container,
        `is created with the image ${this.#parts.symbols.text(row.c)}, which its spec has not`,
        pod.createdRow,
      )
    const isPurged = facts.role !== 'container' && container.startSandbox !== pod.sandboxes
    if (row.a !== created + 1 || (row.b <= attempt && !isPurged))
      this.#add(
        'instances-count-up',
        container,
        `is created as instance ${row.a}, number ${row.b}, after instance ${created}, number ${attempt}`,
        container.createRow,
      )
    if (pod.isSandboxStopped)
      this.#add('container-needs-a-sandbox', container, 'is created although its pod has no sandbox', pod.sandboxRow)
    this.bound(pod)
  }

  signalled(container: ContainerRecord): void {
    const { row } = this.#parts
    if (container.isAlive && row.a === container.started) return
    this.#add('exit-of-a-running-instance', container, `gets a signal although it does not run`, container.startRow)
  }

  exited(container: ContainerRecord): void {
    const { row } = this.#parts
    const isCreatedOnly = row.a === container.created && container.started < row.a
    const isFirst = container.exitCodeOf(row.a) < 0
    if (isFirst && (isCreatedOnly || (container.isAlive && row.a === container.started))) return
    this.#add('exit-of-a-running-instance', container, `exits although it does not run`, container.startRow)
  }

  sandboxCreated(pod: PodRecord): void {
    const { row, findings } = this.#parts
    this.bound(pod)
    const isHigher = pod.sandboxes === 0 || row.a > pod.sandboxAttempt
    if (!pod.isSandboxReady && isHigher) return
    const why = isHigher ? 'while the one before is up' : `as attempt ${row.a} after attempt ${pod.sandboxAttempt}`
    findings.add('one-sandbox-at-a-time', pod.symbol, `a sandbox of ${podNamed(pod)} is made ${why}`, pod.sandboxRow)
  }

  podIP(pod: PodRecord): void {
    const { row, findings, symbols } = this.#parts
    if (pod.isHaunted || (row.a !== 0 && hasAddress(pod, row.a))) return
    const what = row.a === 0 ? 'loses its podIP' : `shows podIP ${symbols.text(row.a)}, which none of its sandboxes had`
    findings.add('pod-ip-is-its-sandboxes', pod.symbol, `${podNamed(pod)} ${what}`, pod.sandboxRow)
  }

  /** The row in hand is work of a kubelet for the pod. */
  bound(pod: PodRecord): void {
    if (pod.node !== 0) return
    this.#parts.findings.add(
      'bound-before-anything-runs',
      pod.symbol,
      `a kubelet works on ${podNamed(pod)} although it is bound to no node`,
      pod.createdRow,
    )
  }

  #add(law: string, container: ContainerRecord, what: string, trigger: number): void {
    this.#parts.findings.add(law, container.facts.path, `${containerNamed(container)} ${what}`, trigger)
  }
}

function hasAddress({ addresses, addressCount }: PodRecord, ip: number): boolean {
  for (let i = 0; i < addressCount; i++) if (addresses[i] === ip) return true
  return false
}
