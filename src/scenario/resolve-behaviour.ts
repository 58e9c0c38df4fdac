import { nearestWord, PodwrightError } from '../errors/index.js'
import type { Container, Pod } from '../model/index.js'
import {
  type ContainerBehaviour,
  DEFAULT_BEHAVIOUR,
  type ImageBehaviour,
  type ProcessBehaviour,
  type SandboxBehaviour,
} from './behaviour.js'
import type { BehaviourRule, StatedBehaviour } from './behaviour-rule.js'
import { formatTarget, meansContainer, meansPod, specificityOf, type TargetedContainer } from './behaviour-target.js'
import { imageBehaviours } from './image-behaviour.js'

/** What a container is, as far as its defaults go. */
export type ContainerRole = 'container' | 'init' | 'sidecar' | 'job'

/** A container of a pod with what rules look at and what can be said of it. */
export interface ScriptedContainer extends TargetedContainer {
  readonly role: ContainerRole
  readonly spec: Container
}

/** More than any specificity. */
const OVERRIDE_RANK = 1000

/** The fields of behaviour that belong to a container. */
const FIELDS = ['runs', 'onTerm', 'liveness', 'readiness', 'startup', 'postStart', 'preStop', 'serves'] as const
type Field = (typeof FIELDS)[number]

/** A container's behaviour, and which fields of it nobody stated. */
export interface ResolvedBehaviour {
  readonly behaviour: ContainerBehaviour
  readonly assumed: ReadonlySet<Field>
}

/** Lists the containers of a pod as rules see them. */
export function scriptedContainers(pod: Pod, owner: string | undefined): ScriptedContainer[] {
  const [ownerKind, , ownerName] = owner?.split('/') ?? []
  const isJob = ownerKind === 'Job' || ownerKind === 'CronJob'
  const base = {
    namespace: pod.metadata.namespace ?? 'default',
    pod: pod.metadata.name ?? '',
    ownerKind,
    ownerName,
    labels: pod.metadata.labels ?? {},
    annotations: pod.metadata.annotations ?? {},
  }
  const { initContainers = [], containers, ephemeralContainers = [] } = pod.spec
  const plain = (spec: Container): ScriptedContainer => {
    return { ...base, spec, container: spec.name, isRegular: true, role: isJob ? 'job' : 'container' }
  }
  return [
    ...initContainers.map((spec): ScriptedContainer => {
      const role = spec.restartPolicy === 'Always' ? 'sidecar' : 'init'
      return { ...base, spec, container: spec.name, isRegular: false, role }
    }),
    ...containers.map(plain),
    ...ephemeralContainers.map(spec => ({ ...plain(spec), isRegular: false })),
  ]
}

/**
 * Finds each container's behaviour among the rules: field by field the most specific rule that states it, of equally
 * specific ones the later, and the defaults for what nobody states. Overrides go before all other rules.
 */
export class BehaviourResolver {
  readonly #rules: readonly BehaviourRule[]
  readonly #overrides: ReadonlySet<BehaviourRule>
  /** Rules that match some container, and those that decide something for one. */
  readonly #used = new Set<BehaviourRule>()
  readonly #deciding = new Set<BehaviourRule>()
  /** Replicas resolve alike: one object serves them all. */
  readonly #known = new Map<string, ResolvedBehaviour>()
  readonly #containers: ScriptedContainer[] = []
  readonly #images = new Set<string>()

  /** Every one of the `overrides` goes before every one of the `rules`. */
  constructor(rules: readonly BehaviourRule[], overrides: readonly BehaviourRule[] = []) {
    this.#rules = [...rules, ...overrides]
    this.#overrides = new Set(overrides)
  }

