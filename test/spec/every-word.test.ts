import { expect, test } from 'vitest'
import type { ClauseWords } from '../../src/index.js'
import {
  crashes,
  deployment,
  exactly,
  exits,
  fails,
  image,
  type Level,
  node,
  not,
  type Occurrence,
  pod,
  request,
  runs,
  sandbox,
  scenario,
  step,
  stopsAfter,
  succeeds,
  takes,
  whenever,
} from '../../src/index.js'

const web = pod('web')
const app = web.container('app')

/** One run in which everything that a word can speak of comes up. */
const busy = scenario('busy', s =>
  s
    .pod('web', p =>
      p
        .init('migrate', crashes().after('1s'), exits(0).after('2s'))
        .container('app', crashes().after('30s'), runs().onTerm(stopsAfter('60s')), {
          startup: succeeds().from('2s'),
          readiness: succeeds().from('5s'),
          liveness: fails().from('70s'),
          postStart: takes('1s'),
          preStop: fails(1),
        })
        .labels({ app: 'web' }),
    )
    .image(image('app:1').fails(1))
    .apply({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'front' },
      spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
    })
    .traffic('service/front', '1/s')
    .at('4m')
    .delete('pod/web', { grace: '5s' })
    .at('5m')
    .delete('pod/web')
    .horizon('10m'),
)
const dying = scenario('dying', s =>
  s.pod('web', p => p.container('app', runs())).behave('web', sandbox().diesAfter('20s')),
)

const cpu = { resources: { requests: { cpu: '3' } } }
/** A pod that comes later and needs the room of another: the word of preemption comes up only there. */
const preempting = scenario('preempting', s =>
  s
    .apply({ apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'high' }, value: 10 })
    .nodes([{ name: 'node-1', cpu: '4' }])
    .pod('low', p => p.container('app', runs(), cpu))
    .at('10s')
    .pod('web', p => p.container('app', runs(), cpu).spec({ priorityClassName: 'high' })),
)

const rolled = deployment('roll')
/** A workload that is patched wrongly, scaled and deleted, on nodes that change. */
const rolling = scenario('rolling', s =>
  s
    .nodes(2)
    .apply({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'roll' },
      spec: {
        replicas: 2,
        selector: { matchLabels: { app: 'roll' } },
        template: {
          metadata: { labels: { app: 'roll' } },
          spec: { containers: [{ name: 'app', image: 'app:1' }] },
        },
      },
    })
    .at('10s')
    .patch('deployment/roll', { spec: { selector: { matchLabels: { app: 'other' } } } })
    .at('20s')
    .cordon('node-2')
    .at('30s')
    .taint('node-2', 'gone=soon:NoSchedule')
    .at('60s')
    .request({ delete: 'deployment/roll', propagation: 'Foreground' }),
)

const OCCURRENCES: Readonly<Record<Exclude<Occurrence['kind'], 'anyOf' | 'when' | 'becomes'>, ClauseWords>> = {
  started: app.started().at('9s', { tolerance: '30s' }),
  exited: app.exited(1).within('10m'),
  signalled: app.signalled('SIGTERM').within('10m'),
  probed: app.probe('readiness').succeeded().within('10m'),
  hookStarted: app.hook('postStart').started().within('10m'),
  hookEnded: app.hook('postStart').ended().within('10m'),
  hookFailed: app.hook('preStop').failed().within('10m'),
  pullStarted: web.pullStarted('app:1').within('10m'),
  pulled: web.pulled('app:1').within('10m'),
  pullFailed: web.pullFailed('app:1').within('10m'),
  sandboxCreated: web.sandboxCreated().within('10m'),
  sandboxDied: web.sandboxDied().within('10m'),
  created: web.created().within('10m'),
  gone: web.gone().within('10m'),
  deleted: web.deleted().within('10m'),
  event: web.event('Unhealthy').within('10m'),
  refused: web.refused('not found').within('10m'),
  stepRefused: step(2).refused('not found').within('10m'),
  stepDone: step(2).done().at('20s'),
  objectCreated: rolled.created().at('0s'),
  objectDeleted: rolled.deleted().at('60s'),
  objectGone: rolled.gone().within('10m'),
  objectEvent: rolled.event('ScalingReplicaSet').within('10m'),
  objectRefused: rolled.refused('field is immutable').at('10s'),
  requestFailed: request('front').dropped('refused').within('10m'),
  requestAnswered: request('front').ok().within('10m'),
}

