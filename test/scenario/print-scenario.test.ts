import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseScenarioDocument, printScenario } from '../../src/scenario/print-scenario.js'
import { EMPTY_DOCUMENT, type ScenarioDocument } from '../../src/scenario/scenario-document.js'
import { arbitraryDocument } from './arbitrary-documents.js'

const web = { container: { pod: 'web', container: 'app' } } as const

const drain: ScenarioDocument = {
  ...EMPTY_DOCUMENT,
  name: 'slow-drain',
  description: 'A drain slower than\nthe grace period.\n',
  kubernetes: '1.32',
  nodes: [{ name: 'a', cpu: '4', memory: '8Gi' }, { name: 'b' }],
  horizon: 600_000,
  manifests: ['web.yaml'],
  objects: [
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'c' },
      data: { country: 'no', mode: '0755', script: 'a\n  b\n', one: '1' },
    },
  ],
  behaviours: [
    {
      target: { kind: 'Deployment', name: 'web', container: 'app' },
      behaviour: { onTerm: { exitAfter: 45_000, exitCode: 0 } },
    },
    { target: { labels: { 'a,b': 'c' } }, behaviour: { preStop: { duration: 20_000, exitCode: 2 } } },
    { target: {}, behaviour: { images: { 'app:2': { pullDuration: 8000 } } } },
  ],
  steps: [
    { at: 60_000, action: 'delete', subject: 'pod/web', gracePeriodSeconds: 30 },
    {
      when: { kind: 'becomes', level: { kind: 'ready', ...web } },
      after: 5000,
      action: 'setImage',
      subject: 'pod/web',
      container: 'app',
      image: 'app:2',
    },
    {
      at: 61_000,
      action: 'patch',
      subject: 'pod/web',
      patchType: 'merge',
      patch: { metadata: { labels: { a: 'b' } } },
    },
  ],
  expect: [
    { kind: 'eventually', what: { kind: 'signalled', ...web, signal: 'SIGKILL' }, bound: { kind: 'at', ms: 90_000 } },
    { kind: 'phases', pod: 'web', phases: ['Pending', 'Running'] },
  ],
  laws: { off: ['restart-policy'] },
}

/** A clause that is deeper than any sentence. */
function deepClause() {
  let clause: ScenarioDocument['expect'][number] = { kind: 'monotonic', ...web }
  for (let i = 0; i < 40; i++) clause = { kind: 'orVacuous', clause }
  return clause
}

describe('a printed scenario', () => {
  test('is what a person would write', () => {
    expect(printScenario(drain)).toMatchInlineSnapshot(`
      "apiVersion: podwright.dev/v1
      kind: Scenario
      metadata:
        name: slow-drain
        description: |
          A drain slower than
          the grace period.
      spec:
        kubernetes: "1.32"
        manifests:
          - web.yaml
        nodes:
          - name: a
            cpu: "4"
            memory: 8Gi
          - name: b
        horizon: 10m
        behaviours:
          - "deployment/web/app: stops after 45s on SIGTERM"
          - for:
              a,b: c
            preStop:
              takes: 20s
              fails: 2
          - image app:2 pulls in 8s
        steps:
          - at: 1m
            delete: pod/web
            gracePeriod: 30s
          - when: container web/app becomes ready
            after: 5s
            setImage: pod/web
            container: app
            image: app:2
          - at: 1m1s
            patch: pod/web
            type: merge
            with:
              metadata:
                labels:
                  a: b
        expect:
          - container web/app is killed with SIGKILL at 1m30s
          - pod web goes through Pending, Running
        laws:
          "off":
            - restart-policy
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: c
      data:
        country: "no"
        mode: "0755"
        script: |
          a
            b
        one: "1"
      "
    `)
  })

  test('says in fields what no line can say', () => {
    const text = printScenario({ ...EMPTY_DOCUMENT, expect: [deepClause()] })
    expect(text.split('\n').slice(0, 6)).toMatchInlineSnapshot(`
      [
        "apiVersion: podwright.dev/v1",
        "kind: Scenario",
        "spec:",
        "  expect:",
        "    - kind: orVacuous",
        "      clause:",
      ]
    `)
    expect(parseScenarioDocument(text).expect).toEqual([deepClause()])
  })

  test('is read as the same data, whatever it says', () => {
    fc.assert(
      fc.property(arbitraryDocument, document => {
        const text = printScenario(document)
        const read = parseScenarioDocument(text)
        expect(read).toEqual(document)
        expect(printScenario(read)).toBe(text)
      }),
      { numRuns: 300 },
    )
  })

  test('that says nothing is short', () => {
    expect(printScenario(EMPTY_DOCUMENT)).toBe('apiVersion: podwright.dev/v1\nkind: Scenario\nspec: {}\n')
    expect(parseScenarioDocument(printScenario(EMPTY_DOCUMENT))).toEqual(EMPTY_DOCUMENT)
  })
})

