import { describe, expect, test } from 'vitest'
import { PodwrightError } from '../../src/errors/index.js'
import {
  type ClauseWords,
  checkTrace,
  compileMonitors,
  cronJob,
  daemonSet,
  deployment,
  explain,
  formatClause,
  horizontalPodAutoscaler,
  job,
  objectsOf,
  parseClause,
  podDisruptionBudget,
  type Roster,
  replicaSet,
  replicationController,
  resolveClauses,
  statefulSet,
  step,
} from '../../src/expect/index.js'
import { crashes, node, not, scenario, stateAt } from '../../src/index.js'
import { statusOfRollout } from '../../src/kubectl/rollout-status.js'
import type { Trace } from '../../src/trace/index.js'

const web = deployment('web')
const db = statefulSet('shop/db')
const agent = daemonSet('agent')
const migrate = job('migrate')
const a = node('a')

const SAID: readonly (readonly [ClauseWords, string])[] = [
  [web.available(), 'eventually deployment/web is available'],
  [not(web.available()).becomes(), 'deployment/web stops being available'],
  [web.available(1), 'eventually deployment/web has exactly 1 available replica'],
  [web.available().moreThan(2), 'eventually deployment/web has more than 2 available replicas'],
  [not(web.available().is(2)), 'eventually deployment/web does not have exactly 2 available replicas'],
  [web.available().goesThrough(0, 1), 'deployment/web goes through 0, 1 available replicas'],
  [web.ready(0).becomes(), 'it becomes true that deployment/web has exactly 0 ready replicas'],
  [web.updated().atMost(2), 'eventually deployment/web has at most 2 updated replicas'],
  [web.unavailable(2), 'eventually deployment/web has exactly 2 unavailable replicas'],
  [web.replicas(2), 'eventually deployment/web has exactly 2 replicas'],
  [web.desired(2), 'eventually deployment/web has exactly 2 desired replicas'],
  [web.complete(), 'eventually deployment/web is complete'],
  [web.exists().holds(), 'always deployment/web exists'],
  [not(web.exists()).afterQuiescence(), 'at the end: deployment/web does not exist'],
  [web.terminating(), 'eventually deployment/web is terminating'],
  [web.deleted(), 'deployment/web is deleted'],
  [web.event('ScalingReplicaSet'), 'deployment/web gets event ScalingReplicaSet'],
  [web.refused('field is immutable'), 'step on deployment/web is refused with "field is immutable"'],
  [
    web.condition('Progressing', 'False', { reason: 'ProgressDeadlineExceeded', message: 'has timed out' }),
    'eventually deployment/web has Progressing=False with reason ProgressDeadlineExceeded and message "has timed out"',
  ],
  [web.condition('Progressing', 'False').becomes(), 'Progressing of deployment/web becomes False'],
  [web.conditions({ Available: ['False', 'True'] }), 'Available of deployment/web goes through False, True'],
  [replicaSet('r').fullyLabeled(3), 'eventually replicaset/r has exactly 3 fully labeled replicas'],
  [replicationController('r').available(3), 'eventually replicationcontroller/r has exactly 3 available replicas'],
  [db.complete().becomes(), 'shop/statefulset/db completes'],
  [db.current(1), 'eventually shop/statefulset/db has exactly 1 current replica'],
  [agent.desired(3), 'eventually daemonset/agent has exactly 3 desired pods'],
  [agent.scheduled(3), 'eventually daemonset/agent has exactly 3 scheduled pods'],
  [agent.misscheduled(0), 'eventually daemonset/agent has exactly 0 misscheduled pods'],
  [migrate.complete().becomes(), 'job/migrate completes'],
  [migrate.failed().becomes(), 'job/migrate fails'],
  [migrate.failed(1), 'eventually job/migrate has exactly 1 failed pod'],
  [migrate.suspended(), 'eventually job/migrate is suspended'],
  [migrate.terminatingPods(1), 'eventually job/migrate has exactly 1 terminating pod'],
  [cronJob('c').active().atMost(1), 'eventually cronjob/c has at most 1 active job'],
  [podDisruptionBudget('p').allowed(1), 'eventually poddisruptionbudget/p has exactly 1 allowed disruption'],
  [podDisruptionBudget('p').desiredHealthy(2), 'eventually poddisruptionbudget/p has exactly 2 desired healthy pods'],
  [horizontalPodAutoscaler('h').desired(2), 'eventually horizontalpodautoscaler/h has exactly 2 desired replicas'],
  [a.ready(), 'eventually node/a is ready'],
  [a.unschedulable().becomes(), 'node/a becomes unschedulable'],
  [a.tainted(), 'eventually node/a is tainted'],
  [a.tainted('k'), 'eventually node/a is tainted with k'],
  [a.tainted('k=:NoExecute'), 'eventually node/a is tainted with k=:NoExecute'],
  [step(3).done(), 'step 3 is carried out'],
]

