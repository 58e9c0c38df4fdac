import { describe, expect, test } from 'vitest'
import { explain } from '../../src/expect/index.js'
import { checkPlan, planTexts, run } from '../../src/spec/index.js'
import { ROW } from '../../src/trace/index.js'

const web = (spec: string, replicas = 2) => `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - { name: app, image: "app:1" }
---
apiVersion: podwright.dev/v1
kind: Scenario
metadata: { name: rollout }
spec:
${spec}`

function checked(spec: string, replicas?: number) {
  const { plan, expectations, lawsOff, problems } = planTexts([{ name: 's.yaml', text: web(spec, replicas) }])
  if (plan === undefined) throw problems[0]
  return checkPlan({ plan, expectations, lawsOff })
}

const verdicts = (spec: string, replicas?: number) =>
  checked(spec, replicas).expectations.map(({ text, verdict }) => `${text}: ${verdict.kind}`)

describe('an expectation about a workload that a controller runs', () => {
  test('is about every pod that it makes, of each revision', () => {
    expect(
      verdicts(`  steps: [ { at: 60s, setImage: deployment/web, container: app, image: "app:2" } ]
  expect:
    - container deployment/web/app becomes ready within 5s
    - never container deployment/web/app exits
    - container app exits with 0
    - pod deployment/web is gone
    - pod deployment/web is deleted within 1m
    - container deployment/web/app starts at 500ms
`),
    ).toMatchInlineSnapshot(`
      [
        "container deployment/web/app becomes ready within 5s: holds",
        "never container deployment/web/app exits: violated",
        "container app exits with 0: violated",
        "pod deployment/web is gone: violated",
        "pod deployment/web is deleted within 1m: violated",
        "container deployment/web/app starts at 500ms: violated",
      ]
    `)
  })

  test('is vacuous where there never is a pod', () => {
    const { expectations, trace } = checked('  expect: [ never container deployment/web/app exits ]\n', 0)
    const [{ clause, verdict }] = expectations
    expect(verdict).toEqual({ kind: 'vacuous' })
    expect(explain(clause, verdict, trace).finding).toBe('nothing was checked, for no such pod was ever made')
  })

  test('names the pod that broke it', () => {
    const { expectations, trace } = checked('  expect: [ container deployment/web/app exits ]\n')
    const [{ clause, verdict }] = expectations
    expect(explain(clause, verdict, trace).sentence).toMatchInlineSnapshot(`"container web-6848478787-6vpxk/app exits"`)
  })

  test('is refused where nobody is called so, or a container is not in its template', () => {
    const problemsOf = (line: string) => planTexts([{ name: 's.yaml', text: web(`  expect: [ ${line} ]\n`) }]).problems
    expect(problemsOf('pod deployment/wbe is gone').join('\n')).toMatchInlineSnapshot(`
      "PodwrightError: s.yaml:18:13: expected a pod, got "deployment/wbe"
        hint: did you mean deployment/web? known: deployment/web"
    `)
    expect(problemsOf('container deployment/web/ap starts').join('\n')).toMatchInlineSnapshot(`
      "PodwrightError: s.yaml:18:13: expected a container of pod deployment/web, got "ap"
        hint: did you mean app? known: app"
    `)
  })
})

describe('what a step waits for', () => {
  test('may be done by any pod that a controller makes, however late', () => {
    const { trace } = checked(`  behaviours: [ deployment/web@2/app: exits 1 after 7s ]
  steps:
    - { at: 60s, setImage: deployment/web, container: app, image: "app:2" }
    - { when: container deployment/web/app exits with 1, delete: deployment/web }
  horizon: 3m
`)
    const { rows, symbols } = trace
    const gone = [...Array(rows.length).keys()]
      .map(number => rows.at(number))
      .find(row => symbols.text(row.object) === 'Deployment/default/web' && row.kind === ROW.removed)
    expect(gone?.time).toBeGreaterThan(60_000)
  })
})

describe('behaviour of a revision', () => {
  test('is that of the pods of its template alone', () => {
    const spec = `  behaviours:
    - { for: deployment/web, container: app, revision: 2, runs: [ { exits: { code: 3, after: 1s } } ] }
  steps: [ { at: 60s, setImage: deployment/web, container: app, image: "app:2" } ]
  horizon: 2m
  expect:
    - never container deployment/web/app exits with 3
`
    const { expectations, trace } = checked(spec)
    expect(expectations[0].verdict).toMatchObject({ kind: 'violated' })
    expect(expectations[0].verdict.kind === 'violated' && expectations[0].verdict.time).toBeGreaterThan(60_000)
    expect(run(checked(spec).plan).digest).toBe(trace.digest)
  })
})
