import { PodwrightError } from '../errors/index.js'
import { type Kind, qualifiedKind, qualifiedResource } from '../model/index.js'
import type { ReactionStep, RolloutVerb } from './plan.js'
import type { Place, ScenarioStep } from './scenario-file.js'

type RolloutAction = Extract<
  ScenarioStep,
  { readonly action: 'scale' | 'rolloutRestart' | 'rolloutUndo' | 'rolloutPause' | 'rolloutResume' }
>

const SCALED: readonly string[] = ['Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet']

const REVISED: readonly string[] = ['Deployment', 'StatefulSet', 'DaemonSet']

/** Which kinds `kubectl` rolls out, and how. */
const KINDS: Readonly<Record<RolloutVerb, readonly string[]>> = {
  restart: REVISED,
  undo: REVISED,
  pause: ['Deployment'],
  resume: ['Deployment'],
}

/**
 * What `kubectl rollout` says to a kind that it cannot do this with; undefined: it can.
 *
 * kubectl: pkg/polymorphichelpers/{objectpauser,objectresumer,objectrestarter,rollback}.go, v1.32.
 */
export function rolloutRefusal(kind: Kind, name: string, verb: RolloutVerb): string | undefined {
  if (KINDS[verb].includes(kind)) return undefined
  if (verb === 'undo') return `no rollbacker has been implemented for "${qualifiedKind(kind)}"`
  const doing = { restart: 'restarting', pause: 'pausing', resume: 'resuming' }[verb]
  return `${qualifiedResource(kind)} "${name}" ${doing} is not supported`
}

const VERBS = {
  rolloutRestart: 'restart',
  rolloutUndo: 'undo',
  rolloutPause: 'pause',
  rolloutResume: 'resume',
} as const

/** What `kubectl scale` and `kubectl rollout` do to a workload that a controller runs. */
export function rolloutStep(step: RolloutAction, path: string): ReactionStep {
  const [kind, , name] = path.split('/')
  if (step.action === 'scale') {
    if (!SCALED.includes(kind)) throw refused(step, `expected a ${SCALED.join(', ')} for scale, got ${path}`)
    return { do: 'scale', object: path, replicas: step.replicas }
  }
  const verb = VERBS[step.action]
  const refusal = rolloutRefusal(kind as Kind, name, verb)
  if (refusal !== undefined) throw refused(step, refusal, `kubectl rollout ${verb} knows ${KINDS[verb].join(', ')}`)
  const toRevision = step.action === 'rolloutUndo' ? step.toRevision : undefined
  return { do: 'rollout', verb, object: path, ...(toRevision === undefined ? {} : { toRevision }) }
}

const refused = ({ where }: RolloutAction, problem: string, hint?: string): PodwrightError =>
  new PodwrightError({ code: 'SCENARIO_INVALID', where, problem, hint })

/** A rollout of what no controller runs; `found` are the pods that go by this name. */
export const notControlled = (subject: string, found: number, where: Place): PodwrightError =>
  new PodwrightError({
    code: 'SCENARIO_INVALID',
    where,
    problem: `expected a workload that a controller runs, such as deployment/web, got "${subject}"`,
    hint: found === 0 ? undefined : 'a step can delete, evict or patch its pods',
  })

/** A program has no folder that a path could count from. */
export const unreadFile = (path: string, where: Place): PodwrightError =>
  new PodwrightError({
    code: 'SCENARIO_INVALID',
    where,
    problem: `expected no file in a Scenario that is no file itself, got ${JSON.stringify(path)}`,
    hint: 'apply the object itself',
  })