describe('what is said of objects that are no pods', () => {
  test.each(SAID)('%# is one line, which says the same', ({ clause }, line) => {
    expect(formatClause(clause)).toBe(line)
    expect(parseClause(line)).toEqual(clause)
  })

  test.each([
    ['deployment web is available within 5s', 'deployment/web is available within 5s'],
    ['never deploy/web has 3 ready replicas', 'never deploy/web has exactly 3 ready replicas'],
    [
      'always deployment/web has at least 1 availableReplicas',
      'always deployment/web has at least 1 available replica',
    ],
    ['eventually Available of deployment/web is True', 'eventually deployment/web is available'],
    ['eventually node/a is tainted with key k and effect NoExecute', 'eventually node/a is tainted with k:NoExecute'],
  ])('%s is read, too', (line, written) => {
    expect(formatClause(parseClause(line))).toBe(written)
  })

  test.each([
    'deploymnt/web is available',
    'deployment/web is availabel',
    'deployment/web is complet',
    'always deployment/web has at least 3 ready pods',
    'always cronjob/c has at least 3 ready pods',
    'always node/a has at least 3 pods',
    'deployment/web fails',
    'node/a is tainted with k:NoRun',
    'deployment/web starts',
    'step 3 is carried',
  ])('%s is refused', line => {
    expect(message(() => parseClause(line))).toMatchSnapshot()
  })
})

const ROSTER: Roster = {
  pods: [],
  workloads: [{ path: 'Deployment/default/web', containers: [] }],
  objects: ['Job/default/migrate', 'CronJob/default/backup', 'Deployment/shop/api', 'Deployment/other/api'],
  nodes: ['node-1'],
  services: [],
}
const resolved = (line: string): string => JSON.stringify(resolveClauses([parseClause(line)], ROSTER, 'x.yaml:1:1')[0])

describe('names of objects', () => {
  test.each([
    ['deploy/web exists within 1s', 'Deployment/default/web'],
    ['shop/deployment/api exists within 1s', 'Deployment/shop/api'],
    ['Deployment/shop/api exists within 1s', 'Deployment/shop/api'],
    ['replicaset/web-5d4f8c7b96 exists within 1s', 'ReplicaSet/default/web-5d4f8c7b96'],
    ['job/backup-28928161 exists within 1s', 'Job/default/backup-28928161'],
    ['node/node-1 is ready within 1s', 'Node/node-1'],
  ])('in %s', (line, path) => {
    expect(resolved(line)).toContain(`"object":${JSON.stringify(path)}`)
  })

  test.each([
    'deployment/wbe exists within 1s',
    'deployment/migrate exists within 1s',
    'deployment/api exists within 1s',
    'job/backup-x exists within 1s',
    'node/node-2 is ready within 1s',
    'node/node-2 is unschedulable within 1s',
  ])('that nothing has are refused in %s', line => {
    expect(message(() => resolved(line))).toMatchSnapshot()
  })

  test('must be of a kind that has what is said', () => {
    const said = [
      { kind: 'always', level: { kind: 'complete', object: 'job/migrate' } },
      {
        kind: 'always',
        level: { kind: 'objectCount', object: 'job/migrate', field: 'replicas', is: 'atLeast', count: 1 },
      },
      { kind: 'always', level: { kind: 'objectExists', object: 'web' } },
    ] as const
    expect(said.map(each => message(() => resolveClauses([each], ROSTER, 'x.yaml:1:1'))).join('\n')).toMatchSnapshot()
  })
})

const template = {
  metadata: { labels: { app: 'web' } },
  spec: { containers: [{ name: 'app', image: 'app:1' }], terminationGracePeriodSeconds: 1 },
}
const workload = (kind: string, spec: object = {}): object => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { name: kind.toLowerCase() },
  spec: { selector: { matchLabels: { app: 'web', kind } }, template: labelled(kind), ...spec },
})
const labelled = (kind: string): object => ({ ...template, metadata: { labels: { app: 'web', kind } } })

