import type { ArtificialRow } from '../artificial-trace.js'
import { BEGUN, conditions, exits, running, starts, terminated } from '../rows.js'
import type { LawCase } from './law-case.js'

const ALONE = [...BEGUN, ...starts(0, 'app')]
const INIT = { spec: { initContainers: [{ name: 'first', image: 'app:1' }] } }
const READY: readonly ArtificialRow[] = [
  ...ALONE,
  ...running(1000, 'app', 0),
  [1000, 'containerReady', 'app', 1],
  [1000, 'podIP', 'pod', '10.244.0.1'],
]
const ALL = conditions(1000, { Initialized: 'True', Ready: 'True', ContainersReady: 'True' })
const RUNNING: ArtificialRow = [1000, 'phase', 'pod', 'Running']
const AGAIN = [...ALONE, exits(1000, 'app', 1), ...starts(2000, 'app', 1), ...running(2500, 'app', 2000, 1)]
const LAST: ArtificialRow = [2500, 'containerLastTerminated', 'app', (1 << 8) | 1, 'Error']

/** Laws of a status as a whole, and of the words in it. */
export const SETTLED_CASES: readonly LawCase[] = [
  {
    law: 'phase-follows-containers',
    when: 'the container runs, and so does the pod',
    lawful: [...READY, RUNNING],
    broken: READY,
    says: 'pod default/web is Pending; the states of its containers make it Running',
  },
  {
    law: 'containers-ready-follows-containers',
    when: 'the container and the pod become ready together',
    lawful: [...READY, RUNNING, ...ALL],
    broken: [
      ...READY,
      RUNNING,
      ...conditions(1000, { Initialized: 'True', ContainersReady: 'False ContainersNotReady' }),
    ],
    says: 'pod default/web has all containers ready without ContainersReady',
  },
  {
    law: 'ready-follows-containers-ready',
    when: 'both become True together',
    lawful: [...READY, RUNNING, ...ALL],
    broken: [...READY, RUNNING, ...conditions(1000, { Initialized: 'True', ContainersReady: 'True' })],
    says: 'pod default/web has ContainersReady and no gates, and is not Ready',
  },
  {
    law: 'initialized-follows-inits',
    when: 'the init container still runs',
    options: INIT,
    lawful: [...BEGUN, ...starts(0, 'first'), ...running(1000, 'first', 0)],
    broken: [
      ...BEGUN,
      ...starts(0, 'first'),
      exits(1000, 'first'),
      terminated(2000, 'first'),
      [2000, 'containerReady', 'first', 1],
      [2000, 'containerWaiting', 'app', 'PodInitializing'],
    ],
    says: 'pod default/web is not Initialized although its init containers are done',
  },
  {
    law: 'running-container-has-an-address',
    when: 'the address comes with the state',
    lawful: READY,
    broken: READY.filter(([, kind]) => kind !== 'podIP'),
    says: 'pod default/web has no podIP although app is shown running',
  },
  {
    law: 'last-state-is-the-exit-before',
    when: 'the second instance is shown with the exit of the first',
    lawful: [...AGAIN, LAST],
    broken: AGAIN,
    says: 'container app of pod default/web is shown running without the exit of the instance before as its last state',
  },
  {
    law: 'terminated-reason-is-the-exits',
    when: 'state and last state are as the instance exited',
    lawful: [...AGAIN, LAST],
    broken: [...AGAIN, [2500, 'containerLastTerminated', 'app', (1 << 8) | 1, 'Completed']],
    says: 'container app of pod default/web shows Completed (1) as its last state, which is not how that instance exited',
  },
  {
    law: 'exit-reason-fits-its-code',
    when: 'a process is killed for its memory',
    lawful: [...ALONE, [1000, 'exit', 'app', 0, 137, 'OOMKilled']],
    broken: [...ALONE, [1000, 'exit', 'app', 0, 1, 'Completed']],
    says: 'container app of pod default/web exits with 1 for the reason Completed',
  },
  {
    law: 'condition-reasons-are-the-kubelets',
    when: 'a condition that is True has no reason, and one that is False has one',
    lawful: [...BEGUN, ...conditions(1000, { Initialized: 'True', ContainersReady: 'False ContainersNotReady' })],
    broken: [...BEGUN, ...conditions(1000, { Initialized: 'True ContainersNotReady' })],
    says: 'Initialized of pod default/web is True for the reason ContainersNotReady',
  },
  {
    law: 'conditions-stay',
    when: 'somebody takes away what is theirs',
    lawful: [...BEGUN, [1000, 'conditionRemoved', 'pod', 'example.com/gate']],
    broken: [...BEGUN, [1000, 'conditionRemoved', 'pod', 'PodScheduled']],
    says: 'PodScheduled of pod default/web is taken away',
  },
]
