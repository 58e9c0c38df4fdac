import { PodwrightError } from '../errors/index.js'

/** The Kubernetes releases podwright knows. */
export type KubernetesVersion = '1.31' | '1.32' | '1.33' | '1.34' | '1.35'

/**
 * What differs between releases, as data: a component asks the profile and never compares versions.
 *
 * In the event texts `%s` stands for the container's name.
 */
export interface Profile {
  readonly kubernetes: KubernetesVersion
  /** R-1104. */
  readonly createdMessage: string
  /** R-1105. */
  readonly startedMessage: string
  /** `%s` is the image as a Go-quoted string's content. */
  readonly pulledPresentMessage: string
  /** Whether the waiting message of a pull in back-off ends with the error before. */
  readonly imageBackOffNamesError: boolean
  /** What a probe that ends in an error is called in its event, after the probe's type. */
  readonly probeErroredText: string
  /** Whether a hook may sleep for 0 s (gate PodLifecycleSleepActionAllowZero; R-1230, R-509). */
  readonly allowZeroSleep: boolean
  /** Whether a failed start in back-off requeues its pod by the back-off's end instead of after 10–15 s. */
  readonly backOffDrivesRequeue: boolean
  /** Whether a kubelet's `crashLoopBackOff.maxContainerRestartPeriod` may be set (gate KubeletCrashLoopBackOffMax; R-410). */
  readonly crashLoopBackOffMax: boolean
  /** Whether the probes of a sidecar go on after its exit in pods that are never restarted. */
  readonly sidecarProbesOutliveExit: boolean
  /** Whether pods without sidecars, too, go through the init path made for sidecars. */
  readonly unifiedInitContainers: boolean
  /** Whether `ready` and `started` outlive a restart of the kubelet. */
  readonly readinessSurvivesKubeletRestart: boolean
  /** Whether regular containers may have a restartPolicy and rules (gate ContainerRestartRules; R-1213). */
  readonly containerRestartRules: boolean
  /** Whether `spec.resources` counts (gate PodLevelResources; ). */
  readonly podLevelResources: boolean
  /** Whether pods have a generation and an observed one (gate PodObservedGenerationTracking; API-7, R-808). */
  readonly podGeneration: boolean
  /** How long a node may be silent before it counts as Unknown (N-2). */
  readonly nodeMonitorGraceMs: number
  /** `%s` is the taint as `key: value`; without it the text is general (control-plane.md 2.4). */
  readonly untoleratedTaintMessage: string
  /** Whether a pod larger than the node's total is unschedulable and unresolvable, so that preemption is not tried. */
  readonly fitBeyondAllocatableIsUnresolvable: boolean
  /** Whether pods without requests are left out of the balanced-allocation score. */
  readonly balancedScoreSkipsBestEffort: boolean
  /** Whether a pod of the back-off queue is tried when the active queue is empty (SchedulerPopFromBackoffQ). */
  readonly popsFromBackoffQueue: boolean
  /** Whether events of the cluster are weighed by hint functions before they wake a pod (SchedulerQueueingHints). */
  readonly queueingHints: boolean
  /** Whether a node wakes pods with pod affinity only where the value of a topology key they use changed, not by having it. */
  readonly affinityHintComparesNodes: boolean
  /** Whether a nomination that is given up wakes the pods for which its room was not kept. */
  readonly lostNominationWakes: boolean
  /** Whether preemption's API calls happen in the background (SchedulerAsyncPreemption). */
  readonly asyncPreemption: boolean
  /** What FailedScheduling inserts before `preemption:` when dynamic resources are on. */
  readonly failedSchedulingClaimsText: string
  /** Whether `maxUnavailable` of a StatefulSet counts, and with it minReadySeconds (gate MaxUnavailableStatefulSet; SS-7). */
  readonly statefulSetMaxUnavailable: boolean
  /** Whether a completed Job says why (J-5). */
  readonly jobCompletionHasReason: boolean
  /** Whether `kubectl delete` names the namespace (DE-1). */
  readonly deleteNamesNamespace: boolean
}

