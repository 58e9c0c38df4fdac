import { STATE } from './container-record.js'
import { type ContainerRecord, PHASE, type PodRecord } from './pod-record.js'

/**
 * The phase that the containers' states in the API make of a pod that goes on; Failed stands for either end.
 *
 * Computed apart from the kubelet's own code, which it is there to check.
 * kubelet: kubelet_pods.go getPhase, v1.32 (R-801, R-802, R-803).
 */
export function phaseOf({ containers }: PodRecord): number {
  let unknown = 0
  let waiting = 0
  let running = 0
  let comesBack = 0
  let pendingInits = 0
  let pendingSidecars = 0
  let hasRun = false
  for (let i = 0; i < containers.length; i++) {
    const container = containers[i]
    const { facts, state } = container
    const isNew = state === STATE.waiting && !container.hasLastState
    if (facts.role === 'ephemeral') continue
    if (facts.role === 'init') {
      if (isNew || state === STATE.none || state === STATE.running) pendingInits++
      else if (isFailed(container)) return PHASE.Failed
      continue
    }
    if (state === STATE.none) unknown++
    else if (state === STATE.running) running++
    else if (isNew) waiting++
    else if (facts.role === 'container' && facts.isRestartedAfter(codeOf(container))) comesBack++
    if (facts.role === 'container') hasRun ||= state >= STATE.running
    // The kubelet asks before it knows who has started up: every running sidecar is pending.
    else if (isNew || state === STATE.running) pendingSidecars++
  }
  if (pendingInits > 0 || (pendingSidecars > 0 && !hasRun) || waiting > 0 || unknown > 0) return PHASE.Pending
  return running > 0 || comesBack > 0 ? PHASE.Running : PHASE.Failed
}

/** Exit code of what ended last: the state's, or the last state's. */
const codeOf = ({ state, stateExitCode, lastExitCode }: ContainerRecord): number =>
  state === STATE.terminated ? stateExitCode : lastExitCode

function isFailed(container: ContainerRecord): boolean {
  const code = codeOf(container)
  return code !== 0 && !container.facts.isRestartedAfter(code)
}
