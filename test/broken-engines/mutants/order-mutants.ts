import { type Mutant, mutant } from '../mutant.js'

const ACTIONS = 'cluster/kubelet/compute-pod-actions.js'
const KILLER = 'cluster/kubelet/container-killer.js'

/** Engines that start or stop containers in another order. */
export const ORDER_MUTANTS: readonly Mutant[] = [
  mutant(
    'init-containers-one-at-a-time',
    'starts the next init container while one still runs',
    ACTIONS,
    'return { isDone: false, next: null, status: null };',
    'return { isDone: i === initContainers.length - 1, next: initContainers[i + 1] ?? null, status: null };',
  ),
  mutant(
    'init-containers-in-order',
    'starts with the last init container',
    ACTIONS,
    'return { isDone: false, next: initContainers[0], status: null };',
    'return { isDone: false, next: initContainers[initContainers.length - 1], status: null };',
  ),
  mutant(
    'completed-init-stays-completed',
    'runs an init container again that has exited with 0',
    ACTIONS,
    'return { isDone: false, next: initContainers[i + 1], status: null };',
    'return { isDone: false, next: initContainers[i], status: null };',
  ),
  mutant(
    'init-before-containers',
    'starts the app containers whatever the init containers do',
    ACTIONS,
    'if (!isInitialized)\n        return actions;',
    '',
  ),
  mutant(
    'sidecar-before-what-follows',
    'does not wait for a sidecar whose startup probe has not succeeded',
    ACTIONS,
    "if (verdict !== 'wait' && verdict !== 'restartBeforeStarted') {",
    '{',
  ),
  mutant(
    'sidecars-stop-after-containers',
    'stops sidecars together with the app containers',
    KILLER,
    "if (other.container.role === 'container')\n            return true;",
    '',
  ),
  mutant(
    'sidecars-stop-in-reverse-order',
    'stops sidecars in the order in which they started',
    KILLER,
    'other.container.index > kill.container.index',
    'other.container.index < kill.container.index',
  ),
]
