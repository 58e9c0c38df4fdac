import type { ArtificialRow } from '../artificial-trace.js'
import { BEGUN, exits, killing, probed, running, starts, stops, terminated } from '../rows.js'
import type { LawCase } from './law-case.js'

const ALONE = [...BEGUN, ...starts(0, 'app')]
const withProbe = (type: string) => ({
  spec: { containers: [{ name: 'app', image: 'app:1', [type]: { exec: { command: ['ask'] } } }] },
})
const HOOKED = {
  spec: {
    containers: [{ name: 'app', image: 'app:1', lifecycle: { postStart: { exec: { command: ['hook'] } } } }],
  },
  end: 10_000,
}
const HOOK_FAILED: readonly ArtificialRow[] = [
  ...ALONE,
  [0, 'hookStart', 'app', 0, 0, 0],
  [1000, 'hookEnd', 'app', 0, 0, 1],
]
const KILLED_FOR_STARTUP = (time: number): readonly ArtificialRow[] => [
  [time, 'event', 'app', 'Killing', 16, 'Container app failed startup probe, will be restarted'],
  ...stops(time, 'app'),
]
const PULL_FAILED: readonly ArtificialRow[] = [
  ...BEGUN,
  [0, 'pullStart', 'app', 'app:1'],
  [1000, 'pullEnd', 'pod', 'app:1', 'no such image'],
]
const PULLED: readonly ArtificialRow[] = [
  [20_000, 'pullStart', 'app', 'app:1'],
  [21_000, 'pullEnd', 'pod', 'app:1'],
]
const told = (time: number, reason: string): ArtificialRow => [time, 'event', 'app', reason, 16, `${reason} app`]
const CRASHED = [...ALONE, exits(1000, 'app', 1), ...starts(2000, 'app', 1), exits(3000, 'app', 1, 1)]

