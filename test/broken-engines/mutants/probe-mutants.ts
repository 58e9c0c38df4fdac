import { type Mutant, mutant } from '../mutant.js'

const GENERATION = 'cluster/kubelet/status-generation.js'
const PROBES = 'cluster/kubelet/probe-manager.js'

/** Engines that ask probes at other times, or make something else of their answers. */
export const PROBE_MUTANTS: readonly Mutant[] = [
  mutant(
    'probes-of-a-started-instance',
    'asks an instance that has not been made',
    'cluster/runtime/calls.js',
    'ROW.probe, process.container.path, instance, typeAndHandler',
    'ROW.probe, process.container.path, instance + 1, typeAndHandler',
  ),
  mutant(
    'startup-gates-probes',
    'asks liveness and readiness before startup has succeeded',
    PROBES,
    'if (container.started ? spec.type === PROBE.startup : spec.type !== PROBE.startup)',
    'if (false)',
  ),
  mutant(
    'probe-waits-initial-delay',
    'asks a container as soon as it runs',
    PROBES,
    '>= spec.initialDelaySeconds)\n            return true;',
    '>= 0)\n            return true;',
  ),
  mutant(
    'decided-probe-stops',
    'goes on asking a liveness probe that has failed often enough',
    PROBES,
    'if (spec.type === PROBE.startup || (spec.type === PROBE.liveness && result === RESULT.failure)) {',
    'if (false) {',
  ),
  mutant(
    'started-needs-startup-success',
    'shows a container started as soon as it runs',
    GENERATION,
    ': this.#probes.resultOf(pod, slot, PROBE.startup, status.instance) === RESULT.success;',
    ': true;',
  ),
  mutant(
    'ready-needs-readiness-success',
    'shows a container ready as soon as it has started',
    GENERATION,
    'if (worker.instance === status.instance && worker.value === RESULT.success)\n            return true;',
    'return true;',
  ),
]
