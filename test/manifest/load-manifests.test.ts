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
    const loaded = load(`${other}---\n${other}---\n${other}spec: [1, 2}\n---\napiVersion: v1\nkind: ServiceAccount\n`)
    expect(outcome(loaded)).toMatchInlineSnapshot(`
      "
      1: skipped 2 Foo of example.com/v1
      14: skipped 1 ServiceAccount of v1
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

describe('an object', () => {
  test('is there once', () => {
    const inputs = ['a.yaml', 'b.yaml'].map(name => ({ name, text: podText() }))
    expect(outcome(loadManifests(inputs))).toMatchInlineSnapshot(`
      "
      1:1 Pod p
      MANIFEST_CONFLICT b.yaml:1:1: expected every object once, got Pod "p" a second time
        hint: the first is at a.yaml:1:1
      "
    `)
    const elsewhere = podText().replace('name: p', 'name: p\n  namespace: x')
    expect(load(`${podText()}---\n${elsewhere}`).problems).toEqual([])
  })

  test('without a name of its own may be there again', () => {
    const text = podText().replace('name: p', 'generateName: p-')
    expect(load(`${text}---\n${text}`).objects).toHaveLength(2)
  })

  test('that is not valid has all that is wrong with it told, with the places', () => {
    const text = podText('P', '    ports: [{containerPort: 0}]\n  restartPolicy: Maybe\n  hostname: a.b\n')
    expect(outcome(load(text))).toMatchInlineSnapshot(`
      "
      MANIFEST_INVALID f.yaml:4:3: Pod "P" is invalid: [metadata.name: Invalid value: "P": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*'), spec.containers[0].ports[0].containerPort: Required value, spec.restartPolicy: Unsupported value: "Maybe": supported values: "Always", "OnFailure", "Never", spec.hostname: Invalid value: "a.b": must not contain dots]
        hint: also spec.containers[0].ports[0].containerPort at f.yaml:9:14, spec.restartPolicy at f.yaml:10:3, spec.hostname at f.yaml:11:3
      "
    `)
  })

  test('with very many errors has the first places told', () => {
    const ports = Array.from({ length: 9 }, () => '    - containerPort: 0\n').join('')
    expect(load(podText('p', `    ports:\n${ports}`)).problems[0].hint).toMatchInlineSnapshot(
      `"also spec.containers[0].ports[1].containerPort at f.yaml:11:7, spec.containers[0].ports[2].containerPort at f.yaml:12:7, spec.containers[0].ports[3].containerPort at f.yaml:13:7, spec.containers[0].ports[4].containerPort at f.yaml:14:7, spec.containers[0].ports[5].containerPort at f.yaml:15:7, and 3 more"`,
    )
  })

  test('with a field that is missing is placed at what is around it', () => {
    expect(outcome(load(podText().replace('    image: app:1\n', '')))).toMatchInlineSnapshot(`
      "
      MANIFEST_INVALID f.yaml:7:5: Pod "p" is invalid: spec.containers[0].image: Required value
      "
    `)
  })

  test('is defaulted, and its quantities are canonical', () => {
    const { object } = load(podText('p', '    resources: {limits: {cpu: 0.5, memory: 1024Mi}}\n')).objects[0]
    expect((object as Pod).spec.containers[0]).toMatchObject({
      imagePullPolicy: 'IfNotPresent',
      resources: { limits: { cpu: '500m', memory: '1Gi' }, requests: { cpu: '500m', memory: '1Gi' } },
    })
  })

  test('that is a StatefulSet may mount its claims, but nothing else that is missing', () => {
    const set = (volume: string): string => `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: s}
spec:
  selector: {matchLabels: {a: b}}
  template:
    metadata: {labels: {a: b}}
    spec:
      containers:
      - name: a
        image: x
        volumeMounts: [{name: ${volume}, mountPath: /d}]
  volumeClaimTemplates:
  - metadata: {name: data}
    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
`
    expect(outcome(load(set('data')))).toMatchInlineSnapshot(`
      "
      1:1 StatefulSet s
      "
    `)
    expect(outcome(load(set('date')))).toMatchInlineSnapshot(`
      "
      MANIFEST_INVALID f.yaml:12:25: the pods of StatefulSet "s" would be refused: spec.template.spec.containers[0].volumeMounts[0].name: Not found: "date"
      "
    `)
  })

  test('is judged by the release', () => {
    const sleepZero = podText('p', '    lifecycle: {preStop: {sleep: {seconds: 0}}}\n')
    expect(load(sleepZero, { kubernetes: '1.32' }).problems).toHaveLength(1)
    expect(load(sleepZero, { kubernetes: '1.33' }).problems).toEqual([])
    expect(() => load(podText(), { kubernetes: '1.20' })).toThrow('expected a Kubernetes release')
  })
})

test('what YAML takes for something else than text is told with what to do', () => {
  const env = (value: string): string => podText('p', `    env:\n    - {name: A, value: ${value}}\n`)
  expect(['yes', 'n', '0755', '1.5'].map(value => outcome(load(env(value)))).join('')).toMatchInlineSnapshot(`
    "
    MANIFEST_DECODING f.yaml:10:17: Pod in version "v1" cannot be handled as a Pod: json: cannot unmarshal bool into Go struct field EnvVar.spec.containers.env.value of type string
      hint: put quotes around it: without them it is a truth value

    MANIFEST_DECODING f.yaml:10:17: Pod in version "v1" cannot be handled as a Pod: json: cannot unmarshal bool into Go struct field EnvVar.spec.containers.env.value of type string
      hint: put quotes around it: without them it is a truth value

    MANIFEST_DECODING f.yaml:10:17: Pod in version "v1" cannot be handled as a Pod: json: cannot unmarshal number into Go struct field EnvVar.spec.containers.env.value of type string
      hint: put quotes around it: without them it is a number

    MANIFEST_DECODING f.yaml:10:17: Pod in version "v1" cannot be handled as a Pod: json: cannot unmarshal number into Go struct field EnvVar.spec.containers.env.value of type string
      hint: put quotes around it: without them it is a number
    "
  `)
  expect(['"yes"', '1.2.3', '0o8', '2025-01-01', 'nope'].flatMap(value => load(env(value)).problems)).toEqual([])
})

test('an error of syntax is told with its place', () => {
  const texts = {
    'a tab': podText().replace('    image', '\t\timage'),
    'bad indentation': podText('p', '   bad: x\n'),
    'an open quote': podText('p', '  hostname: "x\n'),
    'two colons': podText('p', '  hostname: a: b\n'),
    'a key twice': podText().replace('name: p', 'name: p\n  name: q'),
    'a key twice, in quotes': podText().replace('name: p', 'name: p\n  "name": q'),
    'a key twice in what is skipped': 'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: a\n  name: b\n',
    'a template': podText('{{ .Values.name }}'),
    'a template in a line of its own': podText().replace('spec:', '{{- if .Values.x }}\nspec:'),
    'an alias to nothing': podText('*p'),
    'bytes that are no text': '\u0000\u0001',
    'a list for a key': podText('p', '  ? [a]\n  : b\n'),
    infinity: podText('p', '  priority: .inf\n'),
  }
  const shown = Object.entries(texts).map(([name, text]) => `${name}:${outcome(load(text))}`)
  expect(shown.join('')).toMatchInlineSnapshot(`
    "a tab:
    YAML_SYNTAX f.yaml:8:1: yaml: tabs are not allowed as indentation
      hint: indent with spaces
    bad indentation:
    YAML_SYNTAX f.yaml:9:1: yaml: sequence item without - indicator
    an open quote:
    YAML_SYNTAX f.yaml:10:1: yaml: missing closing "
    two colons:
    YAML_SYNTAX f.yaml:9:13: yaml: nested mappings are not allowed in compact mappings
      hint: put quotes around a value that contains ": "
    a key twice:
    YAML_SYNTAX f.yaml:5:3: yaml: key "name" already set in map
    a key twice, in quotes:
    YAML_SYNTAX f.yaml:5:3: yaml: key "name" already set in map
    a key twice in what is skipped:
    YAML_SYNTAX f.yaml:5:3: yaml: key "name" already set in map
    a template:
    YAML_SYNTAX f.yaml:4:10: yaml: invalid map key: a map
      hint: fill in the template first: what stands between {{ and }} is not YAML
    a template in a line of its own:
    YAML_SYNTAX f.yaml:5:1: yaml: implicit keys need to be on a single line
      hint: fill in the template first: what stands between {{ and }} is not YAML
    an alias to nothing:
    YAML_SYNTAX f.yaml:4:9: yaml: unknown anchor 'p' referenced
    bytes that are no text:
    MANIFEST_DECODING f.yaml:1:1: expected an object with apiVersion and kind, got the string "\\u0000\\u0001"
    a list for a key:
    YAML_SYNTAX f.yaml:9:5: yaml: invalid map key: a list
    infinity:
    YAML_SYNTAX f.yaml:9:13: yaml: json: unsupported value: +Inf
    "
  `)
})
