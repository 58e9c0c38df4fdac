import { BY_STEP } from '../artificial-trace.js'
import { BEGUN, conditions, deleted, exits, killing, running, starts, stops, terminated } from '../rows.js'
import type { LawCase } from './law-case.js'

const ALONE = [...BEGUN, ...starts(0, 'app')]
const policy = (imagePullPolicy: 'Always' | 'Never') => ({
  spec: { containers: [{ name: 'app', image: 'app:1', imagePullPolicy }] },
})
const GONE = [
  ...ALONE,
  deleted(10_000),
  killing(10_000, 'app'),
  ...stops(10_000, 'app'),
  exits(11_000, 'app'),
  terminated(11_000, 'app'),
  [11_000, 'phase', 'pod', 'Succeeded'],
] as const
const CPU = { spec: { containers: [{ name: 'app', image: 'app:1', resources: { requests: { cpu: '600m' } } }] } }
const BOUND_BURSTABLE = [
  [0, 'created', 'pod', 1],
  [0, 'qosClass', 'pod', 'Burstable'],
  [0, 'phase', 'pod', 'Pending'],
  [0, 'bound', 'pod', 'node-1'],
  [0, 'startTime', 'pod', 0],
] as const
const OTHER = [
  [1000, 'created', 'other', 2],
  [1000, 'phase', 'other', 'Pending'],
  [1000, 'bound', 'other', 'node-1'],
] as const
const REACHABLE = [
  ...ALONE,
  [1000, 'podIP', 'pod', '10.244.0.1'],
  ...running(1000, 'app', 0),
  [1000, 'containerReady', 'app', 1],
  [1000, 'phase', 'pod', 'Running'],
] as const