  container(it: ScriptedContainer): ResolvedBehaviour {
    this.#containers.push(it)
    this.#images.add(it.spec.image)
    const matching = this.#matching(rule => meansContainer(rule.target, it), it)
    const key = `${it.role}|${matching.map(rule => this.#rules.indexOf(rule)).join()}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const resolved = resolve(it.role, matching, this.#deciding)
    this.#known.set(key, resolved)
    return resolved
  }

  /** Takes note of an image that a container gets later. */
  laterImage(name: string): void {
    this.#images.add(name)
  }

  sandbox(it: TargetedContainer): SandboxBehaviour {
    const stated = this.#matching(rule => rule.behaviour.sandbox !== undefined && meansPod(rule.target, it), it)
    for (const rule of stated) this.#deciding.add(rule)
    const sandbox: SandboxBehaviour = { ...DEFAULT_BEHAVIOUR.sandbox }
    for (const { behaviour } of stated.reverse()) Object.assign(sandbox, behaviour.sandbox)
    return sandbox
  }

  /** What is said of the images that containers name, and of every other one. */
  images(): Record<string, ImageBehaviour> {
    return imageBehaviours(this.#images, this.#rules)
  }

  /** Refuses rules that say nothing of anybody: the name is misspelt, or there is no such probe or hook. */
  refuseUnused(): void {
    for (const rule of this.#rules) {
      this.#refuseUnknownImages(rule)
      if (isOnlyOfImages(rule.behaviour)) continue
      const meant = this.#containers.filter(it => meansContainer(rule.target, it))
      if (meant.length === 0 && !(rule.behaviour.sandbox !== undefined && this.#used.has(rule)))
        this.#refuseTarget(rule)
      refuseWithoutSubject(rule, meant)
    }
  }

  /** Rules that match, but whose every word another rule overrules. */
  overruled(): BehaviourRule[] {
    return this.#rules.filter(rule => !this.#deciding.has(rule) && !isOnlyOfImages(rule.behaviour))
  }

  #matching(isMeant: (rule: BehaviourRule) => boolean, it: TargetedContainer): BehaviourRule[] {
    const matching = this.#rules.filter(isMeant)
    for (const rule of matching) this.#used.add(rule)
    if (matching.length < 2) return matching
    const rankOf = (rule: BehaviourRule): number =>
      specificityOf(rule.target, it) + (this.#overrides.has(rule) ? OVERRIDE_RANK : 0)
    const ranks = new Map(matching.map(rule => [rule, rankOf(rule)]))
    // Sorting is stable: of equally specific rules the later one comes first after the reversal.
    return matching.reverse().sort((a, b) => ranks.get(b)! - ranks.get(a)!)
  }

  #refuseTarget(rule: BehaviourRule): never {
    const { target } = rule
    const pods = this.#containers.filter(it => meansPod(target, it))
    const isBare = target.name === undefined && target.labels === undefined && target.namespace === undefined
    if (target.container !== undefined && pods.length > 0 && !isBare) {
      const names = [...new Set(pods.map(it => it.container))]
      return refuse(
        rule,
        `${formatTarget({ ...target, container: undefined }).replace(/\/\*$/, '')} has no container ${target.container}`,
        {
          word: target.container,
          candidates: names,
          otherwise: `its containers are ${names.slice(0, 10).join(', ')}`,
        },
      )
    }
    const owners = this.#containers.filter(it => it.pod === target.container || it.ownerName === target.container)
    const isPodName = isBare && owners.length > 0
    return refuse(rule, `nothing matches "${formatTarget(target)}"`, {
      word: formatTarget(target),
      candidates: this.#containers.flatMap(it => candidatesFor(target, it)),
      otherwise: isPodName
        ? `${target.container} is no container's name; write ${owners[0].ownerKind?.toLowerCase() ?? 'pod'}/${target.container}`
        : this.#someNames(),
      prefersOtherwise: isPodName,
    })
  }

  #someNames(): string {
    const names = [...new Set(this.#containers.map(it => `${it.ownerName ?? it.pod}/${it.container}`))]
    if (names.length === 0) return 'the manifests hold no containers'
    return `there are ${names.slice(0, 8).join(', ')}${names.length > 8 ? `, and ${names.length - 8} more` : ''}`
  }

  #refuseUnknownImages(rule: BehaviourRule): void {
    for (const name of Object.keys(rule.behaviour.images ?? {})) {
      if (name === '*' || this.#images.has(name)) continue
      refuse(rule, `no container has the image "${name}"`, {
        word: name,
        candidates: this.#images,
        otherwise: 'write it as the manifest does, or * for every image',
      })
    }
  }
}

/** The names that a target of this shape could have meant. */
function candidatesFor(target: TargetedContainer | BehaviourRule['target'], it: ScriptedContainer): string[] {
  const { name, kind, namespace, container } = target as BehaviourRule['target']
  if (name === undefined) return [it.container]
  const tail = container === undefined && kind !== undefined ? '' : `/${container === undefined ? '*' : it.container}`
  const head = namespace === undefined ? '' : `${it.namespace}/`
  const owner =
    it.ownerKind === undefined || it.ownerName === undefined ? [] : [`${it.ownerKind.toLowerCase()}/${it.ownerName}`]
  const kinds = [`pod/${it.pod}`, ...owner]
  const subjects = kind === undefined ? [it.pod, it.ownerName ?? it.pod] : kinds
  // `deploymnt/web` has the shape of a pod and its container.
  const others = kind === undefined && namespace === undefined ? kinds : []
  return [...subjects.map(subject => `${head}${subject}${tail}`), ...others]
}

