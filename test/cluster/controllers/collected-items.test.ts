import { expect, test } from 'vitest'
import { decideItem, type OwnerState } from '../../../src/cluster/controllers/garbage-collector/decide-item.js'

const owner = (uid: string) => ({ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: uid, uid, controller: true })

function decide(states: readonly OwnerState[], item: { finalizers?: readonly string[]; hasDependents?: boolean } = {}) {
  const owners = states.map((_, i) => owner(`${i}`))
  const { finalizers = [], hasDependents = false } = item
  return decideItem({ owners, finalizers, hasDependents }, ({ uid }) => states[Number(uid)])
}

test('what nobody owns stays', () => {
  expect(decide([])).toEqual({ do: 'nothing' })
})

test('an owner that stands keeps an object; owners that are gone are struck off (DEL-10)', () => {
  expect(decide(['solid'])).toEqual({ do: 'nothing' })
  expect(decide(['absent', 'solid', 'waiting'])).toEqual({ do: 'release', uids: new Set(['0', '2']) })
})

test('without an owner it goes, in the way that its finalizers say', () => {
  expect(decide(['absent'])).toEqual({ do: 'delete', propagationPolicy: 'Background' })
  expect(decide(['absent'], { finalizers: ['orphan'] })).toEqual({ do: 'delete', propagationPolicy: 'Orphan' })
  expect(decide(['absent'], { finalizers: ['foregroundDeletion'] })).toEqual({
    do: 'delete',
    propagationPolicy: 'Foreground',
  })
})

test('an owner that waits for its dependents makes those wait for theirs', () => {
  expect(decide(['waiting'], { hasDependents: true })).toEqual({ do: 'delete', propagationPolicy: 'Foreground' })
  expect(decide(['waiting'])).toEqual({ do: 'delete', propagationPolicy: 'Background' })
})
