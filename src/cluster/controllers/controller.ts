import type { ControllerProfile } from '../../model/index.js'
import type { Plan, PlanMetric } from '../../scenario/index.js'
import type { ObjectCache, PodCache, WorkQueue } from '../client/index.js'
import type {
  Environment,
  NodeRecord,
  ObjectClient,
  ObjectWatcher,
  PodControl,
  PodWatcher,
  ResourceClient,
  StoreClient,
} from '../contract/index.js'

/** What the controllers of one manager share: the API server's client and the informers' caches. */
export interface ControllerContext {
  readonly environment: Environment
  readonly profile: ControllerProfile
  /** Offsets of the time zones that CronJobs name (Plan). */
  readonly timeZones: Plan['timeZones']
  /** What autoscalers read (Plan). */
  readonly metrics: readonly PlanMetric[]
  readonly client: ObjectClient
  readonly store: StoreClient
  readonly podControl: PodControl
  /** Claims, read as they are stored; those that it creates go through admission. */
  readonly storage: ResourceClient
  /** What the shared informers have shown so far; it lags behind the store by the watch latency (D3). */
  readonly pods: PodCache
  readonly objects: ObjectCache
}

/** A controller: hears of changes, queues keys, and brings one key at a time nearer to what its object asks for. */
export interface Controller extends PodWatcher, ObjectWatcher {
  readonly queue: WorkQueue
  /** A key that failed so often in a row is dropped until something changes. */
  readonly mostRetries: number
  /** Whether the controller forgets the failures of its keys itself; absent: a sync that went well does. */
  readonly keepsFailures?: boolean
  reset(): void
  /** A node came or changed; without one all may have changed. Absent: nodes do not matter. */
  nodeChanged?(cause: number, node?: NodeRecord): void
  /** @throws ApiError where the API server refused a write: the key is tried again (C-1, C-10). */
  sync(key: number, cause: number): void
}
