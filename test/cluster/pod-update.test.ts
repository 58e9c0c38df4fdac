import { expect, test } from 'vitest'
import { run } from '../../src/cluster/index.js'
import type { Pod } from '../../src/model/index.js'
import { timeline } from '../../src/report/index.js'
import type { Step } from '../../src/scenario/index.js'
import { ROW, type Trace } from '../../src/trace/index.js'
import { plan, planPod } from './plans.js'
import { eventTexts, phases, podOf } from './traces.js'

// What the API server answers to patches that it does not take (API-10, API-14, API-15, R-1250). The messages of its validation,
// one by one, stand in test/api/pod-update-validation.test.ts.

type PatchType = Extract<Step, { readonly do: 'patch' }>['type']

const patch = (body: unknown, type: PatchType = 'strategic', at = 10_000): Step => ({
  at,
  do: 'patch',
  pod: 'default/web',
  type,
  patch: body,
})

const runSteps = (steps: readonly Step[], spec: Partial<Pod['spec']> = {}, metadata: Partial<Pod['metadata']> = {}) => {
  const planned = planPod('web', [{}], {}, spec)
  const pod = { ...planned.pod, metadata: { ...planned.pod.metadata, ...metadata } }
  return run(plan([{ ...planned, pod }], { steps, horizon: 60_000 }))
}

const rowsOf = ({ rows }: Trace) => Array.from({ length: rows.length }, (_, i) => rows.at(i))

const refusals = (trace: Trace): string[] =>
  rowsOf(trace)
    .filter(({ kind }) => kind === ROW.refused)
    .map(({ a }) => trace.symbols.text(a))

const changes = (trace: Trace): number => rowsOf(trace).filter(({ kind }) => kind === ROW.specChanged).length

test('a patch that is refused leaves a row of it, and nothing else in the run is another', () => {
  const calm = runSteps([])
  const refused = runSteps([
    patch({ spec: { restartPolicy: 'Never' } }),
    patch({ spec: { containers: [{ name: 'app', resources: { requests: { cpu: '2' } } }] } }, 'strategic', 20_000),
    patch({ spec: { schedulingGates: [{ name: 'x' }] } }, 'strategic', 30_000),
  ])
  expect(refusals(refused).join('\n')).toMatchInlineSnapshot(`
    "Pod "web" is invalid: spec: Forbidden: pod updates may not change fields other than \`spec.containers[*].image\`,\`spec.initContainers[*].image\`,\`spec.activeDeadlineSeconds\`,\`spec.tolerations\` (only additions to existing tolerations),\`spec.terminationGracePeriodSeconds\` (allow it to be set to 1 if it was previously negative)
    - spec.restartPolicy: "Always"
    + spec.restartPolicy: "Never"
    Pod "web" is invalid: spec: Forbidden: pod updates may not change fields other than \`spec.containers[*].image\`,\`spec.initContainers[*].image\`,\`spec.activeDeadlineSeconds\`,\`spec.tolerations\` (only additions to existing tolerations),\`spec.terminationGracePeriodSeconds\` (allow it to be set to 1 if it was previously negative)
    + spec.containers[0].resources.requests[cpu]: "2"
    Pod "web" is invalid: spec.schedulingGates[0].name: Forbidden: only deletion is allowed, but found new scheduling gate 'x'"
  `)
  const others = ({ kind }: { readonly kind: number }): boolean => kind !== ROW.step && kind !== ROW.refused
  const facts = (trace: Trace) =>
    rowsOf(trace)
      .filter(others)
      .map(({ time, kind, object, b }) => [time, kind, object, b])
  expect(facts(refused)).toEqual(facts(calm))
  expect(podOf(refused, 'web').spec).toEqual(podOf(calm, 'web').spec)
})

