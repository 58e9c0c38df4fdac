import { describe, expect, test } from 'vitest'
import type { Namespace, ResourceQuota } from '../../../src/model/index.js'
import { ROW } from '../../../src/trace/index.js'
import { deployment, messagesOf, ownerAt, runWorkloads } from '../workloads.js'
import { lastWritten, refusals, request, runRequests, story, writtenPod } from './requests.js'

const namespace = (name: string, labels: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels },
})
const shopPod = (name = 'web', spec: object = {}) => writtenPod(name, spec, { namespace: 'shop' })

describe('a namespace', () => {
  test('has to be there before what stands in it', () => {
    const trace = runRequests([
      request(0, { create: shopPod() }),
      request(1, { create: namespace('shop') }),
      request(2, { create: shopPod() }),
      request(3, { delete: 'namespace/kube-system' }),
    ])
    expect(refusals(trace)).toMatchInlineSnapshot(`
      [
        "404 namespaces "shop" not found",
        "403 namespaces "kube-system" is forbidden: this namespace may not be deleted",
      ]
    `)
    expect(story(trace, '').slice(0, 5)).toMatchInlineSnapshot(`
      [
        "0.001s Namespace/shop created",
        "0.001s ServiceAccount/shop/default created",
        "0.002s Pod/shop/web created",
      ]
    `)
  })

  test('that is deleted takes its content with it and goes when nothing is left', () => {
    const trace = runRequests([
      request(0, { create: namespace('shop') }),
      request(1, { create: shopPod('web', { terminationGracePeriodSeconds: 20 }) }),
      request(1, {
        create: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'shop' } },
      }),
      request(30_000, { delete: 'namespace/shop' }),
      request(31_000, { create: shopPod('late') }),
      request(60_000, { create: shopPod('later') }),
    ])
    expect(refusals(trace)).toMatchInlineSnapshot(`
      [
        "403 pods "late" is forbidden: unable to create new content in namespace shop because it is being terminated",
        "404 namespaces "shop" not found",
      ]
    `)
    expect(story(trace, '')).toMatchInlineSnapshot(`
      [
        "0s Namespace/shop created",
        "0s ServiceAccount/shop/default created",
        "0.001s Pod/shop/web created",
        "0.001s ConfigMap/shop/settings created",
        "30s Namespace/shop deleting",
        "35s Pod/shop/web deleting",
        "35s ServiceAccount/shop/default gone",
        "35s ConfigMap/shop/settings gone",
        "35s Namespace/shop changed status",
        "35.85s Pod/shop/web deleting",
        "35.85s Pod/shop/web gone",
        "40s Namespace/shop changed spec, status",
        "40s Namespace/shop gone",
      ]
    `)
    const last = lastWritten<Namespace>(trace, 'Namespace/shop')
    expect(
      last?.status?.conditions?.map(({ type, status, reason, message }) => `${type} ${status} ${reason}: ${message}`),
    ).toMatchInlineSnapshot(`
      [
        "NamespaceDeletionDiscoveryFailure False ResourcesDiscovered: All resources successfully discovered",
        "NamespaceDeletionGroupVersionParsingFailure False ParsedGroupVersions: All legacy kube types successfully parsed",
        "NamespaceDeletionContentFailure False ContentDeleted: All content successfully deleted, may be waiting on finalization",
        "NamespaceContentRemaining False ContentRemoved: All content successfully removed",
        "NamespaceFinalizersRemaining False ContentHasNoFinalizers: All content-preserving finalizers finished",
      ]
    `)
  })

  test('waits for what has finalizers, and says which', () => {
    const held = { ...shopPod('held'), metadata: { name: 'held', namespace: 'shop', finalizers: ['example.com/wait'] } }
    const trace = runRequests(
      [
        request(0, { create: namespace('shop') }),
        request(1, { create: held }),
        request(10_000, { delete: 'namespace/shop' }),
      ],
      { horizon: 30_000 },
    )
    const last = lastWritten<Namespace>(trace, 'Namespace/shop')
    expect(
      last?.status?.conditions?.filter(({ status }) => status === 'True').map(({ message }) => message),
    ).toMatchInlineSnapshot(`
      [
        "Some resources are remaining: pods. has 1 resource instances",
        "Some content in the namespace has finalizers remaining: example.com/wait in 1 resource instances",
      ]
    `)
  })

  test('takes a Deployment’s pods with it, and its ReplicaSet makes no new ones', () => {
    const web = { ...deployment({ replicas: 2 }), metadata: { ...deployment().metadata, namespace: 'shop' } }
    const trace = runWorkloads([web], { steps: [request(20_000, { delete: 'namespace/shop' })] })
    expect(
      story(trace, '')
        .filter(text => text.includes('gone'))
        .map(text => text.replace(/-[0-9a-z]+(-[0-9a-z]+)?( gone)$/, '-X$2')),
    ).toMatchInlineSnapshot(`
      [
        "25s Deployment/shop/web gone",
        "25s ReplicaSet/shop/web-X gone",
        "25s ServiceAccount/shop/default gone",
        "25.85s Pod/shop/web-X gone",
        "25.85s Pod/shop/web-X gone",
        "30s Namespace/shop gone",
      ]
    `)
    expect(messagesOf(trace, 'ReplicaSet').filter(text => text.startsWith('FailedCreate'))).toEqual([])
  })
})

