import {
  KINDS,
  type KubernetesObject,
  type Namespace,
  type ResourceQuota,
  type ServiceAccount,
  STANDARD_STORAGE_CLASS,
} from '../model/index.js'
import type { Plan } from '../scenario/index.js'
import { usedOf } from './api-server/index.js'
import { isOwnerKind } from './contract/index.js'

/** Namespaces that every cluster has. */
const SYSTEM_NAMESPACES = ['default', 'kube-node-lease', 'kube-public', 'kube-system']

/** What the API server holds when a run begins, beside pods, nodes and what controllers run. */
export interface InitialResources {
  readonly objects: readonly KubernetesObject[]
  /** Whether any of them says something to new pods. */
  readonly hasPolicies: boolean
  /** Namespaces whose service accounts count as there, because nothing is said of them. */
  readonly assumed: ReadonlySet<string>
}

/** Whether the store keeps an object as a resource: no other part of the API server does. */
export const isResource = ({ kind }: KubernetesObject): boolean =>
  kind !== 'Pod' && kind !== 'Node' && !isOwnerKind(kind)

/** Whether an object is a claim or a volume: those of the plan come into being with the run, and their controllers act on them. */
export const isClaimOrVolume = ({ kind }: KubernetesObject): boolean =>
  kind === 'PersistentVolume' || kind === 'PersistentVolumeClaim'

/**
 * Works out what a plan begins with: its objects, the namespaces that anything of it stands in, and each one's default service
 * account. Quotas have been counted.
 */
export function initialResources({ objects, pods, workloads = [], steps, reactions = [] }: Plan): InitialResources {
  const written = objects.filter(object => isResource(object) && !isClaimOrVolume(object))
  const later = [...steps, ...reactions.map(({ step }) => step)].flatMap(step =>
    step.do === 'create' ? [step.pod.pod] : step.do === 'createObject' ? [step.object] : [],
  )
  const contents = [
    ...objects.filter(isResource),
    ...pods.map(({ pod }) => pod),
    ...workloads.map(({ object }) => object),
    ...later,
  ]
  const homes = contents
    .filter(({ kind }) => KINDS[kind].isNamespaced)
    .map(({ metadata }) => metadata.namespace ?? 'default')
  const stated = new Set(written.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name ?? ''))
  const names = [...new Set([...SYSTEM_NAMESPACES, ...stated, ...homes])]
  const accounts = written.filter(({ kind }) => kind === 'ServiceAccount')
  const hasAccount = (namespace: string, isMeant: (name: string) => boolean): boolean =>
    accounts.some(({ metadata }) => (metadata.namespace ?? 'default') === namespace && isMeant(metadata.name ?? ''))
  const hasStandard = written.some(
    ({ kind, metadata }) => kind === 'StorageClass' && metadata.name === STANDARD_STORAGE_CLASS.metadata.name,
  )
  const made = names.flatMap((name): KubernetesObject[] => [
    ...(stated.has(name) ? [] : [namespaceNamed(name)]),
    ...(hasAccount(name, account => account === 'default') ? [] : [defaultAccount(name)]),
  ])
  return {
    objects: [
      ...made,
      ...(hasStandard ? [] : [STANDARD_STORAGE_CLASS]),
      ...written.map(object => settled(object, written)),
    ],
    hasPolicies: written.some(({ kind }) => POLICIES.has(kind)),
    assumed: new Set(names.filter(name => !hasAccount(name, account => account !== 'default'))),
  }
}

const POLICIES: ReadonlySet<string> = new Set(['Namespace', 'ServiceAccount', 'LimitRange', 'ResourceQuota'])

/** A Namespace as the API server stores it: with the finalizer of its controller. */
export const withNamespaceDefaults = (namespace: Namespace): Namespace => ({
  ...namespace,
  spec: { ...namespace.spec, finalizers: namespace.spec?.finalizers ?? ['kubernetes'] },
  status: { ...namespace.status, phase: 'Active' },
})

const namespaceNamed = (name: string): Namespace =>
  withNamespaceDefaults({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { 'kubernetes.io/metadata.name': name } },
  })

/** What the controller of service accounts gives each namespace. */
export const defaultAccount = (namespace: string): ServiceAccount => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name: 'default', namespace },
})

function settled(object: KubernetesObject, all: readonly KubernetesObject[]): KubernetesObject {
  if (object.kind === 'Namespace') return withNamespaceDefaults(object)
  if (object.kind !== 'ResourceQuota') return object
  const { namespace = 'default' } = object.metadata
  const inside = all.filter(
    each => KINDS[each.kind].isNamespaced && (each.metadata.namespace ?? 'default') === namespace,
  )
  const status: ResourceQuota['status'] = { hard: object.spec?.hard ?? {}, used: usedOf(object, inside) }
  return { ...object, status }
}
