import { BEGUN, exits, probed, running, starts } from '../rows.js'
import type { LawCase } from './law-case.js'

const exec = { exec: { command: ['ask'] } }
const probes = (names: object) => ({ spec: { containers: [{ name: 'app', image: 'app:1', ...names }] } })
const ALL = probes({ livenessProbe: exec, readinessProbe: exec, startupProbe: exec })
const ALONE = [...BEGUN, ...starts(0, 'app')]

export const PROBE_CASES: readonly LawCase[] = [
  {
    law: 'probes-of-a-started-instance',
    when: 'an answer comes after the exit',
    options: ALL,
    lawful: [...ALONE, probed(1000, 'app', 2, 1), exits(2000, 'app', 1), probed(2020, 'app', 2, 3)],
    broken: [...BEGUN, probed(1000, 'app', 2, 1)],
    says: 'a startup probe of container app of pod default/web is answered although there is none to ask',
  },
  {
    law: 'startup-gates-probes',
    when: 'liveness is asked once startup has succeeded',
    options: ALL,
    lawful: [...ALONE, probed(1000, 'app', 2, 0), probed(2000, 'app', 0, 0), probed(2000, 'app', 1, 0)],
    broken: [...ALONE, probed(1000, 'app', 2, 1), probed(2000, 'app', 0, 0)],
    says: 'the liveness probe of container app of pod default/web is answered before its startup probe has succeeded',
  },
  {
    law: 'probe-waits-initial-delay',
    when: 'the first probe is made when the delay is over',
    options: probes({ readinessProbe: { ...exec, initialDelaySeconds: 5 } }),
    lawful: [...ALONE, probed(5000, 'app', 1, 0)],
    broken: [...ALONE, probed(3000, 'app', 1, 0)],
    says: 'the readiness probe of container app of pod default/web is begun at 3s; its initial delay of 5s counts from 0s',
  },
  {
    law: 'decided-probe-stops',
    when: 'liveness has failed three times in a row',
    options: ALL,
    lawful: [
      ...ALONE,
      probed(1000, 'app', 2, 0),
      probed(2000, 'app', 0, 1),
      exits(30_000, 'app', 1),
      [30_000, 'probeRepeated', 'app', 0, 0, 2],
    ],
    broken: [
      ...ALONE,
      probed(1000, 'app', 2, 0),
      probed(2000, 'app', 0, 1),
      exits(30_000, 'app', 1),
      [30_000, 'probeRepeated', 'app', 0, 0, 3],
    ],
    says: 'the liveness probe of container app of pod default/web is made again although it has failed 3 times in a row',
  },
  {
    law: 'started-needs-startup-success',
    when: 'started follows the startup probe',
    options: ALL,
    lawful: [
      ...ALONE,
      [500, 'containerRunning', 'app', 0, 0],
      probed(1000, 'app', 2, 0),
      [1000, 'containerStarted', 'app', 1],
    ],
    broken: [...ALONE, ...running(500, 'app', 0)],
    says: 'container app of pod default/web shows started although its startup probe has not succeeded',
  },
  {
    law: 'ready-needs-readiness-success',
    when: 'ready follows the readiness probe',
    options: probes({ readinessProbe: exec }),
    lawful: [...ALONE, ...running(500, 'app', 0), probed(1000, 'app', 1, 0), [1000, 'containerReady', 'app', 1]],
    broken: [...ALONE, ...running(500, 'app', 0), [500, 'containerReady', 'app', 1]],
    says: 'container app of pod default/web shows ready although its readiness probe has not succeeded',
  },
]
