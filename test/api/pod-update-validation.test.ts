import { describe, expect, test } from 'vitest'
import { canonicalObject, decodeObject, defaultObject, invalidMessage, validatePodUpdate } from '../../src/api/index.js'
import type { Pod } from '../../src/model/index.js'
import { PROFILES } from '../../src/model/index.js'
import type { Json } from './answers.js'

const CONTAINER = { name: 'app', image: 'app:1' }

function pod(spec: Json, metadata: Json): Pod {
  const value = {
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'default', uid: 'u-1', ...metadata },
    spec: { containers: [CONTAINER], ...spec },
  }
  const decoded = decodeObject('Pod', value)
  if (decoded.error !== undefined) throw new Error(decoded.error.message)
  return canonicalObject(defaultObject(decoded.object) as Pod)
}

/** A pod as it is, and what another one gives in its place. */
interface Update {
  readonly was?: Json
  readonly is?: Json
  readonly metadata?: readonly [Json, Json]
}

function answerTo({ was = {}, is = {}, metadata: [before, after] = [{}, {}] }: Update): string {
  const errors = validatePodUpdate(pod(was, before), pod(is, after), PROFILES['1.32'])
  return errors.length === 0 ? 'valid' : invalidMessage('Pod', 'web', errors)
}

const answers = (updates: readonly Update[]): string =>
  `\n${updates.map(update => `${JSON.stringify(update)}\n  ${answerTo(update).replaceAll('\n', '\n  ')}`).join('\n')}\n`

/** The answer when one field, absent until then or of the value given, gets a value. */
const change = (field: string, values: readonly unknown[], was?: unknown): string =>
  answers(values.map(value => ({ ...(was !== undefined && { was: { [field]: was } }), is: { [field]: value } })))