const SUBJECTS: Readonly<Record<string, (spec: Container) => boolean>> = {
  liveness: spec => spec.livenessProbe !== undefined,
  readiness: spec => spec.readinessProbe !== undefined,
  startup: spec => spec.startupProbe !== undefined,
  // A hook that sleeps does so whatever a rule says.
  postStart: ({ lifecycle }) => lifecycle?.postStart !== undefined && lifecycle.postStart.sleep === undefined,
  preStop: ({ lifecycle }) => lifecycle?.preStop !== undefined && lifecycle.preStop.sleep === undefined,
}

/** Words about a probe or hook that none of the containers has would be silently ignored: they are refused. */
function refuseWithoutSubject(rule: BehaviourRule, meant: readonly ScriptedContainer[]): void {
  for (const [field, hasSubject] of Object.entries(SUBJECTS)) {
    if (rule.behaviour[field as Field] === undefined || meant.some(it => hasSubject(it.spec))) continue
    const isHook = field === 'postStart' || field === 'preStop'
    const sleeps = isHook && meant.some(it => it.spec.lifecycle?.[field]?.sleep !== undefined)
    const what = isHook ? `${field} hook${sleeps ? ' but one that sleeps' : ''}` : `${field} probe`
    const has = Object.keys(SUBJECTS).filter(other => meant.some(it => SUBJECTS[other](it.spec)))
    refuse(rule, `${formatTarget(rule.target)} has no ${what}`, {
      word: '',
      candidates: [],
      otherwise: has.length === 0 ? 'it has neither probes nor hooks' : `it has ${has.join(', ')}`,
    })
  }
}

interface Advice {
  readonly word: string
  readonly candidates: Iterable<string>
  readonly otherwise: string
  readonly prefersOtherwise?: boolean
}

function refuse(rule: BehaviourRule, problem: string, advice: Advice): never {
  const nearest = advice.prefersOtherwise === true ? undefined : nearestWord(advice.word, advice.candidates)
  throw new PodwrightError({
    code: 'BEHAVIOUR_INVALID',
    where: rule.where,
    problem,
    hint: nearest === undefined ? advice.otherwise : `the nearest is ${nearest}`,
  })
}

const isOnlyOfImages = (behaviour: StatedBehaviour): boolean =>
  behaviour.images !== undefined &&
  behaviour.sandbox === undefined &&
  behaviour.uses === undefined &&
  FIELDS.every(field => behaviour[field] === undefined)

/** Merges the rules, the most specific first, over the defaults of a role; takes note of those that decide a field. */
function resolve(
  role: ContainerRole,
  rules: readonly BehaviourRule[],
  deciding: Set<BehaviourRule>,
): ResolvedBehaviour {
  const stated = <Name extends Field | 'uses'>(field: Name): StatedBehaviour[Name] => {
    const rule = rules.find(each => each.behaviour[field] !== undefined)
    if (rule !== undefined) deciding.add(rule)
    return rule?.behaviour[field]
  }
  const { probe, hook } = DEFAULT_BEHAVIOUR
  const term = stated('onTerm')
  const runs = (stated('runs') ?? [defaultProcess(role)]).map(
    (process): ProcessBehaviour => ({
      ...process,
      onTerm:
        process.onTerm !== undefined ? process.onTerm : term !== undefined ? term : DEFAULT_BEHAVIOUR.process.onTerm,
    }),
  )
  const serves = stated('serves')
  const uses = stated('uses')
  const assumed = new Set<Field>(FIELDS.filter(field => stated(field) === undefined))
  if (stated('runs')?.every(process => process.onTerm !== undefined) === true) assumed.delete('onTerm')
  return {
    assumed,
    behaviour: {
      runs,
      liveness: stated('liveness') ?? [probe],
      readiness: stated('readiness') ?? [probe],
      startup: stated('startup') ?? [probe],
      postStart: stated('postStart') ?? hook,
      preStop: stated('preStop') ?? hook,
      ...(serves === undefined ? {} : { serves }),
      ...(uses === undefined ? {} : { uses }),
    },
  }
}

function defaultProcess(role: ContainerRole): Omit<ProcessBehaviour, 'onTerm'> & { onTerm: undefined } {
  const { process, initProcess, jobProcess } = DEFAULT_BEHAVIOUR
  const chosen = role === 'init' ? initProcess : role === 'job' ? jobProcess : process
  return { ...chosen, onTerm: undefined }
}
