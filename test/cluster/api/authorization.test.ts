import { describe, expect, test } from 'vitest'
import type { KubernetesObject } from '../../../src/model/index.js'
import { configMap, refusals, request, runRequests, writtenDeployment, writtenPod } from './requests.js'

const RBAC = 'rbac.authorization.k8s.io'
const role = (rules: readonly object[], name = 'dev', kind = 'Role', more: object = {}) => ({
  apiVersion: `${RBAC}/v1`,
  kind,
  metadata: { name, ...(kind === 'Role' ? { namespace: 'default' } : {}), ...more },
  rules,
})
const binding = (subject: object, roleRef: { kind: string; name: string }, kind = 'RoleBinding') => ({
  apiVersion: `${RBAC}/v1`,
  kind,
  metadata: { name: `${roleRef.name}-binding`, ...(kind === 'RoleBinding' ? { namespace: 'default' } : {}) },
  subjects: [subject],
  roleRef: { apiGroup: RBAC, ...roleRef },
})
const jane = { kind: 'User', apiGroup: RBAC, name: 'jane' }
const objects = (...all: readonly object[]) => ({ objects: all as KubernetesObject[] })

describe('a user', () => {
  test('may do nothing that no role allows, by verb, resource, subresource and namespace', () => {
    const trace = runRequests([
      request(0, { create: writtenPod(), as: 'jane' }),
      request(1, { delete: 'pod/web', as: 'jane' }),
      request(2, { deleteAll: 'pods', as: 'jane' }),
      request(3, { scale: 'deployment/web', replicas: 2, as: 'jane' }),
      request(4, { delete: 'namespace/shop', as: 'jane' }),
      request(5, { evict: 'shop/pod/web', as: 'system:serviceaccount:shop:cleaner' }),
      request(6, { apply: configMap({ a: '1' }), as: 'jane' }),
    ])
    expect(refusals(trace)).toMatchInlineSnapshot(`
      [
        "403 pods is forbidden: User "jane" cannot create resource "pods" in API group "" in the namespace "default"",
        "403 pods "web" is forbidden: User "jane" cannot delete resource "pods" in API group "" in the namespace "default"",
        "403 pods is forbidden: User "jane" cannot deletecollection resource "pods" in API group "" in the namespace "default"",
        "403 deployments.apps "web" is forbidden: User "jane" cannot patch resource "deployments/scale" in API group "apps" in the namespace "default"",
        "403 namespaces "shop" is forbidden: User "jane" cannot delete resource "namespaces" in API group "" in the namespace "shop"",
        "403 pods "web" is forbidden: User "system:serviceaccount:shop:cleaner" cannot create resource "pods/eviction" in API group "" in the namespace "shop"",
        "403 configmaps "settings" is forbidden: User "jane" cannot get resource "configmaps" in API group "" in the namespace "default"",
      ]
    `)
  })

  test('may do what a Role of the namespace allows, and no more', () => {
    const trace = runRequests(
      [
        request(0, { create: writtenPod(), as: 'jane' }),
        request(1, { delete: 'pod/web', as: 'jane' }),
        request(2, { create: configMap({ a: '1' }), as: 'jane' }),
        request(3, { patch: 'cm/settings', with: { data: { a: '2' } }, as: 'jane' }),
        request(4, { create: configMap({ a: '1' }, 'other') }),
        request(5, { patch: 'cm/other', with: { data: { a: '2' } }, as: 'jane' }),
      ],
      objects(
        role([
          { apiGroups: [''], resources: ['pods'], verbs: ['create'] },
          { apiGroups: [''], resources: ['configmaps'], verbs: ['create'] },
          { apiGroups: [''], resources: ['configmaps'], resourceNames: ['settings'], verbs: ['patch'] },
        ]),
        binding(jane, { kind: 'Role', name: 'dev' }),
      ),
    )
    expect(refusals(trace)).toMatchInlineSnapshot(`
      [
        "403 pods "web" is forbidden: User "jane" cannot delete resource "pods" in API group "" in the namespace "default"",
        "403 configmaps "other" is forbidden: User "jane" cannot patch resource "configmaps" in API group "" in the namespace "default"",
      ]
    `)
  })

  test('that may scale may not edit', () => {
    const trace = runRequests(
      [
        request(0, { create: writtenDeployment() }),
        request(1, { scale: 'deployment/web', replicas: 1, as: 'jane' }),
        request(2, { patch: 'deployment/web', with: { spec: { replicas: 3 } }, as: 'jane' }),
      ],
      objects(
        role([{ apiGroups: ['apps'], resources: ['deployments/scale'], verbs: ['patch'] }]),
        binding(jane, { kind: 'Role', name: 'dev' }),
      ),
    )
    expect(refusals(trace)).toMatchInlineSnapshot(`
      [
        "403 deployments.apps "web" is forbidden: User "jane" cannot patch resource "deployments" in API group "apps" in the namespace "default"",
      ]
    `)
  })

  test('of a group, or a service account, is met by the group and the account', () => {
    const trace = runRequests(
      [
        request(0, { create: writtenPod('one'), as: 'bob', groups: ['ops'] }),
        request(1, { create: writtenPod('two'), as: 'system:serviceaccount:default:ci' }),
        request(2, { create: writtenPod('three'), as: 'system:serviceaccount:shop:ci' }),
        request(3, { create: writtenPod('four'), as: 'root', groups: ['system:masters'] }),
      ],
      objects(
        binding(
          { kind: 'Group', apiGroup: RBAC, name: 'ops' },
          { kind: 'ClusterRole', name: 'cluster-admin' },
          'ClusterRoleBinding',
        ),
        binding({ kind: 'ServiceAccount', name: 'ci' }, { kind: 'ClusterRole', name: 'edit' }),
      ),
    )
    expect(refusals(trace)).toMatchInlineSnapshot(`
      [
        "403 pods is forbidden: User "system:serviceaccount:shop:ci" cannot create resource "pods" in API group "" in the namespace "default"",
      ]
    `)
  })

  test('whose role is missing is told so; an aggregated role has the rules of those that it selects', () => {
    const aggregated = {
      ...role([], 'monitoring', 'ClusterRole'),
      aggregationRule: { clusterRoleSelectors: [{ matchLabels: { to: 'monitoring' } }] },
    }
    const part = role([{ apiGroups: [''], resources: ['pods'], verbs: ['create'] }], 'part', 'ClusterRole', {
      labels: { to: 'monitoring' },
    })
    const trace = runRequests(
      [request(0, { create: writtenPod(), as: 'jane' }), request(1, { delete: 'pod/web', as: 'jane' })],
      objects(
        aggregated,
        part,
        binding(jane, { kind: 'ClusterRole', name: 'monitoring' }),
        binding(jane, { kind: 'Role', name: 'gone' }),
      ),
    )
    expect(refusals(trace)).toMatchInlineSnapshot(`
      [
        "403 pods "web" is forbidden: User "jane" cannot delete resource "pods" in API group "" in the namespace "default": RBAC: role.rbac.authorization.k8s.io "gone" not found",
      ]
    `)
  })
})

test('a binding keeps its role, and a rule without verbs is none', () => {
  const trace = runRequests(
    [
      request(0, { patch: 'rolebinding/dev-binding', type: 'merge', with: { roleRef: { name: 'other' } } }),
      request(1, { create: role([{ apiGroups: [''], resources: ['pods'], verbs: [] }], 'empty') }),
    ],
    objects(binding(jane, { kind: 'Role', name: 'dev' })),
  )
  expect(refusals(trace)).toMatchInlineSnapshot(`
    [
      "422 RoleBinding.rbac.authorization.k8s.io "dev-binding" is invalid: roleRef: Invalid value: rbac.RoleRef{APIGroup:"rbac.authorization.k8s.io", Kind:"Role", Name:"other"}: cannot change roleRef",
      "422 Role.rbac.authorization.k8s.io "empty" is invalid: rules[0].verbs: Required value: verbs must contain at least one value",
    ]
  `)
})