describe('an update of a pod', () => {
  test('that changes nothing is valid, whatever way the same is written', () => {
    const was = {
      hostNetwork: false,
      nodeSelector: {},
      containers: [{ ...CONTAINER, resources: { requests: { cpu: '0.5', memory: '1024Mi' } } }],
    }
    const is = { containers: [{ ...CONTAINER, resources: { requests: { cpu: '500m', memory: '1Gi' }, limits: {} } }] }
    expect(answerTo({ was, is })).toBe('valid')
    expect(answerTo({ was: is, is: was })).toBe('valid')
  })

  test('may change labels, annotations, owners and finalizers', () => {
    const metadata = {
      labels: { app: 'web' },
      annotations: { note: 'x' },
      finalizers: ['example.com/keep'],
      ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: 'n', uid: 'u' }],
    }
    expect(answerTo({ metadata: [{}, metadata] })).toBe('valid')
    expect(answerTo({ metadata: [metadata, {}] })).toBe('valid')
  })

  test('may change images, and needs one of every container', () => {
    const init = [{ name: 'init', image: 'init:1' }]
    expect(
      answers([
        { is: { containers: [{ name: 'app', image: 'app:2' }] } },
        { was: { initContainers: init }, is: { initContainers: [{ name: 'init', image: 'init:2' }] } },
        { is: { containers: [{ name: 'app' }] } },
        { is: { containers: [{ name: 'app', image: ' app:2' }] } },
      ]),
    ).toMatchInlineSnapshot(`
      "
      {"is":{"containers":[{"name":"app","image":"app:2"}]}}
        valid
      {"was":{"initContainers":[{"name":"init","image":"init:1"}]},"is":{"initContainers":[{"name":"init","image":"init:2"}]}}
        valid
      {"is":{"containers":[{"name":"app"}]}}
        Pod "web" is invalid: spec.containers[0].image: Required value
      {"is":{"containers":[{"name":"app","image":" app:2"}]}}
        Pod "web" is invalid: spec.containers[0].image: Invalid value: " app:2": must not have leading or trailing whitespace
      "
    `)
  })

  test('must not add or remove containers', () => {
    const other = { name: 'other', image: 'app:1' }
    expect(
      answers([
        { is: { containers: [CONTAINER, other] } },
        { was: { containers: [CONTAINER, other] } },
        { is: { containers: [] } },
        { is: { initContainers: [other] } },
        { was: { initContainers: [other] } },
      ]),
    ).toMatchInlineSnapshot(`
      "
      {"is":{"containers":[{"name":"app","image":"app:1"},{"name":"other","image":"app:1"}]}}
        Pod "web" is invalid: spec.containers: Forbidden: pod updates may not add or remove containers
      {"was":{"containers":[{"name":"app","image":"app:1"},{"name":"other","image":"app:1"}]}}
        Pod "web" is invalid: spec.containers: Forbidden: pod updates may not add or remove containers
      {"is":{"containers":[]}}
        Pod "web" is invalid: [spec.containers: Required value, spec.containers: Forbidden: pod updates may not add or remove containers]
      {"is":{"initContainers":[{"name":"other","image":"app:1"}]}}
        Pod "web" is invalid: spec.initContainers: Forbidden: pod updates may not add or remove containers
      {"was":{"initContainers":[{"name":"other","image":"app:1"}]}}
        Pod "web" is invalid: spec.initContainers: Forbidden: pod updates may not add or remove containers
      "
    `)
  })

  test('may set a deadline or bring it nearer', () => {
    expect(change('activeDeadlineSeconds', [60, 0, -1, 2 ** 31])).toMatchInlineSnapshot(`
      "
      {"is":{"activeDeadlineSeconds":60}}
        valid
      {"is":{"activeDeadlineSeconds":0}}
        Pod "web" is invalid: spec.activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive
      {"is":{"activeDeadlineSeconds":-1}}
        Pod "web" is invalid: [spec.activeDeadlineSeconds: Invalid value: -1: must be between 1 and 2147483647, inclusive, spec.activeDeadlineSeconds: Invalid value: -1: must be between 0 and 2147483647, inclusive]
      {"is":{"activeDeadlineSeconds":2147483648}}
        Pod "web" is invalid: [spec.activeDeadlineSeconds: Invalid value: 2147483648: must be between 1 and 2147483647, inclusive, spec.activeDeadlineSeconds: Invalid value: 2147483648: must be between 0 and 2147483647, inclusive]
      "
    `)
    expect(change('activeDeadlineSeconds', [59, 60, 61, undefined], 60)).toMatchInlineSnapshot(`
      "
      {"was":{"activeDeadlineSeconds":60},"is":{"activeDeadlineSeconds":59}}
        valid
      {"was":{"activeDeadlineSeconds":60},"is":{"activeDeadlineSeconds":60}}
        valid
      {"was":{"activeDeadlineSeconds":60},"is":{"activeDeadlineSeconds":61}}
        Pod "web" is invalid: spec.activeDeadlineSeconds: Invalid value: 61: must be less than or equal to previous value
      {"was":{"activeDeadlineSeconds":60},"is":{}}
        Pod "web" is invalid: spec.activeDeadlineSeconds: Invalid value: "null": must not update from a positive integer to nil value
      "
    `)
  })

  test('may add tolerations and change their seconds', () => {
    const toleration = { key: 'a', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 10 }
    const other = { key: 'b', operator: 'Exists' }
    expect(
      change(
        'tolerations',
        [
          [other, toleration],
          [{ ...toleration, tolerationSeconds: 20 }],
          [other],
          [],
          [{ ...toleration, effect: 'NoSchedule' }],
          [toleration, { key: 'b', operator: 'Exists', value: 'c' }],
        ],
        [toleration],
      ),
    ).toMatchInlineSnapshot(`
      "
      {"was":{"tolerations":[{"key":"a","operator":"Exists","effect":"NoExecute","tolerationSeconds":10}]},"is":{"tolerations":[{"key":"b","operator":"Exists"},{"key":"a","operator":"Exists","effect":"NoExecute","tolerationSeconds":10}]}}
        valid
      {"was":{"tolerations":[{"key":"a","operator":"Exists","effect":"NoExecute","tolerationSeconds":10}]},"is":{"tolerations":[{"key":"a","operator":"Exists","effect":"NoExecute","tolerationSeconds":20}]}}
        valid
      {"was":{"tolerations":[{"key":"a","operator":"Exists","effect":"NoExecute","tolerationSeconds":10}]},"is":{"tolerations":[{"key":"b","operator":"Exists"}]}}
        Pod "web" is invalid: spec.tolerations: Forbidden: existing toleration can not be modified except its tolerationSeconds
      {"was":{"tolerations":[{"key":"a","operator":"Exists","effect":"NoExecute","tolerationSeconds":10}]},"is":{"tolerations":[]}}
        Pod "web" is invalid: spec.tolerations: Forbidden: existing toleration can not be modified except its tolerationSeconds
      {"was":{"tolerations":[{"key":"a","operator":"Exists","effect":"NoExecute","tolerationSeconds":10}]},"is":{"tolerations":[{"key":"a","operator":"Exists","effect":"NoSchedule","tolerationSeconds":10}]}}
        Pod "web" is invalid: [spec.tolerations[0].effect: Invalid value: "NoSchedule": effect must be 'NoExecute' when \`tolerationSeconds\` is set, spec.tolerations: Forbidden: existing toleration can not be modified except its tolerationSeconds]
      {"was":{"tolerations":[{"key":"a","operator":"Exists","effect":"NoExecute","tolerationSeconds":10}]},"is":{"tolerations":[{"key":"a","operator":"Exists","effect":"NoExecute","tolerationSeconds":10},{"key":"b","operator":"Exists","value":"c"}]}}
        Pod "web" is invalid: spec.tolerations[1].operator: Invalid value: "c": value must be empty when \`operator\` is 'Exists'
      "
    `)
  })

  test('may remove scheduling gates and add none', () => {
    const gates = [{ name: 'a' }, { name: 'b' }]
    expect(
      change(
        'schedulingGates',
        [
          [{ name: 'b' }],
          [{ name: 'b' }, { name: 'a' }],
          [],
          [...gates, { name: 'x' }],
          [{ name: 'x' }, { name: 'y' }],
        ],
        gates,
      ),
    ).toMatchInlineSnapshot(`
      "
      {"was":{"schedulingGates":[{"name":"a"},{"name":"b"}]},"is":{"schedulingGates":[{"name":"b"}]}}
        valid
      {"was":{"schedulingGates":[{"name":"a"},{"name":"b"}]},"is":{"schedulingGates":[{"name":"b"},{"name":"a"}]}}
        valid
      {"was":{"schedulingGates":[{"name":"a"},{"name":"b"}]},"is":{"schedulingGates":[]}}
        valid
      {"was":{"schedulingGates":[{"name":"a"},{"name":"b"}]},"is":{"schedulingGates":[{"name":"a"},{"name":"b"},{"name":"x"}]}}
        Pod "web" is invalid: spec.schedulingGates[2].name: Forbidden: only deletion is allowed, but found new scheduling gate 'x'
      {"was":{"schedulingGates":[{"name":"a"},{"name":"b"}]},"is":{"schedulingGates":[{"name":"x"},{"name":"y"}]}}
        Pod "web" is invalid: [spec.schedulingGates[0].name: Forbidden: only deletion is allowed, but found new scheduling gate 'x', spec.schedulingGates[1].name: Forbidden: only deletion is allowed, but found new scheduling gate 'y']
      "
    `)
    expect(change('schedulingGates', [[{ name: 'x' }]])).toMatchInlineSnapshot(`
      "
      {"is":{"schedulingGates":[{"name":"x"}]}}
        Pod "web" is invalid: spec.schedulingGates[0].name: Forbidden: only deletion is allowed, but found new scheduling gate 'x'
      "
    `)
  })

  test('may mend a grace period that was negative', () => {
    const ofGrace = (seconds: number): Pod => {
      const { spec, ...rest } = pod({}, {})
      return { ...rest, spec: { ...spec, terminationGracePeriodSeconds: seconds } }
    }
    const answer = (before: number, after: number): string =>
      validatePodUpdate(ofGrace(before), ofGrace(after))
        .map(({ field, message }) => `${field}: ${message.slice(message.indexOf('\n') + 1)}`)
        .join()
    expect(answer(-5, 1)).toBe('')
    expect(answer(-5, 2)).toMatchInlineSnapshot(`
      "spec: - spec.terminationGracePeriodSeconds: -5
      + spec.terminationGracePeriodSeconds: 2"
    `)
    expect(answer(30, 1)).toMatchInlineSnapshot(`
      "spec: - spec.terminationGracePeriodSeconds: 30
      + spec.terminationGracePeriodSeconds: 1"
    `)
  })

  test('must not change any other field of the spec', () => {
    expect(
      answers([
        { is: { restartPolicy: 'Never' } },
        { is: { terminationGracePeriodSeconds: 60 } },
        { is: { readinessGates: [{ conditionType: 'example.com/gate' }] } },
        { is: { nodeSelector: { disk: 'ssd' } } },
        { is: { nodeName: 'node-1' } },
        { is: { serviceAccountName: 'robot' } },
        { is: { containers: [{ ...CONTAINER, resources: { requests: { cpu: '1' } } }] } },
        { is: { containers: [{ ...CONTAINER, name: 'web' }] } },
        { is: { containers: [{ ...CONTAINER, command: ['sh', '-c', 'x'.repeat(300)] }] } },
        { is: { containers: [{ ...CONTAINER, securityContext: { runAsUser: 0 } }] } },
        { is: { containers: [{ ...CONTAINER, env: [{ name: 'A', value: '\u001b[31m' }] }] } },
      ]).replaceAll(/x{9,}/g, 'x…'),
    ).toMatchInlineSnapshot(`
      "
      {"is":{"restartPolicy":"Never"}}
        Pod "web" is invalid: spec: Forbidden: pod updates may not change fields other than \`spec.containers[*].image\`,\`spec.initContainers[*].image\`,\`spec.activeDeadlineSeconds\`,\`spec.tolerations\` (only additions to existing tolerations),\`spec.terminationGracePeriodSeconds\` (allow it to be set to 1 if it was previously negative)
        - spec.restartPolicy: "Always"
        + spec.restartPolicy: "Never"
      {"is":{"terminationGracePeriodSeconds":60}}
        Pod "web" is invalid: spec: Forbidden: pod updates may not change fields other than \`spec.containers[*].image\`,\`spec.initContainers[*].image\`,\`spec.activeDeadlineSeconds\`,\`spec.tolerations\` (only additions to existing tolerations),\`spec.terminationGracePeriodSeconds\` (allow it to be set to 1 if it was previously negative)
        - spec.terminationGracePeriodSeconds: 30
        + spec.terminationGracePeriodSeconds: 60
      {"is":{"readinessGates":[{"conditionType":"example.com/gate"}]}}
        Pod "web" is invalid: spec: Forbidden: pod updates may not change fields other than \`spec.containers[*].image\`,\`spec.initContainers[*].image\`,\`spec.activeDeadlineSeconds\`,\`spec.tolerations\` (only additions to existing tolerations),\`spec.terminationGracePeriodSeconds\` (allow it to be set to 1 if it was previously negative)
        + spec.readinessGates[0]: {"conditionType":"example.com/gate"}
      {"is":{"nodeSelector":{"disk":"ssd"}}}
        Pod "web" is invalid: spec: Forbidden: pod updates may not change fields other than \`spec.containers[*].image\`,\`spec.initContainers[*].image\`,\`spec.activeDeadlineSeconds\`,\`spec.tolerations\` (only additions to existing tolerations),\`spec.terminationGracePeriodSeconds\` (allow it to be set to 1 if it was previously negative)
        + spec.nodeSelector[disk]: "ssd"
      {"is":{"nodeName":"node-1"}}
        Pod "web" is invalid: spec: Forbidden: pod updates may not change fields other than \`spec.containers[*].image\`,\`spec.initContainers[*].image\`,\`spec.activeDeadlineSeconds\`,\`spec.tolerations\` (only additions to existing tolerations),\`spec.terminationGracePeriodSeconds\` (allow it to be set to 1 if it was previously negative)
        + spec.nodeName: "node-1"
      {"is":{"serviceAccountName":"robot"}}
        Pod "web" is invalid: spec: Forbidden: pod updates may not change fields other than \`spec.containers[*].image\`,\`spec.initContainers[*].image\`,\`spec.activeDeadlineSeconds\`,\`spec.tolerations\` (only additions to existing tolerations),\`spec.terminationGracePeriodSeconds\` (allow it to be set to 1 if it was previously negative)
        + spec.serviceAccountName: "robot"
        + spec.serviceAccount: "robot"
      {"is":{"containers":[{"name":"app","image":"app:1","resources":{"requests":{"cpu":"1"}}}]}}
        Pod "web" is invalid: spec: Forbidden: pod updates may not change fields other than \`spec.containers[*].image\`,\`spec.initContainers[*].image\`,\`spec.activeDeadlineSeconds\`,\`spec.tolerations\` (only additions to existing tolerations),\`spec.terminationGracePeriodSeconds\` (allow it to be set to 1 if it was previously negative)
        + spec.containers[0].resources.requests[cpu]: "1"
      {"is":{"containers":[{"name":"web","image":"app:1"}]}}
        Pod "web" is invalid: spec: Forbidden: pod updates may not change fields other than \`spec.containers[*].image\`,\`spec.initContainers[*].image\`,\`spec.activeDeadlineSeconds\`,\`spec.tolerations\` (only additions to existing tolerations),\`spec.terminationGracePeriodSeconds\` (allow it to be set to 1 if it was previously negative)
        - spec.containers[0].name: "app"
        + spec.containers[0].name: "web"
      {"is":{"containers":[{"name":"app","image":"app:1","command":["sh","-c","x…"]}]}}
        Pod "web" is invalid: spec: Forbidden: pod updates may not change fields other than \`spec.containers[*].image\`,\`spec.initContainers[*].image\`,\`spec.activeDeadlineSeconds\`,\`spec.tolerations\` (only additions to existing tolerations),\`spec.terminationGracePeriodSeconds\` (allow it to be set to 1 if it was previously negative)
        + spec.containers[0].command[0]: "sh"
        + spec.containers[0].command[1]: "-c"
        + spec.containers[0].command[2]: "x……
      {"is":{"containers":[{"name":"app","image":"app:1","securityContext":{"runAsUser":0}}]}}
        Pod "web" is invalid: spec: Forbidden: pod updates may not change fields other than \`spec.containers[*].image\`,\`spec.initContainers[*].image\`,\`spec.activeDeadlineSeconds\`,\`spec.tolerations\` (only additions to existing tolerations),\`spec.terminationGracePeriodSeconds\` (allow it to be set to 1 if it was previously negative)
        + spec.containers[0].securityContext: {"runAsUser":0}
      {"is":{"containers":[{"name":"app","image":"app:1","env":[{"name":"A","value":"\\u001b[31m"}]}]}}
        Pod "web" is invalid: spec: Forbidden: pod updates may not change fields other than \`spec.containers[*].image\`,\`spec.initContainers[*].image\`,\`spec.activeDeadlineSeconds\`,\`spec.tolerations\` (only additions to existing tolerations),\`spec.terminationGracePeriodSeconds\` (allow it to be set to 1 if it was previously negative)
        + spec.containers[0].env[0]: {"name":"A","value":"\\u001b[31m"}
      "
    `)
  })

  test('lists ten of the fields that it must not change', () => {
    const env = Array.from({ length: 12 }, (_, i) => ({ name: `V${i}`, value: 'a' }))
    const message = answerTo({ is: { containers: [{ ...CONTAINER, env }] } })
    expect(message.split('\n').slice(-2)).toEqual([
      '+ spec.containers[0].env[9]: {"name":"V9","value":"a"}',
      '… and 2 more',
    ])
  })

  test('must not change what identifies the pod', () => {
    expect(
      answers([
        { metadata: [{}, { name: 'other' }] },
        { metadata: [{}, { namespace: 'other' }] },
        { metadata: [{}, { uid: 'u-2' }] },
        { metadata: [{}, { deletionTimestamp: '2025-01-01T00:00:10Z', deletionGracePeriodSeconds: 0 }] },
      ]),
    ).toMatchInlineSnapshot(`
      "
      {"metadata":[{},{"name":"other"}]}
        Pod "web" is invalid: metadata.name: Invalid value: "other": field is immutable
      {"metadata":[{},{"namespace":"other"}]}
        Pod "web" is invalid: metadata.namespace: Invalid value: "other": field is immutable
      {"metadata":[{},{"uid":"u-2"}]}
        Pod "web" is invalid: metadata.uid: Invalid value: "u-2": field is immutable
      {"metadata":[{},{"deletionTimestamp":"2025-01-01T00:00:10Z","deletionGracePeriodSeconds":0}]}
        Pod "web" is invalid: [metadata.deletionTimestamp: Invalid value: 2025-01-01 00:00:10 +0000 UTC: field is immutable, metadata.deletionGracePeriodSeconds: Invalid value: 0: field is immutable]
      "
    `)
  })

  test('adds no finalizers to a pod that is being deleted', () => {
    const deletion = { deletionTimestamp: '2025-01-01T00:00:10Z', deletionGracePeriodSeconds: 30 }
    const [kept, added] = ['example.com/keep', 'example.com/other']
    const before = { ...deletion, finalizers: [kept] }
    expect(answerTo({ metadata: [before, { ...deletion, finalizers: [] }] })).toBe('valid')
    expect(answerTo({ metadata: [before, { ...deletion, finalizers: [added, kept] }] })).toMatchInlineSnapshot(
      `"Pod "web" is invalid: metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"example.com/other"}"`,
    )
  })

  test('must not touch the annotations that set a profile or mark a mirror pod', () => {
    const appArmor = { 'container.apparmor.security.beta.kubernetes.io/app': 'runtime/default' }
    const mirror = { 'kubernetes.io/config.mirror': 'x' }
    expect(
      answers([
        { metadata: [{}, { annotations: appArmor }] },
        { metadata: [{ annotations: appArmor }, {}] },
        { metadata: [{}, { annotations: mirror }] },
      ]),
    ).toMatchInlineSnapshot(`
      "
      {"metadata":[{},{"annotations":{"container.apparmor.security.beta.kubernetes.io/app":"runtime/default"}}]}
        Pod "web" is invalid: metadata.annotations[container.apparmor.security.beta.kubernetes.io/app]: Forbidden: may not add AppArmor annotations
      {"metadata":[{"annotations":{"container.apparmor.security.beta.kubernetes.io/app":"runtime/default"}},{}]}
        Pod "web" is invalid: metadata.annotations[container.apparmor.security.beta.kubernetes.io/app]: Forbidden: may not remove or update AppArmor annotations
      {"metadata":[{},{"annotations":{"kubernetes.io/config.mirror":"x"}}]}
        Pod "web" is invalid: [metadata.annotations[kubernetes.io/config.mirror]: Invalid value: "x": must set spec.nodeName if mirror pod annotation is set, metadata.annotations[kubernetes.io/config.mirror]: Forbidden: may not add mirror pod annotation]
      "
    `)
  })

  test('is validated as every pod is', () => {
    expect(
      answers([
        { metadata: [{}, { labels: { 'a b': 'c' } }] },
        { is: { containers: [{ ...CONTAINER, livenessProbe: {} }] } },
      ]),
    ).toMatchInlineSnapshot(`
      "
      {"metadata":[{},{"labels":{"a b":"c"}}]}
        Pod "web" is invalid: metadata.labels: Invalid value: "a b": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')
      {"is":{"containers":[{"name":"app","image":"app:1","livenessProbe":{}}]}}
        Pod "web" is invalid: [spec.containers[0].livenessProbe: Required value: must specify a handler type, spec: Forbidden: pod updates may not change fields other than \`spec.containers[*].image\`,\`spec.initContainers[*].image\`,\`spec.activeDeadlineSeconds\`,\`spec.tolerations\` (only additions to existing tolerations),\`spec.terminationGracePeriodSeconds\` (allow it to be set to 1 if it was previously negative)
        + spec.containers[0].livenessProbe: {"timeoutSeconds":1,"periodSeconds":10,"successThreshold":1,"failureThreshold":3}]
      "
    `)
  })
})

