import { BEGUN, deleted, exits, killing, probed, starts, stops } from '../rows.js'
import type { LawCase } from './law-case.js'

const init = (name: string) => ({ name, image: 'app:1' })
const sidecar = (name: string, more: object = {}) => ({
  name,
  image: 'app:1',
  restartPolicy: 'Always' as const,
  ...more,
})
const TWO_INITS = { spec: { initContainers: [init('first'), init('second')] } }
const TWO_SIDECARS = { spec: { initContainers: [sidecar('proxy'), sidecar('log')] } }
const STARTED = [...BEGUN, ...starts(0, 'proxy'), ...starts(1000, 'log'), ...starts(2000, 'app'), deleted(10_000)]

export const ORDER_CASES: readonly LawCase[] = [
  {
    law: 'init-containers-one-at-a-time',
    when: 'an init container starts after the one before has exited',
    options: TWO_INITS,
    lawful: [...BEGUN, ...starts(0, 'first'), exits(1000, 'first'), ...starts(2000, 'second')],
    broken: [
      ...BEGUN,
      ...starts(0, 'first'),
      exits(1000, 'first'),
      ...starts(2000, 'second'),
      ...starts(2500, 'first', 1),
    ],
    says: 'init container first of pod default/web starts while second runs',
  },
  {
    law: 'init-containers-in-order',
    when: 'an init container that failed is started again before the next one',
    options: TWO_INITS,
    lawful: [
      ...BEGUN,
      ...starts(0, 'first'),
      exits(1000, 'first', 1),
      ...starts(2000, 'first', 1),
      exits(3000, 'first', 0, 1),
      ...starts(4000, 'second'),
    ],
    broken: [...BEGUN, ...starts(0, 'first'), exits(1000, 'first', 1), ...starts(2000, 'second')],
    says: 'init container second of pod default/web starts before init container first has exited with 0 in this sandbox',
  },
  {
    law: 'completed-init-stays-completed',
    when: 'another sandbox makes a completed init container start again',
    options: TWO_INITS,
    lawful: [
      ...BEGUN,
      ...starts(0, 'first'),
      exits(1000, 'first'),
      [1500, 'sandboxDied', 'pod', 0],
      [2000, 'sandboxCreate', 'pod', 1],
      [2000, 'sandboxReady', 'pod', 1, '10.244.0.2'],
      ...starts(2000, 'first', 1),
    ],
    broken: [...BEGUN, ...starts(0, 'first'), exits(1000, 'first'), ...starts(2000, 'first', 1)],
    says: 'init container first of pod default/web starts again although it has exited with 0 in this sandbox',
  },
  {
    law: 'init-before-containers',
    when: 'the regular container waits for the init container',
    options: { spec: { initContainers: [init('first')] } },
    lawful: [...BEGUN, ...starts(0, 'first'), exits(1000, 'first'), ...starts(2000, 'app')],
    broken: [...BEGUN, ...starts(0, 'first'), ...starts(500, 'app')],
    says: 'container app of pod default/web starts before init container first has exited with 0 in this sandbox',
  },
  {
    law: 'sidecar-before-what-follows',
    when: 'the regular container waits for the startup probe of the sidecar, and the sidecar may crash later',
    options: { spec: { initContainers: [sidecar('proxy', { startupProbe: { exec: { command: ['up'] } } })] } },
    lawful: [
      ...BEGUN,
      ...starts(0, 'proxy'),
      probed(1000, 'proxy', 2, 0),
      exits(1500, 'proxy', 1),
      ...starts(2000, 'app'),
    ],
    broken: [...BEGUN, ...starts(0, 'proxy'), probed(1000, 'proxy', 2, 1), ...starts(2000, 'app')],
    says: 'container app of pod default/web starts before sidecar proxy is up in this sandbox',
  },
  {
    law: 'sidecars-stop-after-containers',
    when: 'a sidecar gets SIGTERM once the regular container is gone, or when its own grace is over',
    options: TWO_SIDECARS,
    lawful: [
      ...STARTED,
      killing(10_000, 'app'),
      killing(10_000, 'proxy'),
      killing(10_000, 'log'),
      ...stops(10_000, 'app'),
      exits(15_000, 'app'),
      ...stops(15_000, 'log', 25),
      ...stops(40_000, 'proxy', 2),
    ],
    broken: [
      ...STARTED,
      killing(10_000, 'app'),
      killing(10_000, 'proxy'),
      killing(10_000, 'log'),
      ...stops(10_000, 'app'),
      ...stops(12_000, 'log', 28),
    ],
    says: 'sidecar log of pod default/web gets SIGTERM while app runs; its grace of 30s began at 10s',
  },
  {
    law: 'sidecars-stop-in-reverse-order',
    when: 'the sidecar declared last stops first, and a liveness kill waits for nobody',
    options: TWO_SIDECARS,
    lawful: [
      ...STARTED.slice(0, -1),
      [5000, 'event', 'proxy', 'Killing', 16, 'Init container proxy failed liveness probe'],
      ...stops(5000, 'proxy'),
      exits(6000, 'proxy'),
      ...starts(7000, 'proxy', 1),
      deleted(10_000),
      killing(10_000, 'proxy'),
      killing(10_000, 'log'),
      killing(10_000, 'app'),
      ...stops(10_000, 'app'),
      exits(11_000, 'app'),
      ...stops(11_000, 'log', 29),
      exits(12_000, 'log'),
      ...stops(12_000, 'proxy', 28, 1),
    ],
    broken: [
      ...STARTED,
      killing(10_000, 'proxy'),
      killing(10_000, 'log'),
      ...stops(10_000, 'app'),
      exits(11_000, 'app'),
      ...stops(11_000, 'proxy', 29),
    ],
    says: 'sidecar proxy of pod default/web gets SIGTERM while log runs; its grace of 30s began at 10s',
  },
]
