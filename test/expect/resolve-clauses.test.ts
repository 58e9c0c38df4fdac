import { describe, expect, test } from 'vitest'
import { type Clause, type Level, type Roster, resolveClauses, rosterOf } from '../../src/expect/index.js'
import { crashingWeb } from '../trace/crashing-web.js'

const app = { name: 'app', role: 'container' } as const
const roster: Roster = {
  pods: [
    {
      namespace: 'default',
      name: 'web',
      containers: [{ name: 'migrate', role: 'init' }, app, { name: 'log', role: 'sidecar' }],
    },
    { namespace: 'shop', name: 'api-1', owner: 'Deployment/shop/api', containers: [app] },
    { namespace: 'shop', name: 'api-2', owner: 'Deployment/shop/api', containers: [app] },
    { namespace: 'a', name: 'twin', containers: [] },
    { namespace: 'b', name: 'twin', containers: [] },
  ],
  nodes: ['node-1'],
  services: ['default/web', 'shop/api'],
}
const resolve = (clause: Clause): Clause => resolveClauses([clause], roster, 'shop.yaml:3:5')[0]
const phases = (pod: string): Clause => ({ kind: 'phases', pod, phases: ['Pending'] })
const never = (what: Level): Clause => ({ kind: 'never', what })

describe('Names in clauses', () => {
  test('a pod is called by its name, with its namespace, with its kind', () => {
    for (const name of ['web', 'default/web', 'pod/web', 'po/web', 'default/pod/web', 'Pod/default/web']) {
      expect(resolve(phases(name))).toEqual(phases('default/web'))
    }
  })

  test('a clause about a workload is one about each of its pods, the same in all places', () => {
    const clause: Clause = {
      kind: 'precedes',
      first: { kind: 'created', pod: 'deploy/api' },
      second: { kind: 'gone', pod: 'shop/deployment/api' },
    }
    const of = (pod: string): Clause => ({
      kind: 'precedes',
      first: { kind: 'created', pod },
      second: { kind: 'gone', pod },
    })
    expect(resolve(clause)).toEqual({ kind: 'allOf', clauses: [of('shop/api-1'), of('shop/api-2')] })
  })

  test('a container without a pod is the only one of its name', () => {
    const clause: Clause = { kind: 'monotonic', container: { container: 'log' } }
    expect(resolve(clause)).toEqual({ kind: 'monotonic', container: { pod: 'default/web', container: 'log' } })
  })

  test('* is any container of the pod', () => {
    const level = (container: string): Level => ({ kind: 'ready', container: { pod: 'default/web', container } })
    expect(resolve(never({ kind: 'ready', container: { pod: 'web', container: '*' } }))).toEqual(
      never({ kind: 'or', levels: [level('migrate'), level('app'), level('log')] }),
    )
  })

  test('a clause for each container is all of them, or those of a role', () => {
    const clause: Clause = {
      kind: 'eachContainer',
      pod: 'web',
      clause: { kind: 'monotonic', container: { container: '@each' } },
    }
    const of = (container: string): Clause => ({ kind: 'monotonic', container: { pod: 'default/web', container } })
    expect(resolve(clause)).toEqual({ kind: 'allOf', clauses: [of('migrate'), of('app'), of('log')] })
    expect(resolve({ ...clause, role: 'sidecar' })).toEqual({ kind: 'allOf', clauses: [of('log')] })
  })

  test('a Service is found in the namespace of the pod first', () => {
    const level = (service: string, pod: string): Level => ({ kind: 'endpoint', service, pod, condition: 'ready' })
    expect(resolve(never(level('web', 'web')))).toEqual(never(level('default/web', 'default/web')))
    expect(resolve(never(level('api', 'web')))).toEqual(never(level('shop/api', 'default/web')))
  })

  test('what is resolved stays as it is', () => {
    const clause: Clause = {
      kind: 'allOf',
      clauses: [phases('deployment/api'), { kind: 'orVacuous', clause: phases('web') }],
    }
    expect(resolve(resolve(clause))).toEqual(resolve(clause))
  })

  test('a trace knows who took part', () => {
    expect(rosterOf(crashingWeb())).toMatchInlineSnapshot(`
      {
        "nodes": [
          "node-1",
        ],
        "objects": [],
        "pods": [
          {
            "containers": [
              {
                "name": "migrate",
                "role": "init",
              },
              {
                "name": "app",
                "role": "container",
              },
            ],
            "name": "web",
            "namespace": "default",
            "owner": undefined,
          },
        ],
        "services": [],
        "workloads": [],
      }
    `)
  })
})