describe('an update of a pod with scheduling gates', () => {
  const gated = { schedulingGates: [{ name: 'a' }] }
  const affinity = (...terms: readonly Json[]): Json => ({
    affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } } },
  })
  const disk = { key: 'disk', operator: 'In', values: ['ssd'] }
  const zone = { key: 'zone', operator: 'Exists' }
  const update = (was: Json, is: Json): Update => ({ was: { ...gated, ...was }, is })

  test('may add to its node selector', () => {
    const was = { nodeSelector: { disk: 'ssd' } }
    expect(
      answers([
        update({}, was),
        update(was, { nodeSelector: { disk: 'ssd', zone: 'a' } }),
        update(was, { nodeSelector: { disk: 'hdd' } }),
        update(was, {}),
      ]),
    ).toMatchInlineSnapshot(`
      "
      {"was":{"schedulingGates":[{"name":"a"}]},"is":{"nodeSelector":{"disk":"ssd"}}}
        valid
      {"was":{"schedulingGates":[{"name":"a"}],"nodeSelector":{"disk":"ssd"}},"is":{"nodeSelector":{"disk":"ssd","zone":"a"}}}
        valid
      {"was":{"schedulingGates":[{"name":"a"}],"nodeSelector":{"disk":"ssd"}},"is":{"nodeSelector":{"disk":"hdd"}}}
        Pod "web" is invalid: spec.nodeSelector: Invalid value: map[string]string{"disk":"hdd"}: only additions to spec.nodeSelector are allowed (no mutations or deletions)
      {"was":{"schedulingGates":[{"name":"a"}],"nodeSelector":{"disk":"ssd"}},"is":{}}
        Pod "web" is invalid: spec.nodeSelector: Invalid value: map[string]string(nil): only additions to spec.nodeSelector are allowed (no mutations or deletions)
      "
    `)
  })

  test('may add requirements to the terms of its node affinity', () => {
    const was = affinity({ matchExpressions: [disk] })
    expect(
      answers([
        update({}, was),
        update(was, affinity({ matchExpressions: [disk, zone] })),
        update(was, affinity({ matchExpressions: [zone, disk] })),
        update(was, affinity({ matchExpressions: [disk] }, { matchExpressions: [zone] })),
        update(was, {}),
        update(was, {
          affinity: {
            nodeAffinity: {
              ...((was.affinity as { readonly nodeAffinity: Json }).nodeAffinity as Json),
              preferredDuringSchedulingIgnoredDuringExecution: [
                { weight: 1, preference: { matchExpressions: [zone] } },
              ],
            },
          },
        }),
      ]),
    ).toMatchInlineSnapshot(`
      "
      {"was":{"schedulingGates":[{"name":"a"}]},"is":{"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"disk","operator":"In","values":["ssd"]}]}]}}}}}
        valid
      {"was":{"schedulingGates":[{"name":"a"}],"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"disk","operator":"In","values":["ssd"]}]}]}}}},"is":{"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"disk","operator":"In","values":["ssd"]},{"key":"zone","operator":"Exists"}]}]}}}}}
        valid
      {"was":{"schedulingGates":[{"name":"a"}],"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"disk","operator":"In","values":["ssd"]}]}]}}}},"is":{"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"zone","operator":"Exists"},{"key":"disk","operator":"In","values":["ssd"]}]}]}}}}}
        Pod "web" is invalid: spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0]: Invalid value: core.NodeSelectorTerm{MatchExpressions:[]core.NodeSelectorRequirement{core.NodeSelectorRequirement{Key:"zone", Operator:"Exists", Values:[]string(nil)}, core.NodeSelectorRequirement{Key:"disk", Operator:"In", Values:[]string{"ssd"}}}, MatchFields:[]core.NodeSelectorRequirement(nil)}: only additions are allowed (no mutations or deletions)
      {"was":{"schedulingGates":[{"name":"a"}],"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"disk","operator":"In","values":["ssd"]}]}]}}}},"is":{"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"disk","operator":"In","values":["ssd"]}]},{"matchExpressions":[{"key":"zone","operator":"Exists"}]}]}}}}}
        Pod "web" is invalid: spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms: Invalid value: []core.NodeSelectorTerm{core.NodeSelectorTerm{MatchExpressions:[]core.NodeSelectorRequirement{core.NodeSelectorRequirement{Key:"disk", Operator:"In", Values:[]string{"ssd"}}}, MatchFields:[]core.NodeSelectorRequirement(nil)}, core.NodeSelectorTerm{MatchExpressions:[]core.NodeSelectorRequirement{core.NodeSelectorRequirement{Key:"zone", Operator:"Exists", Values:[]string(nil)}}, MatchFields:[]core.NodeSelectorRequirement(nil)}}: no additions/deletions to non-empty NodeSelectorTerms list are allowed
      {"was":{"schedulingGates":[{"name":"a"}],"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"disk","operator":"In","values":["ssd"]}]}]}}}},"is":{}}
        Pod "web" is invalid: spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms: Invalid value: []core.NodeSelectorTerm(nil): no additions/deletions to non-empty NodeSelectorTerms list are allowed
      {"was":{"schedulingGates":[{"name":"a"}],"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"disk","operator":"In","values":["ssd"]}]}]}}}},"is":{"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"disk","operator":"In","values":["ssd"]}]}]},"preferredDuringSchedulingIgnoredDuringExecution":[{"weight":1,"preference":{"matchExpressions":[{"key":"zone","operator":"Exists"}]}}]}}}}
        valid
      "
    `)
  })

  test('must not change the rest of its affinity', () => {
    const podAffinity = {
      preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm: { topologyKey: 'zone' } }],
    }
    const nodeAffinity = (affinity({ matchExpressions: [disk] }).affinity as { readonly nodeAffinity: Json })
      .nodeAffinity
    expect(
      answers([update({}, { affinity: { podAffinity } }), update({}, { affinity: { nodeAffinity, podAffinity } })]),
    ).toMatchInlineSnapshot(`
      "
      {"was":{"schedulingGates":[{"name":"a"}]},"is":{"affinity":{"podAffinity":{"preferredDuringSchedulingIgnoredDuringExecution":[{"weight":1,"podAffinityTerm":{"topologyKey":"zone"}}]}}}}
        Pod "web" is invalid: spec: Forbidden: pod updates may not change fields other than \`spec.containers[*].image\`,\`spec.initContainers[*].image\`,\`spec.activeDeadlineSeconds\`,\`spec.tolerations\` (only additions to existing tolerations),\`spec.terminationGracePeriodSeconds\` (allow it to be set to 1 if it was previously negative)
        + spec.affinity: {"podAffinity":{"preferredDuringSchedulingIgnoredDuringExecution":[{"weight":1,"podAffinityTerm":{"topologyKey":"zone"}}]}}
      {"was":{"schedulingGates":[{"name":"a"}]},"is":{"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"disk","operator":"In","values":["ssd"]}]}]}},"podAffinity":{"preferredDuringSchedulingIgnoredDuringExecution":[{"weight":1,"podAffinityTerm":{"topologyKey":"zone"}}]}}}}
        Pod "web" is invalid: spec: Forbidden: pod updates may not change fields other than \`spec.containers[*].image\`,\`spec.initContainers[*].image\`,\`spec.activeDeadlineSeconds\`,\`spec.tolerations\` (only additions to existing tolerations),\`spec.terminationGracePeriodSeconds\` (allow it to be set to 1 if it was previously negative)
        + spec.affinity: {"podAffinity":{"preferredDuringSchedulingIgnoredDuringExecution":[{"weight":1,"podAffinityTerm":{"topologyKey":"zone"}}]}}
      "
    `)
  })
})

