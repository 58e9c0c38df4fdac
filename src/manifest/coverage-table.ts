/** Why a field that would change what pods go through does not do so here, and the value at which that makes no difference. */
export interface Unmodelled {
  readonly reason: string
  readonly unless?: string
  /** The part of the version profile with which it does. */
  readonly modelledWith?: 'podLevelResources'
}

/** How podwright takes the fields of one struct; lists are words with spaces between. */
export interface StructCoverage {
  /** The model acts on it. */
  readonly modelled?: string
  /** Accepted; it does not change what pods go through. */
  readonly noEffect?: string
  /** The struct inside has a row of its own. */
  readonly inside?: string
  readonly unmodelled?: Readonly<Record<string, string | Unmodelled>>
}

const MOUNTED = 'counts as mounted at once'
const KEYS = 'that the keys exist is not checked'

const mountedAtOnce = (names: string): Readonly<Record<string, string>> =>
  Object.fromEntries(names.split(' ').map(name => [name, MOUNTED]))

const WORKLOAD = { modelled: 'kind apiVersion', noEffect: 'status', inside: 'metadata spec' }

/**
 * What podwright models, by struct and field of the API; `Node/ObjectMeta` is ObjectMeta inside a Node. A struct without a row
 * is never looked into.
 */
export const COVERAGE: Readonly<Record<string, StructCoverage>> = {
  Pod: WORKLOAD,
  Deployment: WORKLOAD,
  ReplicaSet: WORKLOAD,
  ReplicationController: WORKLOAD,
  StatefulSet: WORKLOAD,
  DaemonSet: WORKLOAD,
  Job: WORKLOAD,
  CronJob: WORKLOAD,
  Node: { modelled: 'kind apiVersion', inside: 'metadata spec status' },
  Service: { modelled: 'kind apiVersion', noEffect: 'spec status', inside: 'metadata' },
  EndpointSlice: { modelled: 'kind apiVersion', noEffect: 'addressType endpoints ports', inside: 'metadata' },
  ConfigMap: { modelled: 'kind apiVersion data binaryData', noEffect: 'immutable', inside: 'metadata' },
  Secret: { modelled: 'kind apiVersion data stringData', noEffect: 'immutable type', inside: 'metadata' },
  Namespace: { modelled: 'kind apiVersion', noEffect: 'spec status', inside: 'metadata' },
  PriorityClass: {
    modelled: 'kind apiVersion value globalDefault preemptionPolicy',
    noEffect: 'description',
    inside: 'metadata',
  },
  RuntimeClass: { modelled: 'kind apiVersion overhead scheduling', noEffect: 'handler', inside: 'metadata' },
  PodDisruptionBudget: { modelled: 'kind apiVersion spec', noEffect: 'status', inside: 'metadata' },
  HorizontalPodAutoscaler: WORKLOAD,
  HorizontalPodAutoscalerSpec: { modelled: 'scaleTargetRef minReplicas maxReplicas metrics behavior' },
  'HorizontalPodAutoscaler@v1': WORKLOAD,
  'HorizontalPodAutoscalerSpec@v1': {
    modelled: 'scaleTargetRef minReplicas maxReplicas targetCPUUtilizationPercentage',
  },
  Event: {
    modelled: 'kind apiVersion',
    noEffect:
      'involvedObject reason message source firstTimestamp lastTimestamp count type eventTime series action related reportingComponent reportingInstance',
    inside: 'metadata',
  },
  ServiceAccount: {
    modelled: 'kind apiVersion imagePullSecrets',
    noEffect: 'secrets automountServiceAccountToken',
    inside: 'metadata',
  },
  LimitRange: { modelled: 'kind apiVersion spec', inside: 'metadata' },
  ResourceQuota: { modelled: 'kind apiVersion spec', noEffect: 'status', inside: 'metadata' },
  Role: { modelled: 'kind apiVersion rules', inside: 'metadata' },
  ClusterRole: { modelled: 'kind apiVersion rules aggregationRule', inside: 'metadata' },
  RoleBinding: { modelled: 'kind apiVersion subjects roleRef', inside: 'metadata' },
  ClusterRoleBinding: { modelled: 'kind apiVersion subjects roleRef', inside: 'metadata' },
  PersistentVolumeClaim: WORKLOAD,
  PersistentVolumeClaimSpec: {
    modelled: 'accessModes selector resources volumeName storageClassName volumeMode',
    unmodelled: {
      dataSource: 'what a volume holds is not modelled',
      dataSourceRef: 'what a volume holds is not modelled',
      volumeAttributesClassName: 'volumes have no attributes that change',
    },
  },
  PersistentVolume: WORKLOAD,
  PersistentVolumeSpec: {
    modelled: 'capacity accessModes claimRef persistentVolumeReclaimPolicy storageClassName volumeMode nodeAffinity',
    noEffect:
      'gcePersistentDisk awsElasticBlockStore hostPath glusterfs nfs rbd iscsi cinder cephfs fc flocker flexVolume azureFile vsphereVolume quobyte azureDisk photonPersistentDisk portworxVolume scaleIO local storageos csi mountOptions volumeAttributesClassName',
  },
  StorageClass: {
    modelled: 'kind apiVersion provisioner reclaimPolicy volumeBindingMode allowedTopologies',
    noEffect: 'parameters mountOptions allowVolumeExpansion',
    inside: 'metadata',
  },
  ObjectMeta: {
    modelled: 'name generateName namespace labels finalizers',
    noEffect:
      'annotations uid resourceVersion generation creationTimestamp deletionTimestamp deletionGracePeriodSeconds selfLink managedFields',
    unmodelled: { ownerReferences: 'the owner counts as there unless workloads are among the manifests' },
  },
  'Node/ObjectMeta': {
    modelled: 'name labels',
    noEffect:
      'generateName namespace finalizers annotations uid resourceVersion generation creationTimestamp deletionTimestamp deletionGracePeriodSeconds selfLink managedFields ownerReferences',
  },
  NodeSpec: { modelled: 'taints unschedulable', noEffect: 'podCIDR podCIDRs providerID configSource externalID' },
  NodeStatus: {
    modelled: 'capacity allocatable',
    noEffect:
      'phase conditions addresses daemonEndpoints nodeInfo images volumesInUse volumesAttached config runtimeHandlers features',
  },
  DeploymentSpec: {
    modelled: 'replicas selector strategy minReadySeconds revisionHistoryLimit paused progressDeadlineSeconds',
    inside: 'template',
  },
  ReplicaSetSpec: { modelled: 'replicas selector minReadySeconds', inside: 'template' },
  ReplicationControllerSpec: { modelled: 'replicas selector minReadySeconds', inside: 'template' },
  StatefulSetSpec: {
    modelled:
      'replicas serviceName ordinals selector podManagementPolicy updateStrategy revisionHistoryLimit minReadySeconds persistentVolumeClaimRetentionPolicy',
    inside: 'template volumeClaimTemplates',
  },
  DaemonSetSpec: {
    modelled: 'selector updateStrategy minReadySeconds revisionHistoryLimit',
    inside: 'template',
  },
  JobSpec: {
    modelled:
      'parallelism completions suspend completionMode activeDeadlineSeconds podFailurePolicy successPolicy backoffLimit backoffLimitPerIndex maxFailedIndexes selector manualSelector ttlSecondsAfterFinished podReplacementPolicy managedBy',
    inside: 'template',
  },
  CronJobSpec: {
    modelled:
      'suspend schedule timeZone startingDeadlineSeconds concurrencyPolicy successfulJobsHistoryLimit failedJobsHistoryLimit',
    inside: 'jobTemplate',
  },
  JobTemplateSpec: { inside: 'metadata spec' },
  PodTemplateSpec: { inside: 'metadata spec' },
  PodSpec: {
    modelled:
      'restartPolicy terminationGracePeriodSeconds activeDeadlineSeconds nodeSelector nodeName hostNetwork tolerations readinessGates schedulingGates overhead priorityClassName priority preemptionPolicy runtimeClassName topologySpreadConstraints serviceAccountName serviceAccount',
    noEffect:
      'dnsPolicy dnsConfig automountServiceAccountToken hostPID hostIPC hostUsers shareProcessNamespace imagePullSecrets hostname subdomain setHostnameAsFQDN hostAliases enableServiceLinks',
    inside: 'volumes initContainers containers ephemeralContainers securityContext affinity',
    unmodelled: {
      schedulerName: { reason: 'every pod is scheduled by default-scheduler', unless: '"default-scheduler"' },
      os: { reason: 'nodes have no operating system here', unless: '{"name":"linux"}' },
      resourceClaims: 'devices are not allocated',
      resources: {
        reason: 'pod-level resources count neither for fit nor for the QoS class before Kubernetes 1.34',
        modelledWith: 'podLevelResources',
      },
    },
  },
  Affinity: { modelled: 'nodeAffinity podAffinity podAntiAffinity' },
  Container: {
    modelled: 'name image imagePullPolicy restartPolicy restartPolicyRules',
    noEffect:
      'command args workingDir volumeMounts volumeDevices terminationMessagePath terminationMessagePolicy stdin stdinOnce tty',
    inside: 'ports env envFrom resources securityContext livenessProbe readinessProbe startupProbe lifecycle',
    unmodelled: { resizePolicy: 'containers are not resized in place' },
  },
  EphemeralContainer: {
    modelled: 'name image imagePullPolicy targetContainerName',
    noEffect:
      'command args workingDir volumeMounts volumeDevices terminationMessagePath terminationMessagePolicy stdin stdinOnce tty ports env envFrom resources resizePolicy restartPolicy restartPolicyRules livenessProbe readinessProbe startupProbe lifecycle securityContext',
  },
  ContainerPort: { modelled: 'name containerPort hostPort hostIP protocol' },
  EnvVar: { noEffect: 'name value', inside: 'valueFrom' },
  EnvVarSource: { modelled: 'configMapKeyRef secretKeyRef', noEffect: 'fieldRef resourceFieldRef' },
  EnvFromSource: { modelled: 'configMapRef secretRef', noEffect: 'prefix' },
  ResourceRequirements: { modelled: 'requests limits', unmodelled: { claims: 'devices are not allocated' } },
  SecurityContext: {
    modelled: 'runAsUser runAsNonRoot',
    noEffect:
      'capabilities privileged seLinuxOptions windowsOptions runAsGroup readOnlyRootFilesystem allowPrivilegeEscalation procMount seccompProfile appArmorProfile',
  },
  PodSecurityContext: {
    modelled: 'runAsUser runAsNonRoot',
    noEffect:
      'seLinuxOptions windowsOptions runAsGroup supplementalGroups supplementalGroupsPolicy fsGroup fsGroupChangePolicy seccompProfile appArmorProfile seLinuxChangePolicy',
    unmodelled: { sysctls: 'nodes allow every sysctl' },
  },
  Probe: {
    modelled:
      'exec httpGet tcpSocket grpc initialDelaySeconds timeoutSeconds periodSeconds successThreshold failureThreshold terminationGracePeriodSeconds',
  },
  Lifecycle: { modelled: 'postStart preStop' },
  Volume: {
    modelled: 'persistentVolumeClaim',
    noEffect: 'name downwardAPI',
    inside: 'emptyDir hostPath configMap secret projected ephemeral',
    unmodelled: {
      ...mountedAtOnce(
        'awsElasticBlockStore azureDisk azureFile cephfs cinder csi fc flexVolume flocker gcePersistentDisk gitRepo glusterfs image iscsi',
      ),
      ...mountedAtOnce('nfs photonPersistentDisk portworxVolume quobyte rbd scaleIO storageos vsphereVolume'),
    },
  },
  EphemeralVolumeSource: { inside: 'volumeClaimTemplate' },
  PersistentVolumeClaimTemplate: { inside: 'metadata spec' },
  EmptyDirVolumeSource: { modelled: 'medium sizeLimit' },
  HostPathVolumeSource: {
    noEffect: 'path',
    unmodelled: { type: { reason: 'what is on the host is not checked', unless: '""' } },
  },
  ConfigMapVolumeSource: { modelled: 'name optional', noEffect: 'defaultMode', unmodelled: { items: KEYS } },
  SecretVolumeSource: { modelled: 'secretName optional', noEffect: 'defaultMode', unmodelled: { items: KEYS } },
  ProjectedVolumeSource: { noEffect: 'defaultMode', inside: 'sources' },
  VolumeProjection: {
    noEffect: 'downwardAPI serviceAccountToken',
    inside: 'configMap secret',
    unmodelled: { clusterTrustBundle: MOUNTED },
  },
  ConfigMapProjection: { modelled: 'name optional', unmodelled: { items: KEYS } },
  SecretProjection: { modelled: 'name optional', unmodelled: { items: KEYS } },
}
