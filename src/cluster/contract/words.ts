import { SymbolTable } from '../../trace/index.js'

/**
 * Words of the API that the engine itself writes: phases, reasons, condition types. They are the first symbols of every
 * table, in this order, so that the engine's loops compare constants.
 */
const WORDS = [
  'Pending',
  'Running',
  'Succeeded',
  'Failed',
  'Unknown',
  'PodScheduled',
  'PodReadyToStartContainers',
  'Initialized',
  'Ready',
  'ContainersReady',
  'DisruptionTarget',
  'ContainerCreating',
  'PodInitializing',
  'Completed',
  'Error',
  'OOMKilled',
  'StartError',
  'ContainerStatusUnknown',
  'CrashLoopBackOff',
  'InvalidImageName',
  'ErrImagePull',
  'ImagePullBackOff',
  'ErrImageNeverPull',
  'ImageInspectError',
  'RegistryUnavailable',
  'SignatureValidationFailed',
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
  'PostStartHookError',
  'ContainersNotReady',
  'ContainersNotInitialized',
  'ReadinessGatesNotReady',
  'UnknownContainerStatuses',
  'PodCompleted',
  'PodFailed',
  'SchedulingGated',
  'Unschedulable',
  'DeadlineExceeded',
  'Evicted',
  'EvictionByEvictionAPI',
  'TerminationByKubelet',
  'Scheduled',
  'FailedScheduling',
  'Pulling',
  'Pulled',
  'Created',
  'Started',
  'Killing',
  'BackOff',
  'InspectFailed',
  'Unhealthy',
  'FailedPostStartHook',
  'FailedPreStopHook',
  'FailedMount',
  'SandboxChanged',
  'FailedCreatePodSandBox',
  'FailedKillPod',
  'FailedSync',
  'OutOfpods',
  'OutOfcpu',
  'OutOfmemory',
  'OutOfephemeral-storage',
  'NodeAffinity',
  'NodeName',
  'NodePorts',
  'TaintToleration',
  'NodeShutdown',
  'BestEffort',
  'Burstable',
  'Guaranteed',
  'Preempted',
  'PreemptionByScheduler',
] as const

type Word = (typeof WORDS)[number]

/** The symbol of each word. */
export const WORD = Object.fromEntries(WORDS.map((word, i) => [word, i + 1])) as Readonly<Record<Word, number>>

/** A table that begins with the words. */
export function createSymbols(): SymbolTable {
  const symbols = new SymbolTable()
  for (const word of WORDS) symbols.intern(word)
  return symbols
}
