/**
 * A pod of a Job that fails is replaced by another one, later each time, until backoffLimit is reached. With restartPolicy OnFailure the
 * kubelet restarts the container instead, in the same pod.
 */

import { crashes, exactly, exits, gapsBetween, job, never, onTerm, stopsAfter } from 'podwright'
import { spec } from 'podwright/vitest'

const importing = (fields: object = {}, restartPolicy = 'Never') => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'import' },
  spec: {
    template: { spec: { restartPolicy, containers: [{ name: 'app', image: 'app:1' }] } },
    ...fields,
  },
})
const it = job('import')

spec('with restartPolicy Never each failure makes a new pod', s =>
  s
    // J-12
    .apply(importing({ backoffLimit: 2 }))
    .behave('job/import/app', crashes().after('2s'))
    .expect(({ pod }) => [
      exactly(3, it.event('SuccessfulCreate')),
      it.failed(3).afterQuiescence(),
      pod('job/import').container('app').restartCount(0).afterQuiescence(),
    ]),
)

spec('with restartPolicy OnFailure the container is restarted in its pod', s =>
  s
    // J-12
    .apply(importing({}, 'OnFailure'))
    .behave('job/import/app', crashes().after('2s'), crashes().after('2s'), exits(0).after('2s'))
    .expect(({ pod }) => [
      exactly(1, it.event('SuccessfulCreate')),
      pod('job/import').container('app').restartCount(2).afterQuiescence(),
      it.complete().afterQuiescence(),
    ]),
)

spec('a Job has failed when more pods have failed than its backoffLimit, six where it does not say', s =>
  s
    // J-4
    .apply(importing())
    .behave('job/import/app', crashes().after('2s'))
    .horizon('1h')
    .expect(() => [
      it.condition('Failed', 'True', 'BackoffLimitExceeded').afterQuiescence(),
      it.failed(7).afterQuiescence(),
    ]),
)

spec('the pods that replace failed ones come 10 s, 20 s, 40 s after the failure', s =>
  s
    .describe('Up to ten minutes.')
    // J-8
    .apply(importing())
    .behave('job/import/app', crashes().after('2s'))
    .horizon('1h')
    .expect(() => [
      gapsBetween(it.event('SuccessfulCreate'), it.event('SuccessfulCreate')).are(
        '10s',
        '20s',
        '40s',
        '80s',
        '160s',
        '320s',
        {
          late: '10s',
        },
      ),
    ]),
)

spec('with backoffLimit 0 the first failure is the last', s =>
  s
    // J-4
    .apply(importing({ backoffLimit: 0 }))
    .behave('job/import/app', crashes().after('2s'))
    .expect(() => [exactly(1, it.event('SuccessfulCreate')), it.failed().afterQuiescence()]),
)

spec('podFailurePolicy FailJob: an exit code may end the Job at once', s =>
  s
    .describe('Where trying again is of no use.')
    // J-9
    .apply(
      importing({
        podFailurePolicy: { rules: [{ action: 'FailJob', onExitCodes: { operator: 'In', values: [42] } }] },
      }),
    )
    .behave('job/import/app', exits(42).after('2s'))
    .expect(() => [
      it.condition('Failed', 'True', 'PodFailurePolicy').afterQuiescence(),
      exactly(1, it.event('SuccessfulCreate')),
    ]),
)

spec('podFailurePolicy Ignore: a pod that is evicted need not count as a failure', s =>
  s
    // J-9
    .apply(
      importing({
        backoffLimit: 0,
        podFailurePolicy: { rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget' }] }] },
      }),
    )
    .behave('job/import/app', exits(0).after('30s'), onTerm(stopsAfter('1s', 143)))
    .at('10s')
    .evict('job/import')
    .expect(() => [
      it.complete().afterQuiescence(),
      exactly(2, it.event('SuccessfulCreate')),
      never(it.failed().atLeast(1)),
    ]),
)

spec('a pod of a Job that is evicted counts as a failure where no podFailurePolicy says otherwise', s =>
  s
    // J-3
    .apply(importing({ backoffLimit: 0 }))
    .behave('job/import/app', exits(0).after('30s'), onTerm(stopsAfter('1s', 143)))
    .at('10s')
    .evict('job/import')
    .expect(() => [
      it.condition('Failed', 'True', 'BackoffLimitExceeded').afterQuiescence(),
      exactly(1, it.event('SuccessfulCreate')),
    ]),
)

spec('backoffLimitPerIndex counts the failures of each index by itself', s =>
  s
    .describe('All indexes are tried, whatever becomes of the others.')
    // J-4, J-8
    .apply(importing({ completions: 3, parallelism: 3, completionMode: 'Indexed', backoffLimitPerIndex: 1 }))
    .behave('job/import/app', crashes().after('2s'))
    .expect(() => [
      it.condition('Failed', 'True', 'FailedIndexes').afterQuiescence(),
      exactly(6, it.event('SuccessfulCreate')),
    ]),
)
