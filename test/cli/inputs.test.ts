import { describe, expect, test } from 'vitest'
import { POD, podwright, put, stackFrame } from './podwright.js'

const pod = (spec: string) => `apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n${spec}\n`
const containers = '  containers:\n    - name: app\n      image: app:1\n'
const scenario = (spec: string) => `apiVersion: podwright.dev/v1\nkind: Scenario\nspec:\n${spec}\n---\n${POD}`

/** What is broken, the file, and how the message goes on after the name of the file. */
const BROKEN: Readonly<Record<string, readonly [content: string | Uint8Array, message: string]>> = {
  'a key given twice': [
    pod('  restartPolicy: Never\n  restartPolicy: Always\n  containers: []'),
    ':7:3: yaml: key "restartPolicy" already set in map',
  ],
  'a tab as indentation': [pod('\tcontainers: []'), ':6:1: yaml: tabs are not allowed as indentation'],
  'an unclosed bracket': [
    pod('  containers: [ { name: app'),
    ':7:1: yaml: flow map in block collection must be sufficiently indented and end with a }',
  ],
  'an unclosed quotation': [pod('  nodeName: "a'), ':7:1: yaml: missing closing "'],
  'a wrong indentation': [
    'apiVersion: v1\nkind: Pod\n metadata: {}\n',
    ':2:7: yaml: nested mappings are not allowed in compact mappings',
  ],
  'JSON that ends too soon': [
    '{"apiVersion": "v1", "kind": "Pod", "metadata": {',
    ':1:50: expected JSON, as the input begins with "{"; got: ',
  ],
  'a list instead of an object': ['- a\n- b\n', ':1:1: expected an object with apiVersion and kind, got a list'],
  'a text instead of an object': [
    'hello\n',
    ':1:1: expected an object with apiVersion and kind, got the string "hello"',
  ],
  'no kind': [
    'apiVersion: v1\nmetadata:\n  name: web\n',
    `:1:1: Object 'Kind' is missing in '{"apiVersion":"v1","metadata":{"name":"web"}}'`,
  ],
  'no apiVersion': [
    'kind: Pod\nmetadata:\n  name: web\n',
    `:1:1: Object 'apiVersion' is missing in '{"kind":"Pod","metadata":{"name":"web"}}'`,
  ],
  'a kind of the wrong group': [
    'apiVersion: apps/v1\nkind: Pod\nmetadata:\n  name: web\n',
    ':1:1: Pod in version "v1" cannot be handled as a Pod: no kind "Pod" is registered for ve',
  ],
  'a misspelt field': [
    pod('  containers:\n    - name: app\n      image: app:1\n      readynessProbe: {}'),
    ':9:7: Pod in version "v1" cannot be handled as a Pod: strict decoding error: unknown fie',
  ],
  'a number where a text belongs': [
    pod('  containers:\n    - name: 5\n      image: app:1'),
    ':7:7: Pod in version "v1" cannot be handled as a Pod: json: cannot unmarshal number into',
  ],
  'a text where a number belongs': [
    pod(`${containers}  terminationGracePeriodSeconds: soon`),
    ':9:3: Pod in version "v1" cannot be handled as a Pod: json: cannot unmarshal string into',
  ],
  'no containers': [pod('  containers: []'), ':6:3: Pod "web" is invalid: spec.containers: Required value'],
  'a container without a name': [
    pod('  containers:\n    - image: app:1'),
    ':7:7: Pod "web" is invalid: spec.containers[0].name: Required value',
  ],
  'two containers of one name': [
    pod(`${containers}    - name: app\n      image: app:2`),
    ':9:7: Pod "web" is invalid: spec.containers[1].name: Duplicate value: "app"',
  ],
  'a name that is none': [
    POD.replace('name: web', 'name: Web_1'),
    ':4:3: Pod "Web_1" is invalid: metadata.name: Invalid value: "Web_1": a lowercase RFC 112',
  ],
  'a wrong quantity': [
    pod(`${containers}      resources: { requests: { memory: 1Gb } }`),
    ':9:32: Pod in version "v1" cannot be handled as a Pod: quantities must match the regular',
  ],
  'a request above its limit': [
    pod(`${containers}      resources: { requests: { cpu: 2 }, limits: { cpu: 1 } }`),
    ':9:20: Pod "web" is invalid: spec.containers[0].resources.requests: Invalid value: "2":',
  ],
  'a wrong probe': [
    pod(`${containers}      livenessProbe: { periodSeconds: -1, httpGet: { port: http } }`),
    ':9:24: Pod "web" is invalid: spec.containers[0].livenessProbe.periodSeconds: Invalid val',
  ],
  'a probe with two handlers': [
    pod(`${containers}      livenessProbe: { tcpSocket: { port: 1 }, exec: { command: [x] } }`),
    ':9:24: Pod "web" is invalid: spec.containers[0].livenessProbe.tcpSocket: Forbidden: may',
  ],
  'a wrong restartPolicy': [
    pod(`${containers}  restartPolicy: Sometimes`),
    ':9:3: Pod "web" is invalid: spec.restartPolicy: Unsupported value: "Sometimes": supporte',
  ],
  'a selector that does not match': [
    `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: wbe } }
    spec: { containers: [ { name: app, image: app:1 } ] }
`,
    ':7:17: Deployment.apps "web" is invalid: spec.template.metadata.labels: Invalid value: m',
  ],
  'an object given twice': [`${POD}---\n${POD}`, ':10:1: expected every object once, got Pod "web" a second time'],
  'an alias bomb': [
    `a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [${'*a,'.repeat(99)}]\nc: &c [${'*b,'.repeat(99)}]\nd: [${'*c,'.repeat(99)}]\napiVersion: v1\nkind: Pod\n`,
    ':3:257: expected at most 100000 values by way of aliases, got more: document contains ex',
  ],
  'an unknown alias': [
    'apiVersion: v1\nkind: Pod\nmetadata: *nobody\n',
    `:3:11: yaml: unknown anchor 'nobody' referenced`,
  ],
  'lists in lists in lists': [
    `apiVersion: v1\nkind: Pod\nspec: ${'['.repeat(5000)}\n`,
    ':3:256: expected maps and lists at most 250 deep, got more',
  ],
  'bytes that are not UTF-8': [
    Buffer.concat([Buffer.from('apiVersion: v1\nkind: '), Buffer.from([0xff, 0xfe, 0x41])]),
    ':2:7: expected text in UTF-8, got bytes that are not',
  ],
  'a template of Helm': [
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Values.name }}\n',
    ':4:10: yaml: invalid map key: a map',
  ],
  'a Scenario with a misspelt field': [scenario('  behaviors: []'), ':4:3: unknown field "behaviors" in the spec'],
  'a Scenario with a wrong behaviour': [
    scenario('  behaviours:\n    - web/app: exits 300'),
    ':5:7: "web/app: exits 300", column 16: expected an exit code, 0 to 255, got "300"',
  ],
  'a Scenario about nobody': [scenario('  behaviours:\n    - wbe/app: runs'), ':5:7: nothing matches "wbe/app"'],
  'a Scenario that deletes nobody': [
    scenario('  steps:\n    - { at: 5s, delete: pod/wbe }'),
    ':5:7: nothing is named "pod/wbe"',
  ],
  'a Scenario that restarts no kubelet': [
    scenario('  steps:\n    - { at: 5s, restartKubelet: node-7 }'),
    ':5:7: no node is named "node-7"',
  ],
  'a Scenario whose file is missing': [
    scenario('  manifests: [ nowhere.yaml ]'),
    ':4:16: nowhere.yaml: no such file or directory',
  ],
  'a Scenario whose file is elsewhere': [
    scenario('  manifests: [ ../../etc/passwd ]'),
    `:4:16: expected a file in the Scenario's folder, got "../../etc/passwd"`,
  ],
  'a Scenario with expectations': [
    scenario('  expect: [ "web is ready" ]'),
    ':4:13: "web is ready", column 1: expected ',
  ],
  'a Scenario that applies nonsense': [
    scenario('  steps:\n    - at: 5s\n      apply: { apiVersion: v1, kind: Pod, metadata: { name: x }, spec: {} }'),
    ':6:66: Pod "x" is invalid: spec.containers: Required value',
  ],
}

