/**
 * A Job may be held, given a deadline, and removed by itself a while after it has finished.
 */

import { exactly, exits, ignores, job, never, runs } from 'podwright'
import { spec } from 'podwright/vitest'

const importing = (fields: object = {}) => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'import' },
  spec: {
    template: { spec: { restartPolicy: 'Never', containers: [{ name: 'app', image: 'app:1' }] } },
    ...fields,
  },
})
const it = job('import')

spec('a Job that is suspended has no pods until it is resumed', s =>
  s
    // J-10
    .apply(importing({ suspend: true }))
    .at('10m')
    .patch('job/import', { spec: { suspend: false } })
    .horizon('20m')
    .expect(() => [
      it.suspended().at('9m'),
      it.event('SuccessfulCreate').noSoonerThan('10m').within('601s'),
      it.complete().within('11m'),
    ]),
)

spec('a Job that is suspended while it runs loses its pods, and begins again when it is resumed', s =>
  s
    // J-10
    .apply(importing())
    .behave('job/import/app', exits(0).after('2m'))
    .at('1m')
    .patch('job/import', { spec: { suspend: true } })
    .at('5m')
    .patch('job/import', { spec: { suspend: false } })
    .horizon('20m')
    .expect(() => [
      it.active(0).and(it.suspended()).at('4m'),
      it.complete().becomes().noSoonerThan('7m').within('8m'),
      exactly(2, it.event('SuccessfulCreate')),
    ]),
)

spec('a Job that runs longer than its activeDeadlineSeconds has failed, and its pods are deleted', s =>
  s
    // J-4; API-17: times have whole seconds, so it may be a second early.
    .apply(importing({ activeDeadlineSeconds: 60 }))
    .behave('job/import/app', runs())
    .expect(({ pod }) => [
      pod('job/import').deleted().noSoonerThan('59s').within('62s'),
      it.condition('Failed', 'True', 'DeadlineExceeded').afterQuiescence(),
    ]),
)

spec('a Job has failed only when its last pod has stopped', s =>
  s
    .describe('Until then it says FailureTarget. Since 1.31.')
    // J-5
    .apply(importing({ activeDeadlineSeconds: 60 }))
    .behave('job/import/app', runs().onTerm(ignores()))
    .expect(() => [
      it.condition('FailureTarget', 'True', 'DeadlineExceeded').within('62s'),
      it.failed().becomes().noSoonerThan('89s').within('93s'),
    ]),
)

spec('a Job that has finished stays, with its pods', s =>
  s
    .apply(importing())
    .horizon('24h')
    .expect(({ pod }) => [
      it.complete().within('10s'),
      never(it.deleted()),
      pod('job/import').phase('Succeeded').afterQuiescence(),
    ]),
)

spec('ttlSecondsAfterFinished removes a Job, and its pods, so long after its end', s =>
  s
    // J-11
    .apply(importing({ ttlSecondsAfterFinished: 60 }))
    .expect(({ pod }) => [
      it.complete().within('10s'),
      it.gone().noSoonerThan('64s').within('72s'),
      pod('job/import').gone().within('72s'),
    ]),
)
