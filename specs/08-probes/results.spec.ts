/**
 * A probe runs a command, asks by HTTP or gRPC, or opens a TCP connection. Its answer is a success or a failure; where it cannot
 * even be asked, the result is unknown and nothing is done.
 */

import { exactly, fails, hangs, never, runs, succeeds, whenever } from 'podwright'
import { spec } from 'podwright/vitest'

spec.each([
  { kind: 'exec', handler: { exec: { command: ['check'] } } },
  { kind: 'httpGet', handler: { httpGet: { path: '/health', port: 8080 } } },
  { kind: 'tcpSocket', handler: { tcpSocket: { port: 8080 } } },
  { kind: 'grpc', handler: { grpc: { port: 8080 } } },
])(
  ({ kind }) => `a liveness probe by ${kind} that fails gets its container restarted`,
  ({ handler }) =>
    s =>
      s
        .describe('Older documents know three ways to ask; gRPC is the fourth.')
        // seeds 000 and 004: exec, TCP, HTTP
        .pod('web', pod =>
          pod.container('app', runs(), { liveness: [fails().from('20s'), succeeds()], livenessProbe: handler }),
        )
        .expect(({ web }) => [
          web.container('app').probe('liveness').failed().precedes(web.container('app').signalled('SIGTERM')),
          exactly(2, web.container('app').started()),
        ]),
)

spec('a probe that does not answer within timeoutSeconds has failed', s =>
  s
    .describe('It is not unknown: whoever hangs is restarted.')
    //
    .pod('web', pod =>
      pod.container('app', runs(), {
        liveness: [hangs().from('20s'), succeeds()],
        livenessProbe: { timeoutSeconds: 2, failureThreshold: 1 },
      }),
    )
    .expect(({ web }) => [
      web.container('app').probe('liveness').hung().at('32s'),
      web.container('app').signalled('SIGTERM').at('32s'),
    ]),
)

spec('a liveness probe that cannot be asked is unknown, and nothing is done', s =>
  s
    // seed 004: "Unknown: the diagnostic failed, so no action should be taken"; R-616: the container has no port of that name.
    .pod('web', pod =>
      pod.container('app', runs(), { liveness: fails(), livenessProbe: { httpGet: { path: '/', port: 'http' } } }),
    )
    .horizon('10m')
    .expect(({ web }) => [web.event('Unhealthy'), never(web.container('app').exited()), web.ready()]),
)

spec('a readiness probe that cannot be asked never makes its container ready', s =>
  s
    .describe('Nothing is done, and so it stays as it was at first: not ready.')
    .pod('web', pod =>
      pod.container('app', runs(), {
        readiness: succeeds(),
        readinessProbe: { httpGet: { path: '/', port: 'http' } },
      }),
    )
    .horizon('10m')
    .expect(({ web }) => [web.container('app').running(), never(web.container('app').ready())]),
)

spec('a probe is asked every periodSeconds, however long its answer takes', s =>
  s
    .pod('web', pod =>
      pod.container('app', runs(), {
        liveness: hangs(),
        livenessProbe: { periodSeconds: 5, timeoutSeconds: 3 },
      }),
    )
    .horizon('20s')
    .expect(({ web }) => [
      // Asked at 5 s, 10 s and 15 s: the third answer fails to come 13 s after the first question.
      whenever(web.container('app').probe('liveness').hung()).then(web.container('app').signalled('SIGTERM')).at('10s'),
    ]),
)
