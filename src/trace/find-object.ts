import { nearestWord, PodwrightError } from '../errors/index.js'
import { kindNamed, WORKLOAD_KINDS, wordsOfKind } from '../model/index.js'
import type { Trace, TraceObject } from './trace.js'

/**
 * Finds the object that a person means by a name: a path (`Pod/default/web`), a pod (`web`, `default/web`), a container
 * (`web/app`, `default/web/app`), or any other object by its name or by kind and name (`node-1`, `Node/node-1`, `deployment/web`,
 * `shop/deploy/web`). A workload wins over a Service or budget of its name.
 *
 * @throws PodwrightError `UNKNOWN_OBJECT` when there is none, with the nearest name, or when several are meant.
 */
export function findObject(trace: Trace, name: string, where?: string): TraceObject {
  const candidates: { readonly name: string; readonly object: TraceObject }[] = []
  for (const object of trace.objects.values()) {
    for (const each of namesOf(trace, object)) candidates.push({ name: each, object })
  }
  const found = [...new Set(candidates.filter(each => each.name === name).map(({ object }) => object))]
  if (found.length === 0) found.push(...podsOfWorkload(candidates, name))
  // A pod wins over what happens to be called the same, a workload over its Service and its budget.
  const pods = found.filter(({ kind, path }) => kind === 'Pod' || path === name)
  const workloads = found.filter(({ path }) => WORKLOADS.has(path.slice(0, path.indexOf('/'))))
  const meant = pods.length > 0 ? pods : workloads.length > 0 ? workloads : found
  if (meant.length === 1) return meant[0]
  if (meant.length > 1) {
    throw new PodwrightError({
      code: 'UNKNOWN_OBJECT',
      where,
      problem: `expected one object, got ${JSON.stringify(name)}, which ${meant.length} objects are called`,
      hint: `write one of ${listed(meant.map(({ path }) => path))}`,
    })
  }
  const nearest = nearestWord(
    name,
    candidates.map(each => each.name),
  )
  throw new PodwrightError({
    code: 'UNKNOWN_OBJECT',
    where,
    problem: `expected an object of the run, got ${JSON.stringify(name.slice(0, 80))}`,
    hint:
      nearest === undefined
        ? `the pods are ${listed(podNames(trace))}`
        : `did you mean ${nearest}? The pods are ${listed(podNames(trace))}`,
  })
}

/** Pods of a workload carry its name and a suffix: the workload's name stands for its only pod, `web/app` for its container. */
function podsOfWorkload(
  candidates: readonly { readonly name: string; readonly object: TraceObject }[],
  name: string,
): TraceObject[] {
  const [workload, container] = name.split('/')
  const isMeant = (each: string): boolean => {
    const [pod, rest] = each.split('/')
    return pod.startsWith(`${workload}-`) && GENERATED_SUFFIX.test(pod.slice(workload.length)) && rest === container
  }
  return [...new Set(candidates.filter(each => isMeant(each.name)).map(({ object }) => object))]
}

/** `-<hash>-<5>` of a Deployment's pod, `-<5>` of a ReplicaSet's or Job's, `-0` of a StatefulSet's. */
const GENERATED_SUFFIX = /^-(?:[a-z0-9]{6,10}-)?(?:[a-z0-9]{5}|\d+)$/

function namesOf({ objects }: Trace, object: TraceObject): readonly string[] {
  const { kind, name, namespace, path } = object
  if (kind === 'Container') {
    const pod = object.pod === undefined ? undefined : objects.get(object.pod)
    return pod === undefined ? [path] : [`${pod.name}/${name}`, `${pod.namespace}/${pod.name}/${name}`, path]
  }
  const kinds = wordsOf(path.slice(0, path.indexOf('/')))
  const qualified = kinds.map(word => `${word}/${name}`)
  if (namespace === '') return [name, path, ...qualified]
  return [name, `${namespace}/${name}`, path, ...qualified, ...kinds.map(word => `${namespace}/${word}/${name}`)]
}

/** `deployment`, `deploy` and the like for `Deployment`. */
const wordsOf = (word: string): readonly string[] => {
  const kind = kindNamed(word)
  return kind === undefined ? [] : wordsOfKind(kind)
}

const WORKLOADS: ReadonlySet<string> = new Set(WORKLOAD_KINDS)

const podNames = ({ objects }: Trace): string[] =>
  [...objects.values()].filter(({ kind }) => kind === 'Pod').map(({ name }) => name)

const MOST_LISTED = 8

function listed(names: readonly string[]): string {
  const unique = [...new Set(names)]
  const shown = unique.slice(0, MOST_LISTED).join(', ')
  return unique.length > MOST_LISTED ? `${shown}, … (${unique.length})` : unique.length === 0 ? 'none' : shown
}
