import { describe, expect, test } from 'vitest'
import { parseScenario } from '../../src/scenario/scenario-file.js'
import { splitScenarios } from '../../src/scenario/split-scenarios.js'

const head = 'apiVersion: podwright.dev/v1\nkind: Scenario\n'

function scenarioOf(spec: string) {
  const { scenario, problems } = parseScenario({ file: 's.yaml', text: `${head}${spec}` })
  expect(problems.map(problem => problem.message)).toEqual([])
  return scenario!
}

describe('a Scenario file', () => {
  test('says everything in its structured form', () => {
    const scenario = scenarioOf(`metadata: { name: slow-drain, description: A drain. }
spec:
  kubernetes: "1.33"
  manifests: [ web.yaml ]
  nodes: [ { name: a, cpu: 4, memory: 8Gi, taints: [ { key: gpu, effect: NoSchedule } ] }, { name: b } ]
  horizon: 10m
  behaviours:
    - for: deployment/web
      container: app
      runs: [ { exits: { code: 3, after: 2s }, onTerm: { exitsAfter: 45s, code: 0 } }, crashes, { isOOMKilled: { after: 1s } }, runs ]
      onTerm: ignores
      readiness: [ { from: 0s, result: failure }, { from: 12s, result: success } ]
      preStop: { takes: 20s, fails: 2 }
      images: { "app:2": { pullsIn: 8s, fails: 2 }, db: { doesNotExist: true } }
    - "web/sidecar: exits 1 after 5s"
    - web/other: exits 2 after 5s
    - { for: { app: web }, liveness: [ [ { from: 5s, result: hang } ], [] ], sandbox: { fails: 1 } }
  steps:
    - { at: 60s, delete: pod/web, gracePeriod: 30s }
    - { at: 61s, patch: pod/web, type: merge, with: { metadata: { labels: { a: b } } } }
    - { at: 62s, restartKubelet: a }
    - at: 63s
      apply:
        apiVersion: v1
        kind: Pod
        metadata: { name: late }
`)
    expect(scenario).toMatchSnapshot()
  })

  test('keeps the manifest of an apply step at its line and column', () => {
    const { steps } = scenarioOf('spec:\n  steps:\n    - at: 1s\n      apply:\n        kind: Pod\n        spec: {}\n')
    expect(steps[0].manifest).toBe('#\n\n\n\n\n\n        kind: Pod\n        spec: {}\n')
  })

  test('takes one-line words wherever a behaviour stands', () => {
    const words = scenarioOf(`spec:
  behaviours:
    - for: web
      container: app
      runs: [ "exits 1 after 2s and ignores SIGTERM", runs ]
      onTerm: stops after 3s
      readiness: fails until 12s, then succeeds
      preStop: takes 20s and fails with 2
      images: { "app:2": pulls in 8s }
`)
    const structured = scenarioOf(`spec:
  behaviours:
    - for: web/app
      runs: [ { exits: { code: 1, after: 2s }, onTerm: ignores }, { runs: } ]
      onTerm: { exitsAfter: 3s }
      readiness: [ [ { from: 0s, result: failure }, { from: 12s, result: success } ], [] ]
      preStop: { takes: 20s, fails: 2 }
      images: { "app:2": { pullsIn: 8s } }
`)
    expect(words.behaviours).toEqual(structured.behaviours)
  })
})

