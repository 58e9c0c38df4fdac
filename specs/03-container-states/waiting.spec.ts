/**
 * A container is in one of three states: Waiting, Running or Terminated. It is Waiting when it is neither of the others: its
 * image is on the way, another container has to come first, or it failed and is about to be tried again. The reason says which.
 */

import { crashes, exits, failsToStart, image, never, runs, whenever } from 'podwright'
import { spec } from 'podwright/vitest'

spec('a container is Waiting, Running or Terminated from its first status to its last', s =>
  s
    .describe('Some tutorials name Unknown as a fourth state of a container. There is none in its status.')
    // seed 000: "Unknown: when K8s cannot determine the state of the container"
    .pod('web', pod => pod.init('migrate', exits(0).after('5s')).container('app', crashes().after('20s'), runs()))
    .at('1m')
    .restartKubelet('node-1')
    .at('2m')
    .delete('pod/web')
    .expect(({ web }) => [
      web.eachContainer(it => it.waiting().or(it.running()).or(it.terminated()).until(web.gone())),
    ]),
)

spec('a container has no state at all before its pod has a node', s =>
  s
    .pod('web', pod => pod.container('app', runs()).spec({ nodeSelector: { disk: 'ssd' } }))
    .expect(({ web }) => [
      web.phase('Pending').afterQuiescence(),
      never(web.container('app').waiting().or(web.container('app').running()).or(web.container('app').terminated())),
    ]),
)

spec('a container is Waiting with ContainerCreating while its image is pulled', s =>
  s
    .pod('web', pod => pod.container('app', runs()))
    .image(image('app:1').pullsIn('20s'))
    .expect(({ web }) => [web.container('app').waiting('ContainerCreating').until(web.pulled())]),
)

spec('every container of a pod that has init containers begins as Waiting with PodInitializing', s =>
  s
    // the init containers, too.
    .pod('web', pod => pod.init('migrate', exits(0).after('5s')).container('app', runs()).container('log', runs()))
    .expect(({ web }) => [
      web.eachContainer(it => [it.waiting('PodInitializing').immediately(), never(it.waiting('ContainerCreating'))]),
      web.container('app').waiting('PodInitializing').until(web.init('migrate').exited(0)),
    ]),
)

spec('a container whose image cannot be pulled stays Waiting', s =>
  s
    // seeds 003 and 004: it is still doing what it needs to start, "for example, pulling the container image"
    .pod('web', pod => pod.container('app', runs()))
    .image(image('app:1').doesNotExist())
    .horizon('10m')
    .expect(({ web }) => [web.container('app').waiting().holds()]),
)

spec('a container that keeps crashing is Terminated first, and then Waiting with CrashLoopBackOff', s =>
  s
    .pod('web', pod => pod.container('app', crashes().after('5s'), crashes().after('5s'), runs()))
    .expect(({ web }) => [
      web
        .container('app')
        .states(
          'waiting ContainerCreating',
          'running',
          'terminated Error',
          'running',
          'terminated Error',
          'waiting CrashLoopBackOff',
          'running',
        ),
    ]),
)

spec('Error and Completed are reasons of Terminated, never of Waiting', s =>
  s
    .describe(
      'Some notes list Error and Completed among the reasons of Waiting; kubectl prints them in the same column.',
    )
    // seed 003: a comment in its YAML of a status; R-815
    .pod('web', pod => pod.container('app', exits(0).after('5s'), crashes().after('5s'), runs()))
    .expect(({ web }) => [
      web.container('app').terminated('Completed'),
      web.container('app').terminated('Error'),
      never(web.container('app').waiting('Completed')),
      never(web.container('app').waiting('Error')),
    ]),
)

spec('a container that the runtime cannot start waits with RunContainerError to be tried again', s =>
  s
    .pod('web', pod => pod.container('app', failsToStart(), runs()))
    .expect(({ web }) => [
      web.container('app').states('waiting ContainerCreating', 'waiting RunContainerError', 'running'),
    ]),
)

spec('a container is Waiting by itself, while the others of its pod run', s =>
  s
    .pod('web', pod => pod.container('app', runs()).container('log', runs()))
    .image(image('log:1').fails(1))
    .expect(({ web }) => [
      web.container('app').states('waiting ContainerCreating', 'running'),
      whenever(web.container('log').waiting('ErrImagePull').becomes())
        .then(web.container('app').running())
        .immediately(),
      web.container('log').running().afterQuiescence(),
    ]),
)