describe('broken inputs end with 2 and a located message', () => {
  test.each(Object.keys(BROKEN))('%s', name => {
    const [content, message] = BROKEN[name]
    const file = put(`${name.replaceAll(' ', '-')}.yaml`, content)
    const { code, out, err } = podwright(['run', file])
    expect(err.slice(0, `podwright: ${file}${message}`.length)).toBe(`podwright: ${file}${message}`)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).not.toMatch(stackFrame)
  })

  test('every problem of every document is told at once, those of flags as well', () => {
    put('many/a.yaml', `${pod('  containers: []')}---\n${POD}---\nkind: Pod\n`)
    put('many/b.yaml', `${POD}---\n: : :\n`)
    const { code, err } = podwright(['run', 'many', '--behave', 'exits', '--nodes', '0'])
    expect(code).toBe(2)
    const places = err.split('\n').flatMap(line => /^podwright: ([^ ]+):/.exec(line)?.[1] ?? [])
    expect(places).toEqual([
      '--behave',
      '--nodes',
      'many/a.yaml:6:3',
      'many/a.yaml:17:1',
      'many/b.yaml:1:1',
      'many/b.yaml:10:3',
    ])
  })

  test('inputs that are too large are refused at once', () => {
    const began = Date.now()
    const file = put('large.yaml', Buffer.alloc(100 * 1024 * 1024, 'a: 1\n'))
    expect(podwright(['run', file])).toEqual({
      code: 2,
      out: '',
      err: 'podwright: large.yaml: expected at most 32 MiB, got more\n',
    })
    expect(Date.now() - began).toBeLessThan(10_000)
  })

  test('more pods than a plan takes are refused', () => {
    const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 1000000000
  selector: { matchLabels: { app: web } }
  template: { metadata: { labels: { app: web } }, spec: { containers: [ { name: app, image: a } ] } }
`
    const { code, err } = podwright(['run', put('fleet.yaml', deployment)])
    expect({ code, err }).toEqual({
      code: 2,
      err: `podwright: fleet.yaml:1:1: expected at most 150000 pods, got 1000000000 with Deployment/default/web
  hint: lower the replicas, or run the files one by one
`,
    })
  })
})

describe('inputs that are fine', () => {
  const table = (...args: readonly string[]) => podwright(['run', ...args, '--output', 'table'])

  test('standard input, JSON, a List, CRLF, a byte-order mark, comments and empty documents', () => {
    const json = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [podObject('a'), podObject('b')] })
    const forms = [json, POD.replaceAll('\n', '\r\n'), `\ufeff${POD}`, `# nothing\n---\n---\n${POD}---\n# nothing\n`]
    const answers = forms.map(input => podwright(['run', '-', '--output', 'table'], { input }))
    expect(answers.map(({ code }) => code)).toEqual([0, 0, 0, 0])
    expect(answers.map(({ out }) => out.split('\n').map(line => line.split(' ')[0]))).toEqual([
      ['NAME', 'a', 'b', ''],
      ['NAME', 'web', ''],
      ['NAME', 'web', ''],
      ['NAME', 'web', ''],
    ])
  })

  test('a directory in the order of names, and those within only with -R', () => {
    put('tree/b.yaml', POD.replace('name: web', 'name: b'))
    put('tree/a.yml', POD.replace('name: web', 'name: a'))
    put('tree/deep/c.json', JSON.stringify(podObject('c')))
    put('tree/readme.md', 'no manifest')
    const names = (...args: string[]) =>
      table(...args)
        .out.split('\n')
        .slice(1, -1)
        .map(line => line.split(' ')[0])
    expect(names('tree')).toEqual(['a', 'b'])
    expect(names('tree', '-R')).toEqual(['a', 'b', 'c'])
  })

  test('a file without any workload is fine, and said so', () => {
    const crd = 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: x }\nspec: {}\n'
    const { code, out, err } = table(
      put(
        'crds.yaml',
        `${crd}---\n${crd}---\napiVersion: v1\nkind: Service\nmetadata: { name: s }\nspec: { ports: [ { port: 80 } ] }\n`,
      ),
    )
    expect({ code, out }).toEqual({ code: 0, out: 'No resources found in default namespace.\n' })
    expect(err.split('\n').slice(0, 2)).toEqual([
      'skipped, because podwright does not model them: 2 CustomResourceDefinition',
      'nothing to run: there are no pods, nor workloads that ask for some',
    ])
  })

  test('what clusters serve no longer is said so, with what to write', () => {
    const old = (apiVersion: string, kind: string): string =>
      `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: x }\n`
    const versions = [old('extensions/v1beta1', 'Deployment'), old('policy/v1beta1', 'PodDisruptionBudget')]
    const { code, err } = table(
      put('old.yaml', [...versions, versions[0], old('example.com/v1beta1', 'Deployment')].join('---\n')),
    )
    expect(code).toBe(0)
    expect(err.split('\n').slice(0, 4)).toEqual([
      'skipped, because podwright does not model them: 1 Deployment',
      'skipped, because Kubernetes serves extensions/v1beta1 no longer: 2 Deployment, write apps/v1 (old.yaml:1:1)',
      'skipped, because Kubernetes serves policy/v1beta1 no longer: 1 PodDisruptionBudget, write policy/v1 (old.yaml:5:1)',
      'nothing to run: there are no pods, nor workloads that ask for some',
    ])
  })

  test('an empty input is fine, too', () => {
    expect(podwright(['run', '-', '--output', 'table']).out).toBe('No resources found in default namespace.\n')
  })

  test('a Scenario reads the manifests beside it, from any working directory', () => {
    put('scenario/web.yaml', POD)
    put(
      'scenario/s.yaml',
      'apiVersion: podwright.dev/v1\nkind: Scenario\nspec: { manifests: [ web.yaml ], behaviours: [ { container: app, runs: [ crashes ] } ] }\n',
    )
    const here = table('scenario/s.yaml')
    expect(here.out).toContain('CrashLoopBackOff')
    expect(table('scenario/s.yaml', 'scenario/web.yaml').out).toBe(here.out)
  })

  test('what is not modelled is told with its lines, and refused with --strict', () => {
    const file = put(
      'claims.yaml',
      `${POD}  resourceClaims:
    - name: gpu
      resourceClaimName: gpu
`,
    )
    const lenient = table(file)
    expect(lenient.code).toBe(0)
    expect(lenient.err).toMatch(
      /not modelled \(--strict makes it an error\):\n {2}claims\.yaml:9:3: spec\.resourceClaims: /,
    )
    const strict = table(file, '--strict')
    expect({ code: strict.code, out: strict.out }).toEqual({ code: 2, out: '' })
    expect(strict.err).toMatch(/^podwright: claims\.yaml:9:3: spec\.resourceClaims of Pod "web" is not modelled: /)
  })

  test('a namespace is given to those that name none, and others are refused as kubectl does', () => {
    const file = put('namespaced.yaml', POD)
    expect(podwright(['run', file, '-n', 'shop', '--at', '5s']).out).toMatch(/^ {2}namespace: shop$/m)
    const other = put('other.yaml', POD.replace('name: web', 'name: web\n  namespace: prod'))
    expect(podwright(['run', other, '-n', 'shop']).err).toMatch(/namespace/)
  })
})

const podObject = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: { containers: [{ name: 'app', image: 'app:1' }] },
})
