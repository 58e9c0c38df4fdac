/** The fields of volume sources and of the claims in them (core/v1, v1.32). */
export const VOLUME_FIELDS: Readonly<Record<string, string>> = {
  AWSElasticBlockStoreVolumeSource: 'volumeID:string fsType?:string partition?:int32 readOnly?:bool',
  AzureDiskVolumeSource: `
    diskName:string diskURI:string cachingMode?:*AzureDataDiskCachingMode fsType?:*string readOnly?:*bool
    kind?:*AzureDataDiskKind`,
  AzureFilePersistentVolumeSource: 'secretName:string shareName:string readOnly?:bool secretNamespace:*string',
  AzureFileVolumeSource: 'secretName:string shareName:string readOnly?:bool',
  CSIPersistentVolumeSource: `
    driver:string volumeHandle:string readOnly?:bool fsType?:string volumeAttributes?:map[string]string
    controllerPublishSecretRef?:*SecretReference nodeStageSecretRef?:*SecretReference
    nodePublishSecretRef?:*SecretReference controllerExpandSecretRef?:*SecretReference
    nodeExpandSecretRef?:*SecretReference`,
  CSIVolumeSource: `
    driver:string readOnly?:*bool fsType?:*string volumeAttributes?:map[string]string
    nodePublishSecretRef?:*LocalObjectReference`,
  CephFSPersistentVolumeSource: `
    monitors:[]string path?:string user?:string secretFile?:string secretRef?:*SecretReference readOnly?:bool`,
  CephFSVolumeSource: `
    monitors:[]string path?:string user?:string secretFile?:string secretRef?:*LocalObjectReference readOnly?:bool`,
  CinderPersistentVolumeSource: 'volumeID:string fsType?:string readOnly?:bool secretRef?:*SecretReference',
  CinderVolumeSource: 'volumeID:string fsType?:string readOnly?:bool secretRef?:*LocalObjectReference',
  ClusterTrustBundleProjection: `
    name?:*string signerName?:*string labelSelector?:*LabelSelector optional?:*bool path:string`,
  ConfigMapProjection: 'name?:string items?:[]KeyToPath optional?:*bool',
  ConfigMapVolumeSource: 'name?:string items?:[]KeyToPath defaultMode?:*int32 optional?:*bool',
  DownwardAPIProjection: 'items?:[]DownwardAPIVolumeFile',
  DownwardAPIVolumeFile: `
    path:string fieldRef?:*ObjectFieldSelector resourceFieldRef?:*ResourceFieldSelector mode?:*int32`,
  DownwardAPIVolumeSource: 'items?:[]DownwardAPIVolumeFile defaultMode?:*int32',
  EmptyDirVolumeSource: 'medium?:StorageMedium sizeLimit?:*Quantity',
  EphemeralVolumeSource: 'volumeClaimTemplate?:*PersistentVolumeClaimTemplate',
  FCVolumeSource: 'targetWWNs?:[]string lun?:*int32 fsType?:string readOnly?:bool wwids?:[]string',
  FieldsV1: '',
  FlexPersistentVolumeSource: `
    driver:string fsType?:string secretRef?:*SecretReference readOnly?:bool options?:map[string]string`,
  FlexVolumeSource: `
    driver:string fsType?:string secretRef?:*LocalObjectReference readOnly?:bool options?:map[string]string`,
  FlockerVolumeSource: 'datasetName?:string datasetUUID?:string',
  GCEPersistentDiskVolumeSource: 'pdName:string fsType?:string partition?:int32 readOnly?:bool',
  GitRepoVolumeSource: 'repository:string revision?:string directory?:string',
  GlusterfsPersistentVolumeSource: 'endpoints:string path:string readOnly?:bool endpointsNamespace?:*string',
  GlusterfsVolumeSource: 'endpoints:string path:string readOnly?:bool',
  HostPathVolumeSource: 'path:string type?:*HostPathType',
  ISCSIPersistentVolumeSource: `
    targetPortal:string iqn:string lun:int32 iscsiInterface?:string fsType?:string readOnly?:bool
    portals?:[]string chapAuthDiscovery?:bool chapAuthSession?:bool secretRef?:*SecretReference
    initiatorName?:*string`,
  ISCSIVolumeSource: `
    targetPortal:string iqn:string lun:int32 iscsiInterface?:string fsType?:string readOnly?:bool
    portals?:[]string chapAuthDiscovery?:bool chapAuthSession?:bool secretRef?:*LocalObjectReference
    initiatorName?:*string`,
  ImageVolumeSource: 'reference?:string pullPolicy?:PullPolicy',
  KeyToPath: 'key:string path:string mode?:*int32',
  LocalVolumeSource: 'path:string fsType?:*string',
  NFSVolumeSource: 'server:string path:string readOnly?:bool',
  ObjectFieldSelector: 'apiVersion?:string fieldPath:string',
  PersistentVolumeClaimSpec: `
    accessModes?:[]PersistentVolumeAccessMode selector?:*LabelSelector resources?:VolumeResourceRequirements
    volumeName?:string storageClassName?:*string volumeMode?:*PersistentVolumeMode
    dataSource?:*TypedLocalObjectReference dataSourceRef?:*TypedObjectReference volumeAttributesClassName?:*string`,
  PersistentVolumeClaimTemplate: 'metadata?:ObjectMeta spec:PersistentVolumeClaimSpec',
  PersistentVolumeClaimVolumeSource: 'claimName:string readOnly?:bool',
  PersistentVolumeSpec: `
    capacity?:ResourceList gcePersistentDisk?:*GCEPersistentDiskVolumeSource
    awsElasticBlockStore?:*AWSElasticBlockStoreVolumeSource hostPath?:*HostPathVolumeSource
    glusterfs?:*GlusterfsPersistentVolumeSource nfs?:*NFSVolumeSource rbd?:*RBDPersistentVolumeSource
    iscsi?:*ISCSIPersistentVolumeSource cinder?:*CinderPersistentVolumeSource cephfs?:*CephFSPersistentVolumeSource
    fc?:*FCVolumeSource flocker?:*FlockerVolumeSource flexVolume?:*FlexPersistentVolumeSource
    azureFile?:*AzureFilePersistentVolumeSource vsphereVolume?:*VsphereVirtualDiskVolumeSource
    quobyte?:*QuobyteVolumeSource azureDisk?:*AzureDiskVolumeSource
    photonPersistentDisk?:*PhotonPersistentDiskVolumeSource portworxVolume?:*PortworxVolumeSource
    scaleIO?:*ScaleIOPersistentVolumeSource local?:*LocalVolumeSource storageos?:*StorageOSPersistentVolumeSource
    csi?:*CSIPersistentVolumeSource accessModes?:[]PersistentVolumeAccessMode claimRef?:*ObjectReference
    persistentVolumeReclaimPolicy?:PersistentVolumeReclaimPolicy storageClassName?:string mountOptions?:[]string
    volumeMode?:*PersistentVolumeMode nodeAffinity?:*VolumeNodeAffinity volumeAttributesClassName?:*string`,
  PhotonPersistentDiskVolumeSource: 'pdID:string fsType?:string',
  PortworxVolumeSource: 'volumeID:string fsType?:string readOnly?:bool',
  ProjectedVolumeSource: 'sources:[]VolumeProjection defaultMode?:*int32',
  QuobyteVolumeSource: 'registry:string volume:string readOnly?:bool user?:string group?:string tenant?:string',
  RBDPersistentVolumeSource: `
    monitors:[]string image:string fsType?:string pool?:string user?:string keyring?:string
    secretRef?:*SecretReference readOnly?:bool`,
  RBDVolumeSource: `
    monitors:[]string image:string fsType?:string pool?:string user?:string keyring?:string
    secretRef?:*LocalObjectReference readOnly?:bool`,
  ResourceFieldSelector: 'containerName?:string resource:string divisor?:Quantity',
  ScaleIOPersistentVolumeSource: `
    gateway:string system:string secretRef:*SecretReference sslEnabled?:bool protectionDomain?:string
    storagePool?:string storageMode?:string volumeName?:string fsType?:string readOnly?:bool`,
  ScaleIOVolumeSource: `
    gateway:string system:string secretRef:*LocalObjectReference sslEnabled?:bool protectionDomain?:string
    storagePool?:string storageMode?:string volumeName?:string fsType?:string readOnly?:bool`,
  SecretProjection: 'name?:string items?:[]KeyToPath optional?:*bool',
  SecretReference: 'name?:string namespace?:string',
  SecretVolumeSource: 'secretName?:string items?:[]KeyToPath defaultMode?:*int32 optional?:*bool',
  ServiceAccountTokenProjection: 'audience?:string expirationSeconds?:*int64 path:string',
  StorageOSPersistentVolumeSource: `
    volumeName?:string volumeNamespace?:string fsType?:string readOnly?:bool secretRef?:*ObjectReference`,
  StorageOSVolumeSource: `
    volumeName?:string volumeNamespace?:string fsType?:string readOnly?:bool secretRef?:*LocalObjectReference`,
  TypedLocalObjectReference: 'apiGroup:*string kind:string name:string',
  TypedObjectReference: 'apiGroup:*string kind:string name:string namespace?:*string',
  VolumeNodeAffinity: 'required?:*NodeSelector',
  VolumeProjection: `
    secret?:*SecretProjection downwardAPI?:*DownwardAPIProjection configMap?:*ConfigMapProjection
    serviceAccountToken?:*ServiceAccountTokenProjection clusterTrustBundle?:*ClusterTrustBundleProjection`,
  VolumeResourceRequirements: 'limits?:ResourceList requests?:ResourceList',
  VsphereVirtualDiskVolumeSource: `
    volumePath:string fsType?:string storagePolicyName?:string storagePolicyID?:string`,
}