describe('Mistakes in clauses', () => {
  const message = (clause: unknown): string => {
    try {
      resolve(clause as Clause)
    } catch (error) {
      return (error as Error).message
    }
    return 'no error'
  }

  test('names that nobody has are answered with the nearest one', () => {
    expect(
      [
        phases('wev'),
        phases('api'),
        phases('deployment/apy'),
        phases('twin'),
        { kind: 'monotonic', container: { pod: 'web', container: 'ap' } },
        { kind: 'monotonic', container: { container: 'app' } },
        never({ kind: 'scheduled', pod: 'web', node: 'node-2' }),
        never({ kind: 'endpoint', service: 'wbe', pod: 'web', condition: 'ready' }),
      ]
        .map(message)
        .join('\n'),
    ).toMatchInlineSnapshot(`
      "shop.yaml:3:5: expected a pod, got "wev"
        hint: did you mean web? known: web, shop/api-1, shop/api-2, a/twin, b/twin, shop/deployment/api
      shop.yaml:3:5: expected a pod, got "api"
        hint: did you mean shop/deployment/api? known: web, shop/api-1, shop/api-2, a/twin, b/twin, shop/deployment/api
      shop.yaml:3:5: expected a pod, got "deployment/apy"
        hint: did you mean deployment/api? known: web, shop/api-1, shop/api-2, a/twin, b/twin, shop/deployment/api
      shop.yaml:3:5: expected one object, got "twin", which 2 are called
        hint: write one of a/twin, b/twin
      shop.yaml:3:5: expected a container of pod web, got "ap"
        hint: did you mean app? known: migrate, app, log
      shop.yaml:3:5: expected one container, got "app", which 3 are called
        hint: write one of web/app, shop/api-1/app, shop/api-2/app
      shop.yaml:3:5: expected a node, got "node-2"
        hint: did you mean node-1? known: node-1
      shop.yaml:3:5: expected a Service, got "wbe"
        hint: did you mean web? known: default/web, shop/api"
    `)
  })

  test('clauses that make no sense are refused', () => {
    expect(
      [
        { kind: 'alwasy' },
        null,
        never({ kind: 'redy' } as never),
        { kind: 'stays', level: { kind: 'exists', pod: 'web' }, ms: 1.5 },
        { kind: 'eventually', what: { kind: 'created', pod: 'web' }, bound: { kind: 'for', ms: 5 } },
        { kind: 'count', is: 'atMost', count: -1, what: { kind: 'created', pod: 'web' } },
        { kind: 'monotonic', container: { pod: 'web', container: '*' } },
        { kind: 'monotonic', container: { container: '@each' } },
        { kind: 'scoped', scope: { kind: 'untill' }, clause: phases('web') },
      ]
        .map(message)
        .join('\n'),
    ).toMatchInlineSnapshot(`
      "shop.yaml:3:5: expected a kind of clause, got "alwasy"
        hint: did you mean always?
      shop.yaml:3:5: expected a kind of clause, got none
        hint: there are: always, never, stays, count, monotonic, eventually, response, precedes, notBefore, inOrder, phases, conditions, states, gaps, until, scoped, eachContainer, allOf, orVacuous, objectConditions, objectCounts
      shop.yaml:3:5: expected a level or an occurrence, got "redy"
        hint: did you mean ready?
      shop.yaml:3:5: expected whole milliseconds, at least 0, for how long it stays, got 1.5
      shop.yaml:3:5: expected something that can be so for a while, got created, which happens at an instant
        hint: say within, at, after or noSoonerThan of what happens
      shop.yaml:3:5: expected a whole number, at least 0, got -1
      shop.yaml:3:5: expected one container for monotonic, got *
        hint: say it of each container
      shop.yaml:3:5: expected @each inside a clause for each container, got it outside
      shop.yaml:3:5: expected a scope, got "untill"
        hint: there are: after, before, between, while, afterQuiescence"
    `)
  })

  test('nesting and writing out have an end', () => {
    let level: Level = { kind: 'exists', pod: 'web' }
    for (let i = 0; i < 10_000; i++) level = { kind: 'not', level }
    expect(message(never(level))).toMatchInlineSnapshot(
      `"shop.yaml:3:5: expected a clause nested at most 64 deep, got a deeper one"`,
    )
    const pods = Array.from({ length: 400 }, (_, i) => [
      { namespace: 'x', name: `a-${i}`, owner: 'ReplicaSet/x/a', containers: [] },
      { namespace: 'x', name: `b-${i}`, owner: 'ReplicaSet/x/b', containers: [] },
    ]).flat()
    const clause: Clause = {
      kind: 'precedes',
      first: { kind: 'created', pod: 'rs/a' },
      second: { kind: 'created', pod: 'rs/b' },
    }
    expect(() => resolveClauses([clause], { pods, nodes: [], services: [] })).toThrowErrorMatchingInlineSnapshot(`
      [PodwrightError: expected clauses of at most 100000 parts, names written out, got more
        hint: a clause about several workloads is written out for each combination of their pods]
    `)
  })
})
