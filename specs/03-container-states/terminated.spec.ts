/**
 * A container is Terminated when its process has ended, or could not be started at all. The reason and the exit code say how; a
 * preStop hook is over by then.
 */

import { crashes, exits, failsToStart, ignores, isOOMKilled, never, runs, takes, whenever } from 'podwright'
import { spec } from 'podwright/vitest'

spec.each([
  { code: 0, reason: 'Completed' },
  { code: 3, reason: 'Error' },
  { code: 143, reason: 'Error' },
])(
  ({ code, reason }) => `a container that exits with ${code} is Terminated with the reason ${reason}`,
  ({ code, reason }) =>
    s =>
      s
        .pod('job', pod => pod.container('app', exits(code).after('5s')).restartPolicy('Never'))
        .expect(({ job }) => [
          job.container('app').states('waiting ContainerCreating', 'running', `terminated ${reason}`),
          job.container('app').terminated({ reason, exitCode: code }).afterQuiescence(),
        ]),
)

spec('a container that is killed for its memory is Terminated with OOMKilled and exit code 137', s =>
  s
    .pod('job', pod => pod.container('app', isOOMKilled().after('5s')).restartPolicy('Never'))
    .expect(({ job }) => [job.container('app').terminated({ reason: 'OOMKilled', exitCode: 137 }).afterQuiescence()]),
)

spec('a container that had to be killed is Terminated with Error and exit code 137', s =>
  s
    .pod('web', pod => pod.container('app', runs().onTerm(ignores())))
    .at('1m')
    .delete('pod/web', { grace: '10s' })
    .expect(({ web }) => [web.container('app').terminated({ reason: 'Error', exitCode: 137 })]),
)

spec('a container that cannot be started is Terminated without ever having run', s =>
  s
    .describe(
      'Documents say that what is Terminated began execution. This one did not: its command is missing, for example.',
    )
    // seeds 003 and 004: "a container in the Terminated state began execution and then …"; R-815: StartError, 128
    .pod('job', pod => pod.container('app', failsToStart('exec: "serve": not found')).restartPolicy('Never'))
    .expect(({ job }) => [
      job.container('app').terminated({ reason: 'StartError', exitCode: 128 }).afterQuiescence(),
      never(job.container('app').alive()),
    ]),
)

spec('a preStop hook runs before its container is Terminated', s =>
  s
    .describe(
      'Some tutorials call preStop when the container has just become Terminated. It comes before, while the process runs.',
    )
    // seed 000: "the pre-stop hook is triggered when the container has just entered the state Terminated"; seed 004 is right.
    .pod('web', pod => pod.container('app', runs(), { preStop: takes('5s') }))
    .at('1m')
    .delete('pod/web')
    .expect(({ web }) => [
      web.container('app').hook('preStop').started().at('1m'),
      web
        .container('app')
        .running()
        .and(web.container('app').alive())
        .until(web.container('app').hook('preStop').ended())
        .after(web.deleted()),
      web.container('app').hook('preStop').ended().precedes(web.container('app').terminated().becomes()),
    ]),
)

spec('a container that is restarted leaves Terminated, and its restart count tells of it', s =>
  s
    .pod('web', pod => pod.container('app', crashes().after('5s'), runs()))
    .expect(({ web }) => [
      web.container('app').states('waiting ContainerCreating', 'running', 'terminated Error', 'running'),
      whenever(web.container('app').restartCount(1).becomes()).then(web.container('app').running()).immediately(),
      web.container('app').restartCount(1).afterQuiescence(),
    ]),
)

spec('the state says Terminated within a second after the process has ended', s =>
  s
    .pod('job', pod => pod.container('app', exits(0).after('5s')).restartPolicy('Never'))
    .expect(({ job }) => [
      whenever(job.container('app').exited(0))
        .then(job.container('app').terminated().becomes())
        .after('0s')
        .within('1s'),
    ]),
)
