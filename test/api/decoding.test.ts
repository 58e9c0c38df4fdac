import { describe, expect, test } from 'vitest'
import { canonicalObject, decodeObject } from '../../src/api/index.js'
import type { Kind } from '../../src/model/index.js'
import type { Json } from './answers.js'

/** What is wrong with an object: message, place and hint. */
function problemOf(kind: Kind, value: unknown): string {
  const { error } = decodeObject(kind, value)
  if (error === undefined) return 'none'
  return [error.message, `at ${error.path.join('.')}`, error.hint].filter(line => line !== undefined).join('\n  ')
}

const inPod = (spec: Json): string => problemOf('Pod', { kind: 'Pod', spec })
const inContainer = (fields: Json): string => inPod({ containers: [{ name: 'a' }, fields] })

describe('a value of another type', () => {
  test('is told with its place', () => {
    const problems = [
      ['a text for a number', inPod({ activeDeadlineSeconds: '5' })],
      ['a fraction for a number', inPod({ activeDeadlineSeconds: 1.5 })],
      ['a number beyond 32 bits', inPod({ priority: 2 ** 31 })],
      ['a number beyond 64 bits', inPod({ activeDeadlineSeconds: 2 ** 64 })],
      ['a number for a text', inContainer({ image: 1 })],
      ['a truth value for a text', inContainer({ env: [{ name: 'A', value: true }] })],
      ['a number in a list of texts', inContainer({ command: ['sleep', 5] })],
      ['a text for a truth value', inPod({ hostNetwork: 'yes' })],
      ['a map for a list', inPod({ containers: { name: 'a' } })],
      ['a list for a map', inContainer({ resources: [] })],
      ['a text for an object', inContainer({ livenessProbe: 'exec' })],
      ['a text for a list', inContainer({ args: '-v' })],
      ['a number for the text of a label', problemOf('Pod', { metadata: { labels: { version: 1 } } })],
      ['a truth value for a port', inContainer({ livenessProbe: { httpGet: { port: true } } })],
      ['a fraction for a port', inContainer({ livenessProbe: { httpGet: { port: 80.5 } } })],
      ['a truth value for a quantity', inContainer({ resources: { limits: { cpu: true } } })],
      ['a text that is no quantity', inContainer({ resources: { limits: { memory: '1 Gi' } } })],
      ['a text that is no time', problemOf('Pod', { metadata: { creationTimestamp: 'yesterday' } })],
      ['a time without a zone', problemOf('Pod', { metadata: { creationTimestamp: '2025-01-01T00:00:00' } })],
      ['data that is not base64', problemOf('Secret', { data: { a: 'plain text' } })],
      ['a list for the whole', problemOf('Pod', [])],
    ]
    const shown = problems.map(([name, problem]) => `${name}:\n  ${problem}`)
    expect(`\n${shown.join('\n')}\n`).toMatchInlineSnapshot(`
      "
      a text for a number:
        json: cannot unmarshal string into Go struct field PodSpec.spec.activeDeadlineSeconds of type int64
        at spec.activeDeadlineSeconds
      a fraction for a number:
        json: cannot unmarshal number 1.5 into Go struct field PodSpec.spec.activeDeadlineSeconds of type int64
        at spec.activeDeadlineSeconds
      a number beyond 32 bits:
        json: cannot unmarshal number 2147483648 into Go struct field PodSpec.spec.priority of type int32
        at spec.priority
      a number beyond 64 bits:
        json: cannot unmarshal number 18446744073709552000 into Go struct field PodSpec.spec.activeDeadlineSeconds of type int64
        at spec.activeDeadlineSeconds
      a number for a text:
        json: cannot unmarshal number into Go struct field Container.spec.containers.image of type string
        at spec.containers.1.image
      a truth value for a text:
        json: cannot unmarshal bool into Go struct field EnvVar.spec.containers.env.value of type string
        at spec.containers.1.env.0.value
      a number in a list of texts:
        json: cannot unmarshal number into Go struct field Container.spec.containers.command of type string
        at spec.containers.1.command.1
      a text for a truth value:
        json: cannot unmarshal string into Go struct field PodSpec.spec.hostNetwork of type bool
        at spec.hostNetwork
      a map for a list:
        json: cannot unmarshal object into Go struct field PodSpec.spec.containers of type []v1.Container
        at spec.containers
      a list for a map:
        json: cannot unmarshal array into Go struct field Container.spec.containers.resources of type v1.ResourceRequirements
        at spec.containers.1.resources
      a text for an object:
        json: cannot unmarshal string into Go struct field Container.spec.containers.livenessProbe of type v1.Probe
        at spec.containers.1.livenessProbe
      a text for a list:
        json: cannot unmarshal string into Go struct field Container.spec.containers.args of type []string
        at spec.containers.1.args
      a number for the text of a label:
        json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string
        at metadata.labels.version
      a truth value for a port:
        json: cannot unmarshal bool into Go value of type int32
        at spec.containers.1.livenessProbe.httpGet.port
      a fraction for a port:
        json: cannot unmarshal number 80.5 into Go value of type int32
        at spec.containers.1.livenessProbe.httpGet.port
      a truth value for a quantity:
        quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'
        at spec.containers.1.resources.limits.cpu
      a text that is no quantity:
        quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'
        at spec.containers.1.resources.limits.memory
      a text that is no time:
        parsing time "yesterday" as "2006-01-02T15:04:05Z07:00": cannot parse "yesterday" as "2006"
        at metadata.creationTimestamp
      a time without a zone:
        parsing time "2025-01-01T00:00:00" as "2006-01-02T15:04:05Z07:00": cannot parse "" as "Z07:00"
        at metadata.creationTimestamp
      data that is not base64:
        illegal base64 data at input byte 5
        at data.a
      a list for the whole:
        json: cannot unmarshal array into Go value of type v1.Pod
        at 
      "
    `)
  })

  test('null is the same as absent', () => {
    const value = {
      kind: 'Pod',
      metadata: null,
      spec: { containers: null, hostNetwork: null, nodeSelector: { a: null } },
    }
    expect(decodeObject('Pod', value).object).toEqual({
      kind: 'Pod',
      metadata: {},
      spec: { nodeSelector: { a: '' } },
      status: {},
    })
  })

  test('a quantity may be a number', () => {
    const containers = [{ name: 'a', image: 'a:1', resources: { limits: { cpu: 0.5, memory: 1024 } } }]
    const decoded = decodeObject('Pod', { kind: 'Pod', spec: { containers } })
    expect(decoded.object && canonicalObject(decoded.object)).toMatchObject({
      spec: { containers: [{ resources: { limits: { cpu: '500m', memory: '1024' } } }] },
    })
  })
})

