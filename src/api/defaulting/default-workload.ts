import type {
  CronJob,
  DaemonSet,
  Deployment,
  Job,
  JobSpec,
  ReplicaSet,
  ReplicationController,
  StatefulSet,
} from '../../model/index.js'
import { defaultPodTemplate } from './default-pod.js'
import { defaultClaim } from './default-storage.js'

const MAX_INT32 = 2 ** 31 - 1

/** kubernetes: pkg/apis/apps/v1/defaults.go SetDefaults_Deployment, v1.32 (API-9, as all of this file). */
export function defaultDeployment(deployment: Deployment): Deployment {
  const { spec } = deployment
  const type = spec.strategy?.type ?? 'RollingUpdate'
  const rollingUpdate = { maxUnavailable: '25%', maxSurge: '25%', ...spec.strategy?.rollingUpdate }
  return {
    ...deployment,
    spec: {
      ...spec,
      replicas: spec.replicas ?? 1,
      template: defaultPodTemplate(spec.template),
      strategy: { ...spec.strategy, type, ...(type === 'RollingUpdate' && { rollingUpdate }) },
      revisionHistoryLimit: spec.revisionHistoryLimit ?? 10,
      progressDeadlineSeconds: spec.progressDeadlineSeconds ?? 600,
    },
  }
}

/** SetDefaults_ReplicaSet. */
export const defaultReplicaSet = (replicaSet: ReplicaSet): ReplicaSet => ({
  ...replicaSet,
  spec: {
    ...replicaSet.spec,
    replicas: replicaSet.spec.replicas ?? 1,
    template: defaultPodTemplate(replicaSet.spec.template),
  },
})

/** kubernetes: pkg/apis/core/v1/defaults.go SetDefaults_ReplicationController: selector and labels come from the template. */
export function defaultReplicationController(controller: ReplicationController): ReplicationController {
  const { metadata, spec } = controller
  const labels = spec.template?.metadata?.labels
  return {
    ...controller,
    metadata: { ...metadata, ...(labels && metadata.labels === undefined && { labels }) },
    spec: {
      ...spec,
      replicas: spec.replicas ?? 1,
      ...(labels && spec.selector === undefined && { selector: labels }),
      ...(spec.template && { template: defaultPodTemplate(spec.template) }),
    },
  }
}

/** SetDefaults_StatefulSet; `rollingUpdate` appears only where no strategy was named. */
export function defaultStatefulSet(statefulSet: StatefulSet): StatefulSet {
  const { spec } = statefulSet
  const given = spec.updateStrategy ?? {}
  const type = given.type ?? 'RollingUpdate'
  const rollingUpdate = given.rollingUpdate ?? (given.type === undefined ? {} : undefined)
  const withPartition = type === 'RollingUpdate' && rollingUpdate && { partition: 0, ...rollingUpdate }
  return {
    ...statefulSet,
    spec: {
      ...spec,
      replicas: spec.replicas ?? 1,
      template: defaultPodTemplate(spec.template),
      podManagementPolicy: spec.podManagementPolicy ?? 'OrderedReady',
      updateStrategy: { ...given, type, ...(withPartition && { rollingUpdate: withPartition }) },
      revisionHistoryLimit: spec.revisionHistoryLimit ?? 10,
      persistentVolumeClaimRetentionPolicy: {
        whenDeleted: spec.persistentVolumeClaimRetentionPolicy?.whenDeleted ?? 'Retain',
        whenScaled: spec.persistentVolumeClaimRetentionPolicy?.whenScaled ?? 'Retain',
      },
      ...(spec.volumeClaimTemplates && {
        volumeClaimTemplates: spec.volumeClaimTemplates.map(defaultClaim),
      }),
    },
  }
}

/** SetDefaults_DaemonSet. */
export function defaultDaemonSet(daemonSet: DaemonSet): DaemonSet {
  const { spec } = daemonSet
  const type = spec.updateStrategy?.type ?? 'RollingUpdate'
  const rollingUpdate = { maxUnavailable: 1, maxSurge: 0, ...spec.updateStrategy?.rollingUpdate }
  return {
    ...daemonSet,
    spec: {
      ...spec,
      template: defaultPodTemplate(spec.template),
      updateStrategy: { ...spec.updateStrategy, type, ...(type === 'RollingUpdate' && { rollingUpdate }) },
      revisionHistoryLimit: spec.revisionHistoryLimit ?? 10,
    },
  }
}

/** kubernetes: pkg/apis/batch/v1/defaults.go SetDefaults_Job; a Job without labels takes its template's. */
export function defaultJob(job: Job): Job {
  const labels = job.spec.template.metadata?.labels
  return {
    ...job,
    metadata: { ...job.metadata, ...(labels && job.metadata.labels === undefined && { labels }) },
    spec: defaultJobSpec(job.spec),
  }
}

function defaultJobSpec(spec: JobSpec): JobSpec {
  const isPlain = spec.completions === undefined && spec.parallelism === undefined
  return {
    ...spec,
    ...(isPlain && { completions: 1 }),
    parallelism: spec.parallelism ?? 1,
    backoffLimit: spec.backoffLimit ?? (spec.backoffLimitPerIndex === undefined ? 6 : MAX_INT32),
    ...(spec.podFailurePolicy && {
      podFailurePolicy: {
        rules: (spec.podFailurePolicy.rules ?? []).map(rule => ({
          ...rule,
          ...(rule.onPodConditions && {
            onPodConditions: rule.onPodConditions.map(pattern => ({ ...pattern, status: pattern.status || 'True' })),
          }),
        })),
      },
    }),
    manualSelector: spec.manualSelector ?? false,
    template: defaultPodTemplate(spec.template),
    completionMode: spec.completionMode ?? 'NonIndexed',
    suspend: spec.suspend ?? false,
    podReplacementPolicy:
      spec.podReplacementPolicy ?? (spec.podFailurePolicy === undefined ? 'TerminatingOrFailed' : 'Failed'),
  }
}

/** SetDefaults_CronJob; the Job inside gets its pod's defaults only, its own when it is made. */
export function defaultCronJob(cronJob: CronJob): CronJob {
  const { spec } = cronJob
  const job = spec.jobTemplate.spec
  return {
    ...cronJob,
    spec: {
      ...spec,
      concurrencyPolicy: spec.concurrencyPolicy ?? 'Allow',
      suspend: spec.suspend ?? false,
      jobTemplate: { ...spec.jobTemplate, spec: { ...job, template: defaultPodTemplate(job.template) } },
      successfulJobsHistoryLimit: spec.successfulJobsHistoryLimit ?? 3,
      failedJobsHistoryLimit: spec.failedJobsHistoryLimit ?? 1,
    },
  }
}