describe('a rollout', () => {
  const run = scenario('rollouts', s =>
    s
      .nodes(2)
      .apply(workload('Deployment', { replicas: 3, progressDeadlineSeconds: 20 }))
      .apply(
        workload('StatefulSet', { replicas: 2, serviceName: 'x', updateStrategy: { rollingUpdate: { partition: 1 } } }),
      )
      .apply(workload('DaemonSet'))
      .at('60s')
      .setImage('deployment/deployment', 'app', 'app:2')
      .at('60s')
      .setImage('statefulset/statefulset', 'app', 'app:2')
      .at('60s')
      .setImage('daemonset/daemonset', 'app', 'app:2')
      .at('2m')
      .scale('deployment/deployment', 5)
      .at('3m')
      .setImage('deployment/deployment', 'app', 'app:none')
      .at('3m')
      .scale('statefulset/statefulset', 1)
      .horizon('5m'),
  ).run()

  test.each(['Deployment', 'StatefulSet', 'DaemonSet'])('of a %s is complete when kubectl says so', kind => {
    const trace: Trace = run.trace
    const path = `${kind}/default/${kind.toLowerCase()}`
    const turns = turnsOf(trace, path)
    expect(turns.length).toBeGreaterThan(2)
    for (const { time, isSo } of turns) {
      const state = stateAt(trace, time)
      const object = state.owner(trace.symbols.find(path) ?? -1)
      expect({ time, isSo }).toEqual({ time, isSo: statusOfRollout(object as never)?.state === 'done' })
    }
  })
})

/** Whether a rollout is complete after each instant of the run. */
function turnsOf(trace: Trace, path: string): readonly { readonly time: number; readonly isSo: boolean }[] {
  const { rows, symbols } = trace
  const clause = {
    kind: 'scoped',
    scope: { kind: 'afterQuiescence' },
    clause: { kind: 'always', level: { kind: 'complete', object: path } },
  } as const
  const turns: { time: number; isSo: boolean }[] = []
  const times = new Set(Array.from({ length: rows.length }, (_, row) => rows.timeOf(row)))
  for (const time of times) {
    const monitor = compileMonitors([clause], symbols, objectsOf(trace))
    for (let row = 0; row < rows.length && rows.timeOf(row) <= time; row++) {
      const { kind, object, a, b, c, cause } = rows.at(row)
      monitor.row(row, rows.timeOf(row), kind, object, a, b, c, cause)
    }
    const [{ kind }] = monitor.finish(time, 'quiescent')
    if (kind !== (turns.at(-1)?.isSo === true ? 'holds' : 'violated')) turns.push({ time, isSo: kind === 'holds' })
  }
  return turns
}

describe('an explanation', () => {
  const onlyTemplate = { spec: { ...template.spec, restartPolicy: 'Never' } }
  const { trace } = scenario('explained', s =>
    s
      .apply(workload('Deployment', { replicas: 2, progressDeadlineSeconds: 20 }))
      .apply({
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: { name: 'job' },
        spec: { backoffLimit: 0, template: onlyTemplate },
      })
      .behave('job/job', 'app', crashes().after('5s'))
      .behave('deployment/deployment', 'app', crashes().after('1s'))
      .at('30s')
      .scale('deployment/deployment', 3)
      .at('60s')
      .cordon('node-1')
      .horizon('2m'),
  ).run()

  test('says what an object had instead', () => {
    const lines = [
      'deployment/deployment is available within 60s',
      'whenever deployment/deployment is created, deployment/deployment is complete within 2s',
      'deployment/deployment has at least 3 available replicas within 5s',
      'never deployment/deployment has more than 2 replicas',
      'deployment/deployment goes through 0, 2, 4 replicas',
      'Available of deployment/deployment goes through False, True, False',
      'whenever job/job fails, job/job has exactly 2 failed pods immediately',
      'job/job completes',
      'job/job gets event BackoffLimitExceded',
      'always node/node-1 is not unschedulable',
      'node/node-1 is not ready within 10s',
      'node/node-1 is tainted with gone within 10s',
      'Raedy of node/node-1 goes through True',
      'whenever step 1 is carried out, deployment/deployment is deleted within 1s',
      'always deployment/deployment does not have Progressing=True with message "has timed"',
    ]
    const told = lines.map(line => {
      const clause = parseClause(line)
      const [verdict] = checkTrace([clause], trace)
      const { sentence, finding } = explain(clause, verdict, trace)
      return `${verdict.kind}: ${sentence}\n  ${finding}`
    })
    expect(told.join('\n')).toMatchSnapshot()
  })
})

function message(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    if (error instanceof PodwrightError) return error.message
    throw error
  }
  throw new Error('expected misuse')
}
