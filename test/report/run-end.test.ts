import { describe, expect, test } from 'vitest'
import { findRow, run, type Trace } from '../../src/index.js'
import { endDifferences, summary, timeline, workloadLines } from '../../src/report/index.js'
import { createNodes, parseBehaviourRule, parseStep } from '../../src/scenario/index.js'
import { planTexts } from '../../src/spec/index.js'

const labels = { app: 'web' }
const selector = { matchLabels: labels }
const probe = { httpGet: { port: 80 }, periodSeconds: 2 }
const template = {
  metadata: { labels },
  spec: { containers: [{ name: 'app', image: 'app:1', readinessProbe: probe }] },
}
const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: { replicas: 2, selector, template },
}
const budget = (minAvailable: number): object => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: 'web' },
  spec: { minAvailable, selector },
})
const bare = (spec: object): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web' },
  spec: { containers: [{ name: 'app', image: 'app:1' }], ...spec },
})

interface Said {
  readonly behave?: readonly string[]
  readonly steps?: readonly string[]
  readonly nodes?: number
  readonly horizon?: number
}

function traceOf(
  objects: readonly object[],
  { behave = [], steps = [], nodes = 1, horizon = 300_000 }: Said = {},
): Trace {
  const texts = objects.map((object, i) => ({ name: `${i}.json`, text: JSON.stringify(object) }))
  const { plan, problems } = planTexts(texts, {
    horizon,
    nodes: createNodes(nodes, 'nodes'),
    steps: steps.map(line => ({ ...parseStep(line), where: '--step', whenWhere: '--step' })),
    behaviours: behave.map(line => parseBehaviourRule(line)),
  })
  if (plan === undefined) throw problems[0]
  return run(plan)
}

const endOf = (objects: readonly object[], said: Said = {}): string =>
  summary(traceOf(objects, said)).slice(2).join('\n')

describe('what a run says at its end of a drain', () => {
  test('that a budget blocks: which, since when, and how often it was tried', () => {
    expect(endOf([deployment, budget(2)], { steps: ['30s: drain node-1'] })).toMatchInlineSnapshot(`
      "drain of node-1 (step 1) never ended: 2 of 2 pods still there
        blocked since 30.000s by the disruption budget web, which needs 2 healthy pods and has 2 currently: web-4f4966f554-6vpwt, web-4f4966f554-86gn8 (tried 55 times, every 5s until 5m0.000s)"
    `)
  })

  test('that gave up', () => {
    expect(endOf([deployment, budget(2)], { steps: ['30s: drain node-1 --timeout=1m'] })).toMatchInlineSnapshot(`
      "drain of node-1 (step 1) gave up at 1m30.000s, its timeout: 2 of 2 pods still there
        blocked since 30.000s by the disruption budget web, which needs 2 healthy pods and has 2 currently: web-4f4966f554-6vpwt, web-4f4966f554-86gn8 (tried 12 times, every 5s until 1m30.000s)"
    `)
  })

  test('that a budget held up for a while', () => {
    const steps = ['30s: drain node-1', '61s: scale deployment/web 4']
    expect(endOf([deployment, budget(2)], { steps, nodes: 2 })).toMatchInlineSnapshot(
      `"drain of node-1 (step 1) ended after 35.85s, at 1m5.850s, of which a budget held it up for 35s"`,
    )
  })

  test('that nothing held up, and one that found nothing to do', () => {
    const steps = ['30s: drain node-1', '2m: drain node-1']
    expect(endOf([deployment], { steps, nodes: 2 })).toMatchInlineSnapshot(`
      "drain of node-1 (step 1) ended after 850ms, at 30.850s
      drain of node-1 (step 2) found no pod to evict"
    `)
  })

  test('that kubectl did not begin', () => {
    expect(endOf([bare({})], { steps: ['30s: drain node-1'] })).toMatchInlineSnapshot(`
      "drain of node-1 (step 1) took no pod away: kubectl refuses
        cannot delete Pods declare no controller (use --force to override): default/web"
    `)
  })
})

