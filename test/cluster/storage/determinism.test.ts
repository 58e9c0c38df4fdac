import { expect, test } from 'vitest'
import { Runner, run } from '../../../src/cluster/index.js'
import { checkLaws } from '../../../src/invariant/index.js'
import { planManifests } from '../../../src/spec/index.js'
import { claim, database, podWith, scenario, storageClass, volume } from './storage.js'

const ephemeral = {
  name: 'scratch',
  ephemeral: {
    volumeClaimTemplate: {
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    },
  },
}
const plan = planManifests([
  storageClass('fast'),
  volume('disk'),
  claim('data', { storageClassName: 'fast' }),
  claim('kept', { storageClassName: 'manual' }),
  podWith('web', ['data', 'kept']),
  podWith('batch', [], { volumes: [ephemeral] }),
  database({ persistentVolumeClaimRetentionPolicy: { whenScaled: 'Delete', whenDeleted: 'Delete' } }),
  scenario('60s: scale statefulset/db --replicas=1', '90s: delete pod/batch', '2m: delete statefulset/db'),
])

test('runs with claims are the same each time, from a runner that ran something else before too', () => {
  const runner = new Runner(plan)
  for (const seed of [undefined, 1, 2, 3]) {
    const trace = run(plan, { seed })
    expect(runner.run({ seed }).digest).toBe(trace.digest)
    expect(run(plan, { recipe: trace.header.recipe }).digest).toBe(trace.digest)
  }
})

test('runs with claims keep every law, whatever the choices', () => {
  for (const seed of [undefined, 1, 2, 3, 4, 5, 6, 7, 8]) expect(checkLaws(run(plan, { seed }))).toEqual([])
})