const LEVELS: Readonly<Record<Exclude<Level['kind'], 'not' | 'and' | 'or' | 'once' | 'since'>, ClauseWords>> = {
  phase: web.phase('Running').within('10m'),
  condition: web.condition('Ready').within('10m'),
  exists: web.exists().within('10m'),
  terminating: web.terminating().within('10m'),
  scheduled: web.scheduledOn('node-1').within('10m'),
  nominated: web.nominatedTo('node-1').within('10m'),
  qosClass: web.qosClass('BestEffort').within('10m'),
  podIP: web.podIP().within('10m'),
  running: app.running().within('10m'),
  ready: app.ready().within('10m'),
  startedUp: app.startedUp().within('10m'),
  waiting: app.waiting('PodInitializing').within('10m'),
  terminated: app.terminated({ exitCode: 1 }).within('10m'),
  restartCount: app.restartCount().atLeast(1).within('10m'),
  endpoint: web.endpoint('front').ready().within('10m'),
  alive: app.alive().within('10m'),
  objectExists: rolled.exists().until(rolled.gone()).after(rolled.created()),
  objectTerminating: whenever(rolled.deleted()).then(rolled.terminating()).immediately(),
  objectCondition: whenever(rolled.created()).then(rolled.available()).within('60s'),
  objectCount: whenever(rolled.created()).then(rolled.available().atLeast(2)).within('60s'),
  complete: rolled.complete().becomes().within('60s'),
  unschedulable: not(node('node-2').unschedulable()).until(step(2).done()),
  tainted: node('node-2').tainted('gone=soon:NoSchedule').at('40s'),
}

/** The scenarios of the words that do not come up in the busy one. */
const SPECIAL: Readonly<Record<string, typeof busy>> = {
  sandboxDied: dying,
  nominated: preempting,
  ...Object.fromEntries(
    [...Object.keys(OCCURRENCES), ...Object.keys(LEVELS)]
      .filter(kind => kind.startsWith('object') || ['complete', 'stepDone', 'tainted', 'unschedulable'].includes(kind))
      .map(kind => [kind, rolling]),
  ),
}

test.each([...Object.entries(OCCURRENCES), ...Object.entries(LEVELS)])(
  '%s comes up in a run of the engine',
  (kind, words) => {
    const run = (SPECIAL[kind] ?? busy).run()
    expect(run.check(words)).toMatchObject([{ verdict: { kind: 'holds' } }])
  },
)

test.each([
  ['that names its node first', 'node-1', undefined],
  ['that names its node later', undefined, 'node-1'],
])('a pod %s is bound from the row that binds it on, in each of its lives', (_, first, second) => {
  const web = (nodeName: string | undefined) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web' },
    spec: { ...(nodeName === undefined ? {} : { nodeName }), containers: [{ name: 'app', image: 'app:1' }] },
  })
  const named = pod('web')
  const run = scenario('twice', s =>
    s.apply(web(first)).at('1m').delete('pod/web', { grace: '0s' }).at('2m').apply(web(second)),
  ).run()
  const isBound = named.scheduledOn('node-1')
  const becomes = isBound.becomes()
  const words = [exactly(2, becomes), isBound.at('90s'), isBound.afterQuiescence()]
  const verdicts = words.flatMap(each => run.check(each)).map(({ verdict }) => verdict.kind)
  expect(verdicts).toEqual(['holds', 'violated', 'holds'])
})
