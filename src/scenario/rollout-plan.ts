import { PodwrightError } from '../errors/index.js'
import type { ReactionStep } from './plan.js'
import type { Place, ScenarioStep } from './scenario-file.js'

type RolloutAction = Extract<
  ScenarioStep,
  { readonly action: 'scale' | 'rolloutRestart' | 'rolloutUndo' | 'rolloutPause' | 'rolloutResume' }
>

/** Which kinds `kubectl` scales and rolls out; undos and pauses of others than Deployments are not modelled. */
const KINDS: Readonly<Record<RolloutAction['action'], readonly string[]>> = {
  scale: ['Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet'],
  rolloutRestart: ['Deployment', 'StatefulSet', 'DaemonSet'],
  rolloutUndo: ['Deployment'],
  rolloutPause: ['Deployment'],
  rolloutResume: ['Deployment'],
}

/** What `kubectl scale` and `kubectl rollout` do to a workload that a controller runs. */
export function rolloutStep(step: RolloutAction, path: string): ReactionStep {
  const [kind] = path.split('/')
  const kinds = KINDS[step.action]
  if (!kinds.includes(kind)) {
    throw new PodwrightError({
      code: 'SCENARIO_INVALID',
      where: step.where,
      problem: `expected a ${kinds.join(', ')} for ${step.action}, got ${path}`,
    })
  }
  switch (step.action) {
    case 'scale':
      return { do: 'scale', object: path, replicas: step.replicas }
    case 'rolloutRestart':
      return { do: 'rollout', verb: 'restart', object: path }
    case 'rolloutUndo': {
      const { toRevision } = step
      return { do: 'rollout', verb: 'undo', object: path, ...(toRevision === undefined ? {} : { toRevision }) }
    }
    case 'rolloutPause':
      return { do: 'rollout', verb: 'pause', object: path }
    case 'rolloutResume':
      return { do: 'rollout', verb: 'resume', object: path }
  }
}

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
