import { describe, expect, test } from 'vitest'
import {
  crashes,
  deployment,
  formatClause,
  job,
  node,
  not,
  parseClause,
  planManifests,
  recordExpectations,
  runs,
  scenario,
  start,
  whenever,
} from '../../src/index.js'

const workload = (name: string, replicas = 2): object => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name },
  spec: {
    replicas,
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'app', image: 'app:1' }] } },
  },
})
const migrate = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'migrate' },
  spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'app', image: 'app:1' }] } } },
}

describe('a run that is driven by hand', () => {
  test('runs until something is so of an object, made from the beginning or later', () => {
    const cluster = start(planManifests([workload('web')], { nodes: 2 }))
    expect(cluster.runUntil(deployment('web').available())).toBe('paused')
    expect(cluster.runUntil('deployment/web has at least 2 available replicas')).toBe('paused')
    const now = cluster.now
    cluster.apply(workload('late', 1))
    expect(cluster.runUntil('deployment/late completes')).toBe('paused')
    expect(cluster.now).toBeGreaterThan(now)
    cluster.cordon('node-2')
    expect(cluster.runUntil(node('node-2').unschedulable())).toBe('paused')
    cluster.killKubelet('node-1')
    expect(cluster.runUntil(not(node('node-1').ready()))).toBe('paused')
    expect(() => cluster.runUntil(deployment('wbe').available())).toThrow(/did you mean deployment\/web\?/)
  })
})

describe('a step', () => {
  test('waits for an object', () => {
    const run = scenario('scaled when complete', s =>
      s
        .apply(workload('web'), migrate)
        .when(() => job('migrate').complete().becomes())
        .scale('deployment/web', 3)
        .when(() => deployment('web').available(3).becomes())
        .after('5s')
        .delete('deployment/web')
        .horizon('2m')
        .expect(() => [
          whenever(job('migrate').complete().becomes()).then(deployment('web').desired(3)).immediately(),
          whenever(deployment('web').available(3).becomes()).then(deployment('web').gone()).at('5s'),
          deployment('web').desired().goesThrough(2, 3),
        ]),
    ).run()
    expect(run.isPassed).toBe(true)
  })

  test('waits for a pod of either of two workloads, of which one has none', () => {
    const run = scenario('either', s =>
      s
        .apply(workload('a'), workload('b', 0))
        .behave('deployment/a', 'app', crashes().after('3s'))
        .when(({ pod }) =>
          pod('deployment/b').container('app').exited().or(pod('deployment/a').container('app').exited()),
        )
        .cordon('node-1')
        .horizon('1m')
        .expect(() => [node('node-1').unschedulable().becomes().noSoonerThan('3s').within('4s')]),
    ).run()
    expect(run.isPassed).toBe(true)
  })

  test('waits for a pod of one while a pod of another is so', () => {
    const run = scenario('both', s =>
      s
        .apply(workload('a'), workload('b'))
        .behave('deployment/a', 'app', crashes().after('3s'), runs())
        .behave('deployment/b', 'app', crashes().after('20s'), runs())
        .when(({ pod }) =>
          pod('deployment/b')
            .container('app')
            .exited()
            .when(pod('deployment/a').container('app').restartCount().atLeast(1)),
        )
        .cordon('node-1')
        .horizon('1m')
        .expect(() => [node('node-1').unschedulable().becomes().noSoonerThan('20s').within('22s')]),
    ).run()
    expect(run.isPassed).toBe(true)
  })

  test('refuses an object that nothing is called', () => {
    const misspelt = scenario('x', s =>
      s
        .apply(workload('web'))
        .when(() => deployment('wbe').complete().becomes())
        .cordon('node-1'),
    )
    expect(() => misspelt.run()).toThrow(
      /expected an object, got "deployment\/wbe"[\s\S]*did you mean deployment\/web\?/,
    )
  })
})

test('what is recorded of workloads and nodes holds, and is short', () => {
  const run = scenario('recorded', s =>
    s
      .nodes(2)
      .apply(workload('web'), migrate)
      .at('60s')
      .scale('deployment/web', 3)
      .at('90s')
      .cordon('node-2')
      .at('2m')
      .killKubelet('node-1')
      .horizon('3m'),
  ).run()
  const lines = recordExpectations(run.trace).map(clause => formatClause(clause))
  expect(lines.filter(line => !/ pods? |container |^pull/.test(` ${line}`))).toMatchInlineSnapshot(`
    [
      "Ready of node/node-1 goes through True, Unknown",
      "node/node-2 becomes unschedulable at 1m30s",
      "Progressing of deployment/web goes through True",
      "Available of deployment/web goes through False, True, False, True, False",
      "deployment/web goes through 0, 2, 3 updated replicas",
      "deployment/web goes through 0, 1, 2, 3, 1 available replicas",
      "deployment/web completes at 1.85s",
      "SuccessCriteriaMet of job/migrate goes through True",
      "Complete of job/migrate goes through True",
      "job/migrate goes through 0, 1 succeeded pods",
      "job/migrate completes at 7.85s",
    ]
  `)
  expect(lines.map(line => run.check(parseClause(line))[0].verdict.kind)).not.toContain('violated')
})

test('a run satisfies what is said of its objects', () => {
  const run = scenario('plain', s => s.apply(workload('web')).horizon('1m')).run()
  expect(run.check(deployment('web').available().within('5s'))[0].verdict.kind).toBe('holds')
  expect(run.check('deployment/web has exactly 2 available replicas within 5s')[0].verdict.kind).toBe('holds')
})
