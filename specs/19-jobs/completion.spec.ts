/**
 * A Job runs pods until so many have succeeded: `completions`, of which `parallelism` at a time; one where nothing is said.
 */

import { always, exactly, job, step } from 'podwright'
import { spec } from 'podwright/vitest'

const importing = (fields: object = {}, podSpec: object = {}) => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'import' },
  spec: {
    template: { spec: { restartPolicy: 'Never', containers: [{ name: 'app', image: 'app:1' }], ...podSpec } },
    ...fields,
  },
})
const it = job('import')

spec('a Job is Complete when its pod has Succeeded', s =>
  s
    .describe('The pod stays, with its status and its logs.')
    // J-5, J-6
    .apply(importing())
    .expect(({ pod }) => [
      it.complete().within('10s'),
      it.succeeded(1).afterQuiescence(),
      pod('job/import').phases('Pending', 'Running', 'Succeeded'),
      pod('job/import').exists().afterQuiescence(),
    ]),
)

spec('completions says how many pods have to succeed, parallelism how many run at a time', s =>
  s
    // J-7
    .apply(importing({ completions: 5, parallelism: 2 }))
    .expect(() => [
      always(it.active().atMost(2)),
      it.active(2).within('1s'),
      it.succeeded(5).afterQuiescence(),
      exactly(5, it.event('SuccessfulCreate')),
      it.complete().afterQuiescence(),
    ]),
)

spec('no more pods are made than completions are missing, however large the parallelism', s =>
  s
    // J-7
    .apply(importing({ completions: 2, parallelism: 10 }))
    .expect(() => [exactly(2, it.event('SuccessfulCreate')), it.complete().afterQuiescence()]),
)

spec('parallelism 0 holds a Job: its pods are deleted, and those that have succeeded count', s =>
  s
    // J-7
    .apply(importing({ completions: 3 }))
    .at('7s')
    .patch('job/import', { spec: { parallelism: 0 } })
    .at('5m')
    .patch('job/import', { spec: { parallelism: 3 } })
    .expect(() => [
      it.active(0).and(it.succeeded(1)).at('4m'),
      it.complete().becomes().noSoonerThan('5m').within('6m'),
      it.succeeded(3).afterQuiescence(),
    ]),
)

spec('a Job that runs for no number of completions ends with the first pod that succeeds', s =>
  s
    .describe('Its pods share a queue of work: one that succeeds says that the queue is empty. No new ones are made.')
    // J-6, J-7
    .apply(importing({ parallelism: 3 }))
    .expect(() => [
      exactly(3, it.event('SuccessfulCreate')),
      it.succeeded(3).afterQuiescence(),
      it.complete().afterQuiescence(),
    ]),
)

spec('the template of a Job cannot be changed', s =>
  s
    // API-13
    .apply(importing())
    .at('1s')
    .setImage('job/import', 'app', 'app:2')
    .expect(() => [step(1).refused('field is immutable')]),
)

spec('successPolicy: a Job may be Complete when some of its indexes have succeeded', s =>
  s
    // J-4: SuccessCriteriaMet; the pods of other indexes are deleted.
    .apply(
      importing({
        completions: 3,
        completionMode: 'Indexed',
        successPolicy: { rules: [{ succeededIndexes: '0' }] },
      }),
    )
    .expect(() => [
      it.condition('SuccessCriteriaMet', 'True', 'SuccessPolicy').within('10s'),
      it.complete().within('1m'),
      it.succeeded().goesThrough(0, 1),
    ]),
)