const V1_32: Profile = {
  kubernetes: '1.32',
  createdMessage: 'Created container: %s',
  startedMessage: 'Started container %s',
  pulledPresentMessage: 'Container image "%s" already present on machine',
  imageBackOffNamesError: true,
  probeErroredText: 'probe errored',
  allowZeroSleep: false,
  backOffDrivesRequeue: false,
  crashLoopBackOffMax: false,
  sidecarProbesOutliveExit: false,
  unifiedInitContainers: false,
  readinessSurvivesKubeletRestart: false,
  containerRestartRules: false,
  podLevelResources: false,
  podGeneration: false,
  nodeMonitorGraceMs: 50_000,
  untoleratedTaintMessage: 'node(s) had untolerated taint {%s}',
  fitBeyondAllocatableIsUnresolvable: false,
  balancedScoreSkipsBestEffort: false,
  popsFromBackoffQueue: false,
  queueingHints: true,
  affinityHintComparesNodes: false,
  lostNominationWakes: false,
  asyncPreemption: false,
  failedSchedulingClaimsText: '',
  statefulSetMaxUnavailable: false,
  jobCompletionHasReason: true,
  deleteNamesNamespace: false,
}

const V1_31: Profile = {
  ...V1_32,
  kubernetes: '1.31',
  createdMessage: 'Created container %s',
  imageBackOffNamesError: false,
  nodeMonitorGraceMs: 40_000,
  queueingHints: false,
  jobCompletionHasReason: false,
}

const V1_33: Profile = {
  ...V1_32,
  kubernetes: '1.33',
  probeErroredText: 'probe errored and resulted in unknown state',
  allowZeroSleep: true,
  unifiedInitContainers: true,
  balancedScoreSkipsBestEffort: true,
  popsFromBackoffQueue: true,
  affinityHintComparesNodes: true,
  lostNominationWakes: true,
  asyncPreemption: true,
}

const V1_34: Profile = {
  ...V1_33,
  kubernetes: '1.34',
  sidecarProbesOutliveExit: true,
  podLevelResources: true,
  podGeneration: true,
  fitBeyondAllocatableIsUnresolvable: true,
  failedSchedulingClaimsText: 'no new claims to deallocate, ',
  deleteNamesNamespace: true,
}

const V1_35: Profile = {
  ...V1_34,
  kubernetes: '1.35',
  createdMessage: 'Container created',
  startedMessage: 'Container started',
  pulledPresentMessage: 'Container image "%s" already present on machine and can be accessed by the pod',
  backOffDrivesRequeue: true,
  crashLoopBackOffMax: true,
  readinessSurvivesKubeletRestart: true,
  containerRestartRules: true,
  statefulSetMaxUnavailable: true,
  untoleratedTaintMessage: 'node(s) had untolerated taint(s)',
}

/** The profiles by release. */
export const PROFILES: Readonly<Record<KubernetesVersion, Profile>> = {
  '1.31': V1_31,
  '1.32': V1_32,
  '1.33': V1_33,
  '1.34': V1_34,
  '1.35': V1_35,
}

/** The release podwright models when nobody says otherwise, and the one its fidelity is measured against. */
export const DEFAULT_KUBERNETES_VERSION: KubernetesVersion = '1.32'

/**
 * Finds the profile of a release; `v1.32` and `1.32.10` mean 1.32.
 *
 * @throws PodwrightError `USAGE` for a release podwright does not know.
 */
export function profileOf(version: string, where?: string): Profile {
  const release = /^v?(\d+\.\d+)(?:\.\d+)?$/.exec(version)?.[1] ?? version
  if (Object.hasOwn(PROFILES, release)) return PROFILES[release as KubernetesVersion]
  const known = Object.keys(PROFILES)
  throw new PodwrightError({
    code: 'USAGE',
    where,
    problem: `expected a Kubernetes release (${known.join(', ')}), got ${JSON.stringify(version.slice(0, 40))}`,
    hint: `the nearest is ${nearestRelease(release, known)}`,
  })
}

/** By the minor version where there is one: releases are numbers, not words. */
function nearestRelease(release: string, known: readonly string[]): string {
  const minor = /^1\.(\d{1,4})$/.exec(release)?.[1]
  if (minor === undefined) return DEFAULT_KUBERNETES_VERSION
  const distance = (other: string): number => Math.abs(Number(other.slice(2)) - Number(minor))
  return known.reduce((best, each) => (distance(each) < distance(best) ? each : best))
}
