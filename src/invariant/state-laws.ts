import { unpackInstanceAndExit } from '../trace/index.js'
import { becomes, namesOf, notBefore, started } from './clauses.js'
import { NEVER, STATE } from './container-record.js'
import type { Law } from './law.js'
import { at, containerNamed, type LawParts } from './law-parts.js'
import type { ContainerRecord } from './pod-record.js'

/** Laws of the states that the API shows of a container. */
export const STATE_LAWS: readonly Law[] = [
  {
    name: 'running-state-of-a-started-instance',
    family: 'container states',
    sentence:
      'The API shows a container running only after the runtime has started that instance, and with the second of its start as startedAt.',
    source: 'pkg/kubelet/kubelet_pods.go convertToAPIContainerStatuses (R-812)',
    clausesFor: pod => {
      const { all, container, level } = namesOf(pod)
      return all.map(name => notBefore(becomes(level('running', name)), started(container(name))))
    },
  },
  {
    name: 'terminated-state-is-the-exit',
    family: 'container states',
    sentence:
      'The API shows a container terminated only after that instance has exited, and with its exit code; without an instance it is ContainerStatusUnknown and 137.',
    source: 'pkg/kubelet/kubelet_pods.go convertToAPIContainerStatuses (R-730, R-811, R-812)',
  },
  {
    name: 'terminated-for-good-stays',
    family: 'container states',
    sentence:
      'In a pod whose restartPolicy is not Always, an init or regular container that its policy does not restart never leaves the state terminated.',
    source: 'pkg/kubelet/status/status_manager.go checkContainerStateTransition; validation (R-162, R-1251)',
  },
  {
    name: 'waits-only-for-what-is-so',
    family: 'container states',
    sentence:
      'A container waits in InvalidImageName, ErrImageNeverPull, CreateContainerConfigError, PostStartHookError or RunContainerError only where its image is no reference, its pull policy is Never, it refers to an object or must not run as root, it declares postStart, or an instance of it could not be started.',
    source:
      'pkg/kubelet/images/image_manager.go; kuberuntime/kuberuntime_container.go startContainer (R-233, R-238, R-302)',
  },
  {
    name: 'back-off-needs-a-failure',
    family: 'container states',
    sentence:
      'A container waits in CrashLoopBackOff only after an exit, and in ErrImagePull or ImagePullBackOff only after a failed pull of its pod.',
    source: 'pkg/kubelet/kuberuntime/kuberuntime_manager.go doBackOff; images/image_manager.go (R-304, R-305, R-402)',
  },
]

/** Looks at every state that is written. */
export class StateLaws {
  readonly #parts: LawParts

  constructor(parts: LawParts) {
    this.#parts = parts
  }

  running(container: ContainerRecord): void {
    this.#leaves(container)
    const { row, clockOffset } = this.#parts
    if (row.a > container.started) {
      this.#add(
        'running-state-of-a-started-instance',
        container,
        'shows running although that instance was not started',
      )
    } else if (row.a === container.started) {
      const second = Math.floor((container.startedAt + clockOffset) / 1000)
      if (second !== row.b)
        this.#add(
          'running-state-of-a-started-instance',
          container,
          `shows running since second ${row.b}; it was started in second ${second}`,
        )
    }
  }

  waiting(container: ContainerRecord): void {
    this.#leaves(container)
    const { row, words } = this.#parts
    if (row.a === words.crashLoopBackOff) {
      if (container.exitedAt === NEVER)
        this.#add('back-off-needs-a-failure', container, 'waits in CrashLoopBackOff without having exited')
    } else if (row.a === words.imagePullBackOff || row.a === words.errImagePull) {
      if (!container.pod.hasFailedPull)
        this.#add('back-off-needs-a-failure', container, 'waits for a pull again although none has failed')
    } else if (row.a !== words.containerCreating && row.a !== words.podInitializing) this.#forAReason(container)
  }

  /** The row in hand says why the container cannot be created or started. */
  #forAReason(container: ContainerRecord): void {
    const { row, symbols, words } = this.#parts
    const { facts, pod } = container
    if (pod.isHaunted || pod.hasOldManifest) return
    const reason = symbols.text(row.a)
    let isSo = true
    if (reason === 'InvalidImageName') isSo = !isReference(symbols.text(facts.image))
    else if (reason === 'ErrImageNeverPull') isSo = facts.pullPolicy === 'Never'
    else if (reason === 'CreateContainerConfigError') isSo = mayBeMisconfigured(container)
    else if (reason === 'PostStartHookError') isSo = facts.hasPostStart
    else if (reason === 'RunContainerError')
      isSo = container.exitReasons.some((each, i) => i <= container.created && each === words.startError)
    if (!isSo) this.#add('waits-only-for-what-is-so', container, `waits in ${reason}, for which there is no reason`)
  }

  terminated(container: ContainerRecord): void {
    const { row, words } = this.#parts
    const { instance, exitCode } = unpackInstanceAndExit(row.a)
    if (instance < 0) {
      if (exitCode !== 137 || row.b !== words.containerStatusUnknown)
        this.#add('terminated-state-is-the-exit', container, 'shows terminated, and nobody knows of which instance')
      return
    }
    const real = container.exitCodeOf(instance)
    if (real < 0)
      this.#add('terminated-state-is-the-exit', container, 'shows terminated although that instance has not exited')
    else if ((real & 0xff) !== exitCode)
      this.#add(
        'terminated-state-is-the-exit',
        container,
        `shows terminated with exit code ${exitCode}; it exited with ${real}`,
      )
  }

  /** The row in hand shows another state than terminated. */
  #leaves(container: ContainerRecord): void {
    const { facts, pod, state, stateExitCode, stateAt } = container
    if (state !== STATE.terminated || pod.facts.restartPolicy === 'Always') return
    if (facts.role !== 'container' && facts.role !== 'init') return
    if (facts.isRestartedAfter(stateExitCode)) return
    this.#add(
      'terminated-for-good-stays',
      container,
      `leaves the state terminated, which it had with exit code ${stateExitCode} since ${at(stateAt)}, under restartPolicy ${pod.facts.restartPolicy}`,
    )
  }

  #add(law: string, container: ContainerRecord, what: string): void {
    this.#parts.findings.add(law, container.facts.path, `${containerNamed(container)} ${what}`, container.stateRow)
  }
}

/** Whether a text is sure to be an image as a registry names it; what names the repository may not be longer. */
const isReference = (image: string): boolean => image.length <= 255 && REFERENCE.test(image)

const REFERENCE = /^[a-z0-9]+([._-][a-z0-9]+)*(:\d+)?(\/[a-z0-9]+([._-][a-z0-9]+)*)*(:\w[\w.-]{0,127})?$/

/** Whether it refers to a ConfigMap or a Secret, or must not run as root. */
function mayBeMisconfigured({ facts: { name }, pod }: ContainerRecord): boolean {
  const { spec } = pod.facts.object
  const { initContainers = [], containers, ephemeralContainers = [] } = spec
  return [...initContainers, ...containers, ...ephemeralContainers].some(
    each =>
      each.name === name &&
      (each.envFrom !== undefined ||
        (each.env ?? []).some(({ valueFrom }) => valueFrom !== undefined) ||
        (each.securityContext?.runAsNonRoot ?? spec.securityContext?.runAsNonRoot) === true),
  )
}
