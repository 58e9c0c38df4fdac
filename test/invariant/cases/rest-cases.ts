import type { ArtificialOptions, ArtificialRow } from '../artificial-trace.js'
import { BEGUN, conditions, deleted, exits, killing, probed, running, starts, stops, terminated } from '../rows.js'
import type { LawCase } from './law-case.js'

const ALONE = [...BEGUN, ...starts(0, 'app')]
const MINUTES: ArtificialOptions = { end: 600_000 }
const NEVER = { spec: { restartPolicy: 'Never' as const } }
const UP: readonly ArtificialRow[] = [
  ...ALONE,
  ...running(1000, 'app', 0),
  [1000, 'containerReady', 'app', 1],
  [1000, 'phase', 'pod', 'Running'],
]
const GATED = { spec: { readinessGates: [{ conditionType: 'example.com/gate' }] }, ...MINUTES }
const OPEN = conditions(1000, { Initialized: 'True', ContainersReady: 'True', 'example.com/gate': 'True' })
const DEADLINE = { spec: { activeDeadlineSeconds: 60 }, ...MINUTES }
const QUIET: ArtificialOptions = { outcome: 'quiescent' }
const SANDBOX_DOWN: ArtificialRow = [3000, 'sandboxStop', 'pod', 0]
const EXEC = { exec: { command: ['probe'] } }
const PROBED = { name: 'app', image: 'app:1', readinessProbe: EXEC }
const RUNS = [...ALONE, ...running(1000, 'app', 0), probed(2000, 'app', 1, 1)]
const notReady = (names: string): ArtificialRow => [
  2000,
  'condition',
  'pod',
  'ContainersReady',
  'False ContainersNotReady',
  `containers with unready status: ${names}`,
]
const FAILED: ArtificialRow = [3000, 'phase', 'pod', 'Failed']

