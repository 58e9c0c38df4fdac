/**
 * A restart is the kubelet's business: the container is started again in its pod, on its node, and the rest of the pod goes on.
 */

import { crashes, exactly, never, runs, whenever } from 'podwright'
import { spec } from 'podwright/vitest'

spec('a container is restarted on the node where its pod is', s =>
  s
    .describe('Not even a node that takes no more pods changes that: a pod is scheduled once in its life.')
    // seed 003: "only restarts by the kubelet on the same node"
    .nodes([{ name: 'old' }, { name: 'new', unschedulable: true }])
    .pod('web', pod => pod.container('app', crashes().after('30s'), runs()))
    .at('10s')
    .cordon('old')
    .at('10s')
    .uncordon('new')
    .expect(({ web }) => [
      web.scheduledOn('old').afterQuiescence(),
      never(web.scheduledOn('new')),
      whenever(web.container('app').exited(1)).then(web.container('app').started()).within('2s'),
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