describe('data that a file cannot say is refused', () => {
  const refusal = (document: Partial<ScenarioDocument>): string => {
    try {
      return printScenario({ ...EMPTY_DOCUMENT, ...document })
    } catch (error) {
      return (error as Error).message
    }
  }

  test('with a field that is out of bounds', () => {
    expect(refusal({ horizon: 0 })).toMatchInlineSnapshot(
      `"scenario:4:12: expected a horizon after the beginning, got 0"`,
    )
    expect(refusal({ kubernetes: '1.2' })).toMatchInlineSnapshot(`
      "scenario:4:15: expected a Kubernetes release (1.31, 1.32, 1.33, 1.34, 1.35), got "1.2"
        hint: the nearest is 1.31"
    `)
    expect(refusal({ steps: [{ at: -5, action: 'evict', subject: 'pod/web' }] })).toMatchInlineSnapshot(
      `"scenario:5:11: expected a duration such as 500ms, 5s or 1m30s, got "-5ms""`,
    )
  })

  test('with a behaviour that no words make', () => {
    const start = { exitAfter: null, exitCode: 3, isOomKilled: false, startError: null }
    expect(
      refusal({ behaviours: [{ target: { container: 'app' }, behaviour: { runs: [start] } }] }),
    ).toMatchInlineSnapshot(`
      "scenario: expected behaviours that a Scenario file can say, got other data
        hint: write it as the words of the fluent form or of a file make it"
    `)
  })

  test('when it holds itself', () => {
    const object: Record<string, unknown> = { kind: 'Pod' }
    object.spec = object
    expect(refusal({ objects: [object] })).toMatchInlineSnapshot(
      `"scenario: expected maps and lists at most 250 deep, got more"`,
    )
  })
})

describe('reading a scenario as data', () => {
  test('takes one Scenario, and the objects beside it as they are written', () => {
    const text =
      'kind: Pod\nmetadata: { name: web, labels: { on: yes } }\n---\napiVersion: podwright.dev/v1\nkind: Scenario\nspec: {}\n'
    expect(parseScenarioDocument(text).objects).toEqual([
      { kind: 'Pod', metadata: { name: 'web', labels: { true: true } } },
    ])
  })

  test('tells what is wrong with its place', () => {
    const read = (text: string) => () => parseScenarioDocument(text, 's.yaml')
    expect(read('kind: Pod\n')).toThrowErrorMatchingInlineSnapshot(
      `[PodwrightError: s.yaml:1:1: expected one Scenario, got none]`,
    )
    expect(
      read('apiVersion: podwright.dev/v1\nkind: Scenario\nspec: { horizn: 5s }\n'),
    ).toThrowErrorMatchingInlineSnapshot(`
      [PodwrightError: s.yaml:3:9: unknown field "horizn" in the spec
        hint: did you mean horizon?]
    `)
    expect(
      read('apiVersion: podwright.dev/v1\nkind: Scenario\nspec: {}\n---\na: [\n'),
    ).toThrowErrorMatchingInlineSnapshot(
      `[PodwrightError: s.yaml:6:1: yaml: flow sequence in block collection must be sufficiently indented and end with a ]]`,
    )
  })
})