/** Laws of what has to have come where nothing happens any more. */
export const REST_CASES: readonly LawCase[] = [
  {
    law: 'deleted-pod-goes',
    when: 'the pod is gone in the end',
    options: MINUTES,
    lawful: [...ALONE, deleted(1000), exits(2000, 'app', 1), SANDBOX_DOWN, FAILED, [3000, 'removed', 'pod']],
    broken: [...ALONE, deleted(1000), exits(2000, 'app', 1), SANDBOX_DOWN, FAILED],
    says: 'pod default/web is still there although it was deleted at 1s',
  },
  {
    law: 'finished-pod-is-stopped',
    when: 'the sandbox is down',
    options: { ...NEVER, ...MINUTES },
    lawful: [...ALONE, exits(2000, 'app', 1), terminated(3000, 'app', 1), SANDBOX_DOWN, FAILED],
    broken: [...ALONE, exits(2000, 'app', 1), terminated(3000, 'app', 1), FAILED],
    says: 'pod default/web is finished, and its sandbox is up',
  },
  {
    law: 'finished-after-its-containers',
    when: 'the sandbox goes down before',
    options: NEVER,
    lawful: [...ALONE, exits(2000, 'app', 1), terminated(3000, 'app', 1), SANDBOX_DOWN, FAILED],
    broken: [...ALONE, FAILED],
    says: 'pod default/web is Failed although app runs',
  },
  {
    law: 'gone-after-its-sandbox',
    when: 'the sandbox goes down before',
    lawful: [...ALONE, deleted(1000), exits(2000, 'app', 1), SANDBOX_DOWN, FAILED, [3000, 'removed', 'pod']],
    broken: [...ALONE, deleted(1000), exits(2000, 'app', 1), FAILED, [3000, 'removed', 'pod']],
    says: 'pod default/web goes although its sandbox is up',
  },
  {
    law: 'deadline-is-enforced',
    when: 'the container is being stopped',
    options: { ...DEADLINE, end: 90_000 },
    lawful: [...ALONE, killing(61_000, 'app'), ...stops(61_000, 'app', 30)],
    broken: ALONE,
    says: 'pod default/web goes on at 1m30s although its deadline was 1m0s',
  },
  {
    law: 'done-pod-finishes',
    when: 'the pod has just been left with nothing to do',
    options: { ...NEVER, end: 10_000 },
    lawful: [...UP, exits(2000, 'app'), terminated(3000, 'app')],
    broken: [...UP, exits(2000, 'app'), terminated(3000, 'app')],
    brokenOptions: { ...NEVER, ...MINUTES },
    says: 'pod default/web goes on although its containers leave it nothing to do',
  },
  {
    law: 'state-catches-up',
    when: 'the instance that runs is shown',
    options: MINUTES,
    lawful: UP,
    broken: [...UP, exits(2000, 'app', 1), ...starts(3000, 'app', 1)],
    says: 'container app of pod default/web runs since 3s, and the API does not show that',
  },
  {
    law: 'readiness-catches-up',
    when: 'the readiness probe goes on failing and the container is not ready',
    options: {
      spec: { containers: [{ name: 'app', image: 'app:1', readinessProbe: { exec: { command: ['ready'] } } }] },
      ...MINUTES,
    },
    lawful: [...ALONE, ...running(1000, 'app', 0), probed(2000, 'app', 1, 1)],
    broken: [...ALONE, ...running(1000, 'app', 0), probed(2000, 'app', 1, 0)],
    says: 'container app of pod default/web is not ready although its readiness probe succeeds since 2s',
  },
  {
    law: 'failed-probe-stops',
    when: 'the container is being stopped',
    options: {
      spec: {
        containers: [
          { name: 'app', image: 'app:1', livenessProbe: { exec: { command: ['live'] } } },
          { name: 'log', image: 'app:1' },
        ],
      },
      end: 80_000,
    },
    lawful: [...ALONE, probed(2000, 'app', 0, 1), killing(24_000, 'app'), ...stops(24_000, 'app', 60)],
    broken: [...ALONE, probed(2000, 'app', 0, 1)],
    says: 'container app of pod default/web runs on although its liveness probe fails since 2s',
  },
  {
    law: 'running-image-is-the-specs',
    when: 'the image was patched a moment ago',
    options: { patched: [{ containers: [{ name: 'app', image: 'app:2' }] }], end: 10_000 },
    lawful: [...UP, [2000, 'specChanged', 'pod', 2, 'image']],
    broken: [...UP, [2000, 'specChanged', 'pod', 2, 'image']],
    brokenOptions: { patched: [{ containers: [{ name: 'app', image: 'app:2' }] }], ...MINUTES },
    says: 'container app of pod default/web runs app:1 although its spec has app:2',
  },
  {
    law: 'sandbox-condition-catches-up',
    when: 'the sandbox is up, and the pod ready to start containers',
    options: MINUTES,
    lawful: [...UP, [1000, 'podIP', 'pod', '10.244.0.1'], ...conditions(1000, { PodReadyToStartContainers: 'True' })],
    broken: [...UP, [1000, 'podIP', 'pod', '10.244.0.1'], ...conditions(1000, { PodReadyToStartContainers: 'False' })],
    says: 'pod default/web has PodReadyToStartContainers False although its sandbox is up',
  },
  {
    law: 'ready-follows-gates',
    when: 'the gate is True, and the pod Ready',
    options: GATED,
    lawful: [...UP, ...OPEN, ...conditions(2000, { Ready: 'True' })],
    broken: [...UP, ...OPEN],
    says: 'pod default/web is not Ready although its gates say otherwise',
  },
  {
    law: 'whose-turn-it-is-runs',
    when: 'the init container runs for ever',
    options: { spec: { initContainers: [{ name: 'first', image: 'app:1' }] }, ...QUIET },
    lawful: [...BEGUN, ...starts(0, 'first'), ...running(1000, 'first', 0)],
    broken: [...BEGUN, ...starts(0, 'first'), exits(1000, 'first')],
    says: 'container app of pod default/web does not run at 1s although it is its turn',
  },
  {
    law: 'probes-are-made',
    when: 'the startup probe fails and the others have to wait for it',
    options: { spec: { containers: [{ ...PROBED, startupProbe: EXEC }] }, end: 45_000 },
    lawful: [...ALONE, probed(2000, 'app', 2, 1)],
    broken: ALONE,
    brokenOptions: { spec: { containers: [PROBED] }, end: 60_000 },
    says: 'container app of pod default/web runs since 0s, and its readiness probe was not made by 1m0s',
  },
  {
    law: 'what-is-begun-ends',
    when: 'the container has exited',
    options: QUIET,
    lawful: [...ALONE, ...stops(1000, 'app'), exits(2000, 'app')],
    broken: [...ALONE, ...stops(1000, 'app')],
    says: 'container app of pod default/web is being stopped, and nothing more happens after 1s',
  },
  {
    law: 'conditions-name-their-cause',
    when: 'the message names the container that is not ready',
    options: { spec: { containers: [PROBED] }, ...MINUTES },
    lawful: [...RUNS, notReady('[app]')],
    broken: [...RUNS, notReady('[app log]')],
    says: 'ContainersReady of pod default/web is False for "ContainersNotReady: containers with unready status: [app log]"; it has to be "ContainersNotReady: containers with unready status: [app]"',
  },
]
