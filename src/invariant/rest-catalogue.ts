import type { Law } from './law.js'

/** Laws of what has to have come where nothing has happened to a pod for three minutes and more, or nothing can any more. */
export const REST_LAWS: readonly Law[] = [
  {
    name: 'deleted-pod-goes',
    family: 'deletion',
    sentence:
      'No pod that is being deleted stays for 200 s in which nothing happens to it, no pull, hook or stop is under way, and no finalizer keeps it.',
    source: 'pkg/kubelet/pod_workers.go; status_manager.go canBeDeleted (R-103, R-152, R-733)',
  },
  {
    name: 'finished-pod-is-stopped',
    family: 'phases',
    sentence:
      'Once a pod is Succeeded or Failed, or gone, for 200 s, none of its containers runs, and its sandbox is down.',
    source:
      'pkg/kubelet/kubelet.go SyncTerminatingPod, SyncTerminatingRuntimePod; kubelet_pods.go HandlePodCleanups (R-103, R-124, R-128, R-150, R-151)',
  },
  {
    name: 'deadline-is-enforced',
    family: 'phases',
    sentence:
      'A pod whose activeDeadlineSeconds are over is being stopped 20 s later, and Failed 200 s later, unless a pull, hook or stop is under way.',
    source: 'pkg/kubelet/active_deadline.go (R-129, R-750)',
  },
  {
    name: 'done-pod-finishes',
    family: 'phases',
    sentence:
      'No pod whose sidecars run, and whose regular containers have all ended for good or of which an init container has failed for good, goes on for 200 s in which nothing happens to it.',
    source: 'pkg/kubelet/kubelet.go SyncPod; kubelet_pods.go getPhase (R-104, R-140, R-222, R-803)',
  },
  {
    name: 'state-catches-up',
    family: 'container states',
    sentence:
      'Where nothing has happened to a pod for 200 s the API shows exactly those of its containers running that run, with the instance that runs.',
    source: 'pkg/kubelet/pleg/generic.go; kubelet_pods.go convertToAPIContainerStatuses (R-113, R-125, R-126, R-812)',
  },
  {
    name: 'readiness-catches-up',
    family: 'probes',
    sentence:
      'Where nothing has happened to a pod for 200 s a running container is ready if its startup and readiness probes say so, or it has none, and not ready if its readiness probe has failed all the time.',
    source: 'pkg/kubelet/prober/prober_manager.go UpdatePodStatus (R-127, R-604, R-621, R-622)',
  },
  {
    name: 'failed-probe-stops',
    family: 'probes',
    sentence:
      'A container whose liveness or startup probe has failed failureThreshold times in a row is being stopped 30 s later, unless something else is under way in its pod.',
    source: 'pkg/kubelet/kuberuntime/kuberuntime_manager.go computePodActions (R-127, R-213, R-221)',
  },
  {
    name: 'running-image-is-the-specs',
    family: 'restarts',
    sentence:
      'Where nothing has happened to a pod for 200 s each regular container and sidecar that runs was created with the image of its present spec.',
    source: 'pkg/kubelet/kuberuntime/kuberuntime_manager.go computePodActions (R-213, R-221)',
  },
  {
    name: 'sandbox-condition-catches-up',
    family: 'conditions',
    sentence:
      'Where nothing has happened for 200 s to a pod, PodReadyToStartContainers, where it has it, is True if its first sandbox is up, and not if none is.',
    source: 'pkg/kubelet/status/generate.go GeneratePodReadyToStartContainersCondition (R-201, R-824)',
  },
  {
    name: 'ready-follows-gates',
    family: 'conditions',
    sentence:
      'Where nothing has happened for 200 s to a pod with readiness gates and ContainersReady, it is Ready if all of its gates are True, and not if one is not.',
    source: 'pkg/kubelet/status/generate.go GeneratePodReadyCondition; kubelet.go HandlePodReconcile (R-123, R-822)',
  },
  {
    name: 'whose-turn-it-is-runs',
    family: 'restarts',
    sentence:
      'When nothing more happens in a pod whose sandbox is up, the init container whose turn it is runs, or every sidecar and each regular container that is not over for good does; nor does one whose turn it is wait as ContainerCreating or PodInitializing where nothing has happened to its pod for 200 s.',
    source: 'pkg/kubelet/kuberuntime/kuberuntime_manager.go computePodActions (R-211, R-213, R-215, R-220)',
  },
  {
    name: 'probes-are-made',
    family: 'probes',
    sentence:
      'A container that runs is probed by each probe that it declares, and that names a port it has, within the initial delay, two periods and half a minute after its start, liveness and readiness once it has started up, unless something else is under way in its pod.',
    source: 'pkg/kubelet/prober/worker.go run, doProbe (R-601, R-602, R-604)',
  },
  {
    name: 'what-is-begun-ends',
    family: 'runtime',
    sentence:
      'When nothing more happens, no sandbox is being made, no postStart hook runs, and no container is being stopped.',
    source: 'pkg/kubelet/pod_workers.go; CRI RunPodSandbox, StopContainer (R-201, R-501, R-713)',
  },
  {
    name: 'conditions-name-their-cause',
    family: 'conditions',
    sentence:
      'Where nothing has happened to a pod for 200 s, Ready, ContainersReady and Initialized, if they are False, name the containers that are not ready or not done, or that the pod is completed or failed.',
    source: 'pkg/kubelet/status/generate.go (R-821, R-822, R-823)',
  },
]
