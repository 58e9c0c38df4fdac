import { describe, expect, test } from 'vitest'
import { loadManifests } from '../../src/manifest/index.js'
import type { Pod } from '../../src/model/index.js'
import { load, outcome, podText } from './manifests.js'

describe('a stream of documents', () => {
  test('is split at its separators; what is empty is left out', () => {
    const text = `# pods\n---\n---\n# nothing\n---\n${podText('p')}--- # next\n${podText('q')}---\n`
    expect(outcome(load(text))).toMatchInlineSnapshot(`
      "
      6:1 Pod p
      15:1 Pod q
      "
    `)
  })

  test('may come from Windows, with a byte-order mark', () => {
    const text = `\ufeff${podText('p')}---\n${podText('q', '    args: ["--a",\n      b]\n')}`.replace(/\n/g, '\r\n')
    const loaded = load(text)
    expect(outcome(loaded)).toMatchInlineSnapshot(`
      "
      1:1 Pod p
      10:1 Pod q
      "
    `)
    expect((loaded.objects[1].object as Pod).spec.containers[0].args).toEqual(['--a', 'b'])
  })

  test('may go on within quotes and brackets without indentation, as kubectl reads it', () => {
    const texts = {
      'quotes that end where their key stands': `    args: ['\n    echo "a"\n    echo b\n    ']\n`,
      'elements at the margin': `    args: [\n"c",\n  d\n]\n`,
      'a text at the margin': `    args:\n    - "e\nf\n\ng"\n`,
    }
    const shown = Object.values(texts).map(text => {
      const { objects, problems } = load(podText('p', text))
      return problems.length > 0 ? problems : (objects[0].object as Pod).spec.containers[0].args
    })
    expect(shown).toEqual([[' echo "a" echo b '], ['c', 'd'], ['e f\ng']])
  })

  test('may have content nowhere', () => {
    expect(load('')).toMatchObject({ objects: [], problems: [], skipped: [], coverage: [] })
    expect(outcome(load('# only this\n\n'))).toBe('\n\n')
    expect(outcome(load('null\n---\n~\n'))).toBe('\n\n')
  })

  test('has its good documents loaded although others are bad', () => {
    const bad = podText('bad').replace('image', 'imagee')
    expect(outcome(load(`${bad}---\n${podText('good')}---\na: [\n---\n${podText('fine')}`))).toMatchInlineSnapshot(`
      "
      10:1 Pod good
      21:1 Pod fine
      MANIFEST_DECODING f.yaml:8:5: Pod in version "v1" cannot be handled as a Pod: strict decoding error: unknown field "spec.containers[0].imagee"
        hint: did you mean image instead of imagee?
      YAML_SYNTAX f.yaml:20:1: yaml: flow sequence in block collection must be sufficiently indented and end with a ]
      "
    `)
  })

  test('may not have text on a separator', () => {
    expect(outcome(load(`--- first\n${podText()}`))).toMatchInlineSnapshot(`
      "
      2:1 Pod p
      YAML_SYNTAX f.yaml:1:1: invalid Yaml document separator: first
        hint: write --- on a line of its own
      "
    `)
  })

  test('may be spread over several inputs', () => {
    const inputs = ['p', 'q'].map(name => ({ name: `${name}.yaml`, text: podText(name) }))
    expect(loadManifests(inputs).objects.map(({ origin }) => origin.file)).toEqual(['p.yaml', 'q.yaml'])
  })
})

