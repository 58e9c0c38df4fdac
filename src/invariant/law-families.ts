import { ADMISSION_LAWS, AdmissionLaws } from './admission-laws.js'
import { AUTOSCALER_LAWS, AutoscalerLaws } from './autoscaler-laws.js'
import { BACK_OFF_LAWS, BackOffLaws } from './back-off-laws.js'
import { CONDITION_LAWS, ConditionLaws } from './condition-laws.js'
import { DAEMON_SET_LAWS, DaemonSetLaws } from './daemon-set-laws.js'
import { DELETION_LAWS, DeletionLaws } from './deletion-laws.js'
import { DEPLOYMENT_LAWS, DeploymentLaws } from './deployment-laws.js'
import { DISRUPTION_LAWS, DisruptionLaws } from './disruption-laws.js'
import { ENDPOINT_LAWS, EndpointLaws } from './endpoint-laws.js'
import { EVENT_LAWS, EventLaws } from './event-laws.js'
import { HOOK_LAWS, HookLaws } from './hook-laws.js'
import { IMAGE_LAWS, ImageLaws } from './image-laws.js'
import { INIT_LAWS, InitLaws } from './init-laws.js'
import { JOB_END_LAWS, JobEndLaws } from './job-end-laws.js'
import { JOB_LAWS, JobLaws } from './job-laws.js'
import type { Law } from './law.js'
import type { LawContext } from './law-context.js'
import type { LawParts } from './law-parts.js'
import type { LawState } from './law-state.js'
import { NODE_LAWS, NodeLaws } from './node-laws.js'
import { OWNER_LAWS, OwnerLaws } from './owner-laws.js'
import type { OwnerRecords } from './owner-records.js'
import { PHASE_LAWS, PhaseLaws } from './phase-laws.js'
import { PLACEMENT_LAWS, PlacementLaws } from './placement-laws.js'
import { POLICY_LAWS, PolicyLaws } from './policy-laws.js'
import type { PolicyRecords } from './policy-records.js'
import { PROBE_LAWS, ProbeLaws } from './probe-laws.js'
import { REACTION_LAWS, ReactionLaws } from './reaction-laws.js'
import { REASON_LAWS, ReasonLaws } from './reason-laws.js'
import { REPLICA_SET_LAWS, ReplicaSetLaws } from './replica-set-laws.js'
import { REQUEST_LAWS, RequestLaws } from './request-laws.js'
import { REST_LAWS } from './rest-catalogue.js'
import { RestLaws } from './rest-laws.js'
import { RESTART_LAWS, RestartLaws } from './restart-laws.js'
import { RUNTIME_LAWS, RuntimeLaws } from './runtime-laws.js'
import { SCHEDULING_LAWS, SchedulingLaws } from './scheduling-laws.js'
import { SETTLED_LAWS, SettledLaws } from './settled-laws.js'
import { SIDECAR_LAWS, SidecarLaws } from './sidecar-laws.js'
import { STATE_LAWS, StateLaws } from './state-laws.js'
import { STATEFUL_SET_LAWS, StatefulSetLaws } from './stateful-set-laws.js'
import { STORAGE_LAWS, StorageLaws } from './storage-laws.js'
import { TERMINATION_LAWS, TerminationLaws } from './termination-laws.js'

/**
 * The catalogue: what holds in every run of every scenario, whatever the pods, the behaviours, the steps and the choices.
 *
 * Each law says what the real kubelet does, exceptions included; a `LawMonitor` checks them all while a run goes on.
 */
