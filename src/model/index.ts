export type {
  Affinity,
  NodeAffinity,
  NodeSelector,
  NodeSelectorRequirement,
  NodeSelectorTerm,
  PodAffinity,
  PodAffinityTerm,
  PreferredSchedulingTerm,
  Taint,
  TaintEffect,
  Toleration,
  TopologySpreadConstraint,
  WeightedPodAffinityTerm,
} from './affinity.js'
export type { ApiObject } from './api-object.js'
export type { ConfigMap } from './config-map.js'
export type {
  Container,
  ContainerPort,
  ContainerResizePolicy,
  ContainerRestartPolicy,
  ContainerRestartRule,
  ContainerRestartRuleOnExitCodes,
  EnvFromSource,
  EnvVar,
  EnvVarSource,
  EphemeralContainer,
  KeySelector,
  ObjectFieldSelector,
  OptionalReference,
  Protocol,
  PullPolicy,
  ResourceFieldSelector,
  VolumeDevice,
  VolumeMount,
} from './container.js'
export {
  type ControllerProfile,
  type ControllersVersion,
  controllerProfileOf,
  nodeMonitorGraceOf,
} from './controller-profile.js'
export type { ControllerRevision } from './controller-revision.js'
export type { CronJob, CronJobSpec, CronJobStatus } from './cron-job.js'
export type { DaemonSet, DaemonSetSpec, DaemonSetStatus } from './daemon-set.js'
export type { Deployment, DeploymentSpec, DeploymentStatus, DeploymentStrategy } from './deployment.js'
export type { Endpoint, EndpointConditions, EndpointPort, EndpointSlice } from './endpoint-slice.js'
export type { Event } from './event.js'
export type {
  CrossVersionObjectReference,
  HorizontalPodAutoscaler,
  HorizontalPodAutoscalerSpec,
  HorizontalPodAutoscalerStatus,
  HpaScalingRules,
  MetricIdentifier,
  MetricSpec,
  MetricStatus,
  MetricTarget,
  MetricValueStatus,
  NamedMetricSource,
  ResourceMetricSource,
} from './horizontal-pod-autoscaler.js'
export { type ImageName, parseImageName } from './image-name.js'
export type { Job, JobSpec, JobStatus, PodFailurePolicyRule, SuccessPolicyRule } from './job.js'
export {
  apiVersionOf,
  KINDS,
  type KindInfo,
  kindNamed,
  podKindNamed,
  qualifiedKind,
  qualifiedResource,
  WORKLOAD_KINDS,
  wordsOfKind,
} from './kinds.js'
export { DEFAULT_KUBELET_CONFIGURATION, type KubeletConfiguration } from './kubelet-configuration.js'
export {
  isOwnerKind,
  type Kind,
  type KubernetesObject,
  type OwnerKind,
  type Workload,
} from './kubernetes-object.js'
export type { LabelSelector, LabelSelectorRequirement } from './label-selector.js'
export type { LimitRange, LimitRangeItem } from './limit-range.js'
export { isMadePodName } from './made-pod-name.js'
export type { Namespace, NamespaceCondition } from './namespace.js'
export type { Node, NodeAddress, NodeCondition, NodeConditionType, NodeSpec, NodeStatus } from './node.js'
export type {
  Condition,
  ConditionStatus,
  IntOrString,
  LocalObjectReference,
  ManagedFieldsEntry,
  MicroTime,
  ObjectMeta,
  ObjectReference,
  OwnerReference,
  Time,
} from './object-meta.js'
export { controllerOf } from './owner-reference.js'
export type {
  PersistentVolume,
  PersistentVolumeSpec,
  PersistentVolumeStatus,
  ReclaimPolicy,
} from './persistent-volume.js'
export type {
  PersistentVolumeClaim,
  PersistentVolumeClaimSpec,
  PersistentVolumeClaimStatus,
  PersistentVolumeClaimTemplate,
} from './persistent-volume-claim.js'
export type {
  HostAlias,
  Pod,
  PodDNSConfig,
  PodReadinessGate,
  PodResourceClaim,
  PodSchedulingGate,
  PodSpec,
  PodTemplateSpec,
  RestartPolicy,
} from './pod.js'
export type {
  PodDisruptionBudget,
  PodDisruptionBudgetSpec,
  PodDisruptionBudgetStatus,
} from './pod-disruption-budget.js'
export { isAnotherGeneration } from './pod-generation.js'
export type {
  ContainerState,
  ContainerStateRunning,
  ContainerStateTerminated,
  ContainerStateWaiting,
  ContainerStatus,
  PodCondition,
  PodConditionType,
  PodPhase,
  PodQOSClass,
  PodStatus,
  VolumeMountStatus,
} from './pod-status.js'
export type { PriorityClass } from './priority-class.js'
export type {
  ExecAction,
  GRPCAction,
  HTTPGetAction,
  HTTPHeader,
  Lifecycle,
  LifecycleHandler,
  Probe,
  SleepAction,
  TCPSocketAction,
} from './probe.js'
export {
  DEFAULT_KUBERNETES_VERSION,
  type KubernetesVersion,
  PROFILES,
  type Profile,
  profileOf,
} from './profile.js'
export { type QosOptions, qosClassOf } from './qos-class.js'
export {
  addQuantities,
  compareQuantities,
  milliValue,
  parseQuantity,
  type Quantity,
  type QuantityFormat,
  type QuantityProblem,
  quantityOfNanos,
  readQuantity,
  wholeValue,
} from './quantity.js'
export type { ClusterRole, ClusterRoleBinding, PolicyRule, RbacSubject, Role, RoleBinding, RoleRef } from './rbac.js'
export type { ReplicaSet, ReplicaSetSpec, ReplicaSetStatus, WorkloadCondition } from './replica-set.js'
export type { ReplicationController, ReplicationControllerSpec } from './replication-controller.js'
export type {
  ResourceQuota,
  ResourceQuotaSpec,
  ResourceQuotaStatus,
  ScopedResourceSelectorRequirement,
} from './resource-quota.js'
export type { QuantityText, ResourceClaim, ResourceList, ResourceRequirements } from './resource-requirements.js'
export type { RuntimeClass, RuntimeClassScheduling } from './runtime-class.js'
export { isSameData } from './same-data.js'
export type { Secret } from './secret.js'
export type {
  Capabilities,
  PodSecurityContext,
  SELinuxOptions,
  SecurityContext,
  SecurityProfile,
  Sysctl,
  WindowsSecurityContextOptions,
} from './security-context.js'
export {
  formatLabelSelector,
  type Labels,
  matchesLabelSelector,
  matchesLabels,
  matchesNodeSelector,
  matchesNodeSelectorTerm,
  type SelectableNode,
} from './selector.js'
export type { Service, ServicePort, ServiceSpec, ServiceStatus } from './service.js'
export type { ServiceAccount } from './service-account.js'
export type { StatefulSet, StatefulSetSpec, StatefulSetStatus, StatefulSetUpdateStrategy } from './stateful-set.js'
export type { StorageClass, TopologySelectorTerm } from './storage-class.js'
export {
  isDefaultClass,
  STANDARD_STORAGE_CLASS,
  storageClassOf,
} from './storage-classes.js'
export type {
  ConfigMapVolumeSource,
  CSIVolumeSource,
  DownwardAPIVolumeFile,
  EphemeralVolumeSource,
  KeyToPath,
  OpaqueSource,
  ProjectedVolumeSource,
  SecretVolumeSource,
  Volume,
  VolumeProjection,
  VolumeSource,
} from './volume.js'
