import { type Mutant, mutant } from '../mutant.js'

const ACTIONS = 'cluster/kubelet/compute-pod-actions.js'
const BACK_OFF = 'cluster/client/back-off.js'
const DECISION = 'cluster/kubelet/restart-decision.js'
const LIVENESS =
  "if (probeResults(container.slot, PROBE.liveness, status.instance) === FAILURE)\n        return 'liveness';"

/** Engines that start containers again where they should not, or do not where they should. */
export const RESTART_MUTANTS: readonly Mutant[] = [
  mutant(
    'restart-policy-obeyed',
    'restarts what failed under Never',
    DECISION,
    "if (policy === 'Never')\n        return false;",
    "if (policy === 'Never')\n        return exitCode !== 0;",
  ),
  mutant(
    'restart-policy-obeyed',
    'restarts what succeeded under OnFailure',
    DECISION,
    "return policy !== 'OnFailure' || exitCode !== 0;",
    'return true;',
  ),
  mutant(
    'ephemeral-starts-once',
    'starts an ephemeral container in every round',
    ACTIONS,
    'if (newestOf(runtime, container.slot) === undefined)\n            actions.ephemeralContainersToStart.push(container);',
    'actions.ephemeralContainersToStart.push(container);',
  ),
  {
    law: 'no-start-after-terminal',
    does: 'goes on with a pod after it has told a terminal phase',
    edits: [
      {
        file: 'cluster/kubelet/status-manager.js',
        find: 'const isWithheld = !isTerminalPhase(api.phase) && isTerminalPhase(status.phase) && mayStillRun;',
        replace: 'const isWithheld = false;',
      },
      { file: 'cluster/kubelet/sync-pod.js', find: 'if (isTerminalPhase(status.phase)) {', replace: 'if (false) {' },
      {
        file: 'cluster/kubelet/pod-workers.js',
        find: 'isRemoved || isDeleting(version) || isTerminalPhase(version.status.phase) || kill !== null;',
        replace: 'isRemoved || isDeleting(version) || kill !== null;',
      },
    ],
  },
  mutant(
    'no-start-once-stopping',
    'starts the first container again while the pod is stopped',
    'cluster/kubelet/pod-termination.js',
    'if (killer.killAll(pod, pod.roundStatus, pod.active.spec, pod.activeGrace, pod.cause))\n            return;',
    `if (killer.killAll(pod, pod.roundStatus, pod.active.spec, pod.activeGrace, pod.cause)) {
            const { runtime } = this.#parts;
            const [container] = pod.active.spec.containers;
            const instance = runtime.createContainer(pod.identity.index, container, 0, pod.cause);
            runtime.startContainer(pod.identity.index, container.slot, instance, pod.cause);
            return;
        }`,
  ),
  mutant(
    'restart-count-never-falls',
    'counts restarts up and down',
    'cluster/kubelet/container-starter.js',
    'newest.attempt + 1;',
    '(newest.attempt + 1) % 2;',
  ),
  mutant(
    'restart-count-is-the-instances',
    'shows one restart too many',
    'cluster/kubelet/container-statuses.js',
    'newest.attempt, false, false, newest.instance)',
    'newest.attempt + 1, false, false, newest.instance)',
  ),
  mutant(
    'readiness-never-restarts',
    'stops a container whose readiness fails',
    ACTIONS,
    LIVENESS,
    "if (probeResults(container.slot, PROBE.readiness, status.instance) === FAILURE)\n        return 'liveness';",
  ),
  mutant(
    'liveness-needs-its-threshold',
    'restarts a container after one failure of its liveness probe',
    'cluster/kubelet/probe-manager.js',
    'result === RESULT.failure ? spec.failureThreshold : spec.successThreshold',
    'result === RESULT.failure ? 1 : spec.successThreshold',
  ),
  mutant('liveness-failure-stops', 'lets a container run on whose liveness fails', ACTIONS, LIVENESS, ''),
  mutant(
    'back-off-is-kept',
    'waits ten seconds before every restart',
    BACK_OFF,
    'Math.min(2 * entry.duration, this.#longest)',
    'entry.duration',
  ),
  mutant(
    'back-off-is-kept',
    'forgets its back-off when a container has run for ten seconds',
    BACK_OFF,
    'eventTime - entry.lastUpdate > this.#expiry ? this.#initial',
    'eventTime - entry.lastUpdate > 10_000 ? this.#initial',
  ),
  mutant(
    'back-off-ends',
    'waits longer and longer, beyond five minutes',
    BACK_OFF,
    'Math.min(2 * entry.duration, this.#longest)',
    '4 * entry.duration',
  ),
  mutant(
    'back-off-ends',
    'does not come back to a pod whose round failed',
    'cluster/kubelet/pod-workers.js',
    'this.#queue.enqueue(pod, kernel.now + this.#retryDelay(pod), pod.cause);',
    '',
  ),
]
