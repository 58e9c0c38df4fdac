import { describe, expect, test } from 'vitest'
import { run } from '../../src/cluster/index.js'
import { PodwrightError } from '../../src/errors/index.js'
import { buildPlan, parseScenarioDocument, printScenario, scenarioBuilder } from '../../src/scenario/index.js'
import { readRequest } from '../../src/scenario/request-words.js'
import { podAt, stateAt } from '../../src/trace/index.js'
import { refusals } from '../cluster/api/requests.js'

const problemOf = (words: Parameters<typeof readRequest>[0]): string => {
  try {
    readRequest(words)
  } catch (error) {
    if (error instanceof PodwrightError) return `${error.problem}${error.hint === undefined ? '' : `; ${error.hint}`}`
  }
  return 'none'
}

describe('the words of a request', () => {
  test('are kubectl’s', () => {
    expect([
      readRequest({ scale: 'deploy/web', replicas: 3 }),
      readRequest({ patch: 'shop/deployment/web', with: [{ op: 'remove', path: '/spec/paused' }] }),
      readRequest({ delete: 'rs/web', propagation: 'Orphan', uid: 'u' }),
      readRequest({
        deleteAll: 'pods',
        namespace: 'shop',
        selector: { matchLabels: { app: 'web' } },
        as: 'jane',
        groups: ['ops'],
      }),
      readRequest({ apply: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'shop' } } }),
    ]).toMatchInlineSnapshot(`
      [
        {
          "kind": "Deployment",
          "name": "web",
          "replicas": 3,
          "verb": "scale",
        },
        {
          "kind": "Deployment",
          "name": "web",
          "namespace": "shop",
          "patch": [
            {
              "op": "remove",
              "path": "/spec/paused",
            },
          ],
          "patchType": "json",
          "verb": "patch",
        },
        {
          "kind": "ReplicaSet",
          "name": "web",
          "preconditions": {
            "uid": "u",
          },
          "propagationPolicy": "Orphan",
          "verb": "delete",
        },
        {
          "as": "jane",
          "groups": [
            "ops",
          ],
          "kind": "Pod",
          "namespace": "shop",
          "selector": {
            "matchLabels": {
              "app": "web",
            },
          },
          "verb": "deletecollection",
        },
        {
          "kind": "ConfigMap",
          "name": "a",
          "namespace": "shop",
          "object": {
            "apiVersion": "v1",
            "kind": "ConfigMap",
            "metadata": {
              "name": "a",
              "namespace": "shop",
            },
          },
          "verb": "apply",
        },
      ]
    `)
  })

  test('that do not go together are mistakes', () => {
    expect([
      problemOf({}),
      problemOf({ delete: 'pod/web', scale: 'deployment/web' }),
      problemOf({ delete: 'pod/web', replicas: 2 }),
      problemOf({ patch: 'pod/web' }),
      problemOf({ scale: 'deployment/web' }),
      problemOf({ delete: 'web' }),
      problemOf({ delete: 'deploymant/web' }),
      problemOf({ create: { kind: 'Thing' } }),
    ]).toMatchInlineSnapshot(`
      [
        "a request does one of create, replace, apply, patch, delete, deleteAll, scale, evict; got none",
        "a request does one of create, replace, apply, patch, delete, deleteAll, scale, evict; got delete and scale",
        "the field "replicas" belongs to scale, not to delete",
        "a patch needs the field "with": what to change",
        "scale needs the field "replicas"",
        "expected a subject such as deployment/web or shop/deployment/web, got "web"",
        "expected a kind such as deployment, got "deploymant"; did you mean deployment?",
        "expected a kind such as deployment, got "Thing"",
      ]
    `)
  })
})

const TEXT = `apiVersion: podwright.dev/v1
kind: Scenario
metadata: { name: refused }
spec:
  steps:
    - at: 1s
      request: { create: { apiVersion: v1, kind: Pod, metadata: { name: web }, spec: { containers: [{ name: app, image: app }] } } }
    - at: 2s
      request: { delete: pod/web, as: jane }
`

describe('a request in a Scenario file', () => {
  test('is read, printed and read again as the same data', () => {
    const document = parseScenarioDocument(TEXT)
    expect(parseScenarioDocument(printScenario(document))).toEqual(document)
    const built = scenarioBuilder()
      .at('1s')
      .request({
        create: {
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: { name: 'web' },
          spec: { containers: [{ name: 'app', image: 'app' }] },
        },
      })
      .at('2s')
      .request({ delete: 'pod/web', as: 'jane' })
    expect(built.document.steps).toEqual(document.steps)
  })

  test('is carried out', () => {
    const { steps } = parseScenarioDocument(TEXT)
    const placed = steps.map(step => ({ ...step, where: 'here', whenWhere: 'here' }))
    const trace = run(buildPlan([], { steps: placed }))
    expect(refusals(trace)).toMatchInlineSnapshot(`
      [
        "403 pods "web" is forbidden: User "jane" cannot delete resource "pods" in API group "" in the namespace "default"",
      ]
    `)
  })

  test('makes pods that behave by the rules', () => {
    const { steps, behaviours } = parseScenarioDocument(
      TEXT.replace('  steps:', "  behaviours: [ 'app: crashes after 2s' ]\n  steps:"),
    )
    const placed = steps.map(step => ({ ...step, where: 'here', whenWhere: 'here' }))
    const rules = behaviours.map(rule => ({ ...rule, where: 'here' }))
    const trace = run(buildPlan([], { steps: placed, behaviours: rules, horizon: 60_000 }))
    const [pod] = stateAt(trace, 60_000)
      .podSymbols()
      .map(symbol => podAt(trace, symbol, 60_000))
    expect(pod?.status?.containerStatuses?.[0].restartCount).toBe(3)
  })

  test('with a mistake is told with its place', () => {
    expect(() =>
      parseScenarioDocument(TEXT.replace('delete: pod/web', 'delete: podd/web')),
    ).toThrowErrorMatchingInlineSnapshot(`
      [PodwrightError: scenario:9:16: expected a kind such as deployment, got "podd"
        hint: did you mean pod?]
    `)
    expect(() => parseScenarioDocument(TEXT.replace('as: jane', 'az: jane'))).toThrowErrorMatchingInlineSnapshot(`
      [PodwrightError: scenario:9:35: unknown field "az" in a request
        hint: did you mean as?]
    `)
  })
})
