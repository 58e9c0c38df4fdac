import { type Mutant, mutant } from '../mutant.js'

const CONTAINERS = 'cluster/kubelet/container-statuses.js'
const GENERATION = 'cluster/kubelet/status-generation.js'
const PHASE = 'cluster/kubelet/phase.js'

/** Engines whose phases and container states say what is not so. */
export const STATUS_MUTANTS: readonly Mutant[] = [
  mutant(
    'phase-begins-pending',
    'lets a pod begin as Running',
    'cluster/api-server/store.js',
    'const status = podStatus(WORD.Pending, 0, 0, conditions',
    'const status = podStatus(WORD.Running, 0, 0, conditions',
  ),
  mutant(
    'terminal-phase-is-final',
    'turns every terminal phase into Failed in the end',
    'cluster/kubelet/status-manager.js',
    'const phase = isTerminalPhase(status.phase) ? status.phase : WORD.Failed;',
    'const phase = WORD.Failed;',
  ),
  mutant(
    'running-goes-back-only-to-initialise',
    'takes a pod in back-off for Pending',
    PHASE,
    'counts.waiting++;\n            else\n                countStopped(counts, container, podPolicy, status.last.exitCode);',
    'counts.waiting++;\n            else\n                counts.waiting++;',
  ),
  mutant(
    'succeeded-means-all-zero',
    'takes every end for a success',
    PHASE,
    'const allSucceeded = counts.stopped === counts.succeeded;',
    'const allSucceeded = true;',
  ),
  mutant(
    'failed-means-not-all-zero',
    'takes every end for a failure',
    PHASE,
    'const allSucceeded = counts.stopped === counts.succeeded;',
    'const allSucceeded = false;',
  ),
  mutant(
    'deadline-not-early',
    'gives a pod half of its deadline',
    GENERATION,
    '>= (startSeconds + activeDeadlineSeconds) * 1000;',
    '>= (startSeconds + activeDeadlineSeconds / 2) * 1000;',
  ),
  mutant(
    'running-state-of-a-started-instance',
    'shows a start a second late',
    CONTAINERS,
    'running(record.instance, record.startedAt)',
    'running(record.instance, record.startedAt + 1000)',
  ),
  mutant(
    'terminated-state-is-the-exit',
    'shows another exit code',
    CONTAINERS,
    'record.exitCode, record.instance',
    '(record.exitCode + 1) % 256, record.instance',
  ),
  mutant(
    'terminated-for-good-stays',
    'lets a container come back that its policy does not restart',
    'cluster/kubelet/status-manager.js',
    "if (restartPolicy === 'Always')\n            return false;",
    'if (restartPolicy !== undefined)\n            return false;',
  ),
  mutant(
    'back-off-needs-a-failure',
    'calls an image that is never pulled one whose pull failed',
    'cluster/kubelet/image-manager.js',
    '{ reason: WORD.ErrImageNeverPull, message }',
    '{ reason: WORD.ErrImagePull, message }',
  ),
]