/** Laws of what follows hooks, probes and pulls, and of what is told. */
export const REACTION_CASES: readonly LawCase[] = [
  {
    law: 'failed-poststart-stops',
    when: 'the container is stopped in the same instant',
    options: HOOKED,
    lawful: [...HOOK_FAILED, killing(1000, 'app'), ...stops(1000, 'app')],
    broken: HOOK_FAILED,
    says: 'container app of pod default/web is not stopped although its postStart hook failed at 1s',
  },
  {
    law: 'startup-failure-stops',
    when: 'the container is stopped after three failures, ten seconds apart',
    options: { ...withProbe('startupProbe'), end: 60_000 },
    lawful: [...ALONE, probed(1000, 'app', 2, 1), ...KILLED_FOR_STARTUP(22_000), exits(23_000, 'app', 1)],
    broken: [...ALONE, probed(1000, 'app', 2, 1)],
    says: 'container app of pod default/web is not stopped although its startup probe has failed since 1s, and 3 failures are enough',
  },
  {
    law: 'startup-needs-its-threshold',
    when: 'three failures, ten seconds apart, have been seen',
    options: withProbe('startupProbe'),
    lawful: [...ALONE, probed(1000, 'app', 2, 1), ...KILLED_FOR_STARTUP(21_000)],
    broken: [...ALONE, probed(1000, 'app', 2, 1), ...KILLED_FOR_STARTUP(5000)],
    says: 'container app of pod default/web is stopped 4s after its startup probe began to fail; 3 failures take 19s at least',
  },
  {
    law: 'unready-needs-its-threshold',
    when: 'three failures, ten seconds apart, take readiness away',
    options: withProbe('readinessProbe'),
    lawful: [
      ...ALONE,
      ...running(1000, 'app', 0),
      probed(2000, 'app', 1, 0),
      [2000, 'containerReady', 'app', 1],
      probed(10_000, 'app', 1, 1),
      [30_000, 'containerReady', 'app', 0],
    ],
    broken: [
      ...ALONE,
      ...running(1000, 'app', 0),
      probed(2000, 'app', 1, 0),
      [2000, 'containerReady', 'app', 1],
      probed(10_000, 'app', 1, 1),
      [10_000, 'containerReady', 'app', 0],
    ],
    says: 'container app of pod default/web is not ready any more although it runs, and its readiness probe has failed only since 10s',
  },
  {
    law: 'kill-is-told',
    when: 'the Event comes with the kill',
    lawful: [...ALONE, killing(1000, 'app'), ...stops(1000, 'app')],
    broken: [...ALONE, ...stops(1000, 'app')],
    says: 'container app of pod default/web is stopped without a Killing event',
  },
  {
    law: 'start-is-told',
    when: 'the Event comes with the start',
    lawful: [...ALONE, told(0, 'Started'), ...running(1000, 'app', 0)],
    broken: [...ALONE, ...running(1000, 'app', 0)],
    says: 'container app of pod default/web is shown running without a Started event',
  },
  {
    law: 'back-off-is-told',
    when: 'the Event comes before the reason',
    lawful: [...CRASHED, told(4000, 'BackOff'), [5000, 'containerWaiting', 'app', 'CrashLoopBackOff']],
    broken: [...CRASHED, [5000, 'containerWaiting', 'app', 'CrashLoopBackOff']],
    says: 'container app of pod default/web is shown in back-off without a BackOff event',
  },
  {
    law: 'back-off-is-shown',
    when: 'the next sync shows it',
    options: { end: 60_000 },
    lawful: [...CRASHED, told(4000, 'BackOff'), [16_000, 'containerWaiting', 'app', 'CrashLoopBackOff']],
    broken: [...CRASHED, told(4000, 'BackOff'), terminated(16_000, 'app', 1, 1)],
    says: 'container app of pod default/web is told to be in back-off at 4s, and not shown waiting by 34s',
  },
  {
    law: 'present-image-is-not-pulled',
    when: 'a pull that failed is tried again',
    lawful: [...PULL_FAILED, ...PULLED],
    broken: [...PULL_FAILED, ...PULLED, [40_000, 'pullStart', 'app', 'app:1']],
    says: 'app:1 is pulled for pod default/web although node-1 has it',
  },
  {
    law: 'failed-pull-creates-nothing',
    when: 'the image comes after all',
    lawful: [...PULL_FAILED, ...PULLED, ...starts(21_000, 'app')],
    broken: [...PULL_FAILED, ...starts(2000, 'app')],
    says: 'container app of pod default/web is created although app:1 could not be pulled',
  },
  {
    law: 'start-of-a-created-instance',
    when: 'each instance is created first',
    lawful: [...ALONE, exits(1000, 'app', 1), ...starts(2000, 'app', 1)],
    broken: [...ALONE, exits(1000, 'app', 1), [2000, 'containerStart', 'app', 1, 1]],
    says: 'container app of pod default/web is started as instance 1, which was not created or has been started',
  },
  {
    law: 'created-with-its-image',
    when: 'a patch has changed the image, and the kubelet does not know yet',
    options: { patched: [{ containers: [{ name: 'app', image: 'app:2' }] }] },
    lawful: [...BEGUN, [0, 'specChanged', 'pod', 2, 'image'], ...starts(0, 'app')],
    broken: [...BEGUN, ...starts(0, 'app', 0, 'app:3')],
    says: 'container app of pod default/web is created with the image app:3, which its spec has not',
  },
  {
    law: 'sandbox-change-is-of-a-second-sandbox',
    when: 'the pod had a sandbox',
    lawful: [...BEGUN, [1000, 'event', 'pod', 'SandboxChanged', 16, 'changed']],
    broken: [
      [0, 'created', 'pod', 1],
      [1000, 'event', 'pod', 'SandboxChanged', 16, 'changed'],
    ],
    says: 'pod default/web is told to have another sandbox although it had none',
  },
]
