/** The fields of a pod template and all that hangs on it, but volume sources (core/v1, v1.32, and `restartPolicyRules` of v1.35). */
export const POD_FIELDS: Readonly<Record<string, string>> = {
  ObjectMeta: `
    name?:string generateName?:string namespace?:string selfLink?:string uid?:UID resourceVersion?:string
    generation?:int64 creationTimestamp?:Time deletionTimestamp?:*Time deletionGracePeriodSeconds?:*int64
    labels?:map[string]string annotations?:map[string]string ownerReferences?:[]OwnerReference
    finalizers?:[]string managedFields?:[]ManagedFieldsEntry`,
  OwnerReference: 'apiVersion:string kind:string name:string uid:UID controller?:*bool blockOwnerDeletion?:*bool',
  ManagedFieldsEntry: `
    manager?:string operation?:ManagedFieldsOperationType apiVersion?:string time?:*Time fieldsType?:string
    fieldsV1?:*FieldsV1 subresource?:string`,
  LabelSelector: 'matchLabels?:map[string]string matchExpressions?:[]LabelSelectorRequirement',
  LabelSelectorRequirement: 'key:string operator:LabelSelectorOperator values?:[]string',
  ObjectReference: `
    kind?:string namespace?:string name?:string uid?:UID apiVersion?:string resourceVersion?:string
    fieldPath?:string`,
  LocalObjectReference: 'name?:string',
  Affinity: 'nodeAffinity?:*NodeAffinity podAffinity?:*PodAffinity podAntiAffinity?:*PodAntiAffinity',
  AppArmorProfile: 'type:AppArmorProfileType localhostProfile?:*string',
  Capabilities: 'add?:[]Capability drop?:[]Capability',
  ConfigMapEnvSource: 'name?:string optional?:*bool',
  ConfigMapKeySelector: 'name?:string key:string optional?:*bool',
  Container: `
    name:string image?:string command?:[]string args?:[]string workingDir?:string ports?:[]ContainerPort
    envFrom?:[]EnvFromSource env?:[]EnvVar resources?:ResourceRequirements resizePolicy?:[]ContainerResizePolicy
    restartPolicy?:*ContainerRestartPolicy restartPolicyRules?:[]ContainerRestartRule volumeMounts?:[]VolumeMount
    volumeDevices?:[]VolumeDevice
    livenessProbe?:*Probe readinessProbe?:*Probe startupProbe?:*Probe lifecycle?:*Lifecycle
    terminationMessagePath?:string terminationMessagePolicy?:TerminationMessagePolicy imagePullPolicy?:PullPolicy
    securityContext?:*SecurityContext stdin?:bool stdinOnce?:bool tty?:bool`,
  ContainerPort: 'name?:string hostPort?:int32 containerPort:int32 protocol?:Protocol hostIP?:string',
  ContainerResizePolicy: 'resourceName:ResourceName restartPolicy:ResourceResizeRestartPolicy',
  ContainerRestartRule: 'action?:ContainerRestartRuleAction exitCodes?:*ContainerRestartRuleOnExitCodes',
  ContainerRestartRuleOnExitCodes: 'operator?:ContainerRestartRuleOnExitCodesOperator values?:[]int32',
  EnvFromSource: 'prefix?:string configMapRef?:*ConfigMapEnvSource secretRef?:*SecretEnvSource',
  EnvVar: 'name:string value?:string valueFrom?:*EnvVarSource',
  EnvVarSource: `
    fieldRef?:*ObjectFieldSelector resourceFieldRef?:*ResourceFieldSelector configMapKeyRef?:*ConfigMapKeySelector
    secretKeyRef?:*SecretKeySelector`,
  EphemeralContainer: `
    name:string image?:string command?:[]string args?:[]string workingDir?:string ports?:[]ContainerPort
    envFrom?:[]EnvFromSource env?:[]EnvVar resources?:ResourceRequirements resizePolicy?:[]ContainerResizePolicy
    restartPolicy?:*ContainerRestartPolicy restartPolicyRules?:[]ContainerRestartRule volumeMounts?:[]VolumeMount
    volumeDevices?:[]VolumeDevice
    livenessProbe?:*Probe readinessProbe?:*Probe startupProbe?:*Probe lifecycle?:*Lifecycle
    terminationMessagePath?:string terminationMessagePolicy?:TerminationMessagePolicy imagePullPolicy?:PullPolicy
    securityContext?:*SecurityContext stdin?:bool stdinOnce?:bool tty?:bool targetContainerName?:string`,
  ExecAction: 'command?:[]string',
  GRPCAction: 'port:int32 service:*string',
  HTTPGetAction: 'path?:string port:IntOrString host?:string scheme?:URIScheme httpHeaders?:[]HTTPHeader',
  HTTPHeader: 'name:string value:string',
  HostAlias: 'ip:string hostnames?:[]string',
  Lifecycle: 'postStart?:*LifecycleHandler preStop?:*LifecycleHandler',
  LifecycleHandler: 'exec?:*ExecAction httpGet?:*HTTPGetAction tcpSocket?:*TCPSocketAction sleep?:*SleepAction',
  NodeAffinity: `
    requiredDuringSchedulingIgnoredDuringExecution?:*NodeSelector
    preferredDuringSchedulingIgnoredDuringExecution?:[]PreferredSchedulingTerm`,
  NodeSelector: 'nodeSelectorTerms:[]NodeSelectorTerm',
  NodeSelectorRequirement: 'key:string operator:NodeSelectorOperator values?:[]string',
  NodeSelectorTerm: 'matchExpressions?:[]NodeSelectorRequirement matchFields?:[]NodeSelectorRequirement',
  PodAffinity: `
    requiredDuringSchedulingIgnoredDuringExecution?:[]PodAffinityTerm
    preferredDuringSchedulingIgnoredDuringExecution?:[]WeightedPodAffinityTerm`,
  PodAffinityTerm: `
    labelSelector?:*LabelSelector namespaces?:[]string topologyKey:string namespaceSelector?:*LabelSelector
    matchLabelKeys?:[]string mismatchLabelKeys?:[]string`,
  PodAntiAffinity: `
    requiredDuringSchedulingIgnoredDuringExecution?:[]PodAffinityTerm
    preferredDuringSchedulingIgnoredDuringExecution?:[]WeightedPodAffinityTerm`,
  PodDNSConfig: 'nameservers?:[]string searches?:[]string options?:[]PodDNSConfigOption',
  PodDNSConfigOption: 'name?:string value?:*string',
  PodOS: 'name:OSName',
  PodReadinessGate: 'conditionType:PodConditionType',
  PodResourceClaim: 'name:string resourceClaimName?:*string resourceClaimTemplateName?:*string',
  PodSchedulingGate: 'name:string',
  PodSecurityContext: `
    seLinuxOptions?:*SELinuxOptions windowsOptions?:*WindowsSecurityContextOptions runAsUser?:*int64
    runAsGroup?:*int64 runAsNonRoot?:*bool supplementalGroups?:[]int64
    supplementalGroupsPolicy?:*SupplementalGroupsPolicy fsGroup?:*int64 sysctls?:[]Sysctl
    fsGroupChangePolicy?:*PodFSGroupChangePolicy seccompProfile?:*SeccompProfile appArmorProfile?:*AppArmorProfile
    seLinuxChangePolicy?:*PodSELinuxChangePolicy`,
  PodSpec: `
    volumes?:[]Volume initContainers?:[]Container containers:[]Container ephemeralContainers?:[]EphemeralContainer
    restartPolicy?:RestartPolicy terminationGracePeriodSeconds?:*int64 activeDeadlineSeconds?:*int64
    dnsPolicy?:DNSPolicy nodeSelector?:map[string]string serviceAccountName?:string serviceAccount?:string
    automountServiceAccountToken?:*bool nodeName?:string hostNetwork?:bool hostPID?:bool hostIPC?:bool
    shareProcessNamespace?:*bool securityContext?:*PodSecurityContext imagePullSecrets?:[]LocalObjectReference
    hostname?:string subdomain?:string affinity?:*Affinity schedulerName?:string tolerations?:[]Toleration
    hostAliases?:[]HostAlias priorityClassName?:string priority?:*int32 dnsConfig?:*PodDNSConfig
    readinessGates?:[]PodReadinessGate runtimeClassName?:*string enableServiceLinks?:*bool
    preemptionPolicy?:*PreemptionPolicy overhead?:ResourceList
    topologySpreadConstraints?:[]TopologySpreadConstraint setHostnameAsFQDN?:*bool os?:*PodOS hostUsers?:*bool
    schedulingGates?:[]PodSchedulingGate resourceClaims?:[]PodResourceClaim resources?:*ResourceRequirements`,
  PodTemplateSpec: 'metadata?:ObjectMeta spec?:PodSpec',
  PreferredSchedulingTerm: 'weight:int32 preference:NodeSelectorTerm',
  Probe: `
    exec?:*ExecAction httpGet?:*HTTPGetAction tcpSocket?:*TCPSocketAction grpc?:*GRPCAction
    initialDelaySeconds?:int32 timeoutSeconds?:int32 periodSeconds?:int32 successThreshold?:int32
    failureThreshold?:int32 terminationGracePeriodSeconds?:*int64`,
  ResourceClaim: 'name:string request?:string',
  ResourceRequirements: 'limits?:ResourceList requests?:ResourceList claims?:[]ResourceClaim',
  SELinuxOptions: 'user?:string role?:string type?:string level?:string',
  SeccompProfile: 'type:SeccompProfileType localhostProfile?:*string',
  SecretEnvSource: 'name?:string optional?:*bool',
  SecretKeySelector: 'name?:string key:string optional?:*bool',
  SecurityContext: `
    capabilities?:*Capabilities privileged?:*bool seLinuxOptions?:*SELinuxOptions
    windowsOptions?:*WindowsSecurityContextOptions runAsUser?:*int64 runAsGroup?:*int64 runAsNonRoot?:*bool
    readOnlyRootFilesystem?:*bool allowPrivilegeEscalation?:*bool procMount?:*ProcMountType
    seccompProfile?:*SeccompProfile appArmorProfile?:*AppArmorProfile`,
  SleepAction: 'seconds:int64',
  Sysctl: 'name:string value:string',
  TCPSocketAction: 'port:IntOrString host?:string',
  Toleration: 'key?:string operator?:TolerationOperator value?:string effect?:TaintEffect tolerationSeconds?:*int64',
  TopologySpreadConstraint: `
    maxSkew:int32 topologyKey:string whenUnsatisfiable:UnsatisfiableConstraintAction labelSelector?:*LabelSelector
    minDomains?:*int32 nodeAffinityPolicy?:*NodeInclusionPolicy nodeTaintsPolicy?:*NodeInclusionPolicy
    matchLabelKeys?:[]string`,
  Volume: `
    name:string hostPath?:*HostPathVolumeSource emptyDir?:*EmptyDirVolumeSource
    gcePersistentDisk?:*GCEPersistentDiskVolumeSource awsElasticBlockStore?:*AWSElasticBlockStoreVolumeSource
    gitRepo?:*GitRepoVolumeSource secret?:*SecretVolumeSource nfs?:*NFSVolumeSource iscsi?:*ISCSIVolumeSource
    glusterfs?:*GlusterfsVolumeSource persistentVolumeClaim?:*PersistentVolumeClaimVolumeSource
    rbd?:*RBDVolumeSource flexVolume?:*FlexVolumeSource cinder?:*CinderVolumeSource cephfs?:*CephFSVolumeSource
    flocker?:*FlockerVolumeSource downwardAPI?:*DownwardAPIVolumeSource fc?:*FCVolumeSource
    azureFile?:*AzureFileVolumeSource configMap?:*ConfigMapVolumeSource
    vsphereVolume?:*VsphereVirtualDiskVolumeSource quobyte?:*QuobyteVolumeSource azureDisk?:*AzureDiskVolumeSource
    photonPersistentDisk?:*PhotonPersistentDiskVolumeSource projected?:*ProjectedVolumeSource
    portworxVolume?:*PortworxVolumeSource scaleIO?:*ScaleIOVolumeSource storageos?:*StorageOSVolumeSource
    csi?:*CSIVolumeSource ephemeral?:*EphemeralVolumeSource image?:*ImageVolumeSource`,
  VolumeDevice: 'name:string devicePath:string',
  VolumeMount: `
    name:string readOnly?:bool recursiveReadOnly?:*RecursiveReadOnlyMode mountPath:string subPath?:string
    mountPropagation?:*MountPropagationMode subPathExpr?:string`,
  WeightedPodAffinityTerm: 'weight:int32 podAffinityTerm:PodAffinityTerm',
  WindowsSecurityContextOptions: `
    gmsaCredentialSpecName?:*string gmsaCredentialSpec?:*string runAsUserName?:*string hostProcess?:*bool`,
}
