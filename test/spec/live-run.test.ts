import { describe, expect, test } from 'vitest'
import { planManifests, pod, Runner, run, start } from '../../src/index.js'
import { printScenario } from '../../src/scenario/index.js'
import { planTexts } from '../../src/spec/index.js'

const web = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', labels: { app: 'web' } },
  spec: {
    containers: [{ name: 'app', image: 'app:1', readinessProbe: { exec: { command: ['ready'] }, periodSeconds: 2 } }],
  },
}
const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'api', namespace: 'shop' },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'api' } },
    template: { metadata: { labels: { app: 'api' } }, spec: { containers: [{ name: 'main', image: 'main:1' }] } },
  },
}
const plan = planManifests([web, deployment], {
  behave: ['web/app: crashes after 20s, then runs; readiness fails until 3s', 'image app:1 pulls in 2s'],
  horizon: '5m',
  nodes: 2,
})

/** A run that does every kind of thing by hand, some of them at one instant and in the middle of others' instants. */
function driven(seed?: number) {
  const cluster = start(plan, { seed })
  cluster.runUntil('2s')
  cluster.cordon('node-2')
  cluster.apply({ ...web, metadata: { name: 'late' } }, { behave: 'late/app: exits 0 after 7s' })
  cluster.runUntil(pod('web').condition('Ready'))
  cluster.patch('web', { metadata: { labels: { tier: 'front' } } })
  cluster.delete('late', { grace: '1s' })
  cluster.runUntil(pod('web').container('app').exited())
  cluster.uncordon('node-2')
  cluster.evict(`shop/pod/${cluster.list('pods', { namespace: 'shop' })[0].metadata.name}`)
  cluster.restartKubelet('node-1')
  cluster.runUntil('1m')
  cluster.patch('pod/web', [{ op: 'replace', path: '/spec/containers/0/image', value: 'app:2' }])
  cluster.runUntil('2m')
  return cluster
}

