/**
 * A CronJob makes a Job at each time of its schedule. The runs here begin at midnight UTC.
 */

import { always, cronJob, exactly, exits, gapsBetween } from 'podwright'
import { spec } from 'podwright/vitest'

const backup = (fields: object = {}, jobFields: object = {}) => ({
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: { name: 'backup' },
  spec: {
    schedule: '*/10 * * * *',
    jobTemplate: {
      spec: {
        template: { spec: { restartPolicy: 'Never', containers: [{ name: 'app', image: 'app:1' }] } },
        ...jobFields,
      },
    },
    ...fields,
  },
})
const it = cronJob('backup')
const started = it.event('SuccessfulCreate')
const slow = exits(0).after('25m')

spec('a CronJob starts a Job at each time of its schedule', s =>
  s
    // CJ-1
    .apply(backup())
    .horizon('35m')
    .expect(() => [
      exactly(3, started),
      started.noSoonerThan('10m').within('601s'),
      gapsBetween(started, started).are('10m', '10m', { tolerance: '1s' }),
    ]),
)

spec('concurrencyPolicy Allow, the default: Jobs run beside those that have not ended', s =>
  s
    .apply(backup())
    .behave('cronjob/backup/app', slow)
    .horizon('32m')
    .expect(() => [it.active(3).at('31m'), exactly(3, started)]),
)

spec('concurrencyPolicy Forbid: a time that comes while a Job runs is left out', s =>
  s
    .describe('It is made up for when that Job has ended, once.')
    // CJ-3
    .apply(backup({ concurrencyPolicy: 'Forbid' }))
    .behave('cronjob/backup/app', slow)
    .horizon('50m')
    .expect(() => [
      always(it.active().atMost(1)),
      it.event('JobAlreadyActive').noSoonerThan('20m').within('1201s'),
      exactly(2, started),
      gapsBetween(started, started).are('25m', { late: '20s' }),
    ]),
)

spec('concurrencyPolicy Replace: a Job that still runs gives way to the next', s =>
  s
    // CJ-3
    .apply(backup({ concurrencyPolicy: 'Replace' }))
    .behave('cronjob/backup/app', slow)
    .horizon('35m')
    .expect(() => [exactly(3, started), exactly(2, it.event('SuccessfulDelete')), always(it.active().atMost(1))]),
)

spec('a CronJob that is suspended starts nothing, and its Jobs run on', s =>
  s
    // CJ-4
    .apply(backup())
    .behave('cronjob/backup/app', slow)
    .at('11m')
    .patch('cronjob/backup', { spec: { suspend: true } })
    .horizon('1h')
    .expect(({ pod }) => [
      exactly(1, started),
      pod('cronjob/backup').phase('Running').at('30m'),
      pod('cronjob/backup').phases('Pending', 'Running', 'Succeeded'),
    ]),
)

spec('times that were missed are made up for by one Job, not by one each', s =>
  s
    .describe('For the latest of them.')
    // CJ-2
    .apply(backup({ suspend: true }))
    .at('55m')
    .patch('cronjob/backup', { spec: { suspend: false } })
    .horizon('59m')
    .expect(() => [exactly(1, started), started.noSoonerThan('55m').within('3301s')]),
)

spec('with startingDeadlineSeconds a time that was missed by more is not made up for', s =>
  s
    // CJ-2
    .apply(backup({ suspend: true, startingDeadlineSeconds: 120 }))
    .at('55m')
    .patch('cronjob/backup', { spec: { suspend: false } })
    .horizon('65m')
    .expect(() => [exactly(1, started), started.noSoonerThan('60m')]),
)

spec('a Job that failed is not started again before the next time', s =>
  s
    .apply(backup({}, { backoffLimit: 0 }))
    .behave('cronjob/backup/app', exits(1).after('5s'))
    .horizon('25m')
    .expect(({ pod }) => [
      pod('cronjob/backup').phases('Pending', 'Running', 'Failed'),
      exactly(2, started),
      gapsBetween(started, started).are('10m', { tolerance: '1s' }),
    ]),
)

spec('of the Jobs that have finished three that succeeded are kept, and one that failed', s =>
  s
    // CJ-4
    .apply(backup())
    .horizon('58m')
    .expect(() => [exactly(5, started), exactly(2, it.event('SuccessfulDelete'))]),
)

spec('timeZone says where the clock of the schedule hangs', s =>
  s
    .describe('Midnight in Tokyo is three in the afternoon in UTC.')
    // CJ-4
    .apply(backup({ schedule: '0 0 * * *', timeZone: 'Asia/Tokyo' }))
    .horizon('20h')
    .expect(() => [started.noSoonerThan('15h').within('54001s'), exactly(1, started)]),
)
