import { type Mutant, mutantOfWorkloads } from '../mutant.js'

const DECIDE = 'cluster/controllers/stateful-set/decide.js'
const DAEMONS = 'cluster/controllers/daemon-set/decide.js'

/** Engines whose StatefulSets and DaemonSets get their pods in another order, or in other places. */
export const SET_MUTANTS: readonly Mutant[] = [
  mutantOfWorkloads(
    'statefulset-pods-have-their-ordinals',
    'counts ordinals from 1',
    'cluster/controllers/stateful-set/stateful-set-pass.js',
    'const ordinal = index + ordinalsOf(this.#set).start;',
    'const ordinal = index + ordinalsOf(this.#set).start + 1;',
  ),
  mutantOfWorkloads(
    'statefulset-starts-in-order',
    'waits for no pod before it makes the next',
    DECIDE,
    'if (!isOrdered)',
    'if (pod !== undefined)',
  ),
  mutantOfWorkloads(
    'statefulset-shrinks-from-the-end',
    'takes the lowest ordinal away first',
    DECIDE,
    'condemned.sort((a, b) => ordinalOf(b) - ordinalOf(a))',
    'condemned.sort((a, b) => ordinalOf(a) - ordinalOf(b))',
  ),
  mutantOfWorkloads(
    'statefulset-update-respects-its-partition',
    'updates pods below the partition',
    DECIDE,
    'i >= partition; i--) {\n        const pod = replicas[i];\n        if (pod === undefined)',
    'i >= 0; i--) {\n        const pod = replicas[i];\n        if (pod === undefined)',
  ),
  mutantOfWorkloads(
    'statefulset-update-waits',
    'replaces pods while one above them is away',
    DECIDE,
    'if (!isHealthy(pod))\n            return undefined;',
    '',
  ),
  mutantOfWorkloads(
    'statefulset-comes-to-its-size',
    'leaves pods beyond its replicas alone',
    DECIDE,
    "pod !== unhealthy ? 'wait' : 'delete';",
    "pod !== unhealthy ? 'wait' : 'pass';",
  ),
  mutantOfWorkloads(
    'one-daemon-pod-per-node',
    'makes a pod beside one that is on its way',
    DAEMONS,
    'if (pods.length === 0)',
    'if (pods.every(isDeleting))',
  ),
  mutantOfWorkloads(
    'daemon-pod-where-it-may-run',
    'makes pods for nodes whose taints they do not tolerate',
    'scenario/daemon-nodes.js',
    "return untolerated.some(({ effect }) => effect === 'NoExecute') ? NOWHERE : STAYS;",
    'return RUNS;',
  ),
  mutantOfWorkloads(
    'daemon-update-keeps-enough-available',
    'lets one more node be without its pod',
    DAEMONS,
    'const most = Math.max(0, maxUnavailable - unavailable);',
    'const most = Math.max(0, maxUnavailable - unavailable) + 1;',
  ),
  mutantOfWorkloads(
    'daemonset-covers-its-nodes',
    'does not hear of nodes that may be used again',
    'cluster/controllers/daemon-set/placements.js',
    'changed.push(path);',
    '',
  ),
]
