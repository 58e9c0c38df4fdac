import { type Mutant, mutant } from '../mutant.js'

const CONDITIONS = 'cluster/kubelet/conditions.js'
const GENERATION = 'cluster/kubelet/status-generation.js'

/** Engines whose conditions say what is not so. */
export const CONDITION_MUTANTS: readonly Mutant[] = [
  mutant(
    'ready-needs-containers-ready',
    'makes a pod Ready whose containers are not',
    CONDITIONS,
    'if (containersReady.status !== TRUTH.True) {',
    'if (false) {',
  ),
  mutant(
    'containers-ready-needs-every-container',
    'takes no notice of unready containers',
    CONDITIONS,
    'else if (!status.ready)\n            unready.push(container);',
    '',
  ),
  mutant(
    'containers-ready-needs-initialized',
    'never tells that a pod is initialised',
    CONDITIONS,
    'if (isComplete || statuses.containers?.some(hasStarted))',
    'if (false)',
  ),
  mutant(
    'ready-needs-phase-running',
    'leaves a pod that runs in phase Pending',
    'cluster/kubelet/phase.js',
    'if (counts.running > 0 && counts.unknown === 0)\n        return WORD.Running;',
    'if (counts.running > 0 && counts.unknown === 0)\n        return WORD.Pending;',
  ),
  {
    law: 'finished-pod-is-not-ready',
    does: 'leaves a failed pod Ready',
    edits: [
      {
        file: CONDITIONS,
        find: 'return condition(type, TRUTH.False, WORD.PodFailed);',
        replace: 'return condition(type, TRUTH.True);',
      },
      {
        file: CONDITIONS,
        find: 'if (!isTerminalPhase(phase))\n        return conditions;',
        replace: 'return conditions;',
      },
    ],
  },
  mutant('ready-after-gates', 'does not ask the readiness gates', CONDITIONS, 'if (missing.length === 0)', 'if (true)'),
  mutant(
    'initialized-means-inits-done',
    'tells that a pod is initialised from the start',
    CONDITIONS,
    'if (isComplete || statuses.containers?.some(hasStarted))',
    'if (true)',
  ),
  mutant(
    'ready-container-runs',
    'keeps a container ready that has ended',
    GENERATION,
    'let started = state.kind === STATE.running;',
    'let started = state.kind !== STATE.waiting;',
  ),
  mutant(
    'scheduled-means-bound',
    'has a kubelet that takes its pods for unscheduled',
    GENERATION,
    'const SCHEDULED = condition(WORD.PodScheduled, TRUTH.True);',
    'const SCHEDULED = condition(WORD.PodScheduled, TRUTH.False);',
  ),
  mutant(
    'writes-change-something',
    'writes every condition with every status',
    'cluster/api-server/status-rows.js',
    'if (old !== undefined &&\n                (old === condition ||',
    'if (false &&\n                (old === condition ||',
  ),
  mutant(
    'transition-time-moves-with-status',
    'reads a new transition time from every row of a condition',
    'trace/pod-state.js',
    'if (unpackStatusAndReason(known.row.b).status !== unpackStatusAndReason(row.b).status)',
    '',
  ),
]