describe('a run that is driven by hand', () => {
  test.each([undefined, 1, 2, 3, 4, 5, 6, 7, 8])('is the run of the plan that it left behind, with seed %s', seed => {
    const cluster = driven(seed)
    expect(run(cluster.plan(), { seed }).digest).toBe(cluster.trace().digest)
    expect(new Runner(cluster.plan()).run({ seed }).digest).toBe(cluster.trace().digest)
    cluster.runUntil('5m')
    expect(run(cluster.plan(), { seed }).digest).toBe(cluster.trace().digest)
  })

  test.each([undefined, 1, 2, 3, 4])(
    'can be printed as a Scenario that runs to the same digest, with seed %s',
    seed => {
      const cluster = driven(seed)
      const { plan: printed, problems } = planTexts([{ name: 'printed.yaml', text: cluster.toYaml() }])
      expect(problems).toEqual([])
      expect(run(printed!, { seed }).digest).toBe(cluster.trace().digest)
      expect(printScenario(cluster.scenario())).toBe(cluster.toYaml())
    },
  )

  test.each([undefined, 1, 2])('may create a pod again that is gone, with seed %s', seed => {
    const cluster = start(plan, { seed })
    cluster.runUntil('10s')
    cluster.delete('web', { grace: '0s' })
    cluster.apply(web, { behave: ['web/app: crashes after 20s, then runs; readiness fails until 3s'] })
    cluster.runUntil('20s')
    expect(cluster.get('pod/web')?.status?.startTime).toBe('2025-01-01T00:00:10Z')
    cluster.patch('web', { metadata: { labels: { again: 'yes' } } })
    cluster.delete('web', { grace: '1s' })
    cluster.runUntil('40s')
    cluster.apply(web, { behave: ['web/app: crashes after 20s, then runs; readiness fails until 3s'] })
    cluster.runUntil('2m')
    const { digest } = cluster.trace()
    expect(run(cluster.plan(), { seed }).digest).toBe(digest)
    expect(run(planTexts([{ name: 'printed.yaml', text: cluster.toYaml() }]).plan!, { seed }).digest).toBe(digest)
  })

  test('cannot be printed where pods of one name behave differently', () => {
    const cluster = start(plan)
    cluster.runUntil('10s')
    cluster.delete('web', { grace: '0s' })
    cluster.apply(web)
    expect(() => cluster.toYaml()).toThrowErrorMatchingInlineSnapshot(`
      [PodwrightError: scenario(): expected a run that a Scenario can say, got the pod default/web that behaves differently from an earlier pod of its name
        hint: plan() answers the same run as data]
    `)
  })

  test('shows what the API server has', () => {
    const cluster = start(plan)
    expect(cluster.get('web')).toBeUndefined()
    cluster.runUntil('10s')
    expect(cluster.get('pod/web')?.status?.phase).toBe('Running')
    expect(cluster.get('node/node-1')?.metadata.name).toBe('node-1')
    expect(cluster.list('pods').length).toBe(3)
    expect(cluster.list('pods', { labels: { app: 'web' } }).map(({ metadata }) => metadata.name)).toEqual(['web'])
    expect(cluster.list('pods', { namespace: 'shop' }).length).toBe(2)
    expect(cluster.events().length).toBeGreaterThan(5)
    cluster.apply({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'front' }, spec: { ports: [{ port: 80 }] } })
    expect(cluster.get('service/front')?.kind).toBe('Service')
    expect(cluster.list('services').length).toBe(1)
  })

  test('shows every kind that kubectl knows, by each of its names', () => {
    const container = { name: 'app', image: 'app:1' }
    const template = { metadata: { labels: { app: 'db' } }, spec: { containers: [container] } }
    const selector = { matchLabels: { app: 'db' } }
    const cluster = start(
      planManifests([
        {
          apiVersion: 'apps/v1',
          kind: 'StatefulSet',
          metadata: { name: 'db' },
          spec: { selector, serviceName: 'db', template },
        },
        {
          apiVersion: 'batch/v1',
          kind: 'Job',
          metadata: { name: 'load' },
          spec: { template: { spec: { restartPolicy: 'Never', containers: [container] } } },
        },
        {
          apiVersion: 'policy/v1',
          kind: 'PodDisruptionBudget',
          metadata: { name: 'db' },
          spec: { minAvailable: 1, selector },
        },
      ]),
    )
    cluster.runUntil('10s')
    const names = (kind: string): string =>
      cluster
        .list(kind)
        .map(it => `${it.kind}/${it.metadata.name}`)
        .join(' ')
    expect(
      ['sts', 'statefulsets', 'jobs', 'pdb', 'ds', 'hpa', 'cronjob', 'ns', 'pc', 'controllerrevisions'].map(names),
    ).toMatchInlineSnapshot(`
      [
        "StatefulSet/db",
        "StatefulSet/db",
        "Job/load",
        "PodDisruptionBudget/db",
        "",
        "",
        "",
        "Namespace/default Namespace/kube-node-lease Namespace/kube-public Namespace/kube-system",
        "PriorityClass/system-cluster-critical PriorityClass/system-node-critical",
        "ControllerRevision/db-84d6f6f588",
      ]
    `)
    expect(cluster.get('statefulset/db')?.kind).toBe('StatefulSet')
    expect(cluster.get('default/sts/db')).toEqual(cluster.get('statefulset/db'))
    expect(cluster.get('daemonset/db')).toBeUndefined()
    expect(cluster.get('namespace/kube-system')?.kind).toBe('Namespace')
  })

  test('finds pods by their namespace, present or gone', () => {
    const cluster = start(plan)
    expect(cluster.get('shop/web')).toBeUndefined()
    cluster.runUntil('5s')
    const [api] = cluster.list('pods', { namespace: 'shop' })
    expect(cluster.get(`shop/${api.metadata.name}`)).toEqual(api)
    expect(cluster.get(`shop/pod/${api.metadata.name}`)).toEqual(api)
  })

  test('is printed without what the defaults say, in whatever order the fields stand', () => {
    const [planned] = planManifests([web]).pods
    const app = planned.containers.app
    const turned = {
      ...planManifests([web]),
      pods: [
        {
          ...planned,
          sandbox: Object.fromEntries(Object.entries(planned.sandbox).toReversed()) as typeof planned.sandbox,
          containers: {
            app: {
              ...app,
              preStop: Object.fromEntries(Object.entries(app.preStop).toReversed()) as typeof app.preStop,
            },
          },
        },
      ],
    }
    expect(start(turned).toYaml()).toBe(start(planManifests([web])).toYaml())
  })

  test('waits for what happens from now on, and not for what is so already', () => {
    const cluster = start(plan)
    expect(cluster.runUntil(pod('web').container('app').started())).toBe('paused')
    expect(cluster.now).toBe(2000)
    expect(cluster.runUntil('container web/app is running')).toBe('paused')
    const { now } = cluster
    expect(cluster.runUntil(pod('web').container('app').running())).toBe('paused')
    expect(cluster.now).toBe(now)
    expect(cluster.runUntil(pod('web').container('app').started())).toBe('paused')
    expect(cluster.now).toBeGreaterThan(20_000)
  })

  test('is over when what it waits for never comes', () => {
    const cluster = start(plan)
    expect(cluster.runUntil(pod('web').gone())).toBe('quiescent')
    expect(() => cluster.delete('web')).toThrowErrorMatchingInlineSnapshot(`
      [PodwrightError: expected a run that goes on, got one that ended at 27.87s
        hint: it was run to its horizon of 5m0s: run until an instant before it]
    `)
  })

  test('patches and deletes workloads, whose controllers do the rest', () => {
    const cluster = start(plan)
    const images = () =>
      cluster.list('pods', { namespace: 'shop' }).map(({ metadata, spec }) => {
        return metadata.deletionTimestamp === undefined ? spec.containers[0].image : 'deleted'
      })
    cluster.runUntil('10s')
    cluster.patch('shop/deployment/api', {
      spec: { template: { spec: { containers: [{ name: 'main', image: 'main:2' }] } } },
    })
    cluster.runUntil('2m')
    expect(images()).toEqual(['main:2', 'main:2'])
    cluster.delete('shop/deployment/api')
    cluster.runUntil('150s')
    expect(images()).toEqual([])
    expect(run(planTexts([{ name: 'printed.yaml', text: cluster.toYaml() }]).plan!).digest).toBe(cluster.trace().digest)
  })

  test.each<[string, (cluster: ReturnType<typeof start>) => unknown]>([
    ['a pod that there is not', cluster => cluster.delete('wbe')],
    ['a node that there is not', cluster => cluster.cordon('node-3')],
    ['a kind that there is not', cluster => cluster.list('podz')],
    ['a name of a kind that there is not', cluster => cluster.get('foo/web')],
    ['a name of a misspelt kind', cluster => cluster.get('pdo/web')],
    ['a deletion of a workload that there is not', cluster => cluster.delete('deployment/api')],
    ['a pod of words', cluster => cluster.runUntil(pod('wbe').gone())],
    ['a text that says nothing', cluster => cluster.runUntil('container web/app is runing')],
    ['a duration', cluster => cluster.runUntil('5 minutes')],
    ['an instant that is over', cluster => cluster.runUntil('1ms')],
    ['a broken manifest', cluster => cluster.apply({ ...web, spec: { containers: [] } })],
    ['a fine grace', cluster => cluster.delete('web', { grace: '1500ms' })],
  ])('refuses %s, with the nearest word', (_, act) => {
    const cluster = start(plan)
    cluster.runUntil('10s')
    const { digest } = cluster.trace()
    expect(() => act(cluster)).toThrowErrorMatchingSnapshot()
    expect(cluster.trace().digest).toBe(digest)
    expect(cluster.plan().steps).toEqual([])
  })
})
