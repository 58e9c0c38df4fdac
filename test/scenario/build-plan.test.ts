import { describe, expect, test } from 'vitest'
import { loadManifests } from '../../src/manifest/index.js'
import {
  buildPlan,
  createNodes,
  type PlanOptions,
  parseBehaviourRule,
  parseScenario,
} from '../../src/scenario/index.js'

/** Builds the plan of a text; `steps` are those of a Scenario file, from its line 4 on. */
function planOf(text: string, options: PlanOptions & { readonly stepText?: string } = {}) {
  const { objects, problems } = loadManifests([{ name: 'm.yaml', text }])
  expect(problems).toEqual([])
  const { stepText, ...rest } = options
  if (stepText === undefined) return buildPlan(objects, rest)
  const file = `apiVersion: podwright.dev/v1\nkind: Scenario\nspec:\n  steps:\n${stepText}\n`
  const { scenario, problems: wrong } = parseScenario({ file: 's.yaml', text: file })
  expect(wrong.map(({ message }) => message)).toEqual([])
  return buildPlan(objects, { ...rest, steps: scenario!.steps })
}

const pod = (name: string, namespace = 'default') =>
  `---\napiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: { containers: [ { name: app, image: ${name}:1 } ] }\n`

const deployment = (name: string, replicas: number) => `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      containers:
        - name: app
          image: app:1
          resources: { limits: { memory: 1Gi } }
          readinessProbe: { tcpSocket: { port: 80 } }
          lifecycle: { preStop: { sleep: { seconds: 5 } }, postStart: { exec: { command: [x] } } }
`

const statefulSet = (replicas: number) => deployment('web', replicas).replace('kind: Deployment', 'kind: StatefulSet')

const rules = (...texts: string[]) => texts.map(text => parseBehaviourRule(text, '--behave'))

function refusal(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    return (error as Error).message
  }
  throw new Error('expected an error, got none')
}

