import { describe, expect, test } from 'vitest'
import type { Deployment } from '../../src/model/index.js'
import { parseBehaviourRule, parseStep, parseTraffic } from '../../src/scenario/index.js'
import { run, start } from '../../src/spec/index.js'
import { planTexts } from '../../src/spec/plan-texts.js'
import { ROW, type Row, requestsOf, type Trace } from '../../src/trace/index.js'

const SHOP = (lifecycle: string): string => `
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [ { port: 80, targetPort: 8080 } ] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 3
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: app
          image: app:1
          ports: [ { containerPort: 8080 } ]
          ${lifecycle}
          readinessProbe: { httpGet: { port: 8080 }, periodSeconds: 1 }
`

interface Words {
  readonly steps?: readonly string[]
  readonly traffic?: readonly string[]
  readonly behaviours?: readonly string[]
  readonly lifecycle?: string
  readonly files?: Readonly<Record<string, string>>
}

const rowsOf = ({ rows }: Trace): Row[] => Array.from({ length: rows.length }, (_, i) => rows.at(i))

/** The plan of the shop with what the command line would say. */
function shop({ steps = [], traffic = [], behaviours = [], lifecycle = '', files = {} }: Words) {
  const { plan, problems } = planTexts([{ name: 'shop.yaml', text: SHOP(lifecycle) }], {
    horizon: 300_000,
    steps: steps.map(line => ({ ...parseStep(line), where: '--step', whenWhere: '--step' })),
    traffic: traffic.map(line => ({ ...parseTraffic(line), where: '--traffic' })),
    behaviours: behaviours.map(line => parseBehaviourRule(line)),
    readApplied: path => [{ name: path, text: files[path] ?? '' }],
  })
  if (plan === undefined) throw problems[0]
  return plan
}

const SLEEP = 'lifecycle: { preStop: { sleep: { seconds: 5 } } }'
const NEW_IMAGE = ['60s: set image deployment/web app=app:2']
const TRAFFIC = ['service/web 50/s']

/** The Deployment, its ReplicaSets by image, and what was refused. */
function shopAt(words: Words, instant: `${number}s`) {
  const live = start(shop(words))
  live.runUntil(instant)
  const deployment = live.get('deployment/web') as Deployment
  const sets = live.list('ReplicaSet').map(set => {
    const { metadata, spec } = set as Deployment
    const { replicas, template } = spec
    return `${template.spec.containers[0].image}: ${replicas}, revision ${metadata.annotations?.['deployment.kubernetes.io/revision']}`
  })
  const refused = rowsOf(live.trace()).flatMap(({ kind, a }) =>
    kind === ROW.refused ? [live.trace().symbols.text(a)] : [],
  )
  return { deployment, sets: sets.sort(), refused }
}

describe('a rolling update under traffic', () => {
  test('loses the requests that are sent between SIGTERM and the news of it', () => {
    const [web] = requestsOf(run(shop({ steps: NEW_IMAGE, traffic: TRAFFIC })))
    expect(web.lost).toBeGreaterThan(0)
    expect([...new Set(web.losses.map(({ race }) => race))]).toEqual(['refused'])
    expect(web.sent).toBe(web.answered + web.lost)
  })

  test('loses none where pods sleep before they stop, whatever is left to chance', () => {
    const plan = shop({ steps: NEW_IMAGE, traffic: TRAFFIC, lifecycle: SLEEP })
    const seeds = [undefined, 1, 2, 3, 4, 5, 6, 7, 8]
    expect(seeds.map(seed => requestsOf(run(plan, { seed }))[0].lost)).toEqual(seeds.map(() => 0))
  })

  test('loses none where clients try again', () => {
    const [web] = requestsOf(run(shop({ steps: NEW_IMAGE, traffic: ['service/web 50/s retries 2'] })))
    expect([web.lost, web.retried > 0]).toEqual([0, true])
  })
})

