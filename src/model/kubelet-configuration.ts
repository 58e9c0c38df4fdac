/**
 * The settings of a kubelet that change what a pod goes through (kubelet.config.k8s.io/v1beta1, same names).
 *
 * Durations are milliseconds, told by their names' end.
 */
export interface KubeletConfiguration {
  readonly syncFrequencyMs: number
  readonly nodeStatusUpdateFrequencyMs: number
  readonly nodeStatusReportFrequencyMs: number
  readonly nodeLeaseDurationSeconds: number
  readonly serializeImagePulls: boolean
  /** Only with `serializeImagePulls: false`; undefined is no limit. */
  readonly maxParallelImagePulls: number | undefined
  readonly registryPullQPS: number
  readonly registryBurst: number
  readonly eventRecordQPS: number
  readonly eventBurst: number
  readonly maxPods: number
  readonly runtimeRequestTimeoutMs: number
  readonly shutdownGracePeriodMs: number
  readonly shutdownGracePeriodCriticalPodsMs: number
  readonly evictionPressureTransitionPeriodMs: number
  /** Thresholds by signal, such as `memory.available: 100Mi` or `nodefs.available: 10%`. */
  readonly evictionHard: Readonly<Record<string, string>>
  readonly evictionSoft: Readonly<Record<string, string>>
  readonly evictionSoftGracePeriodMs: Readonly<Record<string, number>>
  readonly evictionMaxPodGracePeriodSeconds: number
  readonly imageMinimumGCAgeMs: number
  readonly imageGCHighThresholdPercent: number
  readonly imageGCLowThresholdPercent: number
  /** Replaces the cap of the crash-loop back-off (gate KubeletCrashLoopBackOffMax, R-410). */
  readonly crashLoopBackOffMaxContainerRestartPeriodMs: number | undefined
}

/** What a kubelet runs with when nothing is configured (pkg/kubelet/apis/config/v1beta1/defaults.go, v1.32). */
export const DEFAULT_KUBELET_CONFIGURATION: KubeletConfiguration = {
  syncFrequencyMs: 60_000,
  nodeStatusUpdateFrequencyMs: 10_000,
  nodeStatusReportFrequencyMs: 300_000,
  nodeLeaseDurationSeconds: 40,
  serializeImagePulls: true,
  maxParallelImagePulls: undefined,
  registryPullQPS: 5,
  registryBurst: 10,
  eventRecordQPS: 50,
  eventBurst: 100,
  maxPods: 110,
  runtimeRequestTimeoutMs: 120_000,
  shutdownGracePeriodMs: 0,
  shutdownGracePeriodCriticalPodsMs: 0,
  evictionPressureTransitionPeriodMs: 300_000,
  evictionHard: {
    'memory.available': '100Mi',
    'nodefs.available': '10%',
    'nodefs.inodesFree': '5%',
    'imagefs.available': '15%',
    'imagefs.inodesFree': '5%',
  },
  evictionSoft: {},
  evictionSoftGracePeriodMs: {},
  evictionMaxPodGracePeriodSeconds: 0,
  imageMinimumGCAgeMs: 120_000,
  imageGCHighThresholdPercent: 85,
  imageGCLowThresholdPercent: 80,
  crashLoopBackOffMaxContainerRestartPeriodMs: undefined,
}
