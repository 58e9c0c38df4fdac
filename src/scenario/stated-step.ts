import type { Occurrence } from '../expect/index.js'
import type { Milliseconds } from '../time/index.js'
import type { ApiRequest } from './api-request.js'
import type { DrainFlags, NodeResource, ShutdownPods } from './plan.js'

/** What a step does, and to whom; the fields that say so in a Scenario file. */
export const STEP_ACTIONS = [
  'delete',
  'evict',
  'patch',
  'setImage',
  'scale',
  'rolloutRestart',
  'rolloutUndo',
  'rolloutPause',
  'rolloutResume',
  'apply',
  'request',
  'applyFile',
  'restartKubelet',
  'cordon',
  'uncordon',
  'killKubelet',
  'startKubelet',
  'cutNetwork',
  'restoreNetwork',
  'reboot',
  'taint',
  'label',
  'drain',
  'exhaust',
  'relieve',
  'shutDown',
] as const

/** When a step is carried out: at an instant, or some time after something happens for the first time. */
export type StepMoment =
  | {
      readonly at: Milliseconds
      /** After all else of its instant, as what is done by hand; absent: in turn with the rest. */
      readonly isLast?: true | undefined
      readonly when?: undefined
      readonly after?: undefined
    }
  | {
      readonly at?: undefined
      readonly isLast?: undefined
      readonly when: Occurrence
      /** Counted from the occurrence; absent: at its instant. */
      readonly after?: Milliseconds | undefined
    }

/**
 * What a step does. A subject is `pod/web`, `deployment/web`, `web` or `shop/pod/web`; a workload stands for its pods. Nodes are
 * deleted and patched as `node/a`.
 */
export type StepAction =
  | {
      readonly action: 'delete'
      readonly subject: string
      /** Seconds; absent: the pod's own grace. 0 removes the object at once. */
      readonly gracePeriodSeconds?: number | undefined
    }
  | { readonly action: 'evict'; readonly subject: string }
  | {
      readonly action: 'patch'
      readonly subject: string
      readonly patchType: 'strategic' | 'merge' | 'json'
      readonly patch: unknown
      readonly subresource?: 'status' | undefined
    }
  | { readonly action: 'setImage'; readonly subject: string; readonly container: string; readonly image: string }
  /** As `kubectl scale`: of a workload. */
  | { readonly action: 'scale'; readonly subject: string; readonly replicas: number }
  /** As `kubectl rollout`: of a Deployment, StatefulSet or DaemonSet; only a Deployment is paused and resumed. */
  | { readonly action: 'rolloutRestart' | 'rolloutPause' | 'rolloutResume'; readonly subject: string }
  | {
      readonly action: 'rolloutUndo'
      readonly subject: string
      /** Absent: the revision before the latest. */
      readonly toRevision?: number | undefined
    }
  /** The manifests of a file, or of those of a folder: relative to the Scenario's file, or to the working directory on the command line. */
  | { readonly action: 'applyFile'; readonly path: string }
  /** A whole manifest, as it is written. */
  | { readonly action: 'apply'; readonly object: object }
  /** A request to the API server, with all that refuses it. */
  | { readonly action: 'request'; readonly request: ApiRequest }
  /** The subject is the name of a node. */
  | {
      readonly action:
        | 'restartKubelet'
        | 'cordon'
        | 'uncordon'
        | 'killKubelet'
        | 'startKubelet'
        | 'cutNetwork'
        | 'restoreNetwork'
      readonly subject: string
    }
  | ({ readonly action: 'drain'; readonly subject: string } & DrainFlags)
  | { readonly action: 'reboot'; readonly subject: string; readonly downFor: Milliseconds }
  /** `left` is a quantity or a share such as `5%`; absent: half of what the kubelet's threshold wants free. */
  | {
      readonly action: 'exhaust'
      readonly subject: string
      readonly resource: NodeResource
      readonly left?: string | undefined
    }
  | { readonly action: 'relieve'; readonly subject: string; readonly resource: NodeResource }
  | ({ readonly action: 'shutDown'; readonly subject: string } & StatedShutdown)
  /** As `kubectl taint` has them: `key=value:NoExecute`, `key-`. */
  | { readonly action: 'taint'; readonly subject: string; readonly taints: readonly string[] }
  /** A label of null is taken away. */
  | { readonly action: 'label'; readonly subject: string; readonly labels: Readonly<Record<string, string | null>> }

/** How long pods get when their node shuts down: as the kubelet is configured, `shutdownGracePeriod` and the others. */
export interface StatedShutdown {
  /** For all pods together; absent: none, and the machine goes off at once. */
  readonly grace?: Milliseconds | undefined
  /** The part of it that is kept for critical pods; absent: none. */
  readonly criticalPods?: Milliseconds | undefined
  /** Instead of both, by priority. */
  readonly byPodPriority?: readonly ShutdownPods[] | undefined
  /** From when the machine is off until it is up again; absent: until its kubelet is started. */
  readonly downFor?: Milliseconds | undefined
}

/** A step as it is stated: names are looked up when the plan is built. */
export type StatedStep = StepMoment & StepAction
