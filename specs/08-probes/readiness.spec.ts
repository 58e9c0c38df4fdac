/**
 * The readiness probe tells whether a container can take requests. It decides what the Services of its pod do, and never ends
 * a container.
 */

import { always, exactly, fails, never, not, runs, succeeds, takes, whenever } from 'podwright'
import { spec } from 'podwright/vitest'

/** A Service for the pods with the label `app: web`. */
const front = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'front' },
  spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
}

spec('a container that fails its readiness probe is never restarted for it', s =>
  s
    .pod('web', pod => pod.container('app', runs(), { readiness: fails() }))
    .horizon('30m')
    .expect(({ web }) => [
      web.container('app').probe('readiness').failed(),
      exactly(1, web.container('app').started()),
      never(web.container('app').exited()),
    ]),
)

spec('a pod that fails its readiness probe leaves its Services, and comes back when it succeeds', s =>
  s
    // seed 004: "the endpoints controller removes the Pod's IP address from the endpoints of all Services that match"
    .apply(front)
    .pod('web', pod =>
      pod.labels({ app: 'web' }).container('app', runs(), {
        readiness: fails().between('20s', '50s'),
        readinessProbe: { periodSeconds: 5, failureThreshold: 2 },
      }),
    )
    .expect(({ web }) => [
      whenever(web.condition('Ready', 'False').becomes())
        .then(not(web.endpoint('front').ready()))
        .immediately(),
      exactly(2, web.endpoint('front').ready().becomes()),
      web.endpoint('front').ready().afterQuiescence(),
    ]),
)

spec('one container that is not ready takes the whole pod out of its Services', s =>
  s
    .describe('Some tutorials say that the container is removed from the network. A Service knows pods only.')
    // seed 000: "it will remove that container from the network"; its summary has it right: "removes the Pod from the Service"
    .apply(front)
    .pod('web', pod =>
      pod.labels({ app: 'web' }).container('app', runs()).container('log', runs(), { readiness: fails() }),
    )
    .horizon('5m')
    .expect(({ web }) => [
      web.container('app').ready(),
      never(web.endpoint('front').ready()),
      web.conditions({ Ready: ['False'] }),
    ]),
)

spec('a container without a readiness probe is ready as soon as it is seen running', s =>
  s
    // seed 004: "the default state is Success"
    .pod('web', pod => pod.container('app', runs()))
    .expect(({ web }) => [
      whenever(web.container('app').running().becomes()).then(web.container('app').ready()).immediately(),
    ]),
)

spec('a container with a readiness probe is not ready before the probe has succeeded', s =>
  s
    // seed 004: "the default state of readiness before the initial delay is Failure"
    .pod('web', pod =>
      pod.container('app', runs(), { readiness: succeeds(), readinessProbe: { initialDelaySeconds: 20 } }),
    )
    .expect(({ web }) => [
      not(web.container('app').ready()).until(web.container('app').probe('readiness').succeeded()),
      web.container('app').ready().becomes().after('20s'),
    ]),
)

spec('it takes failureThreshold failures in a row to become unready', s =>
  s
    .pod('web', pod =>
      pod.container('app', runs(), {
        readiness: fails().from('1m'),
        readinessProbe: { periodSeconds: 5, failureThreshold: 4 },
      }),
    )
    .horizon('90s')
    .expect(({ web }) => [
      whenever(web.container('app').probe('readiness').failed())
        .then(not(web.container('app').ready()).becomes())
        .at('15s'),
    ]),
)

spec('it takes successThreshold successes in a row to become ready again', s =>
  s
    // Not at the start: there the kubelet asks a second time at once.
    .pod('web', pod =>
      pod.container('app', runs(), {
        readiness: fails().between('30s', '50s'),
        readinessProbe: { periodSeconds: 5, successThreshold: 3 },
      }),
    )
    .expect(({ web }) => [
      whenever(web.container('app').probe('readiness').succeeded())
        .then(web.container('app').ready().becomes())
        .at('10s')
        .after(web.container('app').probe('readiness').failed()),
      web.conditions({ Ready: ['False', 'True', 'False', 'True'] }),
    ]),
)