describe('an unknown field', () => {
  test('is named with its place and the nearest there is', () => {
    expect(inContainer({ imagePullpolicy: 'Always' })).toMatchInlineSnapshot(`
      "strict decoding error: unknown field "spec.containers[1].imagePullpolicy"
        at spec.containers.1.imagePullpolicy
        did you mean imagePullPolicy instead of imagePullpolicy?"
    `)
    expect(inContainer({ livenessProbe: { httpGet: { port: 80, pathh: '/' } } })).toMatchInlineSnapshot(`
      "strict decoding error: unknown field "spec.containers[1].livenessProbe.httpGet.pathh"
        at spec.containers.1.livenessProbe.httpGet.pathh
        did you mean path instead of pathh?"
    `)
    expect(
      problemOf('Deployment', { spec: { template: { spec: { restartpolicy: 'Always' } } } }),
    ).toMatchInlineSnapshot(`
      "strict decoding error: unknown field "spec.template.spec.restartpolicy"
        at spec.template.spec.restartpolicy
        did you mean restartPolicy instead of restartpolicy?"
    `)
  })

  test('without a likeness is told what there is', () => {
    expect(inContainer({ securityContext: { linuxCapabilitySet: [] } })).toMatchInlineSnapshot(`
      "strict decoding error: unknown field "spec.containers[1].securityContext.linuxCapabilitySet"
        at spec.containers.1.securityContext.linuxCapabilitySet
        a SecurityContext has capabilities, privileged, seLinuxOptions, windowsOptions, runAsUser, runAsGroup, runAsNonRoot, readOnlyRootFilesystem, allowPrivilegeEscalation, procMount, seccompProfile, appArmorProfile"
    `)
  })

  test('counts together with others, in the order of the fields', () => {
    const spec = { replica: 1, containers: [{ name: 'a', cpu: 1 }] }
    expect(problemOf('Pod', { kind: 'Pod', spec, statuss: {}, metadata: { label: {} } })).toMatchInlineSnapshot(`
      "strict decoding error: unknown field "metadata.label", unknown field "spec.containers[0].cpu", unknown field "spec.replica", unknown field "statuss"
        at metadata.label
        did you mean labels instead of label? did you mean status instead of statuss?"
    `)
  })

  test('matters less than a wrong type', () => {
    expect(inPod({ foo: 1, priority: 'high' })).toMatchInlineSnapshot(`
      "json: cannot unmarshal string into Go struct field PodSpec.spec.priority of type int32
        at spec.priority"
    `)
  })

  test('with a hostile name is an unknown field like any other', () => {
    const spec = JSON.parse('{"__proto__":{},"constructor":1}') as Json
    expect(inPod(spec)).toMatchInlineSnapshot(`
      "strict decoding error: unknown field "spec.__proto__", unknown field "spec.constructor"
        at spec.__proto__
        a PodSpec has volumes, initContainers, containers, ephemeralContainers, restartPolicy, terminationGracePeriodSeconds, activeDeadlineSeconds, dnsPolicy, nodeSelector, serviceAccountName, serviceAccount, automountServiceAccountToken, …"
    `)
  })
})

test('amounts are written as the server writes them', () => {
  const limits = { cpu: '0.1', memory: '1024Mi', 'ephemeral-storage': '1000k' }
  const decoded = decodeObject('Pod', { kind: 'Pod', spec: { containers: [{ name: 'a', resources: { limits } }] } })
  expect(decoded.object && canonicalObject(decoded.object)).toMatchObject({
    spec: { containers: [{ resources: { limits: { cpu: '100m', memory: '1Gi', 'ephemeral-storage': '1M' } } }] },
  })
})
