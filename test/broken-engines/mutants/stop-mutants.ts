import { type Mutant, mutant } from '../mutant.js'

const KILLER = 'cluster/kubelet/container-killer.js'
const RUNTIME = 'cluster/runtime/processes.js'

/** Engines that stop containers in another way, or run their hooks at another time. */
export const STOP_MUTANTS: readonly Mutant[] = [
  mutant(
    'sigterm-before-sigkill',
    'sends no SIGTERM',
    RUNTIME,
    'const signalRow = trace.append(kernel.now, ROW.signal, container.path, view.instance, SIGTERM, 0, stopRow);',
    'const signalRow = stopRow;',
  ),
  mutant(
    'sigkill-not-before-grace',
    'waits half of the grace',
    RUNTIME,
    'kernel.now + timeoutSeconds * 1000',
    'kernel.now + timeoutSeconds * 500',
  ),
  mutant(
    'sigkill-not-before-grace',
    'gives SIGTERM one second less than two where the grace is over',
    KILLER,
    'export const MINIMUM_GRACE_SECONDS = 2;',
    'export const MINIMUM_GRACE_SECONDS = 1;',
  ),
  mutant(
    'sigkill-not-after-grace',
    'gives SIGTERM the whole grace once more after preStop',
    KILLER,
    'kill.graceSeconds -= Math.trunc(elapsedMs / 1000);',
    '',
  ),
  mutant(
    'stopped-container-exits',
    'never sends SIGKILL',
    RUNTIME,
    'const row = trace.append(kernel.now, ROW.signal, process.container.path, process.view.instance, SIGKILL, 0, cause);',
    'if (cause !== undefined)\n            return;\n        const row = -1;',
  ),
  mutant(
    'sigkill-exits-137',
    'exits with 143 on SIGKILL',
    RUNTIME,
    'this.#exit(process, 137, WORD.Error, row);',
    'this.#exit(process, 143, WORD.Error, row);',
  ),
  mutant(
    'prestop-before-sigterm',
    'runs no preStop hook',
    KILLER,
    'if (preStop === null || kill.graceSeconds <= 0) {',
    'if (true) {',
  ),
  mutant(
    'prestop-within-grace',
    'stops a container whose preStop hook has taken half of the grace',
    KILLER,
    'preStop, OP.killHook, argument, cause);\n        kill.timeoutEntry = kernel.schedule(kernel.now + kill.graceSeconds * 1000,',
    'preStop, OP.killHook, argument, cause);\n        kill.timeoutEntry = kernel.schedule(kernel.now + kill.graceSeconds * 500,',
  ),
  mutant(
    'prestop-within-grace',
    'waits for preStop twice as long as the grace',
    KILLER,
    'preStop, OP.killHook, argument, cause);\n        kill.timeoutEntry = kernel.schedule(kernel.now + kill.graceSeconds * 1000,',
    'preStop, OP.killHook, argument, cause);\n        kill.timeoutEntry = kernel.schedule(kernel.now + kill.graceSeconds * 2000,',
  ),
  mutant(
    'hooks-of-a-started-instance',
    'runs postStart twice',
    'cluster/kubelet/container-starter.js',
    'pod.hookCall = this.#runtime.startHook(',
    'this.#runtime.startHook(index, slot, pod.startInstance, postStart, OP.killHook, index, pod.cause);\n        pod.hookCall = this.#runtime.startHook(',
  ),
  mutant(
    'poststart-blocks-the-next-start',
    'goes on to the next container while postStart runs',
    'cluster/kubelet/sync-pod.js',
    "if (result === 'waiting' || !this.#goesOn(pod, container, result))",
    "if (result === 'waiting' && pod.step === STEP.postStart) {\n                pod.nextStart++;\n                continue;\n            }\n            if (result === 'waiting' || !this.#goesOn(pod, container, result))",
  ),
]