describe('what a run says at its end of a pod', () => {
  test.each<[string, object, Said]>([
    [
      'that no node has room for',
      bare({ containers: [{ name: 'app', image: 'app:1', resources: { requests: { cpu: '999' } } }] }),
      {},
    ],
    ['whose scheduling gates hold it', bare({ schedulingGates: [{ name: 'x/y' }] }), {}],
    ['whose image cannot be pulled', bare({}), { behave: ['image app:1 does not exist'] }],
    ['that crashes', bare({}), { behave: ['web/app: exits 3 after 5s'] }],
    ['whose probe fails', bare({ containers: template.spec.containers }), { behave: ['web/app: readiness fails'] }],
    ['whose Secret is missing', bare({ volumes: [{ name: 's', secret: { secretName: 'keys' } }] }), {}],
    [
      'whose ConfigMap is missing',
      bare({ containers: [{ name: 'app', image: 'app:1', envFrom: [{ configMapRef: { name: 'env' } }] }] }),
      {},
    ],
    [
      'that selects nodes by labels that none has',
      bare({ nodeSelector: { disk: 'ssd', 'kubernetes.io/os': 'linux' } }),
      {},
    ],
    [
      'whose init container runs on',
      bare({ initContainers: [{ name: 'setup', image: 'app:1' }] }),
      { behave: ['web/setup: runs'] },
    ],
    ['that has failed', bare({ restartPolicy: 'Never' }), { behave: ['web/app: exits 3 after 5s'] }],
    ['that has succeeded', bare({ restartPolicy: 'Never' }), { behave: ['web/app: exits 0 after 5s'] }],
    ['that is well', bare({}), {}],
  ])('%s', (_, object, said) => {
    expect(endOf([object], said)).toMatchSnapshot()
  })

  test('of a node that is silent', () => {
    const stateful = { ...deployment, kind: 'StatefulSet', metadata: { name: 'db' } }
    const said = { nodes: 2, steps: ['30s: killKubelet node-1'], horizon: 600_000 }
    const [db, web] = [stateful, deployment].map(each => ({ ...each, spec: { ...each.spec, replicas: 1 } }))
    const daemon = { ...deployment, kind: 'DaemonSet', metadata: { name: 'agent' }, spec: { selector, template } }
    for (const each of [db, web]) expect(endOf([each, daemon], said)).toMatchSnapshot()
  })

  test('like others of many owners', () => {
    const pods = ['a', 'b', 'c', 'd'].map(name => ({ ...bare({ nodeSelector: { disk: 'ssd' } }), metadata: { name } }))
    expect(endOf(pods)).toMatchInlineSnapshot(
      `"pod/a and 3 like it: is Pending since 0.000s: the scheduler finds no node: 0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector; no node has the label disk=ssd"`,
    )
  })

  test('like others of its owner', () => {
    expect(endOf([deployment], { behave: ['web/app: exits 1 after 5s'] })).toMatchInlineSnapshot(
      `"pod/web-4f4966f554-6vpwt and 1 like it: waits: container app is in CrashLoopBackOff, back-off 2m40s, last exited 1"`,
    )
  })
})

test('a timeline calls numbers of workloads as the columns of kubectl do, and names who refuses', () => {
  const steps = ['30s: drain node-1', '40s: rollout pause deployment/web', '50s: rollout pause deployment/web']
  const trace = traceOf([deployment, budget(2)], { steps })
  const lines = timeline(trace, { columns: 160 }).filter(line => /deployment\/|replicaset\/|pdb\/|refused/.test(line))
  expect(lines.join('\n')).toMatchInlineSnapshot(`
    " 0.000s  deployment/web             created, ScalingReplicaSet: Scaled up replica set web-4f4966f554 from 0 to 2, revision 1, not       ← web-4f4966f554 2 pods
     0.000s  pdb/web                    created, NoPods: No matching pods found (×2 until 0.000s), 2 healthy wanted
     0.000s  replicaset/web-4f4966f554  created, SuccessfulCreate: Created pod: web-4f4966f554-6vpwt, SuccessfulCreate: Created pod:        ← web creation
     2.860s  replicaset/web-4f4966f554  2 ready, 2 available                                                                                ← app ready
     2.860s  pdb/web                    2 healthy                                                                                           ← app ready
     2.860s  deployment/web             2 ready, 2 available, Available, rolled out                                                         ← web-4f4966f554 2 ready
    30.000s  web-4f4966f554-6vpwt       eviction refused: the disruption budget web needs 2 healthy pods and has 2 currently                by step 1
    30.000s  web-4f4966f554-86gn8       eviction refused: the disruption budget web needs 2 healthy pods and has 2 currently                by step 1
    40.000s  deployment/web             spec changed: spec.paused, metadata.generation 2, Progressing=Unknown: DeploymentPaused,            by step 2
    45.000s  web-4f4966f554-6vpwt       eviction refused: the disruption budget web needs 2 healthy pods and has 2 currently                by step 1
    45.000s  web-4f4966f554-86gn8       eviction refused: the disruption budget web needs 2 healthy pods and has 2 currently                by step 1
    50.000s  deployment/web             refused by kubectl: deployments.apps "web" is already paused                                        by step 3
    55.000s  web-4f4966f554-6vpwt       eviction refused: the disruption budget web needs 2 healthy pods and has 2 currently                by step 1
    55.000s  web-4f4966f554-86gn8       eviction refused: the disruption budget web needs 2 healthy pods and has 2 currently                by step 1"
  `)
})