describe('a plan', () => {
  test('of one pod has one roomy node, ten minutes and a behaviour for every container', () => {
    const plan = planOf(pod('web'))
    expect(plan).toMatchObject({ kubernetes: '1.32', horizon: 600_000, steps: [], objects: [] })
    expect(
      plan.nodes.map(({ metadata, status }) => [metadata.name, status.capacity?.pods, status.addresses?.[0].address]),
    ).toEqual([['node-1', '110', '172.18.0.2']])
    expect(Object.keys(plan.pods[0].containers)).toEqual(['app'])
    expect(plan.pods[0].origin).toEqual({ file: 'm.yaml', line: 2, column: 1 })
  })

  test('is frozen all the way down', () => {
    const plan = planOf(deployment('web', 2) + pod('db'))
    expect(Object.isFrozen(plan.pods[0].pod.spec.containers[0].resources)).toBe(true)
    expect(Object.isFrozen(plan.workloads?.[0].object.spec)).toBe(true)
    expect(Object.isFrozen(plan.nodes[0].status.capacity)).toBe(true)
    expect(() => Object.assign(plan.timing, { watch: 5 })).toThrow(TypeError)
  })

  test('is the same data however often it is built', () => {
    const text = deployment('web', 2) + pod('db')
    expect(JSON.stringify(planOf(text))).toBe(JSON.stringify(planOf(text)))
  })

  test('gives a StatefulSet to its controller, with the places of its fields', () => {
    const { pods, workloads = [] } = planOf(statefulSet(2))
    expect(pods).toEqual([])
    expect(workloads.map(({ object }) => object.kind)).toEqual(['StatefulSet'])
    const image = ['spec', 'template', 'spec', 'containers', 0, 'image'] as const
    expect(workloads[0].fieldOrigin?.(image)).toEqual({ file: 'm.yaml', line: 13, column: 11 })
  })

  test('gives a workload to its controller, with the rules that its pods are made by', () => {
    const stated = rules('web/app: exits 1 after 5s', 'db/app: runs', 'deployment/web@2/app: runs')
    const { pods, workloads, behaviours } = planOf(deployment('web', 2) + pod('db'), { behaviours: stated })
    expect(pods.map(({ pod: { metadata } }) => metadata.name)).toEqual(['db'])
    expect(workloads?.map(({ object, createdAt }) => [object.kind, object.metadata.name, createdAt])).toEqual([
      ['Deployment', 'web', 0],
    ])
    expect(workloads?.[0].fieldOrigin?.(['spec', 'replicas'])).toEqual({ file: 'm.yaml', line: 6, column: 3 })
    expect(behaviours?.rules.map(({ target }) => target)).toEqual([
      { name: 'web', container: 'app' },
      { kind: 'Deployment', name: 'web', revision: 2, container: 'app' },
    ])
  })

  test('has nodes with the labels that a cluster gives them, the old names of two of them included', () => {
    expect(createNodes(1)[0].metadata.labels).toEqual({
      'beta.kubernetes.io/arch': 'amd64',
      'beta.kubernetes.io/os': 'linux',
      'kubernetes.io/arch': 'amd64',
      'kubernetes.io/hostname': 'node-1',
      'kubernetes.io/os': 'linux',
    })
    const windows = 'apiVersion: v1\nkind: Node\nmetadata: { name: w, labels: { kubernetes.io/os: windows } }\n---\n'
    expect(planOf(windows + pod('web')).nodes[0].metadata.labels).toMatchObject({
      'beta.kubernetes.io/os': 'windows',
      'kubernetes.io/os': 'windows',
    })
  })

  test('takes nodes out of the manifests, unless it is told others', () => {
    const node =
      '---\napiVersion: v1\nkind: Node\nmetadata: { name: big, labels: { disk: ssd } }\nstatus: { capacity: { cpu: 128 } }\n'
    const [found] = planOf(node + pod('web')).nodes
    expect(found).toMatchObject({
      metadata: { name: 'big', labels: { disk: 'ssd', 'kubernetes.io/hostname': 'big' } },
      status: {
        capacity: { cpu: '128', memory: '256Gi' },
        allocatable: { cpu: '128' },
        conditions: [{ status: 'False' }, { status: 'False' }, { status: 'False' }, { type: 'Ready', status: 'True' }],
      },
    })
    expect(planOf(node + pod('web'), { nodes: createNodes(2) }).nodes.map(({ metadata }) => metadata.name)).toEqual([
      'node-1',
      'node-2',
    ])
  })

  test('keeps what pods refer to', () => {
    const configMap = '---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\n'
    expect(planOf(configMap + pod('web')).objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`)).toEqual([
      'ConfigMap/c',
    ])
  })
})

describe('assumptions', () => {
  test('are grouped, and only about what matters', () => {
    const text = deployment('web', 3) + deployment('api', 1) + pod('db') + deployment('old', 0)
    const { assumptions } = planOf(text, { behaviours: rules('db/app: runs', 'image db:1 is present') })
    expect(assumptions.map(({ subject, text }) => `${subject}: ${text}`)).toEqual([
      'Deployment/default/old: asks for 0 replicas: no pods',
      'web/app, api/app, old/app: runs on',
      'every container: SIGTERM ends it after 100ms with exit 0',
      'every probe: succeeds',
      'every hook: succeeds after 100ms',
      'app:1: absent at first, pulled in 500ms',
    ])
  })

  test('stay few, however many containers there are', () => {
    const text = Array.from({ length: 30 }, (_, index) => pod(`p${index}`)).join('')
    const { assumptions } = planOf(text, { behaviours: rules('p0/app: exits 0') })
    expect(assumptions.map(({ subject }) => subject)).toEqual([
      'p1/app, p2/app, p3/app, p4/app and 25 more',
      'every container',
      'every image',
    ])
  })
})

describe('steps', () => {
  const at = (plan: ReturnType<typeof planOf>) => plan.steps.map(({ at, do: what, ...rest }) => [at, what, rest])

  test('are in order of time, and a workload is itself where a controller runs it', () => {
    const plan = planOf(deployment('web', 2) + pod('db'), {
      stepText:
        '    - { at: 9s, delete: deployment/web }\n    - { at: 3s, evict: pod/db }\n    - { at: 4s, cordon: node-1 }',
    })
    expect(at(plan)).toEqual([
      [3000, 'evict', { pod: 'default/db' }],
      [4000, 'cordon', { node: 'node-1' }],
      [9000, 'deleteObject', { object: 'Deployment/default/web' }],
    ])
  })

  test('a StatefulSet’s pods are known by their ordinals, before there is one', () => {
    const stepText = '    - { at: 9s, delete: pod/web-1, gracePeriod: 5s }\n    - { at: 10s, evict: pod/web-7 }'
    const plan = planOf(statefulSet(2), { behaviours: rules('web-1/app: exits 1 after 5s'), stepText })
    expect(plan.behaviours?.rules).toHaveLength(1)
    expect(at(plan)).toEqual([
      [9000, 'delete', { pod: 'default/web-1', gracePeriodSeconds: 5 }],
      [10_000, 'evict', { pod: 'default/web-7' }],
    ])
  })

  test('patch a workload, set its image, apply it again, evict its pods', () => {
    const plan = planOf(deployment('web', 2), {
      stepText: `    - { at: 1s, patch: deployment/web, with: { spec: { replicas: 3 } } }
    - { at: 2s, setImage: deployment/web, container: app, image: "app:2" }
    - { at: 3s, evict: deployment/web }
    - { at: 4s, delete: deployment/web }`,
    })
    const object = 'Deployment/default/web'
    const template = { spec: { containers: [{ name: 'app', image: 'app:2' }] } }
    expect(at(plan)).toEqual([
      [1000, 'patchObject', { object, type: 'strategic', patch: { spec: { replicas: 3 } } }],
      [2000, 'patchObject', { object, type: 'strategic', patch: { spec: { template } } }],
      [3000, 'evict', { pod: object }],
      [4000, 'deleteObject', { object }],
    ])
  })

  test('give a workload no grace that its pods would not have', () => {
    const stepText = '    - { at: 9s, delete: deployment/web, gracePeriod: 5s }'
    expect(refusal(() => planOf(deployment('web', 2), { stepText }))).toMatchInlineSnapshot(`
      "s.yaml:5:7: expected no grace period for Deployment/default/web, got 5 s
        hint: its pods are deleted by the garbage collector, each with its own"
    `)
  })

  test('apply creates pods with their behaviour, objects, and patches what exists', () => {
    const plan = planOf(pod('web'), {
      behaviours: rules('late/app: exits 3 after 1s'),
      stepText: `    - at: 2s
      apply: { apiVersion: v1, kind: ConfigMap, metadata: { name: c } }
    - at: 3s
      apply:
        apiVersion: v1
        kind: Pod
        metadata: { name: late }
        spec: { containers: [ { name: app, image: late:1 } ] }
    - at: 4s
      apply:
        apiVersion: v1
        kind: Pod
        metadata: { name: web, labels: { a: b } }
        spec: { containers: [ { name: app, image: web:2 } ] }
`,
    })
    expect(plan.pods).toHaveLength(1)
    expect(plan.steps.map(step => step.do)).toEqual(['createObject', 'create', 'patch'])
    const [, create, patch] = plan.steps
    expect(create).toMatchObject({ at: 3000, pod: { createdAt: 3000, origin: { file: 's.yaml', line: 9 } } })
    expect(create.do === 'create' && create.pod.containers.app.runs[0]).toMatchObject({ exitCode: 3, exitAfter: 1000 })
    expect(patch).toMatchObject({ pod: 'default/web', type: 'strategic', patch: { metadata: { labels: { a: 'b' } } } })
  })

  test.each([
    [
      'a pod that does not exist',
      '    - { at: 1s, delete: pod/wbe }',
      's.yaml:5:7: nothing is named "pod/wbe"\n  hint: the nearest is pod/web',
    ],
    [
      'a container',
      '    - { at: 1s, delete: pod/web/app }',
      's.yaml:5:7: expected a pod or workload such as pod/web or deployment/web, got "pod/web/app"\n  hint: with a namespace, write shop/pod/web',
    ],
    [
      'a name in two namespaces',
      '    - { at: 1s, delete: twin }',
      's.yaml:5:7: "twin" is in the namespaces a and b\n  hint: write a/pod/twin',
    ],
    [
      'a node',
      '    - at: 1s\n      apply: { apiVersion: v1, kind: Node, metadata: { name: big } }',
      's.yaml:5:7: expected an object that can be created during a run, got a Node\n  hint: nodes are given with `nodes:` or --nodes',
    ],
  ])('that name %s are refused', (_, stepText, message) => {
    expect(refusal(() => planOf(pod('web') + pod('twin', 'a') + pod('twin', 'b'), { stepText }))).toBe(message)
  })

  test('behind the horizon are told', () => {
    const { assumptions } = planOf(pod('web'), { horizon: 1000, stepText: '    - { at: 2s, delete: pod/web }' })
    expect(assumptions[0]).toEqual({ subject: 'one step', text: 'behind the horizon: not carried out' })
  })
})

describe('limits', () => {
  test('two pods of one name are a conflict', () => {
    const { objects } = loadManifests([{ name: 'm.yaml', text: pod('web') }])
    expect(refusal(() => buildPlan([...objects, ...objects]))).toBe(
      'm.yaml:2:1: expected Pod/default/web once, got it twice\n  hint: the other one stands at m.yaml:2:1',
    )
  })

  test('so many pods are too many', () => {
    expect(refusal(() => planOf(deployment('a', 149_999) + deployment('b', 2)))).toBe(
      'm.yaml:18:1: expected at most 150000 pods, got 150001 with Deployment/default/b\n  hint: lower the replicas, or run the files one by one',
    )
  })
})
