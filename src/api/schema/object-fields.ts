/** The fields of the objects themselves, of the workloads' specs and of every status (v1.32). */
export const OBJECT_FIELDS: Readonly<Record<string, string>> = {
  AggregationRule: 'clusterRoleSelectors?:[]LabelSelector',
  AttachedVolume: 'name:UniqueVolumeName devicePath:string',
  ClientIPConfig: 'timeoutSeconds?:*int32',
  Condition: `
    type:string status:ConditionStatus observedGeneration?:int64 lastTransitionTime:Time reason:string
    message:string`,
  ClusterRole: `
    kind?:string apiVersion?:string metadata?:ObjectMeta rules:[]PolicyRule aggregationRule?:*AggregationRule`,
  ClusterRoleBinding: 'kind?:string apiVersion?:string metadata?:ObjectMeta subjects?:[]Subject roleRef:RoleRef',
  ConfigMap: `
    kind?:string apiVersion?:string metadata?:ObjectMeta immutable?:*bool data?:map[string]string
    binaryData?:map[string][]byte`,
  ConfigMapNodeConfigSource: 'namespace:string name:string uid?:UID resourceVersion?:string kubeletConfigKey:string',
  ContainerImage: 'names:[]string sizeBytes?:int64',
  ContainerState: `
    waiting?:*ContainerStateWaiting running?:*ContainerStateRunning terminated?:*ContainerStateTerminated`,
  ContainerStateRunning: 'startedAt?:Time',
  ContainerStateTerminated: `
    exitCode:int32 signal?:int32 reason?:string message?:string startedAt?:Time finishedAt?:Time
    containerID?:string`,
  ContainerStateWaiting: 'reason?:string message?:string',
  ContainerStatus: `
    name:string state?:ContainerState lastState?:ContainerState ready:bool restartCount:int32 image:string
    imageID:string containerID?:string started?:*bool allocatedResources?:ResourceList
    resources?:*ResourceRequirements volumeMounts?:[]VolumeMountStatus user?:*ContainerUser
    allocatedResourcesStatus?:[]ResourceStatus`,
  ContainerUser: 'linux?:*LinuxContainerUser',
  CronJob: 'kind?:string apiVersion?:string metadata?:ObjectMeta spec?:CronJobSpec status?:CronJobStatus',
  CronJobSpec: `
    schedule:string timeZone?:*string startingDeadlineSeconds?:*int64 concurrencyPolicy?:ConcurrencyPolicy
    suspend?:*bool jobTemplate:JobTemplateSpec successfulJobsHistoryLimit?:*int32 failedJobsHistoryLimit?:*int32`,
  CronJobStatus: 'active?:[]ObjectReference lastScheduleTime?:*Time lastSuccessfulTime?:*Time',
  DaemonEndpoint: 'Port:int32',
  DaemonSet: 'kind?:string apiVersion?:string metadata?:ObjectMeta spec?:DaemonSetSpec status?:DaemonSetStatus',
  DaemonSetCondition: `
    type:DaemonSetConditionType status:ConditionStatus lastTransitionTime?:Time reason?:string message?:string`,
  DaemonSetSpec: `
    selector:*LabelSelector template:PodTemplateSpec updateStrategy?:DaemonSetUpdateStrategy
    minReadySeconds?:int32 revisionHistoryLimit?:*int32`,
  DaemonSetStatus: `
    currentNumberScheduled:int32 numberMisscheduled:int32 desiredNumberScheduled:int32 numberReady:int32
    observedGeneration?:int64 updatedNumberScheduled?:int32 numberAvailable?:int32 numberUnavailable?:int32
    collisionCount?:*int32 conditions?:[]DaemonSetCondition`,
  DaemonSetUpdateStrategy: 'type?:DaemonSetUpdateStrategyType rollingUpdate?:*RollingUpdateDaemonSet',
  Deployment: 'kind?:string apiVersion?:string metadata?:ObjectMeta spec?:DeploymentSpec status?:DeploymentStatus',
  DeploymentCondition: `
    type:DeploymentConditionType status:ConditionStatus lastUpdateTime?:Time lastTransitionTime?:Time
    reason?:string message?:string`,
  DeploymentSpec: `
    replicas?:*int32 selector:*LabelSelector template:PodTemplateSpec strategy?:DeploymentStrategy
    minReadySeconds?:int32 revisionHistoryLimit?:*int32 paused?:bool progressDeadlineSeconds?:*int32`,
  DeploymentStatus: `
    observedGeneration?:int64 replicas?:int32 updatedReplicas?:int32 readyReplicas?:int32 availableReplicas?:int32
    unavailableReplicas?:int32 conditions?:[]DeploymentCondition collisionCount?:*int32`,
  DeploymentStrategy: 'type?:DeploymentStrategyType rollingUpdate?:*RollingUpdateDeployment',
  Endpoint: `
    addresses:[]string conditions?:EndpointConditions hostname?:*string targetRef?:*ObjectReference
    deprecatedTopology?:map[string]string nodeName?:*string zone?:*string hints?:*EndpointHints`,
  EndpointConditions: 'ready?:*bool serving?:*bool terminating?:*bool',
  EndpointHints: 'forZones?:[]ForZone',
  EndpointPort: 'name?:string port:int32 protocol?:Protocol appProtocol?:*string',
  EndpointSlice: `
    kind?:string apiVersion?:string metadata?:ObjectMeta addressType:AddressType endpoints:[]Endpoint
    ports:[]EndpointPort`,
  Event: `
    kind?:string apiVersion?:string metadata:ObjectMeta involvedObject:ObjectReference reason?:string
    message?:string source?:EventSource firstTimestamp?:Time lastTimestamp?:Time count?:int32 type?:string
    eventTime?:MicroTime series?:*EventSeries action?:string related?:*ObjectReference reportingComponent:string
    reportingInstance:string`,
  EventSeries: 'count?:int32 lastObservedTime?:MicroTime',
  EventSource: 'component?:string host?:string',
  ForZone: 'name:string',
  HostIP: 'ip:string',
  Job: 'kind?:string apiVersion?:string metadata?:ObjectMeta spec?:JobSpec status?:JobStatus',
  JobCondition: `
    type:JobConditionType status:ConditionStatus lastProbeTime?:Time lastTransitionTime?:Time reason?:string
    message?:string`,
  JobSpec: `
    parallelism?:*int32 completions?:*int32 activeDeadlineSeconds?:*int64 podFailurePolicy?:*PodFailurePolicy
    successPolicy?:*SuccessPolicy backoffLimit?:*int32 backoffLimitPerIndex?:*int32 maxFailedIndexes?:*int32
    selector?:*LabelSelector manualSelector?:*bool template:PodTemplateSpec ttlSecondsAfterFinished?:*int32
    completionMode?:*CompletionMode suspend?:*bool podReplacementPolicy?:*PodReplacementPolicy managedBy?:*string`,
  JobStatus: `
    conditions?:[]JobCondition startTime?:*Time completionTime?:*Time active?:int32 succeeded?:int32 failed?:int32
    terminating?:*int32 completedIndexes?:string failedIndexes?:*string
    uncountedTerminatedPods?:*UncountedTerminatedPods ready?:*int32`,
  JobTemplateSpec: 'metadata?:ObjectMeta spec?:JobSpec',
  LimitRange: 'kind?:string apiVersion?:string metadata?:ObjectMeta spec?:LimitRangeSpec',
  LimitRangeItem: `
    type:LimitType max?:ResourceList min?:ResourceList default?:ResourceList defaultRequest?:ResourceList
    maxLimitRequestRatio?:ResourceList`,
  LimitRangeSpec: 'limits:[]LimitRangeItem',
  LinuxContainerUser: 'uid:int64 gid:int64 supplementalGroups?:[]int64',
  LoadBalancerIngress: 'ip?:string hostname?:string ipMode?:*LoadBalancerIPMode ports?:[]PortStatus',
  LoadBalancerStatus: 'ingress?:[]LoadBalancerIngress',
  ModifyVolumeStatus: 'targetVolumeAttributesClassName?:string status:PersistentVolumeClaimModifyVolumeStatus',
  Namespace: 'kind?:string apiVersion?:string metadata?:ObjectMeta spec?:NamespaceSpec status?:NamespaceStatus',
  NamespaceCondition: `
    type:NamespaceConditionType status:ConditionStatus lastTransitionTime?:Time reason?:string message?:string`,
  NamespaceSpec: 'finalizers?:[]FinalizerName',
  NamespaceStatus: 'phase?:NamespacePhase conditions?:[]NamespaceCondition',
  Node: 'kind?:string apiVersion?:string metadata?:ObjectMeta spec?:NodeSpec status?:NodeStatus',
  NodeAddress: 'type:NodeAddressType address:string',
  NodeCondition: `
    type:NodeConditionType status:ConditionStatus lastHeartbeatTime?:Time lastTransitionTime?:Time reason?:string
    message?:string`,
  NodeConfigSource: 'configMap?:*ConfigMapNodeConfigSource',
  NodeConfigStatus: `
    assigned?:*NodeConfigSource active?:*NodeConfigSource lastKnownGood?:*NodeConfigSource error?:string`,
  NodeDaemonEndpoints: 'kubeletEndpoint?:DaemonEndpoint',
  NodeFeatures: 'supplementalGroupsPolicy?:*bool',
  NodeRuntimeHandler: 'name:string features?:*NodeRuntimeHandlerFeatures',
  NodeRuntimeHandlerFeatures: 'recursiveReadOnlyMounts?:*bool userNamespaces?:*bool',
  NodeSpec: `
    podCIDR?:string podCIDRs?:[]string providerID?:string unschedulable?:bool taints?:[]Taint
    configSource?:*NodeConfigSource externalID?:string`,
  NodeStatus: `
    capacity?:ResourceList allocatable?:ResourceList phase?:NodePhase conditions?:[]NodeCondition
    addresses?:[]NodeAddress daemonEndpoints?:NodeDaemonEndpoints nodeInfo?:NodeSystemInfo
    images?:[]ContainerImage volumesInUse?:[]UniqueVolumeName volumesAttached?:[]AttachedVolume
    config?:*NodeConfigStatus runtimeHandlers?:[]NodeRuntimeHandler features?:*NodeFeatures`,
  NodeSystemInfo: `
    machineID:string systemUUID:string bootID:string kernelVersion:string osImage:string
    containerRuntimeVersion:string kubeletVersion:string kubeProxyVersion:string operatingSystem:string
    architecture:string`,
  PersistentVolume: `
    kind?:string apiVersion?:string metadata?:ObjectMeta spec?:PersistentVolumeSpec status?:PersistentVolumeStatus`,
  PersistentVolumeClaim: `
    kind?:string apiVersion?:string metadata?:ObjectMeta spec?:PersistentVolumeClaimSpec
    status?:PersistentVolumeClaimStatus`,
  PersistentVolumeClaimCondition: `
    type:PersistentVolumeClaimConditionType status:ConditionStatus lastProbeTime?:Time lastTransitionTime?:Time
    reason?:string message?:string`,
  PersistentVolumeClaimStatus: `
    phase?:PersistentVolumeClaimPhase accessModes?:[]PersistentVolumeAccessMode capacity?:ResourceList
    conditions?:[]PersistentVolumeClaimCondition allocatedResources?:ResourceList
    allocatedResourceStatuses?:map[ResourceName]ClaimResourceStatus currentVolumeAttributesClassName?:*string
    modifyVolumeStatus?:*ModifyVolumeStatus`,
  PersistentVolumeStatus: `
    phase?:PersistentVolumePhase message?:string reason?:string lastPhaseTransitionTime?:*Time`,
  Pod: 'kind?:string apiVersion?:string metadata?:ObjectMeta spec?:PodSpec status?:PodStatus',
  PodCondition: `
    type:PodConditionType status:ConditionStatus lastProbeTime?:Time lastTransitionTime?:Time reason?:string
    message?:string`,
  PodDisruptionBudget: `
    kind?:string apiVersion?:string metadata?:ObjectMeta spec?:PodDisruptionBudgetSpec
    status?:PodDisruptionBudgetStatus`,
  PodDisruptionBudgetSpec: `
    minAvailable?:*IntOrString selector?:*LabelSelector maxUnavailable?:*IntOrString
    unhealthyPodEvictionPolicy?:*UnhealthyPodEvictionPolicyType`,
  PodDisruptionBudgetStatus: `
    observedGeneration?:int64 disruptedPods?:map[string]Time disruptionsAllowed:int32 currentHealthy:int32
    desiredHealthy:int32 expectedPods:int32 conditions?:[]Condition`,
  PodFailurePolicy: 'rules:[]PodFailurePolicyRule',
  PodFailurePolicyOnExitCodesRequirement: `
    containerName?:*string operator:PodFailurePolicyOnExitCodesOperator values:[]int32`,
  PodFailurePolicyOnPodConditionsPattern: 'type:PodConditionType status:ConditionStatus',
  PodFailurePolicyRule: `
    action:PodFailurePolicyAction onExitCodes?:*PodFailurePolicyOnExitCodesRequirement
    onPodConditions?:[]PodFailurePolicyOnPodConditionsPattern`,
  PodIP: 'ip:string',
  PodResourceClaimStatus: 'name:string resourceClaimName?:*string',
  PodStatus: `
    phase?:PodPhase conditions?:[]PodCondition message?:string reason?:string nominatedNodeName?:string
    hostIP?:string hostIPs?:[]HostIP podIP?:string podIPs?:[]PodIP startTime?:*Time
    initContainerStatuses?:[]ContainerStatus containerStatuses?:[]ContainerStatus qosClass?:PodQOSClass
    ephemeralContainerStatuses?:[]ContainerStatus resize?:PodResizeStatus
    resourceClaimStatuses?:[]PodResourceClaimStatus`,
  PolicyRule: `
    verbs:[]string apiGroups?:[]string resources?:[]string resourceNames?:[]string nonResourceURLs?:[]string`,
  PortStatus: 'port:int32 protocol:Protocol error?:*string',
  PriorityClass: `
    kind?:string apiVersion?:string metadata?:ObjectMeta value:int32 globalDefault?:bool description?:string
    preemptionPolicy?:*PreemptionPolicy`,
  ReplicaSet: 'kind?:string apiVersion?:string metadata?:ObjectMeta spec?:ReplicaSetSpec status?:ReplicaSetStatus',
  ReplicaSetCondition: `
    type:ReplicaSetConditionType status:ConditionStatus lastTransitionTime?:Time reason?:string message?:string`,
  ReplicaSetSpec: 'replicas?:*int32 minReadySeconds?:int32 selector:*LabelSelector template?:PodTemplateSpec',
  ReplicaSetStatus: `
    replicas:int32 fullyLabeledReplicas?:int32 readyReplicas?:int32 availableReplicas?:int32
    observedGeneration?:int64 conditions?:[]ReplicaSetCondition`,
  ReplicationController: `
    kind?:string apiVersion?:string metadata?:ObjectMeta spec?:ReplicationControllerSpec
    status?:ReplicationControllerStatus`,
  ReplicationControllerCondition: `
    type:ReplicationControllerConditionType status:ConditionStatus lastTransitionTime?:Time reason?:string
    message?:string`,
  ReplicationControllerSpec: `
    replicas?:*int32 minReadySeconds?:int32 selector?:map[string]string template?:*PodTemplateSpec`,
  ReplicationControllerStatus: `
    replicas:int32 fullyLabeledReplicas?:int32 readyReplicas?:int32 availableReplicas?:int32
    observedGeneration?:int64 conditions?:[]ReplicationControllerCondition`,
  ResourceHealth: 'resourceID:ResourceID health?:ResourceHealthStatus',
  ResourceQuota: `
    kind?:string apiVersion?:string metadata?:ObjectMeta spec?:ResourceQuotaSpec status?:ResourceQuotaStatus`,
  ResourceQuotaSpec: 'hard?:ResourceList scopes?:[]ResourceQuotaScope scopeSelector?:*ScopeSelector',
  ResourceQuotaStatus: 'hard?:ResourceList used?:ResourceList',
  ResourceStatus: 'name:ResourceName resources?:[]ResourceHealth',
  Role: 'kind?:string apiVersion?:string metadata?:ObjectMeta rules:[]PolicyRule',
  RoleBinding: 'kind?:string apiVersion?:string metadata?:ObjectMeta subjects?:[]Subject roleRef:RoleRef',
  RoleRef: 'apiGroup:string kind:string name:string',
  RollingUpdateDaemonSet: 'maxUnavailable?:*IntOrString maxSurge?:*IntOrString',
  RollingUpdateDeployment: 'maxUnavailable?:*IntOrString maxSurge?:*IntOrString',
  RollingUpdateStatefulSetStrategy: 'partition?:*int32 maxUnavailable?:*IntOrString',
  RuntimeClass: `
    kind?:string apiVersion?:string metadata?:ObjectMeta handler:string overhead?:*Overhead scheduling?:*Scheduling`,
  Overhead: 'podFixed?:ResourceList',
  Scheduling: 'nodeSelector?:map[string]string tolerations?:[]Toleration',
  ScopedResourceSelectorRequirement: 'scopeName:ResourceQuotaScope operator:ScopeSelectorOperator values?:[]string',
  ScopeSelector: 'matchExpressions?:[]ScopedResourceSelectorRequirement',
  Secret: `
    kind?:string apiVersion?:string metadata?:ObjectMeta immutable?:*bool data?:map[string][]byte
    stringData?:map[string]string type?:SecretType`,
  Service: 'kind?:string apiVersion?:string metadata?:ObjectMeta spec?:ServiceSpec status?:ServiceStatus',
  ServiceAccount: `
    kind?:string apiVersion?:string metadata?:ObjectMeta secrets?:[]ObjectReference
    imagePullSecrets?:[]LocalObjectReference automountServiceAccountToken?:*bool`,
  ServicePort: `
    name?:string protocol?:Protocol appProtocol?:*string port:int32 targetPort?:IntOrString nodePort?:int32`,
  ServiceSpec: `
    ports?:[]ServicePort selector?:map[string]string clusterIP?:string clusterIPs?:[]string type?:ServiceType
    externalIPs?:[]string sessionAffinity?:ServiceAffinity loadBalancerIP?:string
    loadBalancerSourceRanges?:[]string externalName?:string externalTrafficPolicy?:ServiceExternalTrafficPolicy
    healthCheckNodePort?:int32 publishNotReadyAddresses?:bool sessionAffinityConfig?:*SessionAffinityConfig
    ipFamilies?:[]IPFamily ipFamilyPolicy?:*IPFamilyPolicy allocateLoadBalancerNodePorts?:*bool
    loadBalancerClass?:*string internalTrafficPolicy?:*ServiceInternalTrafficPolicy trafficDistribution?:*string`,
  ServiceStatus: 'loadBalancer?:LoadBalancerStatus conditions?:[]Condition',
  SessionAffinityConfig: 'clientIP?:*ClientIPConfig',
  StatefulSet: `
    kind?:string apiVersion?:string metadata?:ObjectMeta spec?:StatefulSetSpec status?:StatefulSetStatus`,
  StatefulSetCondition: `
    type:StatefulSetConditionType status:ConditionStatus lastTransitionTime?:Time reason?:string message?:string`,
  StatefulSetOrdinals: 'start:int32',
  StatefulSetPersistentVolumeClaimRetentionPolicy: `
    whenDeleted?:PersistentVolumeClaimRetentionPolicyType whenScaled?:PersistentVolumeClaimRetentionPolicyType`,
  StorageClass: `
    kind?:string apiVersion?:string metadata?:ObjectMeta provisioner:string parameters?:map[string]string
    reclaimPolicy?:*PersistentVolumeReclaimPolicy mountOptions?:[]string allowVolumeExpansion?:*bool
    volumeBindingMode?:*VolumeBindingMode allowedTopologies?:[]TopologySelectorTerm`,
  TopologySelectorLabelRequirement: 'key:string values:[]string',
  TopologySelectorTerm: 'matchLabelExpressions?:[]TopologySelectorLabelRequirement',
  StatefulSetSpec: `
    replicas?:*int32 selector:*LabelSelector template:PodTemplateSpec
    volumeClaimTemplates?:[]PersistentVolumeClaim serviceName:string podManagementPolicy?:PodManagementPolicyType
    updateStrategy?:StatefulSetUpdateStrategy revisionHistoryLimit?:*int32 minReadySeconds?:int32
    persistentVolumeClaimRetentionPolicy?:*StatefulSetPersistentVolumeClaimRetentionPolicy
    ordinals?:*StatefulSetOrdinals`,
  StatefulSetStatus: `
    observedGeneration?:int64 replicas:int32 readyReplicas?:int32 currentReplicas?:int32 updatedReplicas?:int32
    currentRevision?:string updateRevision?:string collisionCount?:*int32 conditions?:[]StatefulSetCondition
    availableReplicas:int32`,
  StatefulSetUpdateStrategy: 'type?:StatefulSetUpdateStrategyType rollingUpdate?:*RollingUpdateStatefulSetStrategy',
  Subject: 'kind:string apiGroup?:string name:string namespace?:string',
  SuccessPolicy: 'rules:[]SuccessPolicyRule',
  SuccessPolicyRule: 'succeededIndexes?:*string succeededCount?:*int32',
  Taint: 'key:string value?:string effect:TaintEffect timeAdded?:*Time',
  UncountedTerminatedPods: 'succeeded?:[]UID failed?:[]UID',
  VolumeMountStatus: 'name:string mountPath:string readOnly?:bool recursiveReadOnly?:*RecursiveReadOnlyMode',
}