export const LAWS: readonly Law[] = [
  ...INIT_LAWS,
  ...SIDECAR_LAWS,
  ...RESTART_LAWS,
  ...BACK_OFF_LAWS,
  ...TERMINATION_LAWS,
  ...HOOK_LAWS,
  ...PROBE_LAWS,
  ...CONDITION_LAWS,
  ...PHASE_LAWS,
  ...STATE_LAWS,
  ...RUNTIME_LAWS,
  ...IMAGE_LAWS,
  ...SCHEDULING_LAWS,
  ...DELETION_LAWS,
  ...EVENT_LAWS,
  ...ENDPOINT_LAWS,
  ...NODE_LAWS,
  ...REQUEST_LAWS,
  ...SETTLED_LAWS,
  ...REASON_LAWS,
  ...PLACEMENT_LAWS,
  ...ADMISSION_LAWS,
  ...STORAGE_LAWS,
  ...REACTION_LAWS,
  ...REST_LAWS,
  ...OWNER_LAWS,
  ...REPLICA_SET_LAWS,
  ...DEPLOYMENT_LAWS,
  ...STATEFUL_SET_LAWS,
  ...DAEMON_SET_LAWS,
  ...JOB_LAWS,
  ...JOB_END_LAWS,
  ...DISRUPTION_LAWS,
  ...AUTOSCALER_LAWS,
  ...POLICY_LAWS,
]

/** One checker for each family. */
export class LawFamilies {
  readonly init: InitLaws
  readonly sidecars: SidecarLaws
  readonly restarts: RestartLaws
  readonly backOff: BackOffLaws
  readonly termination: TerminationLaws
  readonly hooks: HookLaws
  readonly probes: ProbeLaws
  readonly conditions: ConditionLaws
  readonly phases: PhaseLaws
  readonly states: StateLaws
  readonly runtime: RuntimeLaws
  readonly images: ImageLaws
  readonly scheduling: SchedulingLaws
  readonly deletion: DeletionLaws
  readonly events: EventLaws
  readonly endpoints: EndpointLaws
  readonly nodes: NodeLaws
  readonly requests: RequestLaws
  readonly settled: SettledLaws
  readonly reasons: ReasonLaws
  readonly placement: PlacementLaws
  readonly admission: AdmissionLaws
  readonly storage: StorageLaws
  readonly reactions: ReactionLaws
  readonly rest: RestLaws
  readonly owners: OwnerLaws
  readonly replicaSets: ReplicaSetLaws
  readonly deployments: DeploymentLaws
  readonly statefulSets: StatefulSetLaws
  readonly daemonSets: DaemonSetLaws
  readonly jobs: JobLaws
  readonly jobEnds: JobEndLaws
  readonly disruptions: DisruptionLaws
  readonly autoscalers: AutoscalerLaws
  readonly policies: PolicyLaws

  constructor(parts: LawParts, context: LawContext, state: LawState, owners: OwnerRecords, policies: PolicyRecords) {
    this.init = new InitLaws(parts)
    this.sidecars = new SidecarLaws(parts)
    this.restarts = new RestartLaws(parts)
    this.backOff = new BackOffLaws(parts)
    this.termination = new TerminationLaws(parts)
    this.hooks = new HookLaws(parts)
    this.probes = new ProbeLaws(parts)
    this.conditions = new ConditionLaws(parts)
    this.phases = new PhaseLaws(parts)
    this.states = new StateLaws(parts)
    this.runtime = new RuntimeLaws(parts)
    this.images = new ImageLaws(parts)
    this.scheduling = new SchedulingLaws(parts)
    this.deletion = new DeletionLaws(parts)
    this.events = new EventLaws(parts)
    this.endpoints = new EndpointLaws(parts)
    this.nodes = new NodeLaws(parts)
    this.requests = new RequestLaws(parts)
    this.settled = new SettledLaws(parts)
    this.reasons = new ReasonLaws(parts)
    this.placement = new PlacementLaws(parts)
    this.admission = new AdmissionLaws(parts)
    this.storage = new StorageLaws(parts, context)
    this.reactions = new ReactionLaws(parts)
    this.rest = new RestLaws(parts, context)
    this.owners = new OwnerLaws(parts)
    this.replicaSets = new ReplicaSetLaws(parts)
    this.deployments = new DeploymentLaws(parts)
    this.statefulSets = new StatefulSetLaws(parts)
    this.daemonSets = new DaemonSetLaws(parts, state)
    this.jobs = new JobLaws(parts)
    this.jobEnds = new JobEndLaws(parts, policies)
    this.disruptions = new DisruptionLaws(parts, state, owners)
    this.autoscalers = new AutoscalerLaws(parts)
    this.policies = new PolicyLaws(parts, state, policies)
  }
}
