/**
 * A RuntimeClass says how containers are run, in virtual machines for instance, what that costs besides the containers themselves, and
 * on which nodes it can be done. Both are written into the pod when it is created.
 */

import { never, runs } from 'podwright'
import { spec } from 'podwright/vitest'

const runtimeClass = (fields: object) => ({
  apiVersion: 'node.k8s.io/v1',
  kind: 'RuntimeClass',
  metadata: { name: 'kata' },
  handler: 'kata',
  ...fields,
})
const kata = { runtimeClassName: 'kata' }
const cpu = (quantity: string) => ({ resources: { requests: { cpu: quantity } } })

spec('overhead: what the RuntimeClass costs is added to the requests of the pod', s =>
  s
    //
    .apply(runtimeClass({ overhead: { podFixed: { cpu: '250m' } } }))
    .nodes([{ name: 'small', cpu: '2' }])
    .pod('web', pod => pod.container('app', runs(), cpu('1800m')).spec(kata))
    .expect(({ web }) => [
      web.condition('PodScheduled', 'False', 'Unschedulable').immediately(),
      web.phases('Pending'),
    ]),
)

spec('overhead stays taken on the node as long as the pod runs', s =>
  s
    //
    .apply(runtimeClass({ overhead: { podFixed: { cpu: '250m' } } }))
    .nodes([{ name: 'small', cpu: '2' }])
    .pod('web', pod => pod.container('app', runs(), cpu('1')).spec(kata))
    .at('10s')
    .apply({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'late' },
      spec: { containers: [{ name: 'app', image: 'app:1', ...cpu('1') }] },
    })
    .expect(({ web, pod }) => [
      web.phases('Pending', 'Running'),
      pod('late').condition('PodScheduled', 'False', 'Unschedulable').becomes().at('10s'),
      never(pod('late').scheduled()),
    ]),
)

spec('scheduling.nodeSelector: a pod of the class only goes to nodes that can run it', s =>
  s
    .apply(runtimeClass({ scheduling: { nodeSelector: { runtime: 'kata' } } }))
    .nodes([{ name: 'a' }, { name: 'b', labels: { runtime: 'kata' } }])
    .pod('web', pod => pod.container('app', runs()).spec(kata))
    .expect(({ web }) => [web.scheduledOn('b').immediately()]),
)

spec('scheduling.tolerations: a pod of the class gets the tolerations that such nodes ask for', s =>
  s
    .apply(runtimeClass({ scheduling: { tolerations: [{ key: 'kata', operator: 'Exists' }] } }))
    .nodes([{ name: 'a', taints: [{ key: 'kata', effect: 'NoSchedule' }] }])
    .pod('web', pod => pod.container('app', runs()).spec(kata))
    .expect(({ web }) => [web.scheduledOn('a').immediately(), web.phases('Pending', 'Running')]),
)

spec('a pod with a RuntimeClass that does not exist is refused', s =>
  s
    // admission plugin RuntimeClass: 403, pod rejected: RuntimeClass "gone" not found
    .pod('web', pod => pod.container('app', runs()).spec({ runtimeClassName: 'gone' }))
    .expect(({ web }) => [web.refused().immediately(), never(web.created())]),
)
