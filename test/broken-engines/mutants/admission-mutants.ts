import { type Mutant, mutant } from '../mutant.js'

const ADMISSION = 'cluster/kubelet/admission.js'
const ACTIONS = 'cluster/kubelet/compute-pod-actions.js'
const CONDITIONS = 'cluster/kubelet/conditions.js'
const PORTS = 'if (hasPortConflict(spec.hostPorts, use.hostPorts)) {'

/** Engines that take in, reject, stop or leave alone what they should not, all without a word. */
export const ADMISSION_MUTANTS: readonly Mutant[] = [
  mutant(
    'rejected-only-for-what-is-so',
    'rejects a pod for the labels of its node where they match',
    ADMISSION,
    'if (!matchesNodeAffinity(object, node.object)) {',
    'if (matchesNodeAffinity(object, node.object)) {',
  ),
  mutant(
    'rejected-only-for-what-is-so',
    'rejects a pod whose host ports are free',
    ADMISSION,
    PORTS,
    'if (!hasPortConflict(spec.hostPorts, use.hostPorts)) {',
  ),
  mutant(
    'rejected-only-for-what-is-so',
    'counts what a pod requests twice',
    'cluster/predicates/fit.js',
    'requested > capacity - used',
    'requested * 2 > capacity - used',
  ),
  mutant(
    'taken-in-only-where-allowed',
    'takes a pod in whatever the labels of its node',
    ADMISSION,
    'if (!matchesNodeAffinity(object, node.object)) {',
    'if (false) {',
  ),
  mutant('taken-in-only-where-allowed', 'takes a pod in whoever has its host ports', ADMISSION, PORTS, 'if (false) {'),
  mutant(
    'starts-with-bound-claims',
    'mounts the volumes of claims that are not bound',
    'cluster/kubelet/volume-waiter.js',
    'if (!pod.hasClaims && this.#isAnyClaimOpen(pod)) {',
    'if (false) {',
  ),
  mutant(
    'readiness-never-restarts',
    'takes the images of sidecars for changed',
    ACTIONS,
    "if (status.image !== container.image) {\n        kill('definition');",
    "if (status.image === container.image) {\n        kill('definition');",
  ),
  mutant(
    'failed-means-not-all-zero',
    'takes every pod for one whose init container has failed for good',
    'cluster/kubelet/phase.js',
    'if (counts.failedInit > 0)',
    'if (counts.failedInit >= 0)',
  ),
  mutant(
    'probes-are-made',
    'has workers that wait for a container forever',
    'cluster/kubelet/probe-manager.js',
    'if (container === undefined || container.instance < 0)',
    'if (container !== undefined)',
  ),
  mutant(
    'what-is-begun-ends',
    'never has a sandbox up',
    'cluster/runtime/sandboxes.js',
    'state.pendingEntry = kernel.schedule(upAt, OP.sandboxUp, identity.index, state.pendingCause, PRIORITY.world);',
    '',
  ),
  mutant(
    'conditions-name-their-cause',
    'names no container that is not ready',
    CONDITIONS,
    'else if (!status.ready)\n            unready.push(container);',
    'else if (!status.ready)\n            unready.push(spec.containers[0]);',
  ),
  mutant(
    'conditions-name-their-cause',
    'takes every completed pod for a failed one',
    CONDITIONS,
    'if (phase === WORD.Succeeded && unknown.length === 0)\n        return condition(type, TRUTH.False, WORD.PodCompleted);\n    if (phase === WORD.Failed)',
    'if (phase === WORD.Succeeded || phase === WORD.Failed)',
  ),
  mutant(
    'whose-turn-it-is-runs',
    'takes every container for one that is in back-off',
    'cluster/kubelet/container-starter.js',
    "if (container.role !== 'ephemeral' && this.#isInBackOff(pod, container))",
    "if (container.role !== 'ephemeral' && !this.#isInBackOff(pod, container))",
  ),
  mutant(
    'endpoint-of-a-selected-pod',
    'lists every pod of the namespace',
    'cluster/network/service-members.js',
    'identity.namespace === namespace && matchesLabels(',
    'identity.namespace === namespace || matchesLabels(',
  ),
  mutant(
    'endpoints-catch-up',
    'tells no Service of its pods',
    'cluster/network/endpoint-slices.js',
    'this.#queue(this.#services[index], cause);',
    '{}',
  ),
  mutant(
    'waits-only-for-what-is-so',
    'takes every image for none that can be',
    'cluster/kubelet/image-manager.js',
    'if (container.imageError !== 0) {',
    'if (container.imageError === 0) {',
  ),
  mutant(
    'waits-only-for-what-is-so',
    'refuses every image whose user is not root',
    'cluster/kubelet/container-starter.js',
    'if (mustBeNonRoot && uid === null && this.#runtime.runsAsRoot(container)) {',
    'if (!this.#runtime.runsAsRoot(container)) {',
  ),
  mutant(
    'deletion-has-the-grace-asked-for',
    'gives every deletion a grace of a second',
    'cluster/api-server/store.js',
    'else if (grace < 0)',
    'else if (grace >= 0)',
  ),
  mutant(
    'prestop-within-grace',
    'waits for the grace to be over after a preStop hook has ended',
    'cluster/kubelet/container-killer.js',
    'if (!kill.isHookAbandoned)\n            this.#endPreStop(pod, kill, cause);',
    '',
  ),
  mutant(
    'sandbox-change-is-of-a-second-sandbox',
    'tells of every sandbox that it is another one',
    'cluster/kubelet/sync-pod.js',
    'if (actions.createSandbox && actions.previousSandbox >= 0) {',
    'if (actions.createSandbox) {',
  ),
]