test('a pause is no rollout', () => {
  expect(
    workloadLines(traceOf([deployment], { steps: ['30s: rollout pause deployment/web'] })).join('\n'),
  ).toMatchInlineSnapshot(`
    "deployment/web   2 desired, 2 updated, 2 ready
                     rolled out in 2.86s, at 2.860s"
  `)
})

test('a workload wins over the budget of its name, which its kind names', () => {
  const trace = traceOf([deployment, budget(2)])
  const pathOf = (text: string): string | undefined => trace.objects.get(findRow(trace, text).object)?.path
  expect(
    ['web created', 'deploy/web created', 'pdb/web created', 'default/deployment/web created'].map(pathOf),
  ).toMatchInlineSnapshot(`
    [
      "Deployment/default/web",
      "Deployment/default/web",
      "PodDisruptionBudget/default/web",
      "Deployment/default/web",
    ]
  `)
})

test('the ends of two runs are compared by what each says, with what belongs to it', () => {
  const [calm, broken, again] = [[], ['web/app: readiness fails'], []].map(behave => traceOf([deployment], { behave }))
  const names = { left: 'a.yaml', right: 'b.yaml' }
  expect(endDifferences(calm, again, names)).toEqual([])
  expect(endDifferences(calm, broken, names).join('\n')).toMatchInlineSnapshot(`
    "At their ends, a.yaml (-) and b.yaml (+):
    - deployment/web   2 desired, 2 updated, 2 ready
    -                  rolled out in 2.86s, at 2.860s
    - Quiet since 4.860s: nothing more can happen until the horizon of 5m0s.
    - 2 pods, 0 restarts, 0 warning events, 87 rows
    + deployment/web   2 desired, 2 updated, 0 ready
    +                  not rolled out after 5m0s
    +                  warning events: Unhealthy 50
    + Cut at the horizon of 5m0s: more would happen after it.
    + 2 pods, 0 restarts, 50 warning events, 124 rows
    + pod/web-4f4966f554-6vpwt and 1 like it: runs and is not Ready: container app is not: Readiness probe failed: HTTP probe failed with statuscode: 500"
  `)
})

test('a timeline leaves the book-keeping of Jobs and of silent nodes out, but not what a step does', () => {
  const job = { spec: { template: { spec: { ...template.spec, restartPolicy: 'Never' } } } }
  const cron = {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'tick' },
    spec: { schedule: '* * * * *', jobTemplate: job },
  }
  const steps = ['70s: killKubelet node-1', '80s: label pod/web a=b']
  const lines = timeline(traceOf([cron, bare({})], { steps, nodes: 2 }), { columns: 250 })
  const told = lines.filter(line => /^ *1m/.test(line) && /tick\b.*active|job\/|node-1|spec changed/.test(line))
  expect(told.map(line => line.trim().replace(/ {2,}/g, '  ')).join('\n')).toMatchInlineSnapshot(`
    "1m0.100s  job/tick-28928161  created, SuccessfulCreate: Created pod: tick-28928161-jdsjm, 1 active  ← tick creation
    1m0.100s  cronjob/tick  SuccessfulCreate: Created job tick-28928161, active tick-28928161  ← creation
    1m0.100s  tick-28928161-jdsjm  created, scheduled to node-1, sandbox up with 10.244.0.2  ← tick-28928161 creation
    1m7.850s  job/tick-28928161  0 active, SuccessCriteriaMet=True: CompletionsReached, Reached expected number of succeeded pods, 1 succeeded, Complete=True: CompletionsReached, Reached expected number of  ← tick-28928161-jd…m phase Succeeded
    1m7.850s  cronjob/tick  SawCompletedJob: Saw completed job: tick-28928161, condition: Complete, active none  ← tick-28928161 1 succeeded
    1m10.000s  step 1  kill the kubelet of node-1
    1m20.000s  web  spec changed: metadata  by step 2
    1m57.500s  node node-1  Ready=Unknown: NodeStatusUnknown, Kubelet stopped posting node status., NodeNotReady: Node node-1 status is now: NodeNotReady, taints: node.kubernetes.io/unreachable:NoSchedule  by step 1
    1m57.500s  web  not Ready, NodeNotReady: Node is not ready  ← node-1 Ready=Unknown"
  `)
})
