import { describe, expect, test } from 'vitest'
import { parseScenario } from '../../src/scenario/scenario-file.js'
import { splitScenarios } from '../../src/scenario/split-scenarios.js'

const head = 'apiVersion: podwright.dev/v1\nkind: Scenario\n'

function problemsOf(text: string): string[] {
  return parseScenario({ file: 's.yaml', text }).problems.map(problem => problem.message)
}

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

describe('a mistake in a Scenario file is told with its place', () => {
  test.each([
    ['an unknown field', 'spec:\n  horizn: 10m'],
    ['a field that does not belong there', 'metadata: { nme: x }\nspec: {}'],
    ['no spec', ''],
    ['a spec that is a list', 'spec: []'],
    ['a duration without a unit', 'spec:\n  horizon: 10'],
    ['an unknown release', 'spec:\n  kubernetes: "1.99"'],
    ['expectations', 'spec:\n  expect: [ "container app is killed" ]'],
    ['no nodes', 'spec:\n  nodes: 0'],
    ['a node without a name', 'spec:\n  nodes:\n    - cpu: 4'],
    ['a wrong quantity', 'spec:\n  nodes: [ { name: a, memory: 8Gb } ]'],
    ['a wrong taint', 'spec:\n  nodes: [ { name: a, taints: [ { key: x, effect: NoSchedul } ] } ]'],
    ['a behaviour of nobody', 'spec:\n  behaviours:\n    - runs: [ runs ]'],
    ['a misspelt behaviour', 'spec:\n  behaviours:\n    - { for: web/app, readines: [] }'],
    ['a wrong answer', 'spec:\n  behaviours:\n    - { for: web/app, readiness: [ { from: 0s, result: fail } ] }'],
    ['two words for one start', 'spec:\n  behaviours:\n    - for: web/app\n      runs: [ { crashes: , runs: } ]'],
    ['an exit code', 'spec:\n  behaviours:\n    - { for: web/app, runs: [ { exits: { code: 256 } } ] }'],
    ['words of one line', 'spec:\n  behaviours:\n    - "web/app: exitss 1"'],
    ['a rule without quotes', 'spec:\n  behaviours:\n    - web/app: exit 1'],
    ['the container twice', 'spec:\n  behaviours:\n    - { for: pod/web/app, container: app, runs: [ runs ] }'],
    ['a step that does nothing', 'spec:\n  steps:\n    - at: 5s'],
    ['a step that does two things', 'spec:\n  steps:\n    - { at: 5s, delete: pod/web, evict: pod/web }'],
    ['a misspelt step', 'spec:\n  steps:\n    - { at: 5s, delet: pod/web }'],
    ['a stray field of a step', 'spec:\n  steps:\n    - { at: 5s, evict: pod/web, gracePeriod: 3s }'],
    ['a grace of half seconds', 'spec:\n  steps:\n    - { at: 5s, delete: pod/web, gracePeriod: 1500ms }'],
    ['a patch of nothing', 'spec:\n  steps:\n    - { at: 5s, patch: pod/web }'],
    ['two mistakes', 'spec:\n  horizon: soon\n  steps:\n    - { at: never, delete: pod/web }'],
    ['the same key twice', 'spec:\n  horizon: 1m\n  horizon: 2m'],
    ['a tab', 'spec:\n\thorizon: 1m'],
    [
      'an alias bomb',
      `x: &a [1,1]\ny: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nz: &c [${'*b,'.repeat(60)}]\nspec: { nodes: [*c,*c,*c] }`,
    ],
  ])('%s', (_, spec) => {
    expect(problemsOf(`${head}${spec}\n`)).toMatchSnapshot()
  })

  test('a wrong kind or version', () => {
    expect(problemsOf('apiVersion: podwright.dev/v2\nkind: Scenaro\nspec: {}\n')).toMatchInlineSnapshot(`
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