test('a patch in part refused changes nothing of the rest', () => {
  const trace = runSteps([
    patch({
      metadata: { labels: { a: 'b' } },
      spec: { containers: [{ name: 'app', image: 'app:2' }], hostNetwork: true },
    }),
  ])
  expect(refusals(trace)).toHaveLength(1)
  expect(podOf(trace, 'web')).toMatchObject({ metadata: { name: 'web' }, spec: { containers: [{ image: 'app:1' }] } })
  expect(podOf(trace, 'web').metadata.labels).toBeUndefined()
})

test('a patch of what a patch cannot change, or of what no pod can be, is refused', () => {
  const bodies = [
    { metadata: { name: 'other' } },
    { metadata: { name: null } },
    { metadata: { namespace: 'other' } },
    { metadata: { uid: 'u-2' } },
    { metadata: { resourceVersion: '1' } },
    { metadata: { labels: { a: 1 } } },
    { metadata: { deletionTimestamp: '2025-01-01T00:00:10Z' } },
    { spec: { containers: 'app' } },
    { spec: { container: [] } },
    { spec: { nodeName: 'node-2' } },
  ]
  const answers = bodies.map(
    body =>
      `${JSON.stringify(body)}\n  ${refusals(runSteps([patch(body, 'merge')]))
        .join()
        .replaceAll('\n', '\n  ')}`,
  )
  expect(`\n${answers.join('\n')}\n`).toMatchInlineSnapshot(`
    "
    {"metadata":{"name":"other"}}
      the name of the object (other) does not match the name on the URL (web)
    {"metadata":{"name":null}}
      the name of the object (web based on URL) was undeterminable: name must be provided
    {"metadata":{"namespace":"other"}}
      the namespace of the provided object does not match the namespace sent on the request
    {"metadata":{"uid":"u-2"}}
      Pod "web" is invalid: metadata.uid: Invalid value: "u-2": field is immutable
    {"metadata":{"resourceVersion":"1"}}
      Operation cannot be fulfilled on pods "web": the object has been modified; please apply your changes to the latest version and try again
    {"metadata":{"labels":{"a":1}}}
      Pod in version "v1" cannot be handled as a Pod: json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string
    {"metadata":{"deletionTimestamp":"2025-01-01T00:00:10Z"}}
      Pod "web" is invalid: metadata.deletionTimestamp: Invalid value: 2025-01-01 00:00:10 +0000 UTC: field is immutable
    {"spec":{"containers":"app"}}
      Pod in version "v1" cannot be handled as a Pod: json: cannot unmarshal string into Go struct field PodSpec.spec.containers of type []v1.Container
    {"spec":{"container":[]}}
      Pod in version "v1" cannot be handled as a Pod: strict decoding error: unknown field "spec.container"
    {"spec":{"nodeName":"node-2"}}
      Pod "web" is invalid: spec: Forbidden: pod updates may not change fields other than \`spec.containers[*].image\`,\`spec.initContainers[*].image\`,\`spec.activeDeadlineSeconds\`,\`spec.tolerations\` (only additions to existing tolerations),\`spec.terminationGracePeriodSeconds\` (allow it to be set to 1 if it was previously negative)
      - spec.nodeName: "node-1"
      + spec.nodeName: "node-2"
    "
  `)
})

test.each([
  ['nothing', null],
  ['a list', []],
  ['a text', 'web'],
  ['no metadata', { metadata: null }],
  ['no spec', { spec: null }],
  ['no containers', { spec: { containers: null } }],
  ['containers that are null', { spec: { containers: [null] } }],
])('a merge patch that leaves %s of a pod is refused', (_, body) => {
  const trace = runSteps([patch(body, 'merge')])
  expect(refusals(trace)).toHaveLength(1)
  expect(changes(trace)).toBe(0)
})

