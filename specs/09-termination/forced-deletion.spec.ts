/**
 * A deletion with the grace period 0 removes the object from the API at once. The containers know nothing of it yet: their node
 * stops them afterwards, in a hurry.
 */

import { always, ignores, never, runs, stopsAfter, takes, whenever } from 'podwright'
import { spec } from 'podwright/vitest'

spec('a pod that is deleted by force is gone at once, while its processes still run', s =>
  s
    //
    .pod('web', pod => pod.container('app', runs().onTerm(ignores())))
    .at('1m')
    .delete('pod/web', { grace: '0s' })
    .expect(({ web }) => [
      web.gone().at('1m'),
      always(web.container('app').alive()).between(web.gone(), web.container('app').killed()),
      web.container('app').killed().after('1m'),
    ]),
)

spec('the processes of a pod that is deleted by force get SIGTERM, and have two seconds', s =>
  s
    .describe('The smallest grace period that the kubelet knows is one second, and none has less than two for SIGTERM.')
    // recordings of v1.32, surprise 3.
    .pod('web', pod => pod.container('app', runs().onTerm(ignores())))
    .at('1m')
    .delete('pod/web', { grace: '0s' })
    .expect(({ web }) => [
      web.container('app').signalled('SIGTERM').at('60s'),
      web.container('app').killed().at('62s'),
    ]),
)

spec('a process of a pod that is deleted by force can stop in order, if it is quick', s =>
  s
    .pod('web', pod => pod.container('app', runs().onTerm(stopsAfter('1500ms'))))
    .at('1m')
    .delete('pod/web', { grace: '0s' })
    .expect(({ web }) => [web.container('app').exited(0).at('61500ms'), never(web.container('app').killed())]),
)

spec('the preStop hook runs at a deletion by force, too, and is cut short after a second', s =>
  s
    // Recordings of v1.32, surprise 3.
    .pod('web', pod => pod.container('app', runs().onTerm(ignores()), { preStop: takes('20s') }))
    .at('1m')
    .delete('pod/web', { grace: '0s' })
    .expect(({ web }) => [
      web.container('app').hook('preStop').started().at('60s'),
      web.container('app').signalled('SIGTERM').at('61s'),
      web.container('app').killed().at('63s'),
    ]),
)

spec('terminationGracePeriodSeconds 0 makes every deletion one by force', s =>
  s
    //
    .pod('web', pod => pod.container('app', runs().onTerm(ignores())).grace('0s'))
    .at('1m')
    .delete('pod/web')
    .expect(({ web }) => [web.gone().at('1m'), web.container('app').killed().at('62s')]),
)

spec('a second deletion cannot prolong the grace period', s =>
  s
    //
    .pod('web', pod => pod.container('app', runs().onTerm(ignores())))
    .at('1m')
    .delete('pod/web', { grace: '10s' })
    .at('65s')
    .delete('pod/web', { grace: '1m' })
    .expect(({ web }) => [whenever(web.deleted()).then(web.container('app').killed()).at('10s')]),
)

spec('a second deletion with a shorter grace period changes nothing for a process that has SIGTERM already', s =>
  s
    .describe('The API notes the shorter period; the kubelet is still busy with the stop that it has begun.')
    // R-715; recordings of v1.32, surprise 2.
    .pod('web', pod => pod.container('app', runs().onTerm(ignores())))
    .at('1m')
    .delete('pod/web')
    .at('65s')
    .delete('pod/web', { grace: '5s' })
    .expect(({ web }) => [whenever(web.deleted()).then(web.container('app').killed()).at('30s')]),
)

spec('a pod that terminates and is then deleted by force is gone before its processes are', s =>
  s
    // They keep the time that they were given: R-715.
    .pod('web', pod => pod.container('app', runs().onTerm(ignores())))
    .at('1m')
    .delete('pod/web')
    .at('65s')
    .delete('pod/web', { grace: '0s' })
    .expect(({ web }) => [web.gone().at('65s'), web.container('app').killed().at('90s')]),
)
