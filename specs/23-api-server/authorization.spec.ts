/**
 * With RBAC nobody may do anything that no role allows. A Role is about its namespace, a RoleBinding gives it to users, groups and
 * service accounts. Steps that name a user are asked for that user; others are done by somebody who may do everything.
 */

import { never, runs, step } from 'podwright'
import { spec } from 'podwright/vitest'

const role = (verbs: readonly string[], resources: readonly string[] = ['pods']) => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'Role',
  metadata: { name: 'helper' },
  rules: [{ apiGroups: ['', 'apps'], resources, verbs }],
})
const given = (subject: object) => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'RoleBinding',
  metadata: { name: 'helper' },
  subjects: [subject],
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'helper' },
})
const jane = { kind: 'User', name: 'jane', apiGroup: 'rbac.authorization.k8s.io' }

spec('a user to whom no role allows it may not delete a pod', s =>
  s
    // API-1
    .pod('web', pod => pod.container('app', runs()))
    .at('1m')
    .request({ delete: 'pod/web', as: 'jane' })
    .expect(({ web }) => [
      step(1).refused(
        'pods "web" is forbidden: User "jane" cannot delete resource "pods" in API group "" in the namespace "default"',
      ),
      never(web.deleted()),
    ]),
)

spec('a user to whom a role gives the verb may delete a pod', s =>
  s
    .apply(role(['delete']), given(jane))
    .pod('web', pod => pod.container('app', runs()))
    .at('1m')
    .request({ delete: 'pod/web', as: 'jane' })
    .expect(({ web }) => [web.deleted().at('1m'), never(step(1).refused())]),
)

spec('a role for one verb says nothing of another', s =>
  s
    .apply(role(['get', 'list', 'watch', 'create']), given(jane))
    .pod('web', pod => pod.container('app', runs()))
    .at('1m')
    .request({ delete: 'pod/web', as: 'jane' })
    .expect(({ web }) => [step(1).refused('cannot delete resource "pods"'), never(web.deleted())]),
)

spec('a Role counts in its own namespace only', s =>
  s
    .apply(role(['delete']), given(jane))
    .pod('web', pod => pod.namespace('shop').container('app', runs()))
    .at('1m')
    .request({ delete: 'shop/pod/web', as: 'jane' })
    .expect(({ web }) => [step(1).refused('in the namespace "shop"'), never(web.deleted())]),
)

spec('who may change a Deployment need not be allowed to scale it: the subresource is another resource', s =>
  s
    .describe('deployments/scale has to be named.')
    // API-16
    .apply(role(['get', 'patch', 'update'], ['deployments']), given(jane), {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: {
        selector: { matchLabels: { app: 'web' } },
        template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'app', image: 'app:1' }] } },
      },
    })
    .at('1m')
    .request({ scale: 'deployment/web', replicas: 0, as: 'jane' })
    .expect(({ pod }) => [step(1).refused('deployments/scale'), never(pod('deployment/web').deleted())]),
)

spec('a service account is a user, too: roles are given to it by its namespace and name', s =>
  s
    .apply(
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'operator' } },
      role(['delete']),
      given({ kind: 'ServiceAccount', name: 'operator', namespace: 'default' }),
    )
    .pod('web', pod => pod.container('app', runs()))
    .at('1m')
    .request({ delete: 'pod/web', as: 'system:serviceaccount:default:operator' })
    .expect(({ web }) => [web.deleted().at('1m'), never(step(1).refused())]),
)

spec('who is authorized is not admitted yet: authorization comes before admission', s =>
  s
    .describe('Here the role allows it, and a quota does not.')
    // API-1, API-3
    .apply(role(['create']), given(jane), {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'few' },
      spec: { hard: { pods: '0' } },
    })
    .at('1m')
    .request({
      create: {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'web' },
        spec: { containers: [{ name: 'app', image: 'app:1' }] },
      },
      as: 'jane',
    })
    .expect(() => [
      step(1).refused('pods "web" is forbidden: exceeded quota: few, requested: pods=1, used: pods=0, limited: pods=0'),
    ]),
)
