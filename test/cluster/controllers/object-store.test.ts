import { beforeEach, describe, expect, test } from 'vitest'
import { ObjectStore } from '../../../src/cluster/api-server/index.js'
import {
  CHANGE,
  createSymbols,
  type Environment,
  type ObjectVersion,
  OP,
  type OwnerObject,
} from '../../../src/cluster/contract/index.js'
import { Choices, Kernel } from '../../../src/kernel/index.js'
import { DEFAULT_KUBELET_CONFIGURATION, type Deployment, PROFILES } from '../../../src/model/index.js'
import { DEFAULT_TIMING } from '../../../src/scenario/index.js'
import { TraceRecorder } from '../../../src/trace/index.js'
import { deployment } from '../workloads.js'

describe('the store of workload objects', () => {
  let kernel: Kernel
  let store: ObjectStore
  let trace: TraceRecorder
  let seen: string[]

  beforeEach(() => {
    const symbols = createSymbols()
    kernel = new Kernel()
    kernel.reset(undefined)
    trace = new TraceRecorder(symbols)
    trace.reset('full', undefined)
    const choices = new Choices({}, { path: () => '', hash: () => 0 }, false)
    const timing = { ...DEFAULT_TIMING, watch: 4 }
    const environment: Environment = {
      kernel,
      trace,
      symbols,
      choices,
      timing,
      profile: PROFILES['1.32'],
      kubelet: DEFAULT_KUBELET_CONFIGURATION,
    }
    let resourceVersion = 0
    store = new ObjectStore(environment, { addManifest: () => 0, addObject: () => {} }, () => ++resourceVersion)
    seen = []
    const change = Object.keys(CHANGE)
    store.watchObjects({
      objectChanged: (kind, { name, resourceVersion: version }) =>
        seen.push(`${kernel.now} ${change[kind]} ${name} ${version}`),
    })
  })

  const create = (): ObjectVersion<'Deployment'> => store.createObject<'Deployment'>(deployment(), -1)
  const stored = (): ObjectVersion<'Deployment'> | null => store.object('Deployment', 'default', 'web')
  const scaled = (version: ObjectVersion<'Deployment'>, replicas: number): Deployment => ({
    ...version.object,
    spec: { ...version.object.spec, replicas },
  })
  const deliver = (): void => {
    kernel.run(kernel.now + 1000, 100, operation => {
      if (operation === OP.watchObjects) store.deliver()
    })
  }

  test('tells its watcher of each write after the watch latency', () => {
    const version = create()
    store.updateObject<'Deployment'>(version, scaled(version, 5), -1)
    store.deleteObject('Deployment', 'default', 'web', {}, -1)
    deliver()
    expect(seen).toEqual(['4 added web 1', '4 modified web 2', '4 removed web 2'])
  })

  test('refuses a write that has not seen the last one (API-10, C-10)', () => {
    const version = create()
    store.updateObject<'Deployment'>(version, scaled(version, 5), -1)
    expect(() => store.updateObject<'Deployment'>(version, scaled(version, 7), -1)).toThrowErrorMatchingInlineSnapshot(
      `[ApiError: Operation cannot be fulfilled on deployments.apps "web": the object has been modified; please apply your changes to the latest version and try again]`,
    )
    expect(stored()?.object.spec.replicas).toBe(5)
  })

  test('refuses a name that is taken, and says if its object is on its way out (API-5)', () => {
    create()
    expect(create).toThrowErrorMatchingInlineSnapshot(`[ApiError: deployments.apps "web" already exists]`)
    store.deleteObject('Deployment', 'default', 'web', { propagationPolicy: 'Foreground' }, -1)
    expect(create).toThrowErrorMatchingInlineSnapshot(
      `[ApiError: object is being deleted: deployments.apps "web" already exists]`,
    )
  })

  test('takes a write that changes nothing for none (API-11)', () => {
    const version = create()
    expect(store.updateObject<'Deployment'>(version, scaled(version, 3), -1).resourceVersion).toBe(1)
    store.patchObject('Deployment', 'default', 'web', object => structuredClone(object), -1)
    expect(stored()?.resourceVersion).toBe(1)
    expect(stored()?.generation).toBe(1)
  })

  test('counts a generation for each change of the spec, none for metadata and status (API-7, API-15)', () => {
    const made = create()
    const version = store.updateObject<'Deployment'>(made, scaled(made, 5), -1)
    const noted = (object: OwnerObject): OwnerObject => {
      return { ...object, metadata: { ...object.metadata, annotations: { note: 'x' } } }
    }
    store.patchObject('Deployment', 'default', 'web', noted, -1)
    const { counts } = version
    store.updateObjectStatus<'Deployment'>(stored()!, { counts: { ...counts, replicas: 1 }, conditions: [] }, -1)
    expect([stored()?.generation, stored()?.counts.replicas]).toEqual([2, 1])
  })

  test('deletes only the object that is meant (DEL-8)', () => {
    create()
    expect(() => store.deleteObject('Deployment', 'default', 'web', { uid: 'other' }, -1)).toThrow(
      /does not match the UID/,
    )
    expect(stored()).not.toBeNull()
  })

  test('keeps an object until its last finalizer is gone (DEL-1, DEL-7)', () => {
    create()
    store.deleteObject('Deployment', 'default', 'web', { propagationPolicy: 'Orphan' }, -1)
    expect(stored()).toMatchObject({ deletionSeconds: 0, generation: 2 })
    const version = stored()!
    const { finalizers, ...metadata } = version.object.metadata
    expect(finalizers).toEqual(['orphan'])
    store.updateObject<'Deployment'>(version, { ...version.object, metadata }, -1)
    expect(stored()).toBeNull()
  })

  test('gives what comes again under a name another UID', () => {
    const { uid } = create()
    store.deleteObject('Deployment', 'default', 'web', {}, -1)
    expect(create().uid).not.toBe(uid)
  })
})