test.each([
  ['the node it is bound to', { spec: { nodeName: 'node-1' } }],
  ['the type of another object', { apiVersion: 'apps/v1', kind: 'Deployment' }],
  ['a status', { status: { phase: 'Failed' } }],
  ['the instant of its creation', { metadata: { creationTimestamp: null, generation: 7 } }],
])('a patch with %s is taken, and it stays as it is', (_, body) => {
  const [calm, trace] = [runSteps([]), runSteps([patch(body, 'merge')])]
  expect(refusals(trace)).toEqual([])
  expect(podOf(trace, 'web')).toEqual({
    ...podOf(calm, 'web'),
    metadata: { ...podOf(calm, 'web').metadata, resourceVersion: podOf(trace, 'web').metadata.resourceVersion },
  })
})

test('a pod that is being deleted loses its finalizers and gets no new ones', () => {
  const [kept, added] = ['example.com/keep', 'example.com/other']
  const deletion: Step = { at: 5000, do: 'delete', pod: 'default/web', gracePeriodSeconds: 1 }
  const add = patch({ metadata: { finalizers: [added] } })
  const remove = patch({ metadata: { finalizers: null } }, 'merge', 20_000)
  const trace = runSteps([deletion, add, remove], {}, { finalizers: [kept] })
  expect(refusals(trace)).toEqual([
    `Pod "web" is invalid: metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"${added}"}`,
  ])
  expect(rowsOf(trace).some(({ kind, time }) => kind === ROW.removed && time === 20_000)).toBe(true)
})

test('a pod with gates may have its nodes narrowed down until the last gate is gone', () => {
  const narrow = (disk: string, at: number): Step => patch({ spec: { nodeSelector: { disk } } }, 'strategic', at)
  const open = patch([{ op: 'remove', path: '/spec/schedulingGates' }], 'json', 15_000)
  const trace = runSteps([narrow('ssd', 10_000), open, narrow('hdd', 20_000)], { schedulingGates: [{ name: 'a' }] })
  expect(refusals(trace).map(text => text.slice(text.indexOf('\n') + 1))).toEqual([
    '- spec.nodeSelector[disk]: "ssd"\n+ spec.nodeSelector[disk]: "hdd"',
  ])
  expect(eventTexts(trace)[0]).toMatch(/^FailedScheduling: .* didn't match Pod's node affinity\/selector/)
})

test('ephemeral containers come with their defaults, and stay', () => {
  const one = patch({ spec: { ephemeralContainers: [{ name: 'one', image: 'debug:1' }] } })
  const again = patch({ spec: { ephemeralContainers: [{ name: 'one', image: 'debug:2' }] } }, 'strategic', 20_000)
  const trace = runSteps([one, again])
  expect(refusals(trace).map(text => text.slice(text.indexOf('\n') + 1))).toEqual([
    '- spec.ephemeralContainers[0].image: "debug:1"\n+ spec.ephemeralContainers[0].image: "debug:2"',
  ])
  expect(podOf(trace, 'web').spec.ephemeralContainers).toEqual([
    {
      name: 'one',
      image: 'debug:1',
      imagePullPolicy: 'IfNotPresent',
      resources: {},
      terminationMessagePath: '/dev/termination-log',
      terminationMessagePolicy: 'File',
    },
  ])
  expect(phases(trace)).toEqual(['Pending', 'Running'])
})

const UNPROCESSABLE = 'the server rejected our request due to an error in our request'

test.each([
  ['a test that fails', [{ op: 'test', path: '/spec/containers/0/image', value: 'app:0' }]],
  ['a test of what is on no way', [{ op: 'test', path: '/spec/affinity/x', value: null }]],
  ['a removal of what is not there', [{ op: 'remove', path: '/metadata/annotations' }]],
  ['something added where there is nothing', [{ op: 'add', path: '/metadata/annotations/a', value: 'b' }]],
  ['an index beyond the list', [{ op: 'replace', path: '/spec/containers/1/image', value: 'app:2' }]],
  ['a key of a list', [{ op: 'add', path: '/spec/containers/app', value: {} }]],
  ['a move from nowhere', [{ op: 'move', from: '/metadata/x', path: '/metadata/labels' }]],
  ['a copy without its source', [{ op: 'copy', path: '/metadata/labels' }]],
  ['no pointer', [{ op: 'replace', path: 'spec', value: {} }]],
  ['no path', [{ op: 'remove' }]],
  ['an unknown operation', [{ op: 'append', path: '/metadata/labels', value: {} }]],
  ['an operation that is a text', ['remove']],
  ['an operation that is null', [null]],
])('a JSON patch with %s is refused as a whole', (_, operations) => {
  const image = { op: 'replace', path: '/spec/containers/0/image', value: 'app:2' }
  const trace = runSteps([patch([image, ...(operations as object[])], 'json')])
  expect(refusals(trace)).toEqual([UNPROCESSABLE])
  expect(changes(trace)).toBe(0)
  expect(podOf(trace, 'web').spec.containers[0].image).toBe('app:1')
})

