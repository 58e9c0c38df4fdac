import { type Mutant, mutant } from '../mutant.js'

const ENDPOINTS = 'cluster/network/endpoint-slices.js'
const IMAGES = 'cluster/kubelet/image-manager.js'
const RUNTIME = 'cluster/runtime/processes.js'
const STORE = 'cluster/api-server/store.js'
const BOUND =
  'const row = trace.append(kernel.now, ROW.bound, pod.identity.path, this.nodes[node].nameSymbol, 0, 0, cause);'

/** Engines whose API server, scheduler, runtime, image manager or endpoint controller goes wrong. */
export const CLUSTER_MUTANTS: readonly Mutant[] = [
  mutant('one-pod-of-a-name', 'goes on writing a pod that is gone', STORE, 'this.#pods[index] = null;', ''),
  mutant(
    'grace-only-shrinks',
    'lets a second deletion bring a longer grace',
    STORE,
    'if (grace >= stored)\n            return;',
    '',
  ),
  mutant(
    'deletion-timestamp-is-a-grace-away',
    'sets the deletionTimestamp a second late',
    STORE,
    'this.#environment.kernel.now) + grace, cause);',
    'this.#environment.kernel.now) + grace + 1, cause);',
  ),
  mutant(
    'unbound-or-finished-goes-at-once',
    'gives a finished pod its grace',
    STORE,
    'if (pod.node < 0 || isTerminalPhase(pod.status.phase))',
    'if (pod.node < 0)',
  ),
  mutant(
    'gone-after-its-containers',
    'takes a pod away as soon as its kubelet writes its status',
    'cluster/kubelet/status-manager.js',
    'if (isDeleting(api) && pod.isFinished && isTerminalPhase(merged.phase)) {',
    'if (isDeleting(api)) {',
  ),
  mutant(
    'gone-when-finished',
    'takes a pod away whose containers are gone, whatever its phase',
    'cluster/kubelet/status-manager.js',
    'if (isDeleting(api) && pod.isFinished && isTerminalPhase(merged.phase)) {',
    'if (isDeleting(api) && merged.containers.every(each => each.state.kind === STATE.terminated)) {',
  ),
  mutant(
    'endpoint-serves-only-if-its-pod-is-ready',
    'lists every address as serving',
    ENDPOINTS,
    "if (isServing)\n        words.push('serving');",
    "words.push('serving');",
  ),
  mutant(
    'endpoint-of-an-unfinished-pod',
    'lists the addresses of finished pods',
    ENDPOINTS,
    'isTerminalPhase(pod.status.phase) || ',
    '',
  ),
  mutant(
    'event-counts-grow',
    'writes an Event again without counting',
    'cluster/client/event-recorder.js',
    'return ++written[i + 3];',
    'return written[i + 3];',
  ),
  mutant(
    'always-pulls-before-create',
    'takes an image that is there whatever the pull policy',
    IMAGES,
    "if (container.pullPolicy !== 'Always') {",
    '{',
  ),
  mutant(
    'never-pulls-nothing',
    'pulls whatever the pull policy',
    IMAGES,
    "if (container.pullPolicy === 'Never') {",
    'if (false) {',
  ),
  mutant(
    'pull-back-off-is-kept',
    'pulls again and again without back-off',
    IMAGES,
    'this.#backOff.next(key, kernel.now, kernel.now);',
    '',
  ),
  mutant(
    'one-instance-at-a-time',
    'starts a container anew without stopping it',
    'cluster/kubelet/compute-pod-actions.js',
    'actions.containersToKill.push({ container, instance: status.instance, reason, willRestart });',
    '',
  ),
  mutant(
    'instances-count-up',
    'gives every instance the same restart count',
    'cluster/kubelet/container-starter.js',
    'newest.attempt + 1;',
    'newest.attempt;',
  ),
  mutant(
    'exit-of-a-running-instance',
    'tells every exit twice',
    RUNTIME,
    'process.view = exitedView(view, view.startedAt, kernel.now, exitCode, reason, 0);',
    'trace.append(kernel.now, ROW.exit, container.path, view.instance, exitCode, reason, cause);\n        process.view = exitedView(view, view.startedAt, kernel.now, exitCode, reason, 0);',
  ),
  {
    law: 'container-needs-a-sandbox',
    does: 'takes a RunPodSandbox that failed for one that went well',
    edits: [
      { file: 'cluster/kubelet/sync-pod.js', find: 'if (error !== 0) {', replace: 'if (false) {' },
      { file: 'cluster/kubelet/sync-pod.js', find: '.sandboxes[0].ip;', replace: '.sandboxes[0]?.ip ?? 0;' },
    ],
  },
  mutant(
    'one-sandbox-at-a-time',
    'makes a second sandbox with the number of the first',
    'cluster/kubelet/sandbox-changed.js',
    'if (ready > 1 || !newest.isReady)\n        return { isChanged: true, attempt: newest.attempt + 1,',
    'if (ready > 1 || !newest.isReady)\n        return { isChanged: true, attempt: newest.attempt,',
  ),
  mutant(
    'pod-ip-is-its-sandboxes',
    'takes the podIP away with the sandbox',
    'cluster/kubelet/status-generation.js',
    'const podIP = ip !== 0 ? ip : old.podIP;',
    'const podIP = ip;',
  ),
  mutant('bound-before-anything-runs', 'tells nobody that a pod is bound', STORE, BOUND, 'const row = cause;'),
  mutant('bound-once', 'binds a pod twice', STORE, BOUND, `${BOUND}\n        ${BOUND.replace('const row = ', '')}`),
  mutant(
    'allocatable-never-exceeded',
    'looks only whether a pod fits an empty node',
    'cluster/predicates/fit.js',
    'requested > capacity - used',
    'requested > capacity',
  ),
  mutant(
    'qos-class-never-changes',
    'gives a patched pod another QoS class',
    STORE,
    'trace.append(kernel.now, ROW.specChanged, pod.identity.path, spec.manifest, what, 0, cause);',
    'trace.append(kernel.now, ROW.specChanged, pod.identity.path, spec.manifest, what, 0, cause);\n        trace.append(kernel.now, ROW.qosClass, pod.identity.path, WORD.Unknown, 0, 0, row);',
  ),
  {
    law: 'start-time-is-set-once',
    does: 'sets the startTime with every status',
    edits: [
      { file: 'cluster/kubelet/status-manager.js', find: 'if (pod.startSeconds < 0) {', replace: '{' },
      {
        file: 'cluster/kubelet/status-manager.js',
        find: 'version.status.startSeconds >= 0\n                    ?',
        replace: 'false\n                    ?',
      },
    ],
  },
]
