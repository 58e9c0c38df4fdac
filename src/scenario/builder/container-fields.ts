import type { Container, Lifecycle, Probe } from '../../model/index.js'
import type { StatedBehaviour } from '../behaviour-rule.js'
import { plainData } from '../plain-data.js'
import { BehaviourWords, type HookWords, joinBehaviours, type ProbeWords, type TermWords } from '../words/index.js'

/** What a probe answers: at every start, or at successive ones, of which the last repeats. */
export type ProbeAnswers = ProbeWords | readonly [ProbeWords, ...ProbeWords[]]

/** What may be said of a container besides its starts: behaviour by its words, and the fields of a manifest. */
export interface ContainerFields extends Partial<Omit<Container, 'name'>> {
  /** What the liveness probe answers; without a `livenessProbe` an exec probe with Kubernetes' defaults is added. */
  readonly liveness?: ProbeAnswers | undefined
  /** What the readiness probe answers; without a `readinessProbe` an exec probe with Kubernetes' defaults is added. */
  readonly readiness?: ProbeAnswers | undefined
  /** What the startup probe answers; without a `startupProbe` an exec probe with Kubernetes' defaults is added. */
  readonly startup?: ProbeAnswers | undefined
  /** How the postStart hook goes; without one in `lifecycle` an exec hook is added. */
  readonly postStart?: HookWords | undefined
  /** How the preStop hook goes; without one in `lifecycle` an exec hook is added. */
  readonly preStop?: HookWords | undefined
  /** What SIGTERM does to the starts that say nothing of it. */
  readonly onTerm?: TermWords | undefined
}

/** What may be said of an init container or sidecar: its restart policy says which of the two it is, so it is not said. */
export interface InitContainerFields extends Omit<ContainerFields, 'restartPolicy'> {}

/** Successive starts and other behaviour, and at the end the fields. */
export type Said<Fields> = readonly BehaviourWords[] | readonly [...BehaviourWords[], Fields]

/** A container as the builder has it: its manifest, and what is stated of it. */
export interface BuiltContainer {
  readonly container: Container
  readonly role: 'container' | 'init' | 'sidecar'
  readonly behaviour: StatedBehaviour
}

/** Makes a container of what is said of it. */
export function buildContainer(
  name: string,
  role: BuiltContainer['role'],
  said: Said<ContainerFields>,
  where: string,
): BuiltContainer {
  const parts: readonly (BehaviourWords | ContainerFields)[] = said
  const { liveness, readiness, startup, postStart, preStop, onTerm, ...manifest } = fieldsOf(parts)
  const behaviour = joinBehaviours(
    [
      ...parts.filter(part => part instanceof BehaviourWords),
      ...behavioursOf({ liveness: answersOf(liveness), readiness: answersOf(readiness), startup: answersOf(startup) }),
      ...behavioursOf({ postStart: postStart?.hook, preStop: preStop?.hook, onTerm: onTerm?.term }),
    ],
    where,
  )
  const { livenessProbe, readinessProbe, startupProbe, lifecycle, image = `${name}:1`, ...rest } = manifest
  const container = plainData({
    name,
    image,
    ...rest,
    ...(role === 'sidecar' ? { restartPolicy: 'Always' as const } : {}),
    livenessProbe: probeOf(livenessProbe, behaviour.liveness, 'live'),
    readinessProbe: probeOf(readinessProbe, behaviour.readiness, 'ready'),
    startupProbe: probeOf(startupProbe, behaviour.startup, 'started'),
    lifecycle: lifecycleOf(lifecycle, behaviour),
  })
  return { container, role, behaviour }
}

function fieldsOf(said: readonly (BehaviourWords | ContainerFields)[]): ContainerFields {
  const last = said[said.length - 1]
  return last === undefined || last instanceof BehaviourWords ? {} : last
}

/** Each field as a behaviour of its own, so that one that is said twice is found. */
const behavioursOf = (fields: StatedBehaviour): BehaviourWords[] =>
  Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [new BehaviourWords({ [name]: value })],
  )

function answersOf(said: ProbeAnswers | undefined): StatedBehaviour['readiness'] {
  if (said === undefined) return undefined
  return ('answers' in said ? [said] : said).map(({ answers }) => answers)
}

/** A probe whose handler is not said asks a command; what the command answers is behaviour. */
function probeOf(probe: Probe | undefined, stated: unknown, command: string): Probe | undefined {
  if (probe === undefined && stated === undefined) return undefined
  const { exec, httpGet, tcpSocket, grpc } = probe ?? {}
  const hasHandler = (exec ?? httpGet ?? tcpSocket ?? grpc) !== undefined
  return hasHandler ? probe : { exec: { command: [command] }, ...probe }
}

function lifecycleOf(lifecycle: Lifecycle | undefined, behaviour: StatedBehaviour): Lifecycle | undefined {
  const { postStart, preStop } = behaviour
  const hooks = {
    ...(postStart === undefined ? {} : { postStart: { exec: { command: ['post-start'] } } }),
    ...(preStop === undefined ? {} : { preStop: { exec: { command: ['pre-stop'] } } }),
    ...lifecycle,
  }
  return Object.keys(hooks).length === 0 ? undefined : hooks
}
