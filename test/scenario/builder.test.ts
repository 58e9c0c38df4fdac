import { describe, expect, test } from 'vitest'
import { PodwrightError } from '../../src/errors/index.js'
import { pod, whenever } from '../../src/expect/index.js'
import {
  type BehaviourWords,
  crashes,
  createNode,
  exits,
  fails,
  formatBehaviourRule,
  hangs,
  ignores,
  image,
  isOOMKilled,
  manifest,
  type NodeWords,
  onTerm,
  type PodBuilder,
  readyAfter,
  runs,
  type ScenarioBuilder,
  type ScenarioDocument,
  sandbox,
  scenarioBuilder,
  stopsAfter,
  succeeds,
  takes,
} from '../../src/scenario/index.js'

/** What `spec` of the spec room does with its second argument, as far as the builder is concerned. */
const spec = (_title: string, build: (s: ScenarioBuilder) => { readonly document: ScenarioDocument }) =>
  build(scenarioBuilder()).document

const problemOf = (act: () => unknown): string => {
  try {
    act()
  } catch (error) {
    if (error instanceof PodwrightError) return error.message
    throw error
  }
  throw new Error('expected misuse')
}

describe('the examples of the vocabulary', () => {
  test('a pod of its own, with expectations about its containers', () => {
    const document = spec('init containers run one at a time, in order, before any app container', s =>
      s
        .pod('web', pod =>
          pod
            .init('migrate', exits(0).after('5s'))
            .init('seed', crashes().after('1s'), exits(0).after('3s')) // first start, second start
            .container('app', runs(), { readiness: succeeds().from('2s') }),
        )
        .expect(({ web }) => [
          web.phases('Pending', 'Running'),
          web.conditions({ Initialized: ['False', 'True'], Ready: ['False', 'True'] }),
          web.init('migrate').exited(0).precedes(web.init('seed').started()),
          web.init('seed').exited(0).precedes(web.container('app').started()),
        ]),
    )
    expect(document).toMatchInlineSnapshot(`
      {
        "behaviours": [
          {
            "behaviour": {
              "runs": [
                {
                  "exitAfter": 5000,
                  "exitCode": 0,
                  "isOomKilled": false,
                  "startError": null,
                },
              ],
            },
            "target": {
              "container": "migrate",
              "kind": "Pod",
              "name": "web",
            },
          },
          {
            "behaviour": {
              "runs": [
                {
                  "exitAfter": 1000,
                  "exitCode": 1,
                  "isOomKilled": false,
                  "startError": null,
                },
                {
                  "exitAfter": 3000,
                  "exitCode": 0,
                  "isOomKilled": false,
                  "startError": null,
                },
              ],
            },
            "target": {
              "container": "seed",
              "kind": "Pod",
              "name": "web",
            },
          },
          {
            "behaviour": {
              "readiness": [
                [
                  {
                    "from": 0,
                    "result": "failure",
                  },
                  {
                    "from": 2000,
                    "result": "success",
                  },
                ],
              ],
              "runs": [
                {
                  "exitAfter": null,
                  "exitCode": 0,
                  "isOomKilled": false,
                  "startError": null,
                },
              ],
            },
            "target": {
              "container": "app",
              "kind": "Pod",
              "name": "web",
            },
          },
        ],
        "expect": [
          {
            "kind": "phases",
            "phases": [
              "Pending",
              "Running",
            ],
            "pod": "web",
          },
          {
            "clauses": [
              {
                "kind": "conditions",
                "pod": "web",
                "statuses": [
                  "False",
                  "True",
                ],
                "type": "Initialized",
              },
              {
                "kind": "conditions",
                "pod": "web",
                "statuses": [
                  "False",
                  "True",
                ],
                "type": "Ready",
              },
            ],
            "kind": "allOf",
          },
          {
            "first": {
              "code": 0,
              "container": {
                "container": "migrate",
                "pod": "web",
              },
              "kind": "exited",
            },
            "kind": "precedes",
            "second": {
              "container": {
                "container": "seed",
                "pod": "web",
              },
              "kind": "started",
            },
          },
          {
            "first": {
              "code": 0,
              "container": {
                "container": "seed",
                "pod": "web",
              },
              "kind": "exited",
            },
            "kind": "precedes",
            "second": {
              "container": {
                "container": "app",
                "pod": "web",
              },
              "kind": "started",
            },
          },
        ],
        "manifests": [],
        "objects": [
          {
            "apiVersion": "v1",
            "kind": "Pod",
            "metadata": {
              "name": "web",
            },
            "spec": {
              "containers": [
                {
                  "image": "app:1",
                  "name": "app",
                  "readinessProbe": {
                    "exec": {
                      "command": [
                        "ready",
                      ],
                    },
                  },
                },
              ],
              "initContainers": [
                {
                  "image": "migrate:1",
                  "name": "migrate",
                },
                {
                  "image": "seed:1",
                  "name": "seed",
                },
              ],
            },
          },
        ],
        "steps": [],
      }
    `)
  })

  test('the manifests of a user, unchanged', () => {
    const document = spec('a drain slower than the grace period is cut short', s =>
      s
        .apply(manifest('web.yaml'))
        .behave('deployment/web', 'app', readyAfter('12s'), onTerm(stopsAfter('45s')))
        .at('60s')
        .delete('pod/web', { grace: '30s' })
        .expect(({ pod }) => [
          whenever(pod('web').deleted()).then(pod('web').container('app').killed('SIGKILL')).at('30s'),
        ]),
    )
    expect(document).toMatchInlineSnapshot(`
      {
        "behaviours": [
          {
            "behaviour": {
              "onTerm": {
                "exitAfter": 45000,
                "exitCode": 0,
              },
              "readiness": [
                [
                  {
                    "from": 0,
                    "result": "failure",
                  },
                  {
                    "from": 12000,
                    "result": "success",
                  },
                ],
              ],
            },
            "target": {
              "container": "app",
              "kind": "Deployment",
              "name": "web",
            },
          },
        ],
        "expect": [
          {
            "bound": {
              "kind": "at",
              "ms": 30000,
            },
            "kind": "response",
            "then": {
              "container": {
                "container": "app",
                "pod": "web",
              },
              "kind": "signalled",
              "signal": "SIGKILL",
            },
            "trigger": {
              "kind": "deleted",
              "pod": "web",
            },
          },
        ],
        "manifests": [
          "web.yaml",
        ],
        "objects": [],
        "steps": [
          {
            "action": "delete",
            "at": 60000,
            "gracePeriodSeconds": 30,
            "subject": "pod/web",
          },
        ],
      }
    `)
  })
})

