import { PodwrightError } from '../errors/index.js'
import { controllerOf, isOwnerKind, type KubernetesObject, type OwnerReference } from '../model/index.js'
import type { Milliseconds } from '../time/index.js'
import { ROW, type Trace } from '../trace/index.js'
import type { Clause } from './clause.js'

/** A pod that a controller made. */
interface MadePod {
  /** `namespace/name`. */
  readonly name: string
  readonly createdAt: Milliseconds
  readonly containers: ReadonlySet<string>
}

/** Called so is no pod: what is whenever it is created never comes up. */
const NOBODY = 'default/@nobody'

/** Several workloads in one clause: more copies than this are refused. */
const MOST_COPIES = 100_000

/**
 * Says clauses about workloads of the pods that their controllers made in a run: a copy for each pod, all of which must hold.
 *
 * Such pods come and go while a run goes on, under names that it draws. So a copy is about its pod as long as there is one:
 *
 * - a bound that says *within* counts from the pod's own creation;
 * - a pod that came after the instant of a bound that says *at* has no part in it;
 * - nor has a pod whose template has not the containers that the clause names.
 *
 * A workload that never had such a pod leaves its clause vacuous. Clauses about nobody else's pods stay as they are.
 *
 * @param clauses - Their names are resolved; a workload stands there by its path, `Deployment/default/web`.
 */
export function expandWorkloads(clauses: readonly Clause[], trace: Trace): readonly Clause[] {
  if (!clauses.some(mentionsWorkload)) return clauses
  const made = madePods(trace)
  const expand = (clause: Clause): Clause => {
    if (!mentionsWorkload(clause)) return clause
    if (clause.kind === 'allOf') return { ...clause, clauses: clause.clauses.map(expand) }
    if (clause.kind === 'orVacuous') return { ...clause, clause: expand(clause.clause) }
    return expandOne(clause, made)
  }
  return clauses.map(expand)
}

/** Whether a clause, or a part of one, names a workload whose pods are made in the run. */
export const mentionsWorkload = (part: unknown): boolean => workloadsIn(part).size > 0

/** The paths of the workloads that are named. */
export function workloadsIn(part: unknown): ReadonlySet<string> {
  const found = new Set<string>()
  visit(part, name => {
    if (isWorkloadPath(name)) found.add(name)
  })
  return found
}

/** The same with a pod's name in place of a workload's path. */
export function ofPod<Part>(part: Part, workload: string, pod: string): Part {
  if (typeof part !== 'object' || part === null) return part
  if (Array.isArray(part)) return part.map(each => ofPod<unknown>(each, workload, pod)) as Part
  const fields = Object.entries(part).map(([key, value]) => [
    key,
    key === 'pod' && value === workload ? pod : ofPod<unknown>(value, workload, pod),
  ])
  return Object.fromEntries(fields) as Part
}

/** Resolved names of pods have two parts, paths three. */
const isWorkloadPath = (name: string): boolean => name.split('/').length === 3

function visit(part: unknown, see: (pod: string) => void): void {
  if (typeof part !== 'object' || part === null) return
  for (const [key, value] of Object.entries(part)) {
    if (key === 'pod' && typeof value === 'string') see(value)
    else visit(value, see)
  }
}

function expandOne(clause: Clause, made: ReadonlyMap<string, readonly MadePod[]>): Clause {
  let copies: readonly Clause[] = [clause]
  for (const workload of workloadsIn(clause)) {
    const wanted = containersOf(clause, workload)
    const pods = (made.get(workload) ?? []).filter(({ containers }) => wanted.every(name => containers.has(name)))
    if (copies.length * pods.length > MOST_COPIES) throw tooMany(copies.length * pods.length)
    copies = copies.flatMap(copy => pods.flatMap(pod => copyFor(copy, workload, pod)))
  }
  if (copies.length > 0) return { kind: 'allOf', clauses: copies }
  const created = { kind: 'created', pod: NOBODY } as const
  // biome-ignore lint/suspicious/noThenProperty: the language's word.
  return { kind: 'response', trigger: created, then: created, bound: { kind: 'immediately' } }
}

/** The containers of a workload's pods that a clause names. */
function containersOf(part: unknown, workload: string): readonly string[] {
  if (typeof part !== 'object' || part === null) return []
  const { pod, container } = part as { readonly pod?: unknown; readonly container?: unknown }
  const own = pod === workload && typeof container === 'string' ? [container] : []
  return [...own, ...Object.values(part).flatMap(each => containersOf(each, workload))]
}

function copyFor(clause: Clause, workload: string, { name, createdAt }: MadePod): Clause[] {
  const copy = ofPod(clause, workload, name)
  if (copy.kind !== 'eventually' || createdAt === 0) return [copy]
  const { what, bound } = copy
  if (bound?.kind === 'within')
    // biome-ignore lint/suspicious/noThenProperty: the language's word.
    return [{ kind: 'response', trigger: { kind: 'created', pod: name }, then: what, bound }]
  if (bound?.kind === 'at' && createdAt > bound.ms + (bound.toleranceMs ?? 0)) return []
  return [copy]
}

/** By the workload's path, the pods that were made for it: of a Deployment those of its ReplicaSets. */
function madePods({ rows, objects, manifests }: Trace): ReadonlyMap<string, readonly MadePod[]> {
  const owners = new Map<string, OwnerReference>()
  const found = new Map<string, Map<string, MadePod>>()
  for (let number = 0; number < rows.length; number++) {
    const kind = rows.kindOf(number)
    if (kind !== ROW.created && kind !== ROW.specChanged) continue
    const { object: symbol, a, time } = rows.at(number)
    const object = objects.get(symbol)
    const manifest = manifests[a]?.object
    const owner = manifest === undefined ? undefined : controllerOf(manifest.metadata)
    if (object === undefined || manifest === undefined || owner === undefined) continue
    if (object.kind !== 'Pod') owners.set(object.path, owner)
    else
      for (const path of workloadsAbove(owner, object.namespace, owners)) {
        const pods = found.get(path) ?? new Map<string, MadePod>()
        found.set(path, pods)
        const name = `${object.namespace}/${object.name}`
        const createdAt = pods.get(name)?.createdAt ?? (kind === ROW.created ? time : 0)
        pods.set(name, { name, createdAt, containers: containerNames(manifest) })
      }
  }
  return new Map([...found].map(([path, pods]) => [path, [...pods.values()]]))
}

/** The workload that owns a pod, and the one that owns that. */
export function workloadsAbove(
  { kind, name }: OwnerReference,
  namespace: string,
  owners: ReadonlyMap<string, OwnerReference>,
): readonly string[] {
  if (!isOwnerKind(kind)) return []
  const path = `${kind}/${namespace}/${name}`
  const above = owners.get(path)
  return above === undefined ? [path] : [path, ...workloadsAbove(above, namespace, owners)]
}

function containerNames(object: KubernetesObject): ReadonlySet<string> {
  if (object.kind !== 'Pod') return new Set()
  const { initContainers = [], containers, ephemeralContainers = [] } = object.spec
  return new Set([...initContainers, ...containers, ...ephemeralContainers].map(({ name }) => name))
}

const tooMany = (copies: number): PodwrightError =>
  new PodwrightError({
    code: 'INPUT_TOO_LARGE',
    where: 'expectation',
    problem: `expected at most ${MOST_COPIES} pods and pairs of pods in one clause, got ${copies}`,
    hint: 'name fewer workloads in one clause',
  })