export const RUNTIME_CASES: readonly LawCase[] = [
  {
    law: 'one-instance-at-a-time',
    when: 'the instance before has exited',
    lawful: [...ALONE, exits(1000, 'app', 1), ...starts(2000, 'app', 1)],
    broken: [...ALONE, ...starts(2000, 'app', 1)],
    says: 'container app of pod default/web starts although its instance of 0s runs',
  },
  {
    law: 'instances-count-up',
    when: 'instances and attempts count up',
    lawful: [...ALONE, exits(1000, 'app', 1), ...starts(2000, 'app', 1)],
    broken: [...ALONE, exits(1000, 'app', 1), [2000, 'containerCreate', 'app', 1, 0, 'app:1']],
    says: 'container app of pod default/web is created as instance 1, number 0, after instance 0, number 0',
  },
  {
    law: 'exit-of-a-running-instance',
    when: 'a container that was created and not started is stopped',
    lawful: [...BEGUN, [0, 'containerCreate', 'app', 0, 0, 'app:1'], exits(1000, 'app', 137)],
    broken: [...ALONE, exits(1000, 'app', 1), exits(2000, 'app', 1)],
    says: 'container app of pod default/web exits although it does not run',
  },
  {
    law: 'container-needs-a-sandbox',
    when: 'the sandbox is up',
    lawful: ALONE,
    broken: [...BEGUN, [500, 'sandboxStop', 'pod', 0], ...starts(1000, 'app')],
    says: 'container app of pod default/web is created although its pod has no sandbox',
  },
  {
    law: 'one-sandbox-at-a-time',
    when: 'the sandbox before has died',
    lawful: [...BEGUN, [500, 'sandboxDied', 'pod', 0], [1000, 'sandboxCreate', 'pod', 1]],
    broken: [...BEGUN, [1000, 'sandboxCreate', 'pod', 1]],
    says: 'a sandbox of pod default/web is made while the one before is up',
  },
  {
    law: 'pod-ip-is-its-sandboxes',
    when: 'the address is that of the sandbox',
    lawful: [...BEGUN, [1000, 'podIP', 'pod', '10.244.0.1']],
    broken: [...BEGUN, [1000, 'podIP', 'pod', '10.244.0.9']],
    says: 'pod default/web shows podIP 10.244.0.9, which none of its sandboxes had',
  },
  {
    law: 'bound-before-anything-runs',
    when: 'the manifest names the node',
    options: { spec: { nodeName: 'node-1' } },
    lawful: [[0, 'created', 'pod', 1, 'node-1'], ...BEGUN.filter(([, kind]) => kind !== 'bound' && kind !== 'created')],
    broken: BEGUN.filter(([, kind]) => kind === 'created' || kind === 'phase' || kind === 'startTime'),
    brokenOptions: {},
    says: 'a kubelet works on pod default/web although it is bound to no node',
  },
  {
    law: 'always-pulls-before-create',
    when: 'each creation has its pull',
    options: policy('Always'),
    lawful: [...BEGUN, [0, 'pullStart', 'app', 'app:1'], [500, 'pullEnd', 'pod', 'app:1'], ...starts(500, 'app')],
    broken: [
      ...BEGUN,
      [0, 'pullStart', 'app', 'app:1'],
      [500, 'pullEnd', 'pod', 'app:1'],
      ...starts(500, 'app'),
      exits(1000, 'app', 1),
      ...starts(2000, 'app', 1),
    ],
    says: 'container app of pod default/web is created without a pull although its imagePullPolicy is Always',
  },
  {
    law: 'never-pulls-nothing',
    when: 'the image is there',
    options: policy('Never'),
    lawful: ALONE,
    broken: [...BEGUN, [0, 'pullStart', 'app', 'app:1']],
    says: 'app:1 is pulled for container app of pod default/web, whose imagePullPolicy is Never',
  },
  {
    law: 'pull-back-off-is-kept',
    when: 'pulls come 10 s and 20 s after failures',
    lawful: [
      ...BEGUN,
      [0, 'pullStart', 'app', 'app:1'],
      [1000, 'pullEnd', 'pod', 'app:1', 'not found'],
      [11_000, 'pullStart', 'app', 'app:1'],
      [12_000, 'pullEnd', 'pod', 'app:1', 'not found'],
      [32_000, 'pullStart', 'app', 'app:1'],
    ],
    broken: [
      ...BEGUN,
      [0, 'pullStart', 'app', 'app:1'],
      [1000, 'pullEnd', 'pod', 'app:1', 'not found'],
      [9000, 'pullStart', 'app', 'app:1'],
    ],
    says: 'app:1 is pulled again for pod default/web 8s after a failure; the back-off is 10s',
  },
  {
    law: 'bound-once',
    when: 'a pod is bound',
    lawful: BEGUN,
    broken: [...BEGUN, [1000, 'bound', 'pod', 'node-1']],
    says: 'pod default/web is bound to node-1 although it is bound to node-1',
  },
  {
    law: 'allocatable-never-exceeded',
    when: 'the first pod is finished before the second is taken in',
    options: { ...CPU, other: CPU.spec, node: { cpu: '1', memory: '1Gi' } },
    lawful: [
      ...BOUND_BURSTABLE,
      ...OTHER,
      [2000, 'phase', 'pod', 'Failed', 'Evicted'],
      [2000, 'startTime', 'other', 2],
    ],
    broken: [...BOUND_BURSTABLE, ...OTHER, [2000, 'startTime', 'other', 2]],
    says: 'pod default/other is taken in by node-1, whose pods then have more than its allocatable, cpu: 1200m of 1000m',
  },
  {
    law: 'qos-class-never-changes',
    when: 'requests without limits make Burstable',
    options: CPU,
    lawful: BOUND_BURSTABLE,
    broken: [...BOUND_BURSTABLE, [1000, 'qosClass', 'pod', 'Guaranteed']],
    says: 'pod default/web changes its QoS class from Burstable to Guaranteed',
  },
  {
    law: 'start-time-is-set-once',
    when: 'a pod has a startTime',
    lawful: BEGUN,
    broken: [...BEGUN, [3000, 'startTime', 'pod', 3]],
    says: 'pod default/web changes its startTime from second 0 to 3',
  },
  {
    law: 'one-pod-of-a-name',
    when: 'a pod of the same name comes after the first is gone',
    lawful: [...GONE, [12_000, 'removed', 'pod'], [13_000, 'created', 'pod', 1], [13_000, 'phase', 'pod', 'Pending']],
    broken: [...GONE, [12_000, 'removed', 'pod'], [13_000, 'condition', 'pod', 'Ready', 'False']],
    says: 'pod default/web is written although it is gone',
  },
  {
    law: 'grace-only-shrinks',
    when: 'a shorter grace takes the place of a longer one',
    lawful: [...ALONE, deleted(10_000, 30), [12_000, 'deletionRequested', 'pod', 5, 15]],
    broken: [...ALONE, deleted(10_000, 30), [12_000, 'deletionRequested', 'pod', 60, 70]],
    says: 'pod default/web is deleted again with a grace of 60 s, its end at second 70, after 30 s and 40',
  },
  {
    law: 'deletion-timestamp-is-a-grace-away',
    when: 'seconds are cut',
    lawful: [...ALONE, [10_900, 'deletionRequested', 'pod', 30, 40]],
    broken: [...ALONE, [10_900, 'deletionRequested', 'pod', 30, 41]],
    says: 'pod default/web is to be gone by second 41; with a grace of 30 s that is second 40',
  },
  {
    law: 'unbound-or-finished-goes-at-once',
    when: 'a pod without a node goes at once',
    lawful: [
      [0, 'created', 'pod', 1],
      [0, 'phase', 'pod', 'Pending'],
      [1000, 'deletionRequested', 'pod', 0, 1],
      [1000, 'removed', 'pod'],
    ],
    broken: [
      [0, 'created', 'pod', 1],
      [0, 'phase', 'pod', 'Pending'],
      [1000, 'deletionRequested', 'pod', 30, 31],
    ],
    says: 'pod default/web is given a grace of 30 s although it is bound to no node',
  },
  {
    law: 'gone-after-its-containers',
    when: 'a deletion with grace 0 takes the object of a running pod',
    lawful: [
      ...ALONE,
      [1000, 'step', 'Step/1', 1, 'delete pod web, grace 0s'],
      [1000, 'deletionRequested', 'pod', 0, 1, BY_STEP],
      [1000, 'removed', 'pod'],
    ],
    broken: [...ALONE, deleted(1000), [1500, 'phase', 'pod', 'Failed', 'Evicted'], [2000, 'removed', 'pod']],
    says: 'pod default/web goes although app runs since 0s',
  },
  {
    law: 'gone-when-finished',
    when: 'the phase is terminal',
    lawful: [...GONE, [12_000, 'removed', 'pod']],
    broken: [...GONE.slice(0, -1), [12_000, 'removed', 'pod']],
    says: 'pod default/web goes although it is bound and not finished',
  },
  {
    law: 'event-counts-grow',
    when: 'the same Event is counted up, and begins anew with a restarted kubelet',
    lawful: [
      ...ALONE,
      [1000, 'event', 'app', 'BackOff', 17, 'Back-off restarting'],
      [2000, 'event', 'app', 'BackOff', 33, 'Back-off restarting'],
      [3000, 'step', 'Step/1', 1, 'restart the kubelet of node-1'],
      [5000, 'event', 'app', 'BackOff', 17, 'Back-off restarting'],
    ],
    broken: [
      ...ALONE,
      [1000, 'event', 'app', 'BackOff', 33, 'Back-off restarting'],
      [2000, 'event', 'app', 'BackOff', 33, 'Back-off restarting'],
    ],
    says: 'the Event BackOff about pod default/web is written again with count 2 after 2',
  },
  {
    law: 'endpoint-serves-only-if-its-pod-is-ready',
    when: 'the pod is Ready',
    lawful: [
      ...REACHABLE,
      [1000, 'endpoints', 'Service/default/web', '10.244.0.1'],
      ...conditions(2000, { Initialized: 'True', Ready: 'True', ContainersReady: 'True' }),
      [2000, 'endpoints', 'Service/default/web', '10.244.0.1 ready serving'],
    ],
    broken: [...REACHABLE, [1000, 'endpoints', 'Service/default/web', '10.244.0.1 ready serving']],
    says: 'Service default/web lists pod default/web as serving, which is not Ready',
  },
  {
    law: 'endpoint-of-an-unfinished-pod',
    when: 'the address of a failed pod is taken away',
    lawful: [
      ...REACHABLE,
      [1000, 'endpoints', 'Service/default/web', '10.244.0.1'],
      [2000, 'phase', 'pod', 'Failed', 'Evicted'],
      [3000, 'endpoints', 'Service/default/web', ''],
    ],
    broken: [
      ...REACHABLE,
      [2000, 'phase', 'pod', 'Failed', 'Evicted'],
      [3000, 'endpoints', 'Service/default/web', '10.244.0.1'],
    ],
    says: 'Service default/web lists 10.244.0.1, which no unfinished pod has',
  },
  {
    law: 'endpoint-terminates-with-its-pod',
    when: 'the pod is being deleted',
    lawful: [
      ...REACHABLE,
      [1500, 'deletionRequested', 'pod', 30, 31],
      [2000, 'endpoints', 'Service/default/web', '10.244.0.1 terminating'],
    ],
    broken: [...REACHABLE, [2000, 'endpoints', 'Service/default/web', '10.244.0.1 terminating']],
    says: 'Service default/web lists pod default/web as terminating, which nobody deletes',
  },
  {
    law: 'deletion-has-the-grace-asked-for',
    when: 'nobody asks for another grace than the pod’s own',
    lawful: [
      ...BEGUN,
      [1000, 'step', 'Step/1', 1, 'delete pod web'],
      [1000, 'deletionRequested', 'pod', 30, 31, BY_STEP],
    ],
    broken: [
      ...BEGUN,
      [1000, 'step', 'Step/1', 1, 'delete pod web, grace 1m0s'],
      [1000, 'deletionRequested', 'pod', 30, 31, BY_STEP],
    ],
    says: 'pod default/web is given a grace of 30s; 1m0s is asked for',
  },
]