describe('a quota', () => {
  const quota = (hard: object, spec: object = {}): ResourceQuota =>
    ({
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'small', namespace: 'default' },
      spec: { hard, ...spec },
    }) as ResourceQuota

  test('lets a ReplicaSet make as many pods as it holds, and the others when room is made', () => {
    const web = deployment({ replicas: 4 })
    const trace = runWorkloads([web], {
      objects: [quota({ pods: '3' })],
      steps: [request(20_000, { patch: 'quota/small', type: 'merge', with: { spec: { hard: { pods: '5' } } } })],
    })
    const failures = messagesOf(trace, 'ReplicaSet').filter(text => text.startsWith('FailedCreate'))
    expect(failures[0].replace(/web-[0-9a-z]+-[0-9a-z]{5}/, 'web-X')).toMatchInlineSnapshot(
      `"FailedCreate: Error creating: pods "web-X" is forbidden: exceeded quota: small, requested: pods=1, used: pods=3, limited: pods=3"`,
    )
    const early = ownerAt(trace, 10_000, 'Deployment', 'web') as {
      status?: { readyReplicas?: number; conditions?: readonly { type: string; reason?: string; message?: string }[] }
    }
    expect(early.status?.readyReplicas).toBe(3)
    expect(early.status?.conditions?.find(({ type }) => type === 'ReplicaFailure')?.reason).toBe('FailedCreate')
    const late = ownerAt(trace, 600_000, 'Deployment', 'web') as typeof early
    expect(late.status?.readyReplicas).toBe(4)
    expect(late.status?.conditions?.some(({ type }) => type === 'ReplicaFailure')).toBe(false)
    expect(lastWritten<ResourceQuota>(trace, 'ResourceQuota/default/small')?.status).toMatchInlineSnapshot(`
      {
        "hard": {
          "pods": "5",
        },
        "used": {
          "pods": "4",
        },
      }
    `)
  })

  test('refuses what exceeds it, what does not say how much it wants, and counts no pod that has ended', () => {
    const pod = (name: string, resources?: object) =>
      writtenPod(name, { containers: [{ name: 'app', image: 'a', ...(resources && { resources }) }] })
    const trace = runRequests([
      request(0, { create: quota({ 'requests.cpu': '1', 'limits.memory': '1Gi', 'count/configmaps': '1' }) }),
      request(1000, { create: pod('one', { requests: { cpu: '600m' }, limits: { memory: '512Mi' } }) }),
      request(2000, { create: pod('two', { requests: { cpu: '600m' }, limits: { memory: '600Mi' } }) }),
      request(3000, { create: pod('three') }),
      request(4000, { create: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } } }),
      request(4000, { create: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'b' } } }),
      request(5000, { delete: 'pod/one', gracePeriodSeconds: 0 }),
      request(6000, { create: pod('two', { requests: { cpu: '600m' }, limits: { memory: '600Mi' } }) }),
    ])
    expect(refusals(trace)).toMatchInlineSnapshot(`
      [
        "403 pods "two" is forbidden: exceeded quota: small, requested: limits.memory=600Mi,requests.cpu=600m, used: limits.memory=512Mi,requests.cpu=600m, limited: limits.memory=1Gi,requests.cpu=1",
        "403 pods "three" is forbidden: failed quota: small: must specify limits.memory for: app; requests.cpu for: app",
        "403 configmaps "b" is forbidden: exceeded quota: small, requested: count/configmaps=1, used: count/configmaps=1, limited: count/configmaps=1",
      ]
    `)
    expect(lastWritten<ResourceQuota>(trace, 'ResourceQuota/default/small')?.status?.used).toMatchInlineSnapshot(`
      {
        "count/configmaps": "1",
        "limits.memory": "600Mi",
        "requests.cpu": "600m",
      }
    `)
  })

  test('of a scope counts the pods of that scope alone', () => {
    const trace = runRequests([
      request(0, { create: quota({ pods: '0' }, { scopes: ['BestEffort'] }) }),
      request(1000, { create: writtenPod('poor') }),
      request(1000, {
        create: writtenPod('rich', {
          containers: [{ name: 'app', image: 'a', resources: { requests: { cpu: '1' } } }],
        }),
      }),
    ])
    expect(refusals(trace)).toMatchInlineSnapshot(`
      [
        "403 pods "poor" is forbidden: exceeded quota: small, requested: pods=1, used: pods=0, limited: pods=0",
      ]
    `)
  })
})

