import { describe, expect, test } from 'vitest'
import {
  configMap,
  lastWritten,
  refusals,
  request,
  runRequests,
  story,
  writtenDeployment,
  writtenPod,
} from './requests.js'

describe('a write', () => {
  test('of a name that is taken, or that nothing has, is refused', () => {
    const trace = runRequests([
      request(0, { create: configMap({ a: '1' }) }),
      request(1, { create: configMap({ a: '2' }) }),
      request(2, { replace: configMap({ a: '2' }, 'other') }),
      request(3, { delete: 'pod/web' }),
      request(4, { scale: 'deployment/web', replicas: 3 }),
    ])
    expect(refusals(trace)).toMatchInlineSnapshot(`
      [
        "409 configmaps "settings" already exists",
        "404 configmaps "other" not found",
        "404 pods "web" not found",
        "404 deployments.apps "web" not found",
      ]
    `)
  })

  test('with a resourceVersion that is not the stored one meets a conflict, without one it goes through (API-10)', () => {
    const stale = { ...configMap({ a: '2' }), metadata: { name: 'settings', resourceVersion: '99' } }
    const trace = runRequests([
      request(0, { create: configMap({ a: '1' }) }),
      request(1, { replace: stale }),
      request(2, { replace: configMap({ a: '3' }) }),
      request(3, { replace: configMap({ a: '3' }) }),
    ])
    expect(refusals(trace)).toMatchInlineSnapshot(`
      [
        "409 Operation cannot be fulfilled on configmaps "settings": the object has been modified; please apply your changes to the latest version and try again",
      ]
    `)
    expect(story(trace, 'ConfigMap')).toMatchInlineSnapshot(`
      [
        "0s ConfigMap/default/settings created",
        "0.002s ConfigMap/default/settings changed data",
      ]
    `)
  })

  test('whose preconditions do not hold deletes nothing (DEL-8)', () => {
    const trace = runRequests([
      request(0, { create: configMap({ a: '1' }) }),
      request(1, { delete: 'cm/settings', uid: 'another' }),
      request(2, { delete: 'cm/settings', resourceVersion: '99' }),
      request(3, { delete: 'cm/settings' }),
    ])
    expect(refusals(trace).map(text => text.replace(/\([0-9a-f-]{36}\)/g, '(UID)'))).toMatchInlineSnapshot(`
      [
        "409 Operation cannot be fulfilled on configmaps "settings": the UID in the precondition (another) does not match the UID in record (UID). The object might have been deleted and then recreated",
        "409 Operation cannot be fulfilled on configmaps "settings": the ResourceVersion in the precondition (99) does not match the ResourceVersion in record (1). The object might have been modified",
      ]
    `)
    expect(story(trace, 'ConfigMap')).toMatchInlineSnapshot(`
      [
        "0s ConfigMap/default/settings created",
        "0.003s ConfigMap/default/settings gone",
      ]
    `)
  })

  test('of a body that the API does not know is refused with the decoder’s words', () => {
    const trace = runRequests([
      request(0, { create: writtenDeployment({ replica: 2 }) }),
      request(1, { create: writtenPod('web', { containers: [{ name: 'app', image: 'a', port: 80 }] }) }),
    ])
    expect(refusals(trace)).toMatchInlineSnapshot(`
      [
        "400 Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: unknown field "spec.replica"",
        "400 Pod in version "v1" cannot be handled as a Pod: strict decoding error: unknown field "spec.containers[0].port"",
      ]
    `)
  })

  test('that makes an object invalid is refused with the whole list', () => {
    const trace = runRequests([
      request(0, { create: writtenDeployment({ replicas: -1, selector: { matchLabels: { app: 'other' } } }) }),
      request(1, { create: writtenDeployment() }),
      request(2, { patch: 'deployment/web', type: 'merge', with: { spec: { replicas: -2 } } }),
      request(3, { scale: 'deployment/web', replicas: -3 }),
    ])
    expect(refusals(trace)).toMatchInlineSnapshot(`
      [
        "422 Deployment.apps "web" is invalid: [spec.replicas: Invalid value: -1: must be greater than or equal to 0, spec.template.metadata.labels: Invalid value: map[string]string{"app":"web"}: \`selector\` does not match template \`labels\`]",
        "422 Deployment.apps "web" is invalid: spec.replicas: Invalid value: -2: must be greater than or equal to 0",
        "422 Scale.autoscaling "web" is invalid: spec.replicas: Invalid value: -3: must be greater than or equal to 0",
      ]
    `)
  })

  test('of a field that stays as it was made is refused', () => {
    const job = {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'once' },
      spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'a' }] } } },
    }
    const set = {
      ...writtenDeployment(),
      kind: 'StatefulSet',
      spec: { ...writtenDeployment().spec, serviceName: 'web' },
    }
    const trace = runRequests([
      request(0, { create: writtenDeployment() }),
      request(0, { create: job }),
      request(0, { create: set }),
      request(0, { create: { ...configMap({ a: '1' }), immutable: true } }),
      request(1, {
        patch: 'deployment/web',
        with: {
          spec: { selector: { matchLabels: { tier: 'front' } }, template: { metadata: { labels: { tier: 'front' } } } },
        },
      }),
      request(1, { patch: 'job/once', with: { spec: { completions: 3 } } }),
      request(1, { patch: 'statefulset/web', with: { spec: { serviceName: 'other' } } }),
      request(1, { patch: 'cm/settings', with: { data: { a: '2' } } }),
    ])
    expect(refusals(trace)).toMatchInlineSnapshot(`
      [
        "422 Deployment.apps "web" is invalid: spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string{"app":"web", "tier":"front"}, MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: field is immutable",
        "422 Job.batch "once" is invalid: spec.completions: Invalid value: 3: field is immutable",
        "422 StatefulSet.apps "web" is invalid: spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
        "422 ConfigMap "settings" is invalid: data: Forbidden: field is immutable when \`immutable\` is set",
      ]
    `)
  })
})