test('a JSON patch applies where its tests hold, as widely as the library of the API server takes it', () => {
  const trace = runSteps([
    patch(
      [
        { op: 'test', path: '/metadata/labels', value: null },
        { op: 'test', path: '/spec/containers/-1/image', value: 'app:1' },
        { op: 'replace', path: '/metadata/labels', value: { 'a/b': '1' } },
        { op: 'test', path: '/metadata/labels', value: { 'a/b': '1' } },
        { op: 'copy', from: '/metadata/labels/a~1b', path: '/metadata/labels/c' },
        { op: 'move', from: '/metadata/labels/c', path: '/metadata/labels/d' },
        { op: 'replace', path: '/spec/containers/0/image', value: 'app:2' },
      ],
      'json',
    ),
  ])
  expect(refusals(trace)).toEqual([])
  expect(podOf(trace, 'web').metadata.labels).toEqual({ 'a/b': '1', d: '1' })
  expect(podOf(trace, 'web').spec.containers[0].image).toBe('app:2')
})

test('a JSON patch that looks at the status is misuse: it is not served', () => {
  expect(() => runSteps([patch([{ op: 'test', path: '/status/phase', value: 'Running' }], 'json')])).toThrow(
    'step: expected operations of a JSON patch on metadata and spec, got "/status/phase"\n  hint: conditions are set with a mapping and subresource: status',
  )
  expect(() => runSteps([patch({}, 'json')])).toThrow('step: expected a JSON patch, a list of operations, got none')
})

test.each<[string, unknown, PatchType]>([
  ['the same image', { spec: { containers: [{ name: 'app', image: 'app:1' }] } }, 'strategic'],
  ['a default', { spec: { restartPolicy: 'Always' } }, 'merge'],
  ['nothing', {}, 'merge'],
  ['labels that are none', { metadata: { labels: {} } }, 'merge'],
  [
    'what is added and removed',
    [
      { op: 'add', path: '/metadata/labels', value: { a: 'b' } },
      { op: 'remove', path: '/metadata/labels' },
    ],
    'json',
  ],
])('a patch of %s changes nothing and writes nothing (API-11)', (_, body, type) => {
  const [calm, trace] = [runSteps([]), runSteps([patch(body, type)])]
  expect(
    rowsOf(trace).filter(({ cause, kind }) => kind !== ROW.step && rowsOf(trace)[cause]?.kind === ROW.step),
  ).toEqual([])
  expect(podOf(trace, 'web')).toEqual(podOf(calm, 'web'))
  expect(timeline(trace).filter(line => line.includes('patch'))).toEqual([
    expect.stringMatching(/^ *10\.000s +step 1 +patch pod default\/web: changes nothing$/),
  ])
})

test('a condition that is set to what it is changes nothing either', () => {
  const gate = (at: number): Step => ({
    ...(patch({ status: { conditions: [{ type: 'x/gate', status: 'True' }] } }, 'strategic', at) as Step & {
      do: 'patch'
    }),
    subresource: 'status',
  })
  const [once, twice] = [runSteps([gate(10_000)]), runSteps([gate(10_000), gate(20_000)])]
  expect(refusals(twice)).toEqual([])
  expect(podOf(twice, 'web')).toEqual(podOf(once, 'web'))
})
