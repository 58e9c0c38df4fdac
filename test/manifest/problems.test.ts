import { describe, expect, test } from 'vitest'
import { loadManifests } from '../../src/manifest/index.js'
import type { Pod } from '../../src/model/index.js'
import { load, outcome, podText } from './manifests.js'

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
    'a key twice in what is skipped': 'apiVersion: v1\nkind: Endpoints\nmetadata:\n  name: a\n  name: b\n',
    'a template': podText('{{ .Values.name }}'),
    'a template in a line of its own': podText().replace('spec:', '{{- if .Values.x }}\nspec:'),
    'an alias to nothing': podText('*p'),
    'bytes that are no text': '\u0000\u0001',
    'a control character': podText('p', '  hostname: "a\u001b[2J"\n'),
    'a quote that is open without indentation': podText('p', "    args: ['\n    a\n"),
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
    YAML_SYNTAX f.yaml:1:1: yaml: control characters are not allowed
      hint: take the character U+0000 away, or write it as an escape within double quotes
    a control character:
    YAML_SYNTAX f.yaml:9:15: yaml: control characters are not allowed
      hint: take the character U+001B away, or write it as an escape within double quotes
    a quote that is open without indentation:
    YAML_SYNTAX f.yaml:11:1: yaml: missing closing '
    a list for a key:
    YAML_SYNTAX f.yaml:9:5: yaml: invalid map key: a list
    infinity:
    YAML_SYNTAX f.yaml:9:13: yaml: json: unsupported value: +Inf
    "
  `)
})