describe('kubectl rollout', () => {
  test('restart notes the instant in the template, which is another one then', () => {
    const { deployment, sets } = shopAt({ steps: ['60s: rollout restart deployment/web'] }, '120s')
    expect(deployment.spec.template.metadata?.annotations).toEqual({
      'kubectl.kubernetes.io/restartedAt': '2025-01-01T00:01:00Z',
    })
    expect(sets).toEqual(['app:1: 0, revision 1', 'app:1: 3, revision 2'])
  })

  test('undo goes back to the template before the latest, or to the one that is asked for', () => {
    const steps = [...NEW_IMAGE, '90s: set image deployment/web app=app:3']
    const back = shopAt({ steps: [...steps, '120s: rollout undo deployment/web'] }, '200s')
    expect(back.sets).toEqual(['app:1: 0, revision 1', 'app:2: 3, revision 4', 'app:3: 0, revision 3'])
    const first = shopAt({ steps: [...steps, '120s: rollout undo deployment/web --to-revision=1'] }, '200s')
    expect(first.sets).toEqual(['app:1: 3, revision 4', 'app:2: 0, revision 2', 'app:3: 0, revision 3'])
    expect(first.deployment.spec.template.metadata?.labels).toEqual({ app: 'web' })
  })

  test('pause holds what is changed until resume', () => {
    const steps = ['50s: rollout pause deployment/web', ...NEW_IMAGE]
    expect(shopAt({ steps }, '200s').sets).toEqual(['app:1: 3, revision 1'])
    const resumed = shopAt({ steps: [...steps, '90s: rollout resume deployment/web'] }, '200s')
    expect(resumed.sets).toEqual(['app:1: 0, revision 1', 'app:2: 3, revision 2'])
  })

  test('is refused in the words of kubectl', () => {
    const steps = [
      '10s: rollout undo deployment/web',
      '11s: rollout undo deployment/web --to-revision=7',
      '12s: rollout resume deployment/web',
      '13s: rollout pause deployment/web',
      '14s: rollout pause deployment/web',
      '15s: rollout restart deployment/web',
      '16s: rollout resume deployment/web',
      '17s: rollout restart deployment/web',
      '17s: rollout restart deployment/web',
      '40s: rollout pause deployment/web',
      '41s: rollout undo deployment/web',
      '50s: delete deployment/web',
      '51s: scale deployment/web 2',
      '52s: rollout pause deployment/web',
    ]
    expect(shopAt({ steps }, '200s').refused.join('\n')).toMatchInlineSnapshot(`
      "no rollout history found for deployment "web"
      unable to find specified revision 7 in history
      deployments.apps "web" is not paused
      deployments.apps "web" is already paused
      deployments.apps "web" can't restart paused deployment (run rollout resume first)
      deployments.apps "web" if restart has already been triggered within the past second, please wait before attempting to trigger another
      you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume deployment/web' and try again
      deployments.apps "web" not found
      deployments.apps "web" not found"
    `)
  })

  test('is of workloads that a controller runs', () => {
    expect(() => shop({ steps: ['1m: rollout pause pod/web'] })).toThrowErrorMatchingInlineSnapshot(`
      [PodwrightError: --step: nothing is named "pod/web"
        hint: there are deployment/web]
    `)
    expect(() => shop({ steps: ['1m: scale deployment/wb 2'] })).toThrowErrorMatchingInlineSnapshot(`
      [PodwrightError: --step: nothing is named "deployment/wb"
        hint: the nearest is deployment/web]
    `)
  })
})

test('kubectl scale gives the Deployment another number of pods', () => {
  const { deployment, sets } = shopAt({ steps: ['60s: scale deployment/web --replicas=5'] }, '120s')
  expect([deployment.spec.replicas, deployment.status?.readyReplicas, ...sets]).toEqual([5, 5, 'app:1: 5, revision 1'])
})

describe('kubectl apply of a file', () => {
  const files = {
    'v2.yaml': SHOP('').replace('app:1', 'app:2'),
    'broken.yaml': '\nkind: Deployment\nspec: 1\n',
    'empty.yaml': '# nothing\n',
  }

  test('lays every manifest in it over what is there', () => {
    const { sets } = shopAt({ steps: ['60s: apply v2.yaml'], files }, '120s')
    expect(sets).toEqual(['app:1: 0, revision 1', 'app:2: 3, revision 2'])
  })

  test('does not make a Service twice', () => {
    const [service] = SHOP('').split('---')
    const plan = shop({ steps: ['60s: apply s.yaml', '90s: delete deployment/web'], files: { 's.yaml': service } })
    const told = rowsOf(run(plan)).filter(({ kind, time }) => kind === ROW.endpoints && time >= 60_000)
    expect(told.map(({ time }) => time >= 90_000)).toEqual(told.map(() => true))
    expect(new Set(told.map(({ a }) => a)).size).toBe(told.length)
  })

  test('tells mistakes at their place in it', () => {
    expect(() => shop({ steps: ['60s: apply broken.yaml'], files })).toThrowErrorMatchingInlineSnapshot(
      `[PodwrightError: broken.yaml:2:1: Object 'apiVersion' is missing in '{"kind":"Deployment","spec":1}']`,
    )
    expect(() => shop({ steps: ['60s: apply empty.yaml'], files })).toThrowErrorMatchingInlineSnapshot(
      `[PodwrightError: --step: expected manifests in empty.yaml, got none]`,
    )
  })
})

test('a pod of a Deployment waits for a Service', () => {
  const app = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: app }
spec:
  selector: { matchLabels: { app: app } }
  template:
    metadata: { labels: { app: app } }
    spec:
      initContainers: [ { name: wait, image: busybox:1 } ]
      containers: [ { name: main, image: main:1 } ]
`
  const behaviours = ['wait: waits for service/web every 1s', 'web/app: readiness fails until 20s']
  const trace = run(shop({ steps: ['1s: apply app.yaml'], files: { 'app.yaml': app }, behaviours }))
  const exits = rowsOf(trace).filter(
    ({ kind, object }) => kind === ROW.exit && trace.symbols.text(object).endsWith('/wait'),
  )
  expect(exits.map(({ time, b }) => [time > 20_000, b])).toEqual([[true, 0]])
})
