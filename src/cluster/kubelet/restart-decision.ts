import { type ContainerSpec, newestOf, RUNTIME_STATE, type RuntimePod } from '../contract/index.js'

/**
 * Whether a container that does not run should be started, again or for the first time.
 *
 * kubelet: pkg/kubelet/container/helpers.go ShouldContainerBeRestarted, v1.32.
 */
export function shouldContainerBeRestarted(
  container: ContainerSpec,
  restartPolicy: string,
  isPodDeleting: boolean,
  runtime: RuntimePod,
): boolean {
  if (isPodDeleting) return false
  const status = newestOf(runtime, container.slot)
  if (status === undefined) return true
  if (status.state === RUNTIME_STATE.running) return false
  if (status.state === RUNTIME_STATE.unknown || status.state === RUNTIME_STATE.created) return true
  return isRestartedAfterExit(container, restartPolicy, status.exitCode)
}

/**
 * Whether an exit is followed by another start: the container's rules are asked first, then its own policy, then its pod's.
 *
 * kubelet: pkg/api/v1/pod/util.go ContainerShouldRestart, v1.35; before, only the pod's policy was there to be asked.
 */
export function isRestartedAfterExit(container: ContainerSpec, podPolicy: string, exitCode: number): boolean {
  for (const { isIn, exitCodes } of container.restartRules) if (exitCodes.includes(exitCode) === isIn) return true
  const policy = container.restartPolicy ?? podPolicy
  if (policy === 'Never') return false
  return policy !== 'OnFailure' || exitCode !== 0
}