describe('what pods count for in a quota', () => {
  const quota = (hard: object, spec: object = {}) => ({
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'small', namespace: 'default' },
    spec: { hard, ...spec },
  })

  test('is their overhead, too, in requests and in those limits that there are (R-1)', () => {
    const runtimeClass = {
      apiVersion: 'node.k8s.io/v1',
      kind: 'RuntimeClass',
      metadata: { name: 'kata' },
      handler: 'kata',
      overhead: { podFixed: { cpu: '250m', memory: '64Mi' } },
    }
    const resources = { requests: { cpu: '100m' }, limits: { cpu: '200m' } }
    const containers = [{ name: 'app', image: 'a', resources }]
    const hard = { 'requests.cpu': '1', 'limits.cpu': '1', 'requests.ephemeral-storage': '1Gi' }
    const trace = runRequests([
      request(0, { create: runtimeClass }),
      request(0, { create: quota(hard) }),
      request(1000, { create: writtenPod('web', { runtimeClassName: 'kata', containers }) }),
      request(1000, { create: writtenPod('bare', { overhead: { cpu: '250m' }, containers }) }),
    ])
    expect(lastWritten<ResourceQuota>(trace, 'ResourceQuota/default/small')?.status?.used).toEqual({
      'limits.cpu': '450m',
      'requests.cpu': '350m',
      'requests.ephemeral-storage': '0',
    })
    expect(refusals(trace)).toMatchInlineSnapshot(`
      [
        "403 pods "bare" is forbidden: pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead",
      ]
    `)
  })

  test('depends on whether they want to be with pods of other namespaces, where the quota says so', () => {
    const near = (more: object) => {
      const term = { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'db' } }, ...more }
      return {
        podAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm: term }] },
      }
    }
    const scopeSelector = { matchExpressions: [{ scopeName: 'CrossNamespacePodAffinity', operator: 'Exists' }] }
    const trace = runRequests([
      request(0, { create: quota({ pods: '0' }, { scopeSelector }) }),
      request(1000, { create: writtenPod('own', { affinity: near({}) }) }),
      request(1000, { create: writtenPod('named', { affinity: near({ namespaces: ['shop'] }) }) }),
      request(1000, { create: writtenPod('every', { affinity: near({ namespaceSelector: {} }) }) }),
    ])
    expect(refusals(trace)).toMatchInlineSnapshot(`
      [
        "403 pods "named" is forbidden: exceeded quota: small, requested: pods=1, used: pods=0, limited: pods=0",
        "403 pods "every" is forbidden: exceeded quota: small, requested: pods=1, used: pods=0, limited: pods=0",
      ]
    `)
  })
})

