import type { OwnerKind } from '../../model/index.js'
import type { OwnerCounts } from '../contract/index.js'

const REPLICA_SET_COUNTS = {
  observedGeneration: 0,
  replicas: 0,
  fullyLabeledReplicas: 0,
  readyReplicas: 0,
  availableReplicas: 0,
}

/** The statuses of objects that no controller has seen yet. */
export const EMPTY_COUNTS: { readonly [Kind in OwnerKind]: OwnerCounts<Kind> } = {
  Deployment: {
    observedGeneration: 0,
    replicas: 0,
    updatedReplicas: 0,
    readyReplicas: 0,
    availableReplicas: 0,
    unavailableReplicas: 0,
    collisionCount: 0,
  },
  ReplicaSet: REPLICA_SET_COUNTS,
  ReplicationController: REPLICA_SET_COUNTS,
  StatefulSet: {
    observedGeneration: 0,
    replicas: 0,
    readyReplicas: 0,
    currentReplicas: 0,
    updatedReplicas: 0,
    availableReplicas: 0,
    collisionCount: 0,
    currentRevision: '',
    updateRevision: '',
  },
  DaemonSet: {
    observedGeneration: 0,
    currentNumberScheduled: 0,
    numberMisscheduled: 0,
    desiredNumberScheduled: 0,
    numberReady: 0,
    updatedNumberScheduled: 0,
    numberAvailable: 0,
    numberUnavailable: 0,
    collisionCount: 0,
  },
  Job: {
    active: 0,
    ready: -1,
    succeeded: 0,
    failed: 0,
    terminating: -1,
    startTime: -1,
    completionTime: -1,
    completedIndexes: '',
    failedIndexes: '',
    'uncountedTerminatedPods.succeeded': '',
    'uncountedTerminatedPods.failed': '',
  },
  PodDisruptionBudget: {
    observedGeneration: 0,
    disruptionsAllowed: 0,
    currentHealthy: 0,
    desiredHealthy: 0,
    expectedPods: 0,
    disruptedPods: '',
  },
  CronJob: { lastScheduleTime: -1, lastSuccessfulTime: -1, active: '' },
  HorizontalPodAutoscaler: {
    observedGeneration: 0,
    currentReplicas: 0,
    desiredReplicas: 0,
    lastScaleTime: -1,
    currentMetrics: '',
  },
  ControllerRevision: {},
}
