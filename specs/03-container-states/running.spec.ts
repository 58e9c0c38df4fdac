/**
 * A container is Running when its process has been started and, where it has a postStart hook, the hook is over. The status
 * follows the process, up to a second late, and says nothing of whether the process does its work.
 */

import { runs, takes, whenever } from 'podwright'
import { spec } from 'podwright/vitest'

spec('the state says Running within a second after the process was started', s =>
  s
    .describe('The kubelet looks at its container runtime once a second, so the status is late by up to that.')
    .pod('web', pod => pod.container('app', runs()))
    .expect(({ web }) => [
      whenever(web.container('app').started()).then(web.container('app').running().becomes()).after('0s').within('1s'),
    ]),
)

spec('a container is Running only when its postStart hook has finished', s =>
  s
    // seeds 003 and 004: "if there was a postStart hook configured, it has already executed and finished"
    .pod('web', pod => pod.container('app', runs(), { postStart: takes('20s') }))
    .expect(({ web }) => [
      web.container('app').hook('postStart').ended().noSoonerThan('20s'),
      web.container('app').waiting('ContainerCreating').until(web.container('app').hook('postStart').ended()),
      web.container('app').states('waiting ContainerCreating', 'running'),
    ]),
)

spec('while its postStart hook runs, the process of a container that is Waiting runs already', s =>
  s
    // the hook is called when the process has been started, and the status has to wait.
    .pod('web', pod => pod.container('app', runs(), { postStart: takes('20s') }))
    .expect(({ web }) => [
      whenever(web.container('app').hook('postStart').started())
        .then(web.container('app').alive().and(web.container('app').waiting()))
        .for('20s'),
    ]),
)
