import { type Mutant, mutant } from '../mutant.js'

const ACTIONS = 'cluster/kubelet/compute-pod-actions.js'
const CONDITIONS = 'cluster/kubelet/conditions.js'
const CONTAINERS = 'cluster/kubelet/container-statuses.js'
const GENERATION = 'cluster/kubelet/status-generation.js'
const PLUGINS = 'cluster/scheduler/plugins'
const PROBES = 'cluster/kubelet/probe-manager.js'
const RUNTIME = 'cluster/runtime/processes.js'
const STARTER = 'cluster/kubelet/container-starter.js'
const STATUSES = 'cluster/kubelet/status-manager.js'
const THRESHOLD = 'result === RESULT.failure ? spec.failureThreshold : spec.successThreshold'
const LEAVES_SANDBOX = ['pod.cause = cause;\n        this.#stopSandboxes(pod);', 'pod.cause = cause;'] as const

/** Engines that leave undone what has to be done, or do what nobody may. */
export const OMISSION_MUTANTS: readonly Mutant[] = [
  mutant(
    'phase-follows-containers',
    'takes a pod for Running that has a container which waits',
    'cluster/kubelet/phase.js',
    'if (counts.waiting > 0)\n        return WORD.Pending;',
    '',
  ),
  mutant(
    'phase-follows-containers',
    'leaves a pod Pending whose containers run',
    'cluster/kubelet/phase.js',
    'if (counts.running > 0 && counts.unknown === 0)\n        return WORD.Running;',
    'if (counts.running > 0 && counts.unknown === 0)\n        return WORD.Pending;',
  ),
  mutant(
    'containers-ready-follows-containers',
    'never says that the containers are ready',
    CONDITIONS,
    'else if (!status.ready)\n            unready.push(container);',
    'else\n            unready.push(container);',
  ),
  mutant(
    'ready-follows-containers-ready',
    'never makes a pod Ready that has no gates',
    CONDITIONS,
    'if (spec.readinessGates.length === 0)\n        return condition(WORD.Ready, TRUTH.True);',
    'if (spec.readinessGates.length === 0)\n        return condition(WORD.Ready, TRUTH.False, WORD.ReadinessGatesNotReady);',
  ),
  mutant(
    'ready-follows-gates',
    'never makes a pod Ready that has gates',
    CONDITIONS,
    'if (missing.length === 0)',
    'if (false)',
  ),
  mutant(
    'initialized-follows-inits',
    'says that a pod is initialised only once a container runs',
    CONDITIONS,
    'if (isComplete || statuses.containers?.some(hasStarted))',
    'if (statuses.containers?.some(hasStarted))',
  ),
  mutant(
    'running-container-has-an-address',
    'never tells the address of a pod',
    GENERATION,
    'const podIP = ip !== 0 ? ip : old.podIP;',
    'const podIP = old.podIP;',
  ),
  mutant(
    'last-state-is-the-exit-before',
    'forgets how the instance before ended',
    CONTAINERS,
    'const last = second !== null && second.state === RUNTIME_STATE.exited ? stateOf(second) : null;',
    'const last = null;',
  ),
  mutant(
    'terminated-reason-is-the-exits',
    'calls every exit Completed',
    CONTAINERS,
    'return terminated(record.reason,',
    'return terminated(WORD.Completed,',
  ),
  mutant(
    'exit-reason-fits-its-code',
    'ends processes well whatever their exit code',
    RUNTIME,
    'process.exitCode === 0 ? WORD.Completed : WORD.Error',
    'WORD.Completed',
  ),
  mutant(
    'condition-reasons-are-the-kubelets',
    'gives another reason for conditions of completed pods',
    CONDITIONS,
    'return condition(type, TRUTH.True, WORD.PodCompleted);',
    'return condition(type, TRUTH.True, WORD.PodFailed);',
  ),
  mutant(
    'conditions-stay',
    'forgets in its status that a pod was scheduled',
    STATUSES,
    'withTerminalReadiness(conditions, phase)',
    'withTerminalReadiness(conditions.filter(each => each.type !== WORD.PodScheduled), phase)',
  ),
  {
    law: 'bound-where-allowed',
    does: 'schedules onto cordoned nodes',
    edits: [
      {
        file: `${PLUGINS}/node-unschedulable.js`,
        find: 'filter: (pod, node) => (!node.record.isUnschedulable || isTolerated(pod) ? null : UNSCHEDULABLE)',
        replace: 'filter: () => null',
      },
      // A cordon leaves a taint, too (N-8): one filter would do what the other leaves undone.
      {
        file: `${PLUGINS}/taint-toleration.js`,
        find: 'const taint = hardTaint(node.record.object.spec.taints, pod);',
        replace:
          'const taint = node.record.isUnschedulable ? undefined : hardTaint(node.record.object.spec.taints, pod);',
      },
    ],
  },
  mutant(
    'bound-where-allowed',
    'takes no notice of taints',
    `${PLUGINS}/taint-toleration.js`,
    'firstUntoleratedTaint(taints, pod.tolerations, HARD)',
    'undefined',
  ),
  mutant(
    'bound-where-allowed',
    'takes no notice of nodeSelector and affinity',
    `${PLUGINS}/node-affinity.js`,
    'return matchesNodeAffinity(pod.spec.object.spec, object) ? null : NO_MATCH;',
    'return null;',
  ),
  mutant(
    'host-ports-are-not-shared',
    'gives a port of a node to two pods',
    `${PLUGINS}/node-ports.js`,
    'filter: (pod, node) => (hasPortConflict(pod.spec.hostPorts, node.use.hostPorts) ? TAKEN : null)',
    'filter: () => null',
  ),
  mutant(
    'bound-where-there-is-room',
    'binds pods beyond what a node has',
    `${PLUGINS}/node-resources-fit.js`,
    'if (short.length === 0)',
    'if (true)',
  ),
  mutant(
    'schedulable-pod-is-bound',
    'takes every node for cordoned',
    `${PLUGINS}/node-unschedulable.js`,
    '(!node.record.isUnschedulable || isTolerated(pod) ? null : UNSCHEDULABLE)',
    '(isTolerated(pod) ? null : UNSCHEDULABLE)',
  ),
  mutant(
    'failed-poststart-stops',
    'lets a container run on whose postStart hook has failed',
    STARTER,
    'if (result === HOOK_RESULT.success) {',
    'if (true) {',
  ),
  mutant(
    'startup-failure-stops',
    'lets a container run on whose startup probe has failed',
    ACTIONS,
    "if (probeResults(container.slot, PROBE.startup, status.instance) === FAILURE)\n        return 'startup';",
    '',
  ),
  mutant(
    'startup-needs-its-threshold',
    'restarts a container after one failure of its startup probe',
    PROBES,
    THRESHOLD,
    'result === RESULT.failure ? 1 : spec.successThreshold',
  ),
  mutant(
    'unready-needs-its-threshold',
    'takes readiness away after one failure',
    PROBES,
    THRESHOLD,
    'result === RESULT.failure ? 1 : spec.successThreshold',
  ),
  mutant(
    'deleted-pod-goes',
    'never removes a pod that it has ended',
    STATUSES,
    'if (isDeleting(api) && pod.isFinished && isTerminalPhase(merged.phase)) {',
    'if (false) {',
  ),
  mutant(
    'finished-pod-is-stopped',
    'leaves the sandbox of a pod up that it has ended',
    'cluster/kubelet/pod-termination.js',
    ...LEAVES_SANDBOX,
  ),
  mutant(
    'gone-after-its-sandbox',
    'leaves the sandbox of a pod up that is deleted',
    'cluster/kubelet/pod-termination.js',
    ...LEAVES_SANDBOX,
  ),
  mutant(
    'finished-after-its-containers',
    'tells that a pod is finished while its containers are stopped',
    STATUSES,
    'const isWithheld = !isTerminalPhase(api.phase) && isTerminalPhase(status.phase) && mayStillRun;',
    'const isWithheld = false;',
  ),
  mutant(
    'deadline-is-enforced',
    'takes no notice of deadlines',
    GENERATION,
    'if (this.isPastDeadline(pod, version)) {',
    'if (false) {',
  ),
  mutant(
    'done-pod-finishes',
    'goes on with a pod that has nothing left to do',
    'cluster/kubelet/sync-pod.js',
    'if (isTerminalPhase(status.phase)) {',
    'if (false) {',
  ),
  mutant(
    'state-catches-up',
    'shows only the first instance of a container running',
    CONTAINERS,
    'if (record.state === RUNTIME_STATE.running)',
    'if (record.state === RUNTIME_STATE.running && record.instance === 0)',
  ),
  mutant(
    'readiness-catches-up',
    'makes nothing of a success of the readiness probe',
    GENERATION,
    'if (worker.instance === status.instance && worker.value === RESULT.success)\n            return true;',
    '',
  ),
  mutant(
    'whose-turn-it-is-runs',
    'restarts nothing that has exited',
    'cluster/kubelet/restart-decision.js',
    "return policy !== 'OnFailure' || exitCode !== 0;",
    'return false;',
  ),
  mutant(
    'failed-probe-stops',
    'lets containers run on whose liveness fails, but for the first instance',
    ACTIONS,
    'if (probeResults(container.slot, PROBE.liveness, status.instance) === FAILURE)',
    'if (status.instance === 0 && probeResults(container.slot, PROBE.liveness, status.instance) === FAILURE)',
  ),
  mutant(
    'running-image-is-the-specs',
    'makes nothing of another image',
    ACTIONS,
    "return 'definition';",
    'return null;',
  ),
  mutant(
    'sandbox-condition-catches-up',
    'says of each sandbox what is not so',
    CONDITIONS,
    'isChanged ? TRUTH.False : TRUTH.True',
    'isChanged ? TRUTH.True : TRUTH.False',
  ),
  mutant(
    'back-off-is-shown',
    'never shows why a container is not started',
    CONTAINERS,
    'if (failure === undefined)',
    'if (true)',
  ),
  mutant(
    'endpoints-catch-up',
    'does not tell the endpoints what became of a pod',
    'cluster/network/endpoint-slices.js',
    'if (change === CHANGE.modified && previous !== null && isSameToEndpoints(pod, previous))',
    'if (change === CHANGE.modified && previous !== null && previous.status.podIP !== 0)',
  ),
]