describe('a pod', () => {
  const manifestOf = <C extends string, I extends string, S extends string>(
    build: (pod: PodBuilder) => PodBuilder<C, I, S>,
  ) => scenarioBuilder().pod('web', build).document.objects[0]

  test('takes the fields of a manifest, and its containers in the order in which they were said', () => {
    expect(
      manifestOf(it =>
        it
          .init('first', exits(0))
          .sidecar('proxy', runs(), { image: 'proxy:3', ports: [{ containerPort: 15000 }] })
          .init('second', exits(0))
          .container('app', runs(), { image: 'app:2', command: ['serve'], env: [{ name: 'A', value: '1' }] })
          .container('cache')
          .restartPolicy('OnFailure')
          .grace('1m30s')
          .spec({ nodeName: 'node-1', hostNetwork: true })
          .labels({ app: 'web' })
          .labels({ tier: 'front' })
          .annotations({ note: 'hand-made' })
          .namespace('shop'),
      ),
    ).toMatchInlineSnapshot(`
      {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {
          "annotations": {
            "note": "hand-made",
          },
          "labels": {
            "app": "web",
            "tier": "front",
          },
          "name": "web",
          "namespace": "shop",
        },
        "spec": {
          "containers": [
            {
              "command": [
                "serve",
              ],
              "env": [
                {
                  "name": "A",
                  "value": "1",
                },
              ],
              "image": "app:2",
              "name": "app",
            },
            {
              "image": "cache:1",
              "name": "cache",
            },
          ],
          "hostNetwork": true,
          "initContainers": [
            {
              "image": "first:1",
              "name": "first",
            },
            {
              "image": "proxy:3",
              "name": "proxy",
              "ports": [
                {
                  "containerPort": 15000,
                },
              ],
              "restartPolicy": "Always",
            },
            {
              "image": "second:1",
              "name": "second",
            },
          ],
          "nodeName": "node-1",
          "restartPolicy": "OnFailure",
          "terminationGracePeriodSeconds": 90,
        },
      }
    `)
  })

  test('gets a probe for each probe of which the answers are stated, and a hook for each hook', () => {
    expect(
      manifestOf(it =>
        it
          .container('app', runs(), {
            readiness: succeeds().from('2s'),
            liveness: [fails().from('30s'), succeeds()],
            startup: hangs().until('3s'),
            postStart: takes('2s'),
            preStop: fails(1),
            livenessProbe: { periodSeconds: 3, failureThreshold: 1 },
            startupProbe: { httpGet: { port: 80 } },
            lifecycle: { preStop: { httpGet: { port: 80 } } },
          })
          .container('ready', readyAfter('12s')),
      ),
    ).toMatchInlineSnapshot(`
      {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {
          "name": "web",
        },
        "spec": {
          "containers": [
            {
              "image": "app:1",
              "lifecycle": {
                "postStart": {
                  "exec": {
                    "command": [
                      "post-start",
                    ],
                  },
                },
                "preStop": {
                  "httpGet": {
                    "port": 80,
                  },
                },
              },
              "livenessProbe": {
                "exec": {
                  "command": [
                    "live",
                  ],
                },
                "failureThreshold": 1,
                "periodSeconds": 3,
              },
              "name": "app",
              "readinessProbe": {
                "exec": {
                  "command": [
                    "ready",
                  ],
                },
              },
              "startupProbe": {
                "httpGet": {
                  "port": 80,
                },
              },
            },
            {
              "image": "ready:1",
              "name": "ready",
              "readinessProbe": {
                "exec": {
                  "command": [
                    "ready",
                  ],
                },
              },
            },
          ],
        },
      }
    `)
  })

  test('states its behaviour as rules, one for each container of which something is said', () => {
    const { document } = scenarioBuilder().pod('web', it =>
      it
        .init('seed', crashes().after('1s'), exits(0).after('3s'))
        .container('app', isOOMKilled().after('1m'), runs().onTerm(ignores()), {
          readiness: [fails().until('12s').and(hangs().from('60s')), succeeds()],
          preStop: takes('20s').fails(3),
          onTerm: stopsAfter('45s', 2),
        })
        .container('quiet')
        .namespace('shop')
        .sandbox(sandbox().fails(2).diesAfter('1m')),
    )
    expect(document.behaviours.map(formatBehaviourRule)).toMatchInlineSnapshot(`
      [
        "shop/pod/web/seed: exits 1 after 1s, then exits 0 after 3s",
        "shop/pod/web/app: is OOMKilled after 1m0s, then runs and ignores SIGTERM; stops after 45s with 2 on SIGTERM; readiness fails until 12s and hangs from 1m0s, then succeeds; preStop takes 20s and fails with 3",
        "shop/pod/web: sandbox fails 2 times; sandbox dies after 1m0s",
      ]
    `)
  })

  test('refuses words of a probe that nobody has named', () => {
    const untyped = fails() as unknown as BehaviourWords
    expect(problemOf(() => scenarioBuilder().behave('deployment/web/app', untyped))).toMatchInlineSnapshot(`
      "behave deployment/web/app: expected how it behaves, got something else
        hint: what a probe or a hook does is said with its name: readiness(fails()), preStop(takes("5s"))"
    `)
  })

  test('refuses a second container of a name, an empty name, and behaviour that is said twice', () => {
    const name: string = 'app'
    expect([
      problemOf(() => manifestOf(it => it.init('app', exits(0)).container(name, runs()))),
      problemOf(() => manifestOf(it => it.container('', runs()))),
      problemOf(() => manifestOf(it => it.container('app', readyAfter('3s'), { readiness: fails() }))),
      problemOf(() => manifestOf(it => it.container('app', onTerm(ignores()), onTerm(stopsAfter('1s'))))),
      problemOf(() => manifestOf(it => it.container('app', runs()).grace('1500ms'))),
      problemOf(() => scenarioBuilder().pod('web', it => it.container('app', runs()).sandbox(sandbox()))),
      problemOf(() => {
        const first: string = 'web'
        const one = scenarioBuilder().pod(first, it => it.container('app', runs()))
        one.pod('web', it => it.container('app', runs()))
      }),
    ]).toMatchInlineSnapshot(`
      [
        "pod web: expected every container once, got "app" a second time",
        "pod web: expected the name of a container, got none",
        "pod web, container app: expected readiness once, got it 2 times
        hint: what successive starts answer stands in one word: readiness(first, second)",
        "pod web, container app: expected onTerm once, got it 2 times",
        "pod web, grace: expected whole seconds, the API knows no finer grace period, got 1.5s",
        "pod web, sandbox: expected how the sandbox behaves, got nothing
        hint: say it behind the name, such as .fails(2)",
        "pod: expected every pod once, got "web" a second time",
      ]
    `)
  })

  test('is not changed by what is built on it', () => {
    const base = scenarioBuilder().pod('web', it => it.container('app', runs()))
    base.pod('db', it => it.container('app', runs())).horizon('1m')
    expect(base.document.objects).toHaveLength(1)
    expect(base.document).not.toHaveProperty('horizon')
  })
})

