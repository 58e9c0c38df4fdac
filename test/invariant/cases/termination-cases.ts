import { BEGUN, deleted, exits, killing, starts, stops } from '../rows.js'
import type { LawCase } from './law-case.js'

const ALONE = [...BEGUN, ...starts(0, 'app')]
const BEING_KILLED = [...ALONE, deleted(10_000, 10), killing(10_000, 'app')]
const preStop = { exec: { command: ['drain'] } }
const PRE_STOP = { spec: { containers: [{ name: 'app', image: 'app:1', lifecycle: { preStop } }] } }
const POST_START = {
  spec: {
    containers: [
      { name: 'app', image: 'app:1', lifecycle: { postStart: preStop } },
      { name: 'next', image: 'app:1' },
    ],
  },
}

export const TERMINATION_CASES: readonly LawCase[] = [
  {
    law: 'sigterm-before-sigkill',
    when: 'SIGKILL follows SIGTERM',
    lawful: [...BEING_KILLED, ...stops(10_000, 'app', 10), [20_000, 'signal', 'app', 0, 9], exits(20_000, 'app', 137)],
    broken: [...BEING_KILLED, [20_000, 'signal', 'app', 0, 9], exits(20_000, 'app', 137)],
    says: 'container app of pod default/web gets SIGKILL without a SIGTERM before',
  },
  {
    law: 'sigkill-not-before-grace',
    when: 'the grace that the deletion names is over',
    lawful: [...BEING_KILLED, ...stops(10_000, 'app', 10), [20_000, 'signal', 'app', 0, 9], exits(20_000, 'app', 137)],
    broken: [...BEING_KILLED, ...stops(10_000, 'app', 5), [15_000, 'signal', 'app', 0, 9], exits(15_000, 'app', 137)],
    says: 'container app of pod default/web gets SIGKILL 5s after 10s, before its grace of 10s is over',
  },
  {
    law: 'sigkill-not-after-grace',
    when: 'preStop took all of the grace, and SIGTERM gets its 2 s',
    options: PRE_STOP,
    lawful: [
      ...BEING_KILLED,
      [10_000, 'hookStart', 'app', 0, 1, 0],
      ...stops(20_000, 'app', 2),
      [22_000, 'signal', 'app', 0, 9],
      exits(22_000, 'app', 137),
    ],
    broken: [
      ...ALONE,
      deleted(10_000, 10),
      killing(12_000, 'app'),
      ...stops(12_000, 'app', 30),
      [42_000, 'signal', 'app', 0, 9],
      exits(42_000, 'app', 137),
    ],
    brokenOptions: {},
    says: 'container app of pod default/web gets SIGKILL 30s after its kill began at 12s; its grace is 10s',
  },
  {
    law: 'stopped-container-exits',
    when: 'the container exits in time',
    lawful: [...BEING_KILLED, ...stops(10_000, 'app', 10), exits(19_000, 'app')],
    broken: [...BEING_KILLED, ...stops(10_000, 'app', 10)],
    brokenOptions: { end: 30_000 },
    says: 'container app of pod default/web outlives its StopContainer of 10s, whose timeout was 10s',
  },
  {
    law: 'sigkill-exits-137',
    when: 'SIGKILL ends the process at once',
    lawful: [...BEING_KILLED, ...stops(10_000, 'app', 10), [20_000, 'signal', 'app', 0, 9], exits(20_000, 'app', 137)],
    broken: [...BEING_KILLED, ...stops(10_000, 'app', 10), [20_000, 'signal', 'app', 0, 9], exits(20_000, 'app', 143)],
    says: 'container app of pod default/web exits with 143 at 20s after SIGKILL at 20s',
  },
  {
    law: 'prestop-before-sigterm',
    when: 'preStop has ended before SIGTERM',
    options: PRE_STOP,
    lawful: [
      ...BEING_KILLED,
      [10_000, 'hookStart', 'app', 0, 1, 0],
      [12_000, 'hookEnd', 'app', 0, 1, 0],
      ...stops(12_000, 'app', 8),
    ],
    broken: [...BEING_KILLED, ...stops(10_000, 'app', 10)],
    says: 'container app of pod default/web gets SIGTERM although its preStop hook has not run',
  },
  {
    law: 'prestop-within-grace',
    when: 'a hook that outlasts the grace is left to itself',
    options: PRE_STOP,
    lawful: [...BEING_KILLED, [10_000, 'hookStart', 'app', 0, 1, 0], ...stops(20_000, 'app', 2)],
    broken: [...BEING_KILLED, [10_000, 'hookStart', 'app', 0, 1, 0], ...stops(13_000, 'app', 7)],
    says: 'container app of pod default/web gets SIGTERM while its preStop hook runs, 3s into a grace of 10s',
  },
  {
    law: 'hooks-of-a-started-instance',
    when: 'postStart runs once in each instance',
    options: POST_START,
    lawful: [...ALONE, [0, 'hookStart', 'app', 0, 0, 0], [500, 'hookEnd', 'app', 0, 0, 0]],
    broken: [
      ...ALONE,
      [0, 'hookStart', 'app', 0, 0, 0],
      [500, 'hookEnd', 'app', 0, 0, 0],
      [600, 'hookStart', 'app', 0, 0, 0],
    ],
    says: 'postStart runs in container app of pod default/web although it has run in this instance before',
  },
  {
    law: 'poststart-blocks-the-next-start',
    when: 'the next container is created when postStart has ended',
    options: POST_START,
    lawful: [...ALONE, [0, 'hookStart', 'app', 0, 0, 0], [500, 'hookEnd', 'app', 0, 0, 0], ...starts(500, 'next')],
    broken: [...ALONE, [0, 'hookStart', 'app', 0, 0, 0], ...starts(400, 'next')],
    says: 'container next of pod default/web is created while postStart of app runs',
  },
]