describe('a LimitRange', () => {
  const range = (item: object) => ({
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: { name: 'bounds' },
    spec: { limits: [{ type: 'Container', ...item }] },
  })
  const wants = (name: string, resources: object) =>
    writtenPod(name, { containers: [{ name: 'app', image: 'a', resources }] })

  test('gives containers what they do not ask for', () => {
    const trace = runRequests([
      request(0, { create: range({ default: { cpu: '500m', memory: '256Mi' }, defaultRequest: { cpu: '100m' } }) }),
      request(1, { create: writtenPod() }),
    ])
    const pod = lastWritten(trace, 'Pod/default/web') as
      | { metadata: object; spec: { containers: readonly { resources?: object }[] } }
      | undefined
    expect(pod?.metadata).toMatchObject({
      annotations: {
        'kubernetes.io/limit-ranger':
          'LimitRanger plugin set: cpu, memory request for container app; cpu, memory limit for container app',
      },
    })
    expect(pod?.spec.containers[0].resources).toEqual({
      limits: { cpu: '500m', memory: '256Mi' },
      requests: { cpu: '100m', memory: '256Mi' },
    })
  })

  test('refuses what is beyond its bounds', () => {
    const trace = runRequests([
      request(0, {
        create: range({ min: { cpu: '100m' }, max: { cpu: '1', memory: '1Gi' }, maxLimitRequestRatio: { cpu: '2' } }),
      }),
      request(1, { create: wants('small', { requests: { cpu: '50m' } }) }),
      request(2, { create: wants('large', { limits: { cpu: '2', memory: '2Gi' } }) }),
      request(3, { create: wants('wide', { requests: { cpu: '300m' }, limits: { cpu: '900m' } }) }),
    ])
    expect(refusals(trace)).toMatchInlineSnapshot(`
      [
        "403 pods "small" is forbidden: [minimum cpu usage per Container is 100m, but request is 50m, cpu max limit to request ratio per Container is 2, but provided ratio is 20.000000]",
        "403 pods "large" is forbidden: [maximum cpu usage per Container is 1, but limit is 2, maximum memory usage per Container is 1Gi, but limit is 2Gi]",
        "403 pods "wide" is forbidden: cpu max limit to request ratio per Container is 2, but provided ratio is 3.000000",
      ]
    `)
  })

  test('is not asked any more where another one has refused (ADM-2)', () => {
    const bounds = (name: string, item: object) => ({ ...range(item), metadata: { name } })
    const trace = runRequests([
      request(0, { create: bounds('first', { max: { cpu: '1' } }) }),
      request(0, { create: bounds('second', { max: { cpu: '2' } }) }),
      request(1, { create: wants('large', { limits: { cpu: '3' } }) }),
    ])
    expect(refusals(trace)).toMatchInlineSnapshot(`
      [
        "403 pods "large" is forbidden: maximum cpu usage per Container is 1, but limit is 3",
      ]
    `)
  })

  test('of whose bounds the lower one is above the upper one is no LimitRange', () => {
    expect(
      refusals(runRequests([request(0, { create: range({ min: { cpu: '2' }, max: { cpu: '1' } }) })])),
    ).toMatchInlineSnapshot(`
      [
        "422 LimitRange "bounds" is invalid: [spec.limits[0].min[cpu]: Invalid value: "2": min value 2 is greater than max value 1, spec.limits[0].defaultRequest[cpu]: Invalid value: "1": min value 2 is greater than default request value 1, spec.limits[0].default[cpu]: Invalid value: "1": min value 2 is greater than default value 1]",
      ]
    `)
  })
})

