import type { Plan, ReactionStep, StatedBehaviour } from '../scenario/index.js'
import { isOwnerKind } from './contract/index.js'
import type { PreparedPlan } from './prepared-plan.js'

/** Whether anything in a plan is for a controller. */
export function hasWorkloads({ workloads = [], steps, reactions = [] }: Plan): boolean {
  const creates = (step: ReactionStep): boolean =>
    (step.do === 'createObject' && isOwnerKind(step.object.kind)) ||
    (step.do === 'request' && isOwnerKind(step.request.kind))
  return workloads.length > 0 || steps.some(creates) || reactions.some(({ step }) => creates(step))
}

/** Whether anything in a plan talks to pods through Services. */
export function hasTraffic({ plan, pods }: PreparedPlan): boolean {
  const { traffic, behaviours } = plan
  const rules = [...(behaviours?.rules ?? []), ...(behaviours?.overrides ?? [])]
  return (
    traffic !== undefined ||
    pods.some(({ spec }) => spec.bySlot.some(({ behaviour }) => waits(behaviour))) ||
    rules.some(({ behaviour }) => waits(behaviour))
  )
}

const waits = ({ runs = [] }: StatedBehaviour): boolean => runs.some(({ waitsFor }) => waitsFor !== undefined)

/** Whether a Service may come while a run goes on. */
export function createsService({ steps, reactions = [] }: Plan): boolean {
  const creates = (step: ReactionStep): boolean =>
    (step.do === 'createObject' && step.object.kind === 'Service') ||
    (step.do === 'request' && step.request.kind === 'Service')
  return steps.some(creates) || reactions.some(({ step }) => creates(step))
}