describe('a patch', () => {
  test('of each kind changes what it says', () => {
    const trace = runRequests([
      request(0, { create: writtenDeployment() }),
      request(1, {
        patch: 'deployment/web',
        with: { spec: { template: { spec: { containers: [{ name: 'side', image: 'side:1' }] } } } },
      }),
      request(2, { patch: 'deployment/web', type: 'merge', with: { metadata: { annotations: { by: 'merge' } } } }),
      request(3, {
        patch: 'deployment/web',
        with: [{ op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'app:2' }],
      }),
      request(4, {
        patch: 'deployment/web',
        with: [
          { op: 'test', path: '/spec/replicas', value: 9 },
          { op: 'remove', path: '/spec/paused' },
        ],
      }),
    ])
    expect(refusals(trace)).toMatchInlineSnapshot(`
      [
        "422 the server rejected our request due to an error in our request",
      ]
    `)
    const last = lastWritten(trace, 'Deployment/default/web') as ReturnType<typeof writtenDeployment>
    expect(last.spec.template.spec.containers.map(({ name, image }) => `${name} ${image}`)).toMatchInlineSnapshot(`
      [
        "side app:2",
        "app app:1",
      ]
    `)
  })

  test('of a pod’s labels is seen in its manifest', () => {
    const trace = runRequests([
      request(0, { create: writtenPod() }),
      request(1000, { patch: 'pod/web', type: 'merge', with: { metadata: { labels: { tier: 'front' } } } }),
      request(2000, { deleteAll: 'pods', selector: { matchLabels: { tier: 'front' } }, gracePeriodSeconds: 0 }),
    ])
    expect(refusals(trace)).toEqual([])
    expect(story(trace, 'Pod/default/web')).toMatchInlineSnapshot(`
      [
        "0s Pod/default/web created",
        "1s Pod/default/web changed metadata",
        "2s Pod/default/web deleting",
        "2s Pod/default/web gone",
      ]
    `)
  })
})

describe('kubectl apply', () => {
  test('takes away what it said last and says no more, and leaves what others set', () => {
    const first = { ...configMap({ a: '1', b: '2' }) }
    const trace = runRequests([
      request(0, { apply: first }),
      request(1, { patch: 'cm/settings', type: 'merge', with: { data: { c: '3' } } }),
      request(2, { apply: configMap({ a: '9' }) }),
    ])
    expect(refusals(trace)).toEqual([])
    expect((lastWritten(trace, 'ConfigMap/default/settings') as { data?: object }).data).toEqual({ a: '9', c: '3' })
  })
})

describe('server-side apply', () => {
  const configuration = (replicas: number) => ({ metadata: { name: 'web' }, spec: { replicas } })

  test('meets a conflict over a field of another manager, and takes it where it is forced', () => {
    const trace = runRequests([
      request(0, { create: writtenDeployment() }),
      request(1, { patch: 'deployment/web', type: 'apply', with: configuration(5), fieldManager: 'ci' }),
      request(2, {
        patch: 'deployment/web',
        type: 'apply',
        with: {
          metadata: { name: 'web', labels: { a: 'b' } },
          spec: { replicas: 5, template: { spec: { containers: [{ name: 'app', image: 'app:2' }] } } },
        },
        fieldManager: 'ci',
      }),
      request(3, { patch: 'deployment/web', type: 'apply', with: configuration(5), fieldManager: 'ci', force: true }),
      request(4, { scale: 'deployment/web', replicas: 1 }),
      request(5, { patch: 'deployment/web', type: 'apply', with: configuration(5), fieldManager: 'ci' }),
    ])
    expect(refusals(trace)).toMatchInlineSnapshot(`
      [
        "409 Apply failed with 1 conflict: conflict with "kubectl-create" using apps/v1: .spec.replicas",
        "409 Apply failed with 2 conflicts: conflicts with "kubectl-create" using apps/v1:
      - .spec.replicas
      - .spec.template.spec.containers[name="app"].image",
        "409 Apply failed with 1 conflict: conflict with "kubectl" with subresource "scale" using apps/v1: .spec.replicas",
      ]
    `)
  })

  test('takes back what it set and says no more', () => {
    const labels = (metadata: object) => ({ metadata: { name: 'settings', ...metadata }, data: { a: '1' } })
    const trace = runRequests([
      request(0, { patch: 'cm/settings', type: 'apply', with: labels({ labels: { x: '1', y: '2' } }) }),
      request(1, { patch: 'cm/settings', type: 'apply', with: labels({ labels: { y: '2' } }) }),
    ])
    expect(refusals(trace)).toEqual([])
    expect(lastWritten(trace, 'ConfigMap/default/settings')?.metadata.labels).toEqual({ y: '2' })
  })
})

test('a generated name is the beginning and five characters', () => {
  const { name: _, ...rest } = configMap({}).metadata
  const generated = { ...configMap({}), metadata: { ...rest, generateName: 'settings-' } }
  const trace = runRequests([request(0, { create: generated }), request(0, { create: generated })])
  expect(refusals(trace)).toEqual([])
  const names = story(trace, 'ConfigMap/').map(text => text.split('/').at(-1))
  expect(new Set(names).size).toBe(2)
  for (const each of names) expect(each).toMatch(/^settings-[bcdfghjklmnpqrstvwxz2456789]{5} created$/)
})