describe('a scenario', () => {
  test('says its name, release, nodes, horizon, what it is about and which laws are off', () => {
    const { document } = scenarioBuilder('drain')
      .kubernetes('1.33')
      .nodes([{ name: 'a', cpu: '4', memory: '8Gi' }, { name: 'b' }])
      .horizon('5m')
      .describe('A drain.')
      .withoutLaw('ready-needs-phase-running')
      .withoutLaw('ready-needs-phase-running')
    expect(document).toMatchInlineSnapshot(`
      {
        "behaviours": [],
        "description": "A drain.",
        "expect": [],
        "horizon": 300000,
        "kubernetes": "1.33",
        "laws": {
          "off": [
            "ready-needs-phase-running",
          ],
        },
        "manifests": [],
        "name": "drain",
        "nodes": [
          {
            "cpu": "4",
            "memory": "8Gi",
            "name": "a",
          },
          {
            "name": "b",
          },
        ],
        "objects": [],
        "steps": [],
      }
    `)
  })

  test('takes manifests as files, objects and texts', () => {
    const { document } = scenarioBuilder().apply(
      manifest('web.yaml'),
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', labels: undefined } },
      'apiVersion: v1\nkind: Service\nmetadata: { name: web }\n---\n# nothing\n---\napiVersion: v1\nkind: Secret\n',
    )
    expect(document).toMatchInlineSnapshot(`
      {
        "behaviours": [],
        "expect": [],
        "manifests": [
          "web.yaml",
        ],
        "objects": [
          {
            "apiVersion": "v1",
            "kind": "ConfigMap",
            "metadata": {
              "name": "settings",
            },
          },
          {
            "apiVersion": "v1",
            "kind": "Service",
            "metadata": {
              "name": "web",
            },
          },
          {
            "apiVersion": "v1",
            "kind": "Secret",
          },
        ],
        "steps": [],
      }
    `)
  })

  test('refuses manifests that are none, and says what to write', () => {
    const cyclic: Record<string, unknown> = { apiVersion: 'v1', kind: 'Pod' }
    cyclic.self = cyclic
    const apply = (source: string | object) => problemOf(() => scenarioBuilder().apply(source))
    expect([
      apply('web.yaml'),
      apply(''),
      apply('a: [1\n'),
      apply({ kind: 'Pod' }),
      apply('apiVersion: podwright.dev/v1\nkind: Scenario\n'),
      apply('['.repeat(10_000)),
      apply(cyclic),
      problemOf(() => manifest('')),
      problemOf(() => scenarioBuilder().at('1s').apply(manifest('web.yaml'))),
    ]).toMatchInlineSnapshot(`
      [
        "apply: expected an object with apiVersion and kind, got "web.yaml"
        hint: a file is named by manifest('web.yaml')",
        "apply: expected manifests, got a text without one
        hint: a file is named by manifest('web.yaml')",
        "manifest:2:1: yaml: flow sequence in block collection must be sufficiently indented and end with a ]",
        "apply: expected an object with apiVersion and kind, got one without",
        "apply: expected manifests, got a Scenario
        hint: what a Scenario says is said here by words: behave, at, expect",
        "manifest:1:251: expected maps and lists at most 250 deep, got more",
        "scenario: expected maps and lists at most 250 deep, got more",
        "manifest: expected the path of a file, got none",
        "apply: expected an object or its text, got the file web.yaml
        hint: files are applied at the beginning; a step applies what stands in the scenario",
      ]
    `)
  })

  test('states behaviour by name, workload, label and image', () => {
    const { document } = scenarioBuilder()
      .behave('app', runs())
      .behave('web', 'app', crashes().after('2s'), runs())
      .behave('deployment/web', readyAfter('12s'))
      .behave('shop/deployment/web', 'app', onTerm(ignores()))
      .behave({ app: 'web' }, 'app', runs())
      .behave('[app=web,tier=front]', runs())
      .behave('*', readyAfter('1s'))
      .image(image('app:2').pullsIn('8s').fails(2).fails(1, 'timeout'), image('*').isPresent())
      .image(image('gone:1').doesNotExist())
    expect(document.behaviours.map(formatBehaviourRule)).toMatchInlineSnapshot(`
      [
        "app: runs",
        "web/app: exits 1 after 2s, then runs",
        "deployment/web: readiness fails until 12s",
        "shop/deployment/web/app: ignores SIGTERM",
        "[app=web]/app: runs",
        "[app=web,tier=front]: runs",
        "*: readiness fails until 1s",
        "*: image app:2 pulls in 8s; image app:2 fails 2 times, then once with "timeout"; image * is present",
        "*: image gone:1 does not exist",
      ]
    `)
    expect(document.behaviours[2].target).toEqual({ kind: 'Deployment', name: 'web' })
    expect(document.behaviours[1].target).toEqual({ name: 'web', container: 'app' })
  })

  test('refuses behaviour of nobody, and nothing said of somebody', () => {
    const nothing = [] as unknown as [BehaviourWords]
    expect([
      problemOf(() => scenarioBuilder().behave('web app', runs())),
      problemOf(() => scenarioBuilder().behave({}, runs())),
      problemOf(() => scenarioBuilder().behave('web/app', 'app', runs())),
      problemOf(() => scenarioBuilder().behave('web', 'app', ...nothing)),
      problemOf(() => scenarioBuilder().image(image('app:1'))),
      problemOf(() => scenarioBuilder().nodes(0)),
      problemOf(() => scenarioBuilder().horizon(0)),
      problemOf(() => scenarioBuilder().kubernetes('1.2' as '1.32')),
    ]).toMatchInlineSnapshot(`
      [
        "behave: expected CONTAINER, POD/CONTAINER, KIND/NAME, KIND/NAME/CONTAINER or [LABEL=VALUE]/CONTAINER, got "web app"",
        "behave: expected labels, got none
        hint: '*' is every regular container",
        "behave: expected the container once, got app in "web/app" and app",
        "behave: expected how it behaves, got nothing
        hint: such as readyAfter('12s')",
        "image: expected how image app:1 behaves, got nothing
        hint: say it behind the name, such as .pullsIn('8s')",
        "nodes: expected a number of nodes from 1 to 5000, got 0",
        "horizon: expected a horizon after the beginning, got 0",
        "kubernetes: expected a Kubernetes release (1.31, 1.32, 1.33, 1.34, 1.35), got "1.2"
        hint: the nearest is 1.31",
      ]
    `)
  })

  test('takes the quantities of nodes as numbers, too, and refuses what is none', () => {
    const node = (words: object) => scenarioBuilder().nodes([{ name: 'a' }, words as NodeWords])
    expect(node({ name: 'b', cpu: 2, memory: 1024, allocatable: { cpu: 1.5 } }).document.nodes).toEqual([
      { name: 'a' },
      { name: 'b', cpu: '2', memory: '1024', allocatable: { cpu: '1.5' } },
    ])
    const wrong = [
      { cpu: 2 },
      { name: 'b', cpu: true },
      { name: 'b', cpu: -1 },
      { name: 'b', memory: '8GB' },
      { name: 'b', pods: '110' },
      { name: 'b', labels: { disk: 1 } },
      { name: 'b', taints: { key: 'gpu' } },
      { name: 'b', allocatable: { cpu: null } },
      { name: 'b', cpus: 2 },
    ]
    const problems = [...wrong.map(words => problemOf(() => node(words))), problemOf(() => node('b' as never))]
    expect(`\n${problems.join('\n')}\n`).toMatchInlineSnapshot(`
      "
      nodes[1].name: expected the name of a node, got nothing
      nodes[1].cpu: expected a quantity such as 4, 500m or 8Gi, got true
      nodes[1].cpu: expected a quantity such as 4, 500m or 8Gi, got -1
      nodes[1].memory: expected a quantity such as 4, 500m or 8Gi, got "8GB"
      nodes[1].pods: expected a whole number of pods, got "110"
      nodes[1].labels.disk: expected the value of a label, got 1
      nodes[1].taints: expected a list of taints such as { key: "gpu", effect: "NoSchedule" }, got a mapping
      nodes[1].allocatable.cpu: expected a quantity such as 4, 500m or 8Gi, got nothing
      nodes[1]: unknown field "cpus" in a node
        hint: did you mean cpu?
      nodes[1]: expected a node such as { name: "a", cpu: 4 }, got "b"
      "
    `)
    expect(createNode({ name: 'a', cpu: 4 }).status.capacity?.cpu).toBe('4')
  })

  test('does things at instants', () => {
    const { document } = scenarioBuilder()
      .at('10s')
      .apply('apiVersion: v1\nkind: Secret\nmetadata: { name: key }\n')
      .at('20s')
      .patch('pod/web', { metadata: { labels: { a: 'b' } } })
      .at('30s')
      .patch('pod/web', [{ op: 'remove', path: '/metadata/labels/a' }])
      .at('40s')
      .patch('pod/web', { status: { phase: 'Failed' } }, { type: 'merge', subresource: 'status' })
      .at('50s')
      .setImage('pod/web', 'app', 'app:2')
      .at('60s')
      .cordon('node-1')
      .at('70s')
      .uncordon('node-1')
      .at('80s')
      .restartKubelet('node-1')
      .at('90s')
      .evict('deployment/web')
      .at(100_000)
      .delete('pod/web', { grace: 0 })
    expect(document.steps).toMatchInlineSnapshot(`
      [
        {
          "action": "apply",
          "at": 10000,
          "object": {
            "apiVersion": "v1",
            "kind": "Secret",
            "metadata": {
              "name": "key",
            },
          },
        },
        {
          "action": "patch",
          "at": 20000,
          "patch": {
            "metadata": {
              "labels": {
                "a": "b",
              },
            },
          },
          "patchType": "strategic",
          "subject": "pod/web",
        },
        {
          "action": "patch",
          "at": 30000,
          "patch": [
            {
              "op": "remove",
              "path": "/metadata/labels/a",
            },
          ],
          "patchType": "json",
          "subject": "pod/web",
        },
        {
          "action": "patch",
          "at": 40000,
          "patch": {
            "status": {
              "phase": "Failed",
            },
          },
          "patchType": "merge",
          "subject": "pod/web",
          "subresource": "status",
        },
        {
          "action": "setImage",
          "at": 50000,
          "container": "app",
          "image": "app:2",
          "subject": "pod/web",
        },
        {
          "action": "cordon",
          "at": 60000,
          "subject": "node-1",
        },
        {
          "action": "uncordon",
          "at": 70000,
          "subject": "node-1",
        },
        {
          "action": "restartKubelet",
          "at": 80000,
          "subject": "node-1",
        },
        {
          "action": "evict",
          "at": 90000,
          "subject": "deployment/web",
        },
        {
          "action": "delete",
          "at": 100000,
          "gracePeriodSeconds": 0,
          "subject": "pod/web",
        },
      ]
    `)
    expect(problemOf(() => scenarioBuilder().at('1s').delete('pod/web', { grace: '500ms' }))).toMatchInlineSnapshot(
      `"delete pod/web, grace: expected whole seconds, the API knows no finer grace period, got 500ms"`,
    )
  })

  test('does things when something happens, at once or later', () => {
    const { document } = scenarioBuilder()
      .pod('web', it => it.container('app', readyAfter('3s')))
      .when(({ web }) => web.container('app').ready().becomes())
      .then(it => it.delete('pod/web'))
      .when(({ pod }) => pod('web').deleted())
      .after('5s')
      .restartKubelet('node-1')
      .when(({ pod }) => pod('deployment/shop').evicted())
      .evict('pod/web')
    expect(document.steps).toMatchInlineSnapshot(`
      [
        {
          "action": "delete",
          "subject": "pod/web",
          "when": {
            "kind": "becomes",
            "level": {
              "container": {
                "container": "app",
                "pod": "web",
              },
              "kind": "ready",
            },
          },
        },
        {
          "action": "restartKubelet",
          "after": 5000,
          "subject": "node-1",
          "when": {
            "kind": "deleted",
            "pod": "web",
          },
        },
        {
          "action": "evict",
          "subject": "pod/web",
          "when": {
            "kind": "becomes",
            "level": {
              "kind": "condition",
              "pod": "deployment/shop",
              "status": "True",
              "type": "DisruptionTarget",
            },
          },
        },
      ]
    `)
  })

  test('names its pods in expectations as they are called, with their namespaces', () => {
    const { document } = scenarioBuilder()
      .pod('web-1', it => it.container('app', runs()).namespace('shop'))
      .pod('constructor', it => it.container('app', runs()))
      .expect(({ 'web-1': web, constructor: built, pod }) => [
        web.deleted(),
        built.deleted(),
        pod('web-1').deleted(),
        pod('other').deleted(),
      ])
    expect(
      document.expect.map(clause => clause.kind === 'eventually' && 'pod' in clause.what && clause.what.pod),
    ).toEqual(['shop/web-1', 'constructor', 'shop/web-1', 'other'])
  })

  test('keeps the words of each expectation, which know the line that they stand on', () => {
    const { document, expectations } = scenarioBuilder()
      .expect(() => [pod('web').deleted()])
      .expect(() => [whenever(pod('web').deleted()).then(pod('web').gone()).within('30s')])
    expect(expectations.map(({ clause }) => clause)).toEqual(document.expect)
    expect(expectations[1].stack).toMatch(/builder\.test\.ts:\d+:\d+/)
  })
})
