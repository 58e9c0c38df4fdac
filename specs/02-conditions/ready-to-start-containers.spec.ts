/**
 * PodReadyToStartContainers is True while the pod has a sandbox, that is its network and its cgroups, so that containers can be
 * started in it.
 */

import { exits, image, runs, sandbox } from 'podwright'
import { spec } from 'podwright/vitest'

spec('PodReadyToStartContainers is False as long as the network of the pod cannot be set up', s =>
  s
    .pod('web', pod => pod.container('app', runs()).sandbox(sandbox().fails(2)))
    .expect(({ web }) => [
      web.condition('PodReadyToStartContainers', 'False').until(web.sandboxCreated()),
      web.conditions({ PodReadyToStartContainers: ['False', 'True'] }),
    ]),
)

spec('PodReadyToStartContainers is seen True only when the images have been pulled', s =>
  s
    .describe(
      'The sandbox is up before the first pull. But the kubelet writes the status of a pod when it begins to work on it, and then pulls and starts containers in one go.',
    )
    // the status is made only at the beginning of a sync.
    .pod('web', pod => pod.container('app', runs()))
    .image(image('app:1').pullsIn('30s'))
    .expect(({ web }) => [
      web.sandboxCreated().within('1s'),
      web.condition('PodReadyToStartContainers', 'False').until(web.pulled()),
      web.condition('PodReadyToStartContainers').becomes().within('31s'),
    ]),
)

spec('PodReadyToStartContainers turns False when the pod has come to its end', s =>
  s
    .pod('job', pod => pod.container('app', exits(0).after('5s')).restartPolicy('Never'))
    .expect(({ job }) => [job.conditions({ PodReadyToStartContainers: ['False', 'True', 'False'] })]),
)