spec('the readiness probe goes on for as long as the container runs', s =>
  s
    .describe(
      'Some overviews file it under the phase Pending. It is asked of running containers only, from start to stop.',
    )
    // seed 003 lists ReadinessProbe under Pending and LivenessProbe under Running
    .pod('web', pod =>
      pod.container('app', runs(), { readiness: fails().from('20m'), readinessProbe: { failureThreshold: 1 } }),
    )
    .horizon('30m')
    .expect(({ web }) => [
      web.phase('Running').becomes().precedes(web.container('app').probe('readiness').answered()),
      web.container('app').probe('readiness').failed().after('20m'),
      whenever(web.container('app').probe('readiness').failed())
        .then(not(web.container('app').ready()).becomes())
        .immediately(),
    ]),
)

spec('after a restart a container is not ready before its readiness probe has succeeded again', s =>
  s
    .pod('web', pod =>
      pod.container('app', runs(), {
        liveness: [fails().from('30s'), succeeds()],
        readiness: succeeds().from('5s'),
        readinessProbe: { periodSeconds: 1 },
      }),
    )
    .expect(({ web }) => [
      exactly(2, web.container('app').started()),
      not(web.container('app').ready()).becomes().within('2s').after(web.container('app').exited(0)),
      web.conditions({ Ready: ['False', 'True', 'False', 'True'] }),
    ]),
)

spec('the readiness probe goes on while a pod terminates', s =>
  s
    // R-630, T-C3
    .pod('web', pod =>
      pod.container('app', runs(), {
        preStop: takes('25s'),
        readiness: fails().from('70s'),
        readinessProbe: { periodSeconds: 5, failureThreshold: 1 },
      }),
    )
    .at('1m')
    .delete('pod/web')
    .expect(({ web }) => [
      web.container('app').probe('readiness').failed().after(web.deleted()),
      not(web.ready()).becomes().precedes(web.container('app').signalled('SIGTERM')),
    ]),
)

spec('a pod that is being deleted can become Ready', s =>
  s
    // Recordings of v1.32; its Services do not take it back.
    .apply(front)
    .pod('web', pod =>
      pod.labels({ app: 'web' }).container('app', runs(), {
        preStop: takes('25s'),
        readiness: succeeds().from('70s'),
        readinessProbe: { periodSeconds: 5 },
      }),
    )
    .at('1m')
    .delete('pod/web')
    .expect(({ web }) => [
      web.ready().becomes().after('1m'),
      always(web.terminating()).while(web.ready()),
      never(web.endpoint('front').ready()),
    ]),
)

spec('the liveness probe is not asked any more when a pod terminates', s =>
  s
    // R-630, T-C3
    .pod('web', pod =>
      pod.container('app', runs(), {
        preStop: takes('25s'),
        liveness: fails().from('62s'),
        livenessProbe: { periodSeconds: 1, failureThreshold: 1 },
      }),
    )
    .at('1m')
    .delete('pod/web')
    .expect(({ web }) => [
      web.container('app').probe('liveness').succeeded(),
      never(web.container('app').probe('liveness').failed()),
      web.container('app').signalled('SIGTERM').at('85s'),
    ]),
)

spec.refused(
  'a readinessProbe stands in a container: beside the containers the API server does not know it',
  s =>
    s
      .describe('An example that goes round in tutorials has it beside the containers.')
      // seed 000: the example pod-with-readiness-check
      .apply({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'pod-with-readiness-check' },
        spec: {
          containers: [{ name: 'random-generator', image: 'k8spatterns/random-generator:1.0' }],
          readinessProbe: { exec: { command: ['state', '/var/run/random-generator-ready'] } },
        },
      }),
  'strict decoding error: unknown field "spec.readinessProbe"',
)
