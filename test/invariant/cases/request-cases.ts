import { type ArtificialRow, byRow } from '../artificial-trace.js'
import { BEGUN, conditions, exits, running, starts, stops } from '../rows.js'
import type { LawCase } from './law-case.js'

const WEB = 'Service/default/web'
const POD = 'Pod/default/web'
const LISTED = [
  ...BEGUN,
  ...starts(0, 'app'),
  [1000, 'podIP', 'pod', '10.244.0.1'],
  ...running(1000, 'app', 0),
  [1000, 'containerReady', 'app', 1],
  [1000, 'phase', 'pod', 'Running'],
  ...conditions(1000, { Initialized: 'True', Ready: 'True', ContainersReady: 'True' }),
] as const
/** Another pod of the same name, that runs by now. */
const AGAIN = [
  ...stops(2000, 'app'),
  exits(2500, 'app', 0),
  [2500, 'sandboxStop', 'pod', 0],
  [2500, 'phase', 'pod', 'Succeeded'],
  [2500, 'deletionRequested', 'pod', 0, 2],
  [2500, 'removed', 'pod'],
  ...BEGUN.map((row): ArtificialRow => [2600, ...(row.slice(1) as [string, string])]),
  ...starts(2600, 'app'),
] as const
const READY = [...LISTED, [1000, 'endpoints', WEB, '10.244.0.1 ready serving']] as const

export const REQUEST_CASES: readonly LawCase[] = [
  {
    law: 'request-reaches-a-pod-that-was-an-endpoint',
    when: 'the pod is a ready endpoint',
    lawful: [...READY, [2000, 'requestsAnswered', WEB, 3, POD, 0]],
    broken: [...LISTED, [1000, 'endpoints', WEB, '10.244.0.1'], [2000, 'requestsAnswered', WEB, 3, POD, 0]],
    says: 'requests to Service default/web are sent to pod default/web, which never was an endpoint',
  },
  {
    law: 'answered-while-it-runs',
    when: 'the last answer came before the exit',
    lawful: [...READY, exits(2000, 'app', 1), [2500, 'requestsAnswered', WEB, 3, POD, 500]],
    broken: [...READY, exits(2000, 'app', 1), [2500, 'requestsAnswered', WEB, 3, POD, 499]],
    says: 'requests to Service default/web are answered by pod default/web until 2.001s, whose last container exited at 2s',
  },
  {
    law: 'lost-request-names-its-race',
    when: 'the process has exited',
    lawful: [
      ...READY,
      ...stops(2000, 'app'),
      [2000, 'requestFailed', WEB, 2, POD, -1],
      exits(2500, 'app', 0),
      [2500, 'requestFailed', WEB, 3, POD, -1],
    ],
    broken: [...READY, [2000, 'requestFailed', WEB, 3, POD, -1]],
    says: 'requests to Service default/web are lost by pod default/web since its process has exited, and its containers run',
  },
  {
    law: 'lost-request-names-its-race',
    when: 'the process of the pod that had the name before has exited',
    lawful: [...READY, ...AGAIN, [3000, 'requestRetried', WEB, 3, POD, -1, byRow(READY.length + 2)]],
    broken: [...READY, ...AGAIN, [3000, 'requestRetried', WEB, 3, POD, -1, byRow(READY.length + AGAIN.length - 1)]],
    says: 'requests to Service default/web are lost by pod default/web since its process has exited, and its containers run',
  },
]
