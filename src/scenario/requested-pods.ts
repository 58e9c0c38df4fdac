import type { Container, KubernetesObject, Pod, PodTemplateSpec } from '../model/index.js'
import type { ApiRequest } from './api-request.js'
import type { Plan } from './plan.js'
import type { BehaviourResolver } from './resolve-behaviour.js'
import { scriptedContainers } from './resolve-behaviour.js'
import type { ScenarioStep } from './scenario-file.js'

/** Kinds whose template makes pods that carry their name. */
const TEMPLATED: ReadonlySet<string> = new Set([
  ...['Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet', 'DaemonSet', 'Job'],
])

/**
 * The rules that a plan carries for the pods that its requests make while it runs; none where no request makes any. The pods are
 * shown to the resolver, so that rules about them are not taken for misspelt.
 */
export function requestedBehaviours(
  steps: readonly ScenarioStep[],
  resolver: BehaviourResolver,
  rules: NonNullable<Plan['behaviours']>,
): Pick<Plan, 'behaviours'> {
  const pods = steps.flatMap(step => (step.action === 'request' ? podsOf(step.request) : []))
  for (const { pod, owner } of pods) {
    for (const it of scriptedContainers(pod, owner)) {
      resolver.container(it)
      resolver.laterImage(it.spec.image)
    }
  }
  return pods.length === 0 ? {} : { behaviours: rules }
}

/** The pod, or the workload with its template, that a request makes under a name; undefined: it makes neither. */
export function requestedOwner({
  kind,
  namespace = 'default',
  name,
  object,
  patch,
}: ApiRequest): KubernetesObject | undefined {
  const written = (object ?? patch) as Partial<Pod> | undefined
  if (name === undefined || written === undefined) return undefined
  const { template } = ((written as { readonly spec?: object }).spec ?? {}) as { readonly template?: PodTemplateSpec }
  if (kind === 'Pod' ? !hasContainers(written) : !TEMPLATED.has(kind) || !hasContainers(template)) return undefined
  return { ...written, kind, metadata: { ...written.metadata, name, namespace } } as KubernetesObject
}

/** What a request makes, as far as rules look at it. What cannot be a pod is refused when it is asked for. */
function podsOf({
  kind,
  namespace = 'default',
  object,
  patch,
}: ApiRequest): { readonly pod: Pod; readonly owner?: string }[] {
  const written = (object ?? patch) as Partial<Pod> | undefined
  const { metadata = {} } = written ?? {}
  if (kind === 'Pod' && hasContainers(written)) return [{ pod: { ...written, metadata: { ...metadata, namespace } } }]
  const { template } = ((written as { readonly spec?: object } | undefined)?.spec ?? {}) as {
    readonly template?: PodTemplateSpec
  }
  if (!TEMPLATED.has(kind) || !hasContainers(template)) return []
  const pod: Pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...template.metadata, name: metadata.name, namespace },
    spec: template.spec,
  }
  return [{ pod, owner: `${kind}/${namespace}/${metadata.name}` }]
}

function hasContainers<Value extends object>(value: Value | undefined): value is Value & Pod {
  const { spec } = (value ?? {}) as {
    readonly spec?: { readonly containers?: unknown; readonly initContainers?: unknown }
  }
  const isList = (list: unknown): boolean => Array.isArray(list) && list.every(isContainer)
  return isList(spec?.containers) && (spec?.initContainers === undefined || isList(spec.initContainers))
}

const isContainer = (value: unknown): value is Container => {
  const { name, image } = (value ?? {}) as Readonly<Record<string, unknown>>
  return typeof name === 'string' && typeof image === 'string'
}
