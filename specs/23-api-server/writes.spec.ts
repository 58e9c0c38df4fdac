/**
 * Who writes an object may meet somebody else who wrote it in the meantime. Versions, field owners and preconditions say so; names,
 * references and what cannot be changed are checked besides.
 */

import { never, onTerm, runs, step, stopsAfter } from 'podwright'
import { spec } from 'podwright/vitest'

const deployment = (fields: object = {}, metadata: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', ...metadata },
  spec: {
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'app', image: 'app:1' }] } },
    ...fields,
  },
})
const pod = (fields: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web' },
  spec: { containers: [{ name: 'app', image: 'app:1' }], ...fields },
})
const serverSide = (replicas: number, fieldManager: string, force?: true) => ({
  patch: 'deployment/web',
  type: 'apply' as const,
  with: { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec: { replicas } },
  fieldManager,
  ...(force === undefined ? {} : { force }),
})

spec('a replace with a resourceVersion that is not the latest is refused with a conflict', s =>
  s
    // API-10
    .apply(deployment())
    .at('1m')
    .request({ replace: deployment({ replicas: 2 }, { resourceVersion: '1' }) })
    .expect(() => [
      step(1).refused(
        'Operation cannot be fulfilled on deployments.apps "web": the object has been modified; please apply your changes to the latest version and try again',
      ),
    ]),
)

spec('server-side apply of a field that somebody else has applied is refused with a conflict', s =>
  s
    .apply(deployment())
    .at('1m')
    .request(serverSide(2, 'team-a'))
    .at('2m')
    .request(serverSide(3, 'team-b'))
    .horizon('5m')
    .expect(() => [never(step(1).refused()), step(2).refused('conflict with "team-a": .spec.replicas')]),
)

spec('server-side apply of the value that a field has already makes a second owner, not a conflict', s =>
  s
    .apply(deployment())
    .at('1m')
    .request(serverSide(2, 'team-a'))
    .at('2m')
    .request(serverSide(2, 'team-b'))
    .horizon('5m')
    .expect(() => [never(step(1).refused()), never(step(2).refused())]),
)

spec('server-side apply with force takes the field over', s =>
  s
    .describe('Then the one who had it meets the conflict.')
    .apply(deployment())
    .at('1m')
    .request(serverSide(2, 'team-a'))
    .at('2m')
    .request(serverSide(3, 'team-b', true))
    .at('3m')
    .request(serverSide(2, 'team-a'))
    .horizon('5m')
    .expect(() => [never(step(2).refused()), step(3).refused('conflict with "team-b": .spec.replicas')]),
)

spec('a name is free again only when the object is gone, not while it is terminating', s =>
  s
    // API-5
    .pod('web', pod => pod.container('app', runs(), onTerm(stopsAfter('20s'))))
    .at('1m')
    .delete('pod/web')
    .at('70s')
    .request({ create: pod() })
    .at('90s')
    .request({ create: pod() })
    .horizon('5m')
    .expect(({ web }) => [
      step(2).refused('object is being deleted: pods "web" already exists'),
      never(step(3).refused()),
      web.ready().at('2m'),
    ]),
)

spec('the selector of a Deployment cannot be changed', s =>
  s
    // API-13
    .apply(deployment())
    .at('1m')
    .patch('deployment/web', { spec: { selector: { matchLabels: { tier: 'front' } } } })
    .horizon('5m')
    .expect(() => [step(1).refused('field is immutable')]),
)

spec('a pod whose PriorityClass does not exist is refused', s =>
  s
    // ADM-5
    .at('1m')
    .request({ create: pod({ priorityClassName: 'gold' }) })
    .expect(() => [step(1).refused('pods "web" is forbidden: no PriorityClass with name gold was found')]),
)

spec('a pod whose ServiceAccount does not exist is refused', s =>
  s
    // ADM-3
    .apply({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'operator' } })
    .at('1m')
    .request({ create: pod({ serviceAccountName: 'robot' }) })
    .expect(() => [
      step(1).refused(
        'pods "web" is forbidden: error looking up service account default/robot: serviceaccount "robot" not found',
      ),
    ]),
)
