import { EVENT_SOURCES } from '../../trace/index.js'

/** The number of each controller among the sources of Events. */
export const EVENT_SOURCE = {
  ReplicaSet: EVENT_SOURCES.indexOf('replicaset-controller'),
  ReplicationController: EVENT_SOURCES.indexOf('replication-controller'),
  Deployment: EVENT_SOURCES.indexOf('deployment-controller'),
  StatefulSet: EVENT_SOURCES.indexOf('statefulset-controller'),
  DaemonSet: EVENT_SOURCES.indexOf('daemonset-controller'),
  PodDisruptionBudget: EVENT_SOURCES.indexOf('controllermanager'),
  CronJob: EVENT_SOURCES.indexOf('cronjob-controller'),
  HorizontalPodAutoscaler: EVENT_SOURCES.indexOf('horizontal-pod-autoscaler'),
  Job: EVENT_SOURCES.indexOf('job-controller'),
  PersistentVolume: EVENT_SOURCES.indexOf('persistentvolume-controller'),
  Provisioner: EVENT_SOURCES.indexOf('external-provisioner'),
  EphemeralVolume: EVENT_SOURCES.indexOf('ephemeral_volume'),
} as const
