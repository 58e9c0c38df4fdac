import { nearestWord, type Origin, PodwrightError } from '../errors/index.js'
import { isMadePodName, podKindNamed } from '../model/index.js'
import type { ContainerName, PodName } from './clause.js'
import type { Roster, RosterPod } from './roster.js'

/** Finds the pods, containers, nodes and Services that people mean by names. */
export class NameResolver {
  readonly #roster: Roster
  readonly #where: Origin | string | undefined

  /** Names that stand for the pods that controllers make. */
  readonly #groups: readonly RosterPod[]

  constructor(roster: Roster, where: Origin | string | undefined) {
    this.#roster = roster
    this.#groups = (roster.workloads ?? []).map(({ path, containers, isMade }) => {
      const [, namespace, name] = path.split('/')
      return { namespace, name, owner: path, workload: path, isMade, containers }
    })
    this.#where = where
  }

  /** The pods that a name means: one, or all those of a workload. */
  pods(name: PodName): readonly RosterPod[] {
    const found = this.#roster.pods.filter(pod => `${pod.namespace}/${pod.name}` === name)
    const [namespace, madeName, ...rest] = name.split('/')
    if (found.length === 0 && madeName !== undefined && rest.length === 0)
      found.push(...this.#madePods(madeName, namespace))
    if (found.length === 0) found.push(...this.#podsBy(name.split('/')))
    if (found.length === 0) throw this.#unknownPod(name)
    return found
  }

  /** The pod that a container's name means, where none is named: the one that has it. */
  podOf({ container }: ContainerName): RosterPod {
    const pods = this.#candidates()
    const found = container === '*' ? pods : pods.filter(({ containers }) => containers.some(isNamed(container)))
    if (found.length === 1) return found[0]
    if (found.length === 0) {
      throw this.unknown(
        'a container',
        container,
        pods.flatMap(({ containers }) => containers.map(({ name }) => name)),
      )
    }
    throw this.ambiguous(
      'one container',
      container,
      found.map(pod => `${shortName(pod)}/${container}`),
    )
  }

  /** Whoever has containers: a workload stands for its pods, a Deployment for its ReplicaSets too. */
  #candidates(): readonly RosterPod[] {
    const made = new Set(this.#groups.map(({ workload }) => workload))
    return [
      ...this.#roster.pods.filter(({ owner }) => owner === undefined || !made.has(owner)),
      ...this.#groups.filter(({ isMade }) => isMade !== true),
    ]
  }

  /** The names of the containers that a name means in a pod: one, or for `*` all. */
  containers(pod: RosterPod, name: string): readonly string[] {
    const names = pod.containers.map(each => each.name)
    if (name === '*') return names
    if (!names.includes(name)) throw this.unknown(`a container of pod ${shortName(pod)}`, name, names)
    return [name]
  }

  /** A node's name. */
  node(name: string): string {
    if (!this.#roster.nodes.includes(name)) throw this.unknown('a node', name, this.#roster.nodes)
    return name
  }

  /** A Service as `namespace/name`; without a namespace, that of the pod comes first. */
  service(name: string, pod?: RosterPod): string {
    const services = this.#roster.services.map(each => (each.includes('/') ? each : `default/${each}`))
    for (const each of [name, `${pod?.namespace ?? 'default'}/${name}`]) if (services.includes(each)) return each
    const found = services.filter(each => each.endsWith(`/${name}`))
    if (found.length === 1) return found[0]
    if (found.length > 1) throw this.ambiguous('one Service', name, found)
    throw this.unknown('a Service', name, services, services.map(afterSlash))
  }

  /** Refuses the number of a step that there is not. */
  step(number: number): void {
    const { steps } = this.#roster
    if (steps === undefined || number <= steps) return
    throw new PodwrightError({
      code: 'UNKNOWN_OBJECT',
      where: this.#where,
      problem: `expected a step, got step ${number}`,
      hint:
        steps === 0
          ? 'there is none'
          : steps === 1
            ? 'there is step 1'
            : `there are steps 1 to ${steps}, in order of time`,
    })
  }

  /** What is thrown for a name that nothing has; `others` are further ways to write those that are known. */
  unknown(
    expected: string,
    name: string,
    known: readonly string[],
    others: readonly string[] = [],
    nearest = nearestWord(name, [...known, ...others]),
  ): PodwrightError {
    const list = known.length === 0 ? 'there is none' : `known: ${listed(known)}`
    return new PodwrightError({
      code: 'UNKNOWN_OBJECT',
      where: this.#where,
      problem: `expected ${expected}, got ${quoted(name)}`,
      hint: nearest === undefined ? list : `did you mean ${nearest}? ${list}`,
    })
  }

  /** `web`, `kind/web`, `namespace/kind/web`, and paths: `Deployment/namespace/web`. */
  #podsBy(parts: readonly string[]): readonly RosterPod[] {
    const kindAt = parts.length === 1 ? -1 : parts.findIndex(part => podKindNamed(part) !== undefined)
    if (parts.length > 3 || (parts.length > 1 && kindAt < 0) || kindAt > 1) return []
    const kind = kindAt < 0 ? 'Pod' : podKindNamed(parts[kindAt])
    const names = parts.filter((_, i) => i !== kindAt)
    const name = names.at(-1)
    const namespace = names.length > 1 ? names[0] : undefined
    const isMeant = (each: { readonly namespace: string; readonly name: string }): boolean =>
      each.name === name && (namespace === undefined || each.namespace === namespace)
    if (kind === 'Pod') {
      const found = this.#roster.pods.filter(isMeant)
      if (found.length === 0) found.push(...this.#madePods(name ?? '', namespace ?? 'default'))
      return found.length > 1 ? this.#refuseSeveral(parts.join('/'), found.map(fullName)) : found
    }
    const groups = this.#groups.filter(({ workload = '' }) => {
      const [itsKind, itsNamespace, itsName] = workload.split('/')
      return itsKind === kind && isMeant({ namespace: itsNamespace, name: itsName })
    })
    if (groups.length > 1)
      return this.#refuseSeveral(
        parts.join('/'),
        groups.map(({ workload = '' }) => ownerWord(workload)),
      )
    if (groups.length === 1) return groups
    const found = this.#roster.pods.filter(({ owner }) => {
      if (owner === undefined) return false
      const [ownerKind, ownerNamespace, ownerName] = owner.split('/')
      return ownerKind === kind && isMeant({ namespace: ownerNamespace, name: ownerName })
    })
    const owners = [...new Set(found.map(({ owner = '' }) => owner))]
    return owners.length > 1 ? this.#refuseSeveral(parts.join('/'), owners.map(ownerWord)) : found
  }

  /** A pod that a controller may make in the run, under the name that it draws. */
  #madePods(name: string, namespace: string): readonly RosterPod[] {
    const maker = this.#groups.find(each => each.namespace === namespace && isMadePodName(each.name, name))
    return maker === undefined ? [] : [{ namespace, name, containers: maker.containers }]
  }

  #refuseSeveral(name: string, found: readonly string[]): never {
    throw this.ambiguous('one object', name, found)
  }

  /** What is thrown for a name that several have. */
  ambiguous(expected: string, name: string, found: readonly string[]): PodwrightError {
    return new PodwrightError({
      code: 'UNKNOWN_OBJECT',
      where: this.#where,
      problem: `expected ${expected}, got ${quoted(name)}, which ${found.length} are called`,
      hint: `write one of ${listed(found)}`,
    })
  }

  #unknownPod(name: string): PodwrightError {
    const { pods } = this.#roster
    const owners = [...new Set([...pods, ...this.#groups].flatMap(({ owner }) => (owner === undefined ? [] : [owner])))]
    const workload = owners.find(owner => owner.endsWith(`/${afterSlash(name)}`))
    const known = [...pods.map(shortName), ...owners.map(shortOwnerWord)]
    const withoutNamespace = [...pods.map(pod => pod.name), ...owners.map(owner => bareOwnerWord(owner))]
    const error = this.unknown('a pod', name, known, withoutNamespace)
    if (workload === undefined || name.includes('/')) return error
    const hint = `did you mean ${shortOwnerWord(workload)}? known: ${listed(known)}`
    return new PodwrightError({ code: 'UNKNOWN_OBJECT', where: this.#where, problem: error.problem, hint })
  }
}

/** The pod's name as people write it. */
function shortName(pod: RosterPod): string {
  if (pod.workload !== undefined) return shortOwnerWord(pod.workload)
  return pod.namespace === 'default' ? pod.name : fullName(pod)
}

/** `namespace/name`; of a workload its path. */
export const fullName = ({ namespace, name, workload }: RosterPod): string => workload ?? `${namespace}/${name}`

/** `default/deployment/web` for the path `Deployment/default/web`. */
function ownerWord(owner: string): string {
  const [kind, namespace, name] = owner.split('/')
  return `${namespace}/${kind.toLowerCase()}/${name}`
}

/** `deployment/web`. */
const bareOwnerWord = (owner: string): string => ownerWord(owner).replace(/^[^/]*\//, '')

const shortOwnerWord = (owner: string): string => ownerWord(owner).replace(/^default\//, '')

const afterSlash = (name: string): string => name.slice(name.lastIndexOf('/') + 1)

const isNamed =
  (wanted: string) =>
  ({ name }: { readonly name: string }): boolean =>
    name === wanted

const MOST_LISTED = 8
const MOST_QUOTED = 80

const quoted = (name: string): string => JSON.stringify(name.slice(0, MOST_QUOTED))

function listed(names: readonly string[]): string {
  const unique = [...new Set(names)]
  const shown = unique.slice(0, MOST_LISTED).join(', ')
  return unique.length > MOST_LISTED ? `${shown}, … (${unique.length})` : shown
}
