import { PodWords, pod } from '../../expect/index.js'

/** The pods that a scenario builds, by name. */
export type BuiltPods = object

/** Finds a pod by name: the containers of those that the scenario builds are known to the compiler, those of manifests are not. */
export interface FindPod<Pods extends BuiltPods> {
  /** A pod that the scenario builds. */
  <Name extends keyof Pods & string>(name: Name): Pods[Name]
  /** A pod out of the manifests: `web`, `shop/web`, or `deployment/web` for each pod of a workload. */
  (name: string): PodWords
}

/** What the callbacks of a scenario get: each pod that it builds, by name, and `pod` for those out of manifests. */
export type PodHandles<Pods extends BuiltPods> = Omit<Pods, 'pod'> & { readonly pod: FindPod<Pods> }

/** Makes what the callbacks get; `paths` are the pods that are built, by name. */
export function podHandles<Pods extends BuiltPods>(paths: ReadonlyMap<string, string>): PodHandles<Pods> {
  const built = [...paths].map(([name, path]) => [name, new PodWords(path)])
  const find = (name: string): PodWords => pod(paths.get(name) ?? name)
  return { ...Object.fromEntries(built), pod: find } as PodHandles<Pods>
}