describe('expectations, reactions and laws', () => {
  const container = { pod: 'web', container: 'app' }

  test('an expectation is a line, or the same as data with durations as text', () => {
    const { expect: expectations, document } = scenarioOf(`spec:
  expect:
    - container web/app is killed with SIGKILL at 90s
    - { kind: eventually, what: { kind: signalled, container: { pod: web, container: app }, signal: SIGKILL }, bound: { kind: at, ms: 1m30s } }
    - { kind: stays, level: { kind: ready, container: { pod: web, container: app } }, ms: 5000 }
`)
    const [line, data, stays] = expectations
    expect(line.clause).toEqual(data.clause)
    expect(line.text).toBe('container web/app is killed with SIGKILL at 90s')
    expect(data.text).toBe('container web/app is killed with SIGKILL at 1m30s')
    expect(data.where).toEqual({ file: 's.yaml', line: 6, column: 7 })
    expect(stays.clause).toEqual({ kind: 'stays', level: { kind: 'ready', container }, ms: 5000 })
    expect(document.expect).toEqual(expectations.map(({ clause }) => clause))
  })

  test('a step waits for an instant, or for something to happen', () => {
    const { document } = scenarioOf(`spec:
  steps:
    - { at: 5s, isLast: true, evict: web }
    - { when: container web/app becomes ready, after: 5s, setImage: pod/web, container: app, image: "app:2" }
    - when: { kind: exited, container: { pod: web, container: app } }
      delete: pod/web
`)
    expect(document.steps).toEqual([
      { at: 5000, isLast: true, action: 'evict', subject: 'web' },
      {
        when: { kind: 'becomes', level: { kind: 'ready', container } },
        after: 5000,
        action: 'setImage',
        subject: 'pod/web',
        container: 'app',
        image: 'app:2',
      },
      { when: { kind: 'exited', container }, action: 'delete', subject: 'pod/web' },
    ])
  })

  test('laws are turned off by name', () => {
    const { lawsOff, document } = scenarioOf('spec:\n  laws: { off: [ restart-policy ] }\n')
    expect(lawsOff).toEqual([{ name: 'restart-policy', where: { file: 's.yaml', line: 4, column: 18 } }])
    expect(document.laws).toEqual({ off: ['restart-policy'] })
  })

  test('an image that fails no more overrules what is said of every image', () => {
    const { behaviours } = scenarioOf('spec:\n  behaviours:\n    - images: { "app:2": { fails: 0 } }\n')
    expect(behaviours[0].behaviour).toEqual({ images: { 'app:2': { failures: [] } } })
  })
})

describe('a wrong kind or version', () => {
  test('is told with the right one', () => {
    const text = 'apiVersion: podwright.dev/v2\nkind: Scenaro\nspec: {}\n'
    const { problems } = parseScenario({ file: 's.yaml', text })
    expect(problems.map(({ message }) => message)).toMatchInlineSnapshot(`
      [
        "s.yaml:1:13: expected podwright.dev/v1, got "podwright.dev/v2"",
        "s.yaml:2:7: expected the kind Scenario, got "Scenaro"",
      ]
    `)
  })
})

describe('a file of several documents', () => {
  test('is split into Scenarios and manifests that keep their lines', () => {
    const text = `kind: Pod\n---\n${head}spec: {}\n---\r\n# apiVersion: podwright.dev/v1\nkind: Service\n`
    const { scenarios, manifests } = splitScenarios([{ name: 'all.yaml', text }])
    expect(scenarios).toEqual([{ file: 'all.yaml', text: `\n---\n${head}spec: {}\n` }])
    expect(manifests).toEqual([
      { name: 'all.yaml', text: `kind: Pod\n\n\n\n\n---\r\n# apiVersion: podwright.dev/v1\nkind: Service\n` },
    ])
  })

  test('a Scenario quoted in a ConfigMap stays where it is', () => {
    const text = `kind: ConfigMap\ndata:\n  s.yaml: |\n    apiVersion: podwright.dev/v1\n    kind: Scenario\n`
    expect(splitScenarios([{ name: 'c.yaml', text }])).toEqual({ scenarios: [], manifests: [{ name: 'c.yaml', text }] })
  })

  test('a Scenario may be JSON', () => {
    const text = '{"kind": "Scenario", "apiVersion": "podwright.dev/v1", "spec": {"horizon": "5s"}}'
    const { scenarios } = splitScenarios([{ name: 's.json', text }])
    expect(parseScenario(scenarios[0]).scenario?.horizon).toBe(5000)
  })
})
