/**
 * A restart is the kubelet's business: the container is started again in its pod, on its node, and the rest of the pod goes on.
 */

import { crashes, exactly, fails, runs, whenever } from 'podwright'
import { spec } from 'podwright/vitest'

spec('a container is restarted on the node where its pod is', s =>
  s
    .describe('Not even a node that takes no more pods changes that: a pod is scheduled once in its life.')
    // seed 003: "only restarts by the kubelet on the same node"
    .nodes(2)
    .pod('web', pod => pod.container('app', crashes().after('30s'), runs()))
    .at('10s')
    .cordon('node-1')
    .expect(({ web }) => [
      web.scheduledOn('node-1').holds(),
      whenever(web.container('app').exited(1)).then(web.container('app').started()).within('1s'),
    ]),
)

spec('only the container that crashed is restarted, and the others of its pod run on', s =>
  s
    .describe('That is why an application and its helper are better two containers than two processes of one.')
    // seed 001
    .pod('web', pod => pod.container('app', crashes().after('30s'), runs()).container('log', runs()))
    .expect(({ web }) => [exactly(2, web.container('app').started()), exactly(1, web.container('log').started())]),
)

spec('a restart keeps the sandbox of the pod, and so its IP address', s =>
  s
    .pod('web', pod => pod.container('app', crashes().after('30s'), runs()))
    .expect(({ web }) => [exactly(2, web.container('app').started()), exactly(1, web.sandboxCreated())]),
)

spec('a new image restarts its container, even with restartPolicy Never', s =>
  s
    .describe('The policy is about containers that exit by themselves.')
    // R-221 (a)
    .pod('web', pod => pod.container('app', runs()).restartPolicy('Never'))
    .at('1m')
    .setImage('pod/web', 'app', 'app:2')
    .expect(({ web }) => [
      web.container('app').signalled('SIGTERM').at('1m'),
      exactly(2, web.container('app').started()),
      web.phases('Pending', 'Running'),
    ]),
)

spec(
  'with OnFailure, a container that exits with 0 when its liveness probe fails is restarted, unless it has to wait',
  s =>
    s
      .describe(
        'Two restarts follow the kills at once. The third time the container is in back-off, and when the kubelet comes back to it, it finds an exit with 0: nothing to do, the pod has Succeeded.',
      )
      // R-407, and recordings of v1.32.
      .pod('web', pod =>
        pod
          .container('app', runs(), {
            liveness: fails().from('3s'),
            livenessProbe: { periodSeconds: 1, failureThreshold: 1 },
          })
          .restartPolicy('OnFailure'),
      )
      .expect(({ web }) => [exactly(3, web.container('app').started()), web.phases('Pending', 'Running', 'Succeeded')]),
)
