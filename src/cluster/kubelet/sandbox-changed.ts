import type { RuntimePod } from '../contract/index.js'

/** Whether a pod needs a new sandbox, and as which attempt. */
export interface SandboxDecision {
  readonly isChanged: boolean
  readonly attempt: number
  /** Attempt of the sandbox that stands for the old ID; −1: there is none. */
  readonly previous: number
}

/**
 * Decides whether the sandbox can be kept.
 *
 * kubelet: pkg/kubelet/kuberuntime/util/util.go PodSandboxChanged, v1.32.
 */
export function podSandboxChanged(hostNetwork: boolean, runtime: RuntimePod): SandboxDecision {
  const { sandboxes } = runtime
  if (sandboxes.length === 0) return { isChanged: true, attempt: 0, previous: -1 }
  const newest = sandboxes[0]
  let ready = 0
  for (let i = 0; i < sandboxes.length; i++) if (sandboxes[i].isReady) ready++
  if (ready > 1 || !newest.isReady) return { isChanged: true, attempt: newest.attempt + 1, previous: newest.attempt }
  if (newest.hostNetwork !== hostNetwork) return { isChanged: true, attempt: newest.attempt + 1, previous: -1 }
  if (!hostNetwork && newest.ip === 0) return { isChanged: true, attempt: newest.attempt + 1, previous: newest.attempt }
  return { isChanged: false, attempt: newest.attempt, previous: newest.attempt }
}
