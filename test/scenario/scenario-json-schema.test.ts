import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { LAWS } from '../../src/invariant/index.js'
import { LAW_NAMES } from '../../src/scenario/law-names.js'
import { printScenario } from '../../src/scenario/print-scenario.js'
import { parseScenario } from '../../src/scenario/scenario-file.js'
import { SCENARIO_JSON_SCHEMA } from '../../src/scenario/scenario-json-schema.js'
import { splitScenarios } from '../../src/scenario/split-scenarios.js'
import { arbitraryDocument } from './arbitrary-documents.js'

const root = join(import.meta.dirname, '..', '..')
const ajv = new Ajv({ strict: true, strictRequired: false, allowUnionTypes: true })
const validate = ajv.compile(SCENARIO_JSON_SCHEMA)

/** What the schema says of the Scenarios in a text, the first complaint of each. */
const complaints = (text: string): (string | undefined)[] =>
  splitScenarios([{ name: 's.yaml', text }]).scenarios.map(scenario => {
    if (validate(parse(scenario.text, { maxAliasCount: 100 }))) return undefined
    const [first] = validate.errors ?? []
    return `${first?.instancePath}: ${first?.message}`
  })

const isRead = (text: string): boolean =>
  splitScenarios([{ name: 's.yaml', text }]).scenarios.every(scenario => parseScenario(scenario).problems.length === 0)

/** Every YAML text of a folder: files, and blocks of Markdown. */
function textsOf(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).flatMap(name => {
    if (!/\.(yaml|yml|json|md)$/.test(name)) return []
    const text = readFileSync(join(root, folder, name), 'utf8')
    if (!name.endsWith('.md')) return [text]
    return [...text.matchAll(/^```ya?ml.*\n([\s\S]*?)^```/gm)].map(([, block]) => block)
  })
}

const head = 'apiVersion: podwright.dev/v1\nkind: Scenario\n'

