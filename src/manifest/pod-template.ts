import type { KubernetesObject, PodTemplateSpec, Workload } from '../model/index.js'

/** The pods a workload makes, as its manifest describes them. */
export interface PodTemplateView {
  readonly owner: Workload
  readonly template: PodTemplateSpec
  /** Undefined where it depends on the nodes (DaemonSet). */
  readonly replicas: number | undefined
  /** The way from the object to its template. */
  readonly path: readonly string[]
}

/** The template of a workload and how many pods it asks for at once; undefined for objects that make no pods. */
export function podTemplateOf(object: KubernetesObject): PodTemplateView | undefined {
  const path = ['spec', 'template']
  switch (object.kind) {
    case 'Deployment':
    case 'ReplicaSet':
    case 'ReplicationController':
    case 'StatefulSet':
      return { owner: object, template: object.spec.template, replicas: object.spec.replicas ?? 1, path }
    case 'DaemonSet':
      return { owner: object, template: object.spec.template, replicas: undefined, path }
    case 'Job': {
      const { template, parallelism = 1, completions = parallelism, suspend = false } = object.spec
      return { owner: object, template, replicas: suspend ? 0 : Math.min(parallelism, completions), path }
    }
    case 'CronJob': {
      const { template, parallelism = 1, completions = parallelism } = object.spec.jobTemplate.spec
      const replicas = object.spec.suspend === true ? 0 : Math.min(parallelism, completions)
      return { owner: object, template, replicas, path: ['spec', 'jobTemplate', 'spec', 'template'] }
    }
    default:
      return undefined
  }
}
