import type { Kind } from '../../model/index.js'
import { CHANGE, type NodeBefore, type NodeRecord, type ResourceVersion } from '../contract/index.js'
import type { PodInfo } from './pod-info.js'
import { shallowEqual } from './shallow-equal.js'

/** What happened to an object, as bits: what plugins register for. */
export const ACTION = {
  add: 1,
  delete: 2,
  nodeAllocatable: 4,
  nodeLabel: 8,
  nodeTaint: 16,
  nodeCondition: 32,
  nodeAnnotation: 64,
  podLabel: 128,
  podTolerations: 256,
  podGatesEliminated: 512,
  podScaleDown: 1024,
  other: 2048,
} as const

/** A pod before or after a change. */
export interface PodSide {
  readonly index: number
  readonly info: PodInfo
  /** −1: not bound. */
  readonly node: number
}

/** A change of a pod; of one that was added `before` is null, of one that is gone `after`. */
export interface PodChange {
  readonly resource: 'pod'
  readonly actions: number
  readonly before: PodSide | null
  readonly after: PodSide | null
}

/** A change of a node. */
export interface NodeChange {
  readonly resource: 'node'
  readonly actions: number
  readonly before: NodeBefore | null
  readonly after: NodeBefore | null
}

/** A claim, a volume or a storage class came or changed. */
export interface StorageChange {
  readonly resource: 'claim' | 'volume' | 'storageClass'
  readonly actions: number
  readonly namespace: string
  readonly name: string
  readonly before: null
  readonly after: null
}

const STORAGE_RESOURCES: Readonly<Partial<Record<Kind, StorageChange['resource']>>> = {
  PersistentVolumeClaim: 'claim',
  PersistentVolume: 'volume',
  StorageClass: 'storageClass',
}

/** What a write to the store means to pods that wait for storage; undefined: nothing. */
export function storageChanged(change: number, { kind, namespace, name }: ResourceVersion): StorageChange | undefined {
  const resource = STORAGE_RESOURCES[kind]
  if (resource === undefined || change === CHANGE.removed) return undefined
  const actions = change === CHANGE.added ? ACTION.add : ACTION.other
  return { resource, actions, namespace, name, before: null, after: null }
}

/** Something that may make a pending pod schedulable. */
export type ClusterChange = PodChange | NodeChange | StorageChange

export const podAdded = (after: PodSide): PodChange => ({ resource: 'pod', actions: ACTION.add, before: null, after })

export const podDeleted = (before: PodSide): PodChange => ({
  resource: 'pod',
  actions: ACTION.delete,
  before,
  after: null,
})

/** scheduler: framework/events.go PodSchedulingPropertiesChange, v1.32. */
export function podUpdated(before: PodSide, after: PodSide): PodChange {
  const [old, now] = [before.info, after.info]
  let actions = 0
  if (!shallowEqual(old.labels, now.labels)) actions |= ACTION.podLabel
  if (JSON.stringify(old.tolerations) !== JSON.stringify(now.tolerations)) actions |= ACTION.podTolerations
  if (old.spec.schedulingGates > 0 && now.spec.schedulingGates === 0) actions |= ACTION.podGatesEliminated
  const [had, has] = [old.spec.requests, now.spec.requests]
  const isSmaller =
    has.milliCpu < had.milliCpu || has.memory < had.memory || has.ephemeralStorage < had.ephemeralStorage
  if (isSmaller) actions |= ACTION.podScaleDown
  return { resource: 'pod', actions: actions === 0 ? ACTION.other : actions, before, after }
}

/** scheduler: framework/events.go NodeSchedulingPropertiesChange, v1.32. */
export function nodeUpdated(before: NodeBefore, after: NodeRecord): NodeChange {
  const [old, now] = [before.object, after.object]
  let actions = 0
  if (before.isUnschedulable && !after.isUnschedulable) actions |= ACTION.nodeTaint
  if (JSON.stringify(old.spec.taints) !== JSON.stringify(now.spec.taints)) actions |= ACTION.nodeTaint
  if (!shallowEqual(old.metadata.labels, now.metadata.labels)) actions |= ACTION.nodeLabel
  if (!shallowEqual(old.metadata.annotations, now.metadata.annotations)) actions |= ACTION.nodeAnnotation
  if (!shallowEqual(old.status.allocatable, now.status.allocatable)) actions |= ACTION.nodeAllocatable
  if (JSON.stringify(old.status.conditions) !== JSON.stringify(now.status.conditions)) actions |= ACTION.nodeCondition
  return { resource: 'node', actions, before, after }
}

export const nodeAdded = (after: NodeBefore): NodeChange => ({
  resource: 'node',
  actions: ACTION.add,
  before: null,
  after,
})

export const nodeDeleted = (before: NodeBefore): NodeChange => ({
  resource: 'node',
  actions: ACTION.delete,
  before,
  after: null,
})