describe('the JSON Schema of a Scenario file', () => {
  test('takes every Scenario of the examples and the documentation', () => {
    const texts = ['examples', 'docs'].flatMap(textsOf).filter(text => text.includes('kind: Scenario'))
    expect(texts.length).toBeGreaterThan(0)
    expect(texts.flatMap(complaints).filter(complaint => complaint !== undefined)).toEqual([])
    expect(texts.every(isRead)).toBe(true)
  })

  test('takes whatever is printed', () => {
    fc.assert(
      fc.property(arbitraryDocument, document => {
        expect(complaints(printScenario(document))).toEqual([undefined])
      }),
    )
  })

  test.each([
    [
      'everything in words',
      'spec: { behaviours: [ "web/app: runs", web/app: runs ], expect: [ container app starts ] }',
    ],
    [
      'starts in every form',
      'spec: { behaviours: [ { for: app, runs: [ runs, { crashes: }, { isOOMKilled: { after: 1s }, onTerm: ignores }, {} ] } ] }',
    ],
    [
      'probes in every form',
      'spec: { behaviours: [ { for: app, liveness: fails, readiness: [ { from: 0s, result: hang } ], startup: [ [], [ { from: 0s, result: failure } ] ] } ] }',
    ],
    ['rules about images alone', 'spec: { behaviours: [ { images: { app: { fails: 3 }, db: does not exist } } ] }'],
    ['labels', 'spec: { behaviours: [ { for: { app: web, tier: 1 }, sandbox: { fails: [ x ], diesAfter: null } } ] }'],
    ['a grace in seconds', 'spec: { steps: [ { at: 0s, delete: web, gracePeriod: 30 } ] }'],
    ['a JSON patch', 'spec: { steps: [ { at: 1s, patch: web, with: [ { op: remove, path: /metadata/labels } ] } ] }'],
    ['durations in data as text', 'spec: { expect: [ { kind: stays, level: { kind: exists, pod: web }, ms: 1m } ] }'],
    ['nodes', 'spec: { nodes: [ { name: a, cpu: 4, memory: 8Gi, allocatable: { pods: 3 } } ], kubernetes: 1.32 }'],
    ['a release as text', 'spec: { kubernetes: "1.33" }'],
    ['a patch release', 'spec: { kubernetes: v1.32.10 }'],
    ['laws that are off', 'spec: { laws: { off: [ sigterm-before-sigkill, all ] } }'],
  ])('takes %s, as the file does', (_, spec) => {
    expect(isRead(head + spec)).toBe(true)
    expect(complaints(head + spec)).toEqual([undefined])
  })

  test('lists the names of the laws and the releases of Kubernetes', () => {
    expect(complaints(`${head}spec: { laws: { off: [ sigterm-before-sigkil ] } }`)).toEqual([
      '/spec/laws/off/0: must be equal to one of the allowed values',
    ])
    expect([...LAW_NAMES].sort()).toEqual(LAWS.map(law => law.name).sort())
    expect(JSON.stringify(SCENARIO_JSON_SCHEMA)).toContain('["1.31",1.31,"1.32",1.32,')
  })

  test.each([
    ['no spec', ''],
    ['an unknown field', 'spec: { horizn: 10m }'],
    ['a spec that is a list', 'spec: []'],
    ['a duration without a unit', 'spec: { horizon: 10 }'],
    ['a duration that is none', 'spec: { horizon: soon }'],
    ['no nodes', 'spec: { nodes: 0 }'],
    ['an empty list of nodes', 'spec: { nodes: [] }'],
    ['a node without a name', 'spec: { nodes: [ { cpu: 4 } ] }'],
    ['a wrong quantity', 'spec: { nodes: [ { name: a, memory: 8Gb } ] }'],
    ['a wrong taint', 'spec: { nodes: [ { name: a, taints: [ { key: x, effect: NoSchedul } ] } ] }'],
    ['manifests that are no list', 'spec: { manifests: web.yaml }'],
    ['a behaviour of nobody', 'spec: { behaviours: [ { runs: [ runs ] } ] }'],
    ['a misspelt behaviour', 'spec: { behaviours: [ { for: web/app, readines: [] } ] }'],
    ['a wrong answer', 'spec: { behaviours: [ { for: app, readiness: [ { from: 0s, result: fail } ] } ] }'],
    ['two words for one start', 'spec: { behaviours: [ { for: app, runs: [ { crashes: , runs: } ] } ] }'],
    ['a wrong exit code', 'spec: { behaviours: [ { for: app, runs: [ { exits: { code: 256 } } ] } ] }'],
    ['no starts', 'spec: { behaviours: [ { for: app, runs: [] } ] }'],
    ['a step that does nothing', 'spec: { steps: [ { at: 5s } ] }'],
    ['a step that does two things', 'spec: { steps: [ { at: 5s, delete: web, evict: web } ] }'],
    ['a misspelt step', 'spec: { steps: [ { at: 5s, delet: web } ] }'],
    ['a step at no moment', 'spec: { steps: [ { delete: web } ] }'],
    ['a step at two moments', 'spec: { steps: [ { at: 5s, when: pod web is deleted, evict: web } ] }'],
    ['a step before the beginning', 'spec: { steps: [ { at: -5s, evict: web } ] }'],
    ['a step after an instant', 'spec: { steps: [ { at: 5s, after: 5s, evict: web } ] }'],
    ['a stray field of a step', 'spec: { steps: [ { at: 5s, evict: web, gracePeriod: 3s } ] }'],
    ['a patch of nothing', 'spec: { steps: [ { at: 5s, patch: web } ] }'],
    ['an image without a container', 'spec: { steps: [ { at: 5s, setImage: web, image: a } ] }'],
    ['an expectation that is a number', 'spec: { expect: [ 5 ] }'],
    ['an expectation of an unknown kind', 'spec: { expect: [ { kind: alway, level: { kind: exists, pod: a } } ] }'],
    ['an expectation with an unknown level', 'spec: { expect: [ { kind: always, level: { kind: exist, pod: a } } ] }'],
    ['an occurrence where a level belongs', 'spec: { expect: [ { kind: always, level: { kind: created, pod: a } } ] }'],
    [
      'an unknown field of an expectation',
      'spec: { expect: [ { kind: phases, pod: a, phases: [ Running ], at: 5s } ] }',
    ],
    ['a phase that is none', 'spec: { expect: [ { kind: phases, pod: a, phases: [ Runing ] } ] }'],
    ['a negative duration', 'spec: { expect: [ { kind: stays, level: { kind: exists, pod: a }, ms: -5 } ] }'],
    ['an empty order', 'spec: { expect: [ { kind: inOrder, occurrences: [] } ] }'],
    ['a release that there is not', 'spec: { kubernetes: 1.99 }'],
    ['laws that are on', 'spec: { laws: { on: [ a ] } }'],
  ])('refuses %s, as the file does', (_, spec) => {
    expect(isRead(head + spec)).toBe(false)
    expect(complaints(head + spec)).not.toEqual([undefined])
  })
})