describe('JSON', () => {
  const pod = (name: string) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec: { containers: [{ name: 'a', image: 'a:1' }] },
  })

  test('is read one value after the other', () => {
    expect(outcome(load(`${JSON.stringify(pod('p'), null, 2)}\n\n${JSON.stringify(pod('q'))}`))).toMatchInlineSnapshot(`
      "
      1:1 Pod p
      17:1 Pod q
      "
    `)
  })

  test('has no freedoms of YAML', () => {
    expect(outcome(load('{"apiVersion": "v1",\n "kind": "Pod",}'))).toMatchInlineSnapshot(`
      "
      YAML_SYNTAX f.yaml:2:16: expected JSON, as the input begins with "{"; got: expected double-quoted property name
      "
    `)
    expect(outcome(load('{"apiVersion": "v1",\n "kind": "Pod"'))).toMatchInlineSnapshot(`
      "
      YAML_SYNTAX f.yaml:2:15: expected JSON, as the input begins with "{"; got: expected ',' or '}' after property value
      "
    `)
    expect(outcome(load("{kind: 'Pod'}"))).toMatchInlineSnapshot(`
      "
      YAML_SYNTAX f.yaml:1:2: expected JSON, as the input begins with "{"; got: expected property name or '}'
      "
    `)
  })

  test('may be a list of objects', () => {
    const items = [pod('p'), { ...pod('q'), spec: {} }, { apiVersion: 'v1', kind: 'List', items: [pod('r')] }]
    expect(outcome(load(JSON.stringify({ apiVersion: 'v1', kind: 'List', items }, null, 1)))).toMatchInlineSnapshot(`
      "
      5:3 Pod p
      32:5 Pod r
      MANIFEST_INVALID f.yaml:26:4: Pod "q" is invalid: spec.containers: Required value
      "
    `)
  })
})

describe('a list', () => {
  test('of one type says the type of its elements', () => {
    const text =
      'apiVersion: v1\nkind: PodList\nitems:\n- metadata: {name: a}\n  spec: {containers: [{name: a, image: "x:1"}]}\n'
    const loaded = load(text)
    expect(outcome(loaded)).toMatchInlineSnapshot(`
      "
      4:3 Pod a
      "
    `)
    expect(loaded.objects[0].object).toMatchObject({ apiVersion: 'v1', kind: 'Pod' })
  })

  test('may be empty, but not a map', () => {
    expect(outcome(load('apiVersion: v1\nkind: List\n---\napiVersion: v1\nkind: List\nitems: []'))).toBe('\n\n')
    expect(outcome(load('apiVersion: v1\nkind: List\nitems: {}'))).toMatchInlineSnapshot(`
      "
      MANIFEST_DECODING f.yaml:3:1: expected items to be a list
      "
    `)
  })

  test('may stand in a list only so deep', () => {
    let list: unknown = { apiVersion: 'v1', kind: 'List' }
    for (let i = 0; i < 10; i++) list = { apiVersion: 'v1', kind: 'List', items: [list] }
    expect(outcome(load(JSON.stringify(list)))).toMatchInlineSnapshot(`
      "
      INPUT_TOO_LARGE f.yaml:1:337: expected Lists at most 8 deep, got more
      "
    `)
  })
})

