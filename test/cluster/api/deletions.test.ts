import { describe, expect, test } from 'vitest'
import { deployment, ownerAt, podsAt, runWorkloads } from '../workloads.js'
import { configMap, refusals, request, runRequests, story } from './requests.js'

const kindsGone = (propagation: 'Background' | 'Foreground' | 'Orphan'): string[] => {
  const steps = [request(20_000, { delete: 'deployment/web', propagation })]
  const trace = runWorkloads([deployment({ replicas: 1 })], { steps, horizon: 60_000 })
  const told = story(trace, '').filter(text => /gone$|deleting$/.test(text))
  const left = podsAt(trace, 60_000).length
  return [...told.map(text => text.replace(/^([\d.]+s \w+)\/\S+/, '$1')), `${left} pods left`]
}

describe('a Deployment', () => {
  test('goes before what it owns, after it, or alone (DEL-9)', () => {
    expect(kindsGone('Background')).toMatchInlineSnapshot(`
      [
        "20s Deployment gone",
        "20s ReplicaSet gone",
        "20s Pod deleting",
        "20.85s Pod deleting",
        "20.85s Pod gone",
        "0 pods left",
      ]
    `)
    expect(kindsGone('Foreground')).toMatchInlineSnapshot(`
      [
        "20s Deployment deleting",
        "20s ReplicaSet deleting",
        "20s Pod deleting",
        "20.85s Pod deleting",
        "20.85s Pod gone",
        "20.85s ReplicaSet gone",
        "20.85s Deployment gone",
        "0 pods left",
      ]
    `)
    expect(kindsGone('Orphan')).toMatchInlineSnapshot(`
      [
        "20s Deployment deleting",
        "20s Deployment gone",
        "1 pods left",
      ]
    `)
  })
})

test('a later request to delete takes back what an earlier one waits for, and leaves other finalizers (DEL-9)', () => {
  const { metadata, ...rest } = deployment({ replicas: 1 })
  const held = { ...rest, metadata: { ...metadata, finalizers: ['example.com/wait'] } }
  const finalizersAfter = (...propagations: readonly ('Background' | 'Foreground')[]) => {
    const steps = propagations.map((propagation, i) => request(20_000 + i, { delete: 'deployment/web', propagation }))
    const at = 19_999 + propagations.length
    return ownerAt(runWorkloads([held], { steps, horizon: 60_000 }), at, 'Deployment', 'web')?.metadata.finalizers
  }
  expect(finalizersAfter('Foreground')).toEqual(['example.com/wait', 'foregroundDeletion'])
  expect(finalizersAfter('Foreground', 'Background')).toEqual(['example.com/wait'])
})

test('an object with finalizers goes when the last is taken away (DEL-1, DEL-7)', () => {
  const held = { ...configMap({}), metadata: { name: 'settings', finalizers: ['example.com/a', 'example.com/b'] } }
  const trace = runRequests([
    request(0, { create: held }),
    request(1000, { delete: 'cm/settings' }),
    request(1500, { create: configMap({}) }),
    request(2000, {
      patch: 'cm/settings',
      with: { metadata: { '$deleteFromPrimitiveList/finalizers': ['example.com/a'] } },
    }),
    request(3000, { patch: 'cm/settings', type: 'merge', with: { metadata: { finalizers: null } } }),
    request(4000, { create: configMap({}) }),
  ])
  expect(refusals(trace)).toMatchInlineSnapshot(`
    [
      "409 object is being deleted: configmaps "settings" already exists",
    ]
  `)
  expect(story(trace, 'ConfigMap')).toMatchInlineSnapshot(`
    [
      "0s ConfigMap/default/settings created",
      "1s ConfigMap/default/settings deleting",
      "2s ConfigMap/default/settings changed metadata",
      "3s ConfigMap/default/settings changed metadata",
      "3s ConfigMap/default/settings gone",
      "4s ConfigMap/default/settings created",
    ]
  `)
})

test('a run with requests is the same each time that it has the same seed', () => {
  const steps = [
    request(0, { create: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } } }),
    request(5000, { delete: 'ns/shop' }),
  ]
  const digests = [1, 1, 2].map(seed => runWorkloads([deployment()], { steps }, { seed }).digest)
  expect(digests[0]).toBe(digests[1])
  expect(digests[0]).not.toBe(digests[2])
})
