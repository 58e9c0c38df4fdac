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
  if (restartPolicy === 'Never') return false
  return restartPolicy !== 'OnFailure' || status.exitCode !== 0
}