describe('the type of a document', () => {
  const typed = (apiVersion: string, kind: string): string =>
    outcome(load(podText().replace('v1', apiVersion).replace('Pod', kind)))

  test('that is not modelled is counted, if the document can be parsed', () => {
    const other = 'apiVersion: example.com/v1\nkind: Foo\nmetadata: {name: x}\n'
    const loaded = load(`${other}---\n${other}---\n${other}spec: [1, 2}\n---\napiVersion: v1\nkind: Endpoints\n`)
    expect(outcome(loaded)).toMatchInlineSnapshot(`
      "
      1: skipped 2 Foo of example.com/v1
      14: skipped 1 Endpoints of v1
      YAML_SYNTAX f.yaml:12:12: yaml: flow sequence in block collection must be sufficiently indented and end with a ]
      "
    `)
  })

  test('that was served by old clusters is skipped', () => {
    expect(typed('extensions/v1beta1', 'Deployment')).toMatchInlineSnapshot(`
      "
      1: skipped 1 Deployment of extensions/v1beta1
      "
    `)
    expect(typed('apps/v1beta2', 'DaemonSet')).toMatchInlineSnapshot(`
      "
      1: skipped 1 DaemonSet of apps/v1beta2
      "
    `)
  })

  test('that no cluster has is an error with the nearest there is', () => {
    const types = [
      ['v1', 'Pood'],
      ['v2', 'Pod'],
      ['apps/v1', 'Deploymnet'],
      ['app/v1', 'Deployment'],
      ['v1', 'Deployment'],
      ['batch/v1', 'Task'],
    ]
    expect(types.map(([apiVersion, kind]) => typed(apiVersion, kind)).join('')).toMatchInlineSnapshot(`
      "
      MANIFEST_DECODING f.yaml:1:1: Pood in version "v1" cannot be handled as a Pood: no kind "Pood" is registered for version "v1" in scheme "k8s.io/kubernetes/pkg/api/legacyscheme/scheme.go:30"
        hint: did you mean Pod instead of Pood?

      MANIFEST_DECODING f.yaml:1:1: Pod in version "v2" cannot be handled as a Pod: no kind "Pod" is registered for version "v2" in scheme "k8s.io/kubernetes/pkg/api/legacyscheme/scheme.go:30"
        hint: a Pod has apiVersion v1

      MANIFEST_DECODING f.yaml:1:1: Deploymnet in version "v1" cannot be handled as a Deploymnet: no kind "Deploymnet" is registered for version "apps/v1" in scheme "k8s.io/kubernetes/pkg/api/legacyscheme/scheme.go:30"
        hint: did you mean Deployment instead of Deploymnet?

      MANIFEST_DECODING f.yaml:1:1: Deployment in version "v1" cannot be handled as a Deployment: no kind "Deployment" is registered for version "app/v1" in scheme "k8s.io/kubernetes/pkg/api/legacyscheme/scheme.go:30"
        hint: a Deployment has apiVersion apps/v1

      MANIFEST_DECODING f.yaml:1:1: Deployment in version "v1" cannot be handled as a Deployment: no kind "Deployment" is registered for version "v1" in scheme "k8s.io/kubernetes/pkg/api/legacyscheme/scheme.go:30"
        hint: a Deployment has apiVersion apps/v1

      MANIFEST_DECODING f.yaml:1:1: Task in version "v1" cannot be handled as a Task: no kind "Task" is registered for version "batch/v1" in scheme "k8s.io/kubernetes/pkg/api/legacyscheme/scheme.go:30"
        hint: batch/v1 has CronJob, Job
      "
    `)
  })

  test('has to be there', () => {
    expect(outcome(load('apiVersion: v1\nmetadata: {name: x, labels: {b: 1, a: 2}}'))).toMatchInlineSnapshot(`
      "
      MANIFEST_DECODING f.yaml:1:1: Object 'Kind' is missing in '{"apiVersion":"v1","metadata":{"labels":{"a":2,"b":1},"name":"x"}}'
      "
    `)
    expect(outcome(load('kind: Pod\nmetadata: {name: x}'))).toMatchInlineSnapshot(`
      "
      MANIFEST_DECODING f.yaml:1:1: Object 'apiVersion' is missing in '{"kind":"Pod","metadata":{"name":"x"}}'
      "
    `)
    expect(outcome(load('hello world'))).toMatchInlineSnapshot(`
      "
      MANIFEST_DECODING f.yaml:1:1: expected an object with apiVersion and kind, got the string "hello world"
      "
    `)
    expect(outcome(load('- a\n- b'))).toMatchInlineSnapshot(`
      "
      MANIFEST_DECODING f.yaml:1:1: expected an object with apiVersion and kind, got a list
      "
    `)
  })
})

describe('a namespace', () => {
  const inX = podText().replace('name: p', 'name: p\n  namespace: x')
  const namespaces = (text: string, namespace?: string) =>
    load(text, { namespace }).objects.map(({ object }) => object.metadata.namespace)

  test('is default, or the one that is asked for, where none is written', () => {
    expect(namespaces(podText())).toEqual(['default'])
    expect(namespaces(podText(), 'x')).toEqual(['x'])
    expect(namespaces(inX)).toEqual(['x'])
    expect(namespaces(inX, 'x')).toEqual(['x'])
  })

  test('other than the one that is asked for is refused in the words of kubectl', () => {
    expect(outcome(load(inX, { namespace: 'y' }))).toMatchInlineSnapshot(`
      "
      MANIFEST_CONFLICT f.yaml:5:3: the namespace from the provided object "x" does not match the namespace "y". You must pass '--namespace=x' to perform this operation.
      "
    `)
  })

  test('is nothing that a node has', () => {
    const node = 'apiVersion: v1\nkind: Node\nmetadata: {name: node, namespace: x}'
    expect(load(node, { namespace: 'y' }).objects[0].object.metadata).toEqual({ name: 'node' })
  })
})