describe('an update that adds ephemeral containers', () => {
  const one = { name: 'one', image: 'debug:1' }
  const two = { name: 'two', image: 'debug:1' }

  test('is one of the subresource: it keeps those that are there, and the rest of it is judged as ever', () => {
    expect(
      answers([
        { is: { ephemeralContainers: [one] } },
        { was: { ephemeralContainers: [one] }, is: { ephemeralContainers: [two, one] } },
        { was: { ephemeralContainers: [one] }, is: { ephemeralContainers: [two] } },
        { was: { ephemeralContainers: [one] }, is: { ephemeralContainers: [{ ...one, image: 'debug:2' }, two] } },
        { is: { ephemeralContainers: [{ ...one, name: 'app' }] } },
        { is: { ephemeralContainers: [{ name: 'one', resources: { limits: { cpu: '1' } } }] } },
        { is: { ephemeralContainers: [one], restartPolicy: 'Never' } },
      ]),
    ).toMatchInlineSnapshot(`
      "
      {"is":{"ephemeralContainers":[{"name":"one","image":"debug:1"}]}}
        valid
      {"was":{"ephemeralContainers":[{"name":"one","image":"debug:1"}]},"is":{"ephemeralContainers":[{"name":"two","image":"debug:1"},{"name":"one","image":"debug:1"}]}}
        valid
      {"was":{"ephemeralContainers":[{"name":"one","image":"debug:1"}]},"is":{"ephemeralContainers":[{"name":"two","image":"debug:1"}]}}
        Pod "web" is invalid: spec.ephemeralContainers: Forbidden: existing ephemeral containers "one" may not be removed
        
      {"was":{"ephemeralContainers":[{"name":"one","image":"debug:1"}]},"is":{"ephemeralContainers":[{"name":"one","image":"debug:2"},{"name":"two","image":"debug:1"}]}}
        Pod "web" is invalid: spec.ephemeralContainers: Forbidden: existing ephemeral containers "one" may not be changed
        - spec.ephemeralContainers[0].image: "debug:1"
        + spec.ephemeralContainers[0].image: "debug:2"
      {"is":{"ephemeralContainers":[{"name":"app","image":"debug:1"}]}}
        Pod "web" is invalid: spec.ephemeralContainers[0].name: Duplicate value: "app"
      {"is":{"ephemeralContainers":[{"name":"one","resources":{"limits":{"cpu":"1"}}}]}}
        Pod "web" is invalid: [spec.ephemeralContainers[0].image: Required value, spec.ephemeralContainers[0].resources: Forbidden: cannot be set for an Ephemeral Container]
      {"is":{"ephemeralContainers":[{"name":"one","image":"debug:1"}],"restartPolicy":"Never"}}
        Pod "web" is invalid: spec: Forbidden: pod updates may not change fields other than \`spec.containers[*].image\`,\`spec.initContainers[*].image\`,\`spec.activeDeadlineSeconds\`,\`spec.tolerations\` (only additions to existing tolerations),\`spec.terminationGracePeriodSeconds\` (allow it to be set to 1 if it was previously negative)
        - spec.restartPolicy: "Always"
        + spec.restartPolicy: "Never"
      "
    `)
  })

  test('is the only one that may touch them', () => {
    expect(
      answers([
        { was: { ephemeralContainers: [one] } },
        { was: { ephemeralContainers: [one] }, is: { ephemeralContainers: [{ ...one, image: 'debug:2' }] } },
      ]),
    ).toMatchInlineSnapshot(`
      "
      {"was":{"ephemeralContainers":[{"name":"one","image":"debug:1"}]}}
        Pod "web" is invalid: spec: Forbidden: pod updates may not change fields other than \`spec.containers[*].image\`,\`spec.initContainers[*].image\`,\`spec.activeDeadlineSeconds\`,\`spec.tolerations\` (only additions to existing tolerations),\`spec.terminationGracePeriodSeconds\` (allow it to be set to 1 if it was previously negative)
        - spec.ephemeralContainers[0]: {"name":"one","image":"debug:1","resources":{},"imagePullPolicy":"IfNotPresent","terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File"}
      {"was":{"ephemeralContainers":[{"name":"one","image":"debug:1"}]},"is":{"ephemeralContainers":[{"name":"one","image":"debug:2"}]}}
        Pod "web" is invalid: spec: Forbidden: pod updates may not change fields other than \`spec.containers[*].image\`,\`spec.initContainers[*].image\`,\`spec.activeDeadlineSeconds\`,\`spec.tolerations\` (only additions to existing tolerations),\`spec.terminationGracePeriodSeconds\` (allow it to be set to 1 if it was previously negative)
        - spec.ephemeralContainers[0].image: "debug:1"
        + spec.ephemeralContainers[0].image: "debug:2"
      "
    `)
  })
})