describe('a service account', () => {
  const account = (name: string, more: object = {}) => ({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name, namespace: 'default' },
    ...more,
  })

  test('has to be there, and gives its secrets for pulling', () => {
    const trace = runRequests([
      request(0, { create: account('builder', { imagePullSecrets: [{ name: 'registry' }] }) }),
      request(1, { create: writtenPod('one', { serviceAccountName: 'builder' }) }),
      request(2, { create: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } } }),
      request(3, { create: shopPod('two', { serviceAccountName: 'missing' }) }),
    ])
    expect(refusals(trace)).toMatchInlineSnapshot(`
      [
        "403 pods "two" is forbidden: error looking up service account shop/missing: serviceaccount "missing" not found",
      ]
    `)
    const pod = lastWritten(trace, 'Pod/default/one') as { spec?: object } | undefined
    expect(pod?.spec).toMatchObject({ imagePullSecrets: [{ name: 'registry' }] })
  })

  test('that is missing keeps a ReplicaSet from making pods', () => {
    const web = deployment({
      template: {
        metadata: { labels: { app: 'web' } },
        spec: { serviceAccountName: 'missing', containers: [{ name: 'app', image: 'a' }] },
      },
    })
    const trace = runWorkloads([web], { objects: [account('other')] as never, horizon: 5000 })
    expect(messagesOf(trace, 'ReplicaSet')[0].replace(/web-[0-9a-z]+/, 'web-X')).toMatchInlineSnapshot(
      `"FailedCreate: Error creating: pods "web-X-" is forbidden: error looking up service account default/missing: serviceaccount "missing" not found"`,
    )
  })

  test('of the name default is made for each new namespace and made again', () => {
    const trace = runRequests([
      request(0, { create: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } } }),
      request(1000, { delete: 'sa/default', namespace: 'shop' }),
    ])
    expect(story(trace, 'ServiceAccount')).toMatchInlineSnapshot(`
      [
        "0s ServiceAccount/shop/default created",
        "1s ServiceAccount/shop/default gone",
        "1s ServiceAccount/shop/default created",
      ]
    `)
  })
})

describe('a level of Pod Security', () => {
  const enforced = (level: string) => namespace('shop', { 'pod-security.kubernetes.io/enforce': level })

  test('that is restricted names all that is missing', () => {
    const trace = runRequests([request(0, { create: enforced('restricted') }), request(1, { create: shopPod() })])
    expect(refusals(trace)).toMatchInlineSnapshot(`
      [
        "403 pods "web" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false (container "app" must set securityContext.allowPrivilegeEscalation=false), unrestricted capabilities (container "app" must set securityContext.capabilities.drop=["ALL"]), runAsNonRoot != true (pod or container "app" must set securityContext.runAsNonRoot=true), seccompProfile (pod or container "app" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")",
      ]
    `)
  })

  test('that is baseline forbids what breaks out of the pod', () => {
    const bad = shopPod('bad', {
      hostNetwork: true,
      volumes: [{ name: 'root', hostPath: { path: '/' } }],
      containers: [
        {
          name: 'app',
          image: 'a',
          ports: [{ containerPort: 80 }],
          securityContext: { privileged: true, capabilities: { add: ['SYS_ADMIN'] } },
        },
      ],
    })
    const trace = runRequests([
      request(0, { create: enforced('baseline') }),
      request(1, { create: bad }),
      request(2, { create: shopPod('fine') }),
    ])
    expect(refusals(trace)).toMatchInlineSnapshot(`
      [
        "403 pods "bad" is forbidden: violates PodSecurity "baseline:latest": non-default capabilities (container "app" must not include "SYS_ADMIN" in securityContext.capabilities.add), host namespaces (hostNetwork=true), hostPath volumes (volume "root"), hostPort (container "app" uses hostPort 80), privileged (container "app" must not set securityContext.privileged=true)",
      ]
    `)
  })

  test('lets in a pod that keeps to it', () => {
    const securityContext = {
      allowPrivilegeEscalation: false,
      runAsNonRoot: true,
      capabilities: { drop: ['ALL'] },
      seccompProfile: { type: 'RuntimeDefault' },
    }
    const good = shopPod('good', { containers: [{ name: 'app', image: 'a', securityContext }] })
    const trace = runRequests([request(0, { create: enforced('restricted') }), request(1, { create: good })])
    expect(refusals(trace)).toEqual([])
  })
})

test('runs without such objects have no rows of them', () => {
  const trace = runRequests([request(0, { create: writtenPod() })])
  const kinds = new Set(
    Array.from({ length: trace.rows.length }, (_, i) => trace.rows.at(i))
      .filter(({ kind }) => kind === ROW.created)
      .map(({ object }) => trace.symbols.text(object)),
  )
  expect([...kinds]).toEqual(['Pod/default/web'])
})
