import { defaultPod } from '../api/index.js'
import { uidOf } from '../hash/index.js'
import type { CronJob, Job, Node, OwnerReference, Pod, PodSpec, PodTemplateSpec, Workload } from '../model/index.js'
import { EPOCH_UNIX_MS } from '../time/index.js'
import { daemonTolerations, shouldRunOn } from './daemon-nodes.js'
import { generatedName, nameSuffix, orderedText, templateHash } from './pod-names.js'

/** The pods that stand for a workload until its controller is part of the model. */
export interface WorkloadPods {
  readonly pods: readonly Pod[]
  /** Why there are none, if there are none. */
  readonly note?: string | undefined
}

/** Makes a workload's pods as its controller would have made them at once; `nodes` is where a DaemonSet may run. */
export function workloadPods(workload: Workload, nodes: readonly Node[]): WorkloadPods {
  switch (workload.kind) {
    case 'Deployment':
      return replicaPods(workload)
    case 'ReplicaSet':
    case 'ReplicationController': {
      const { template, replicas = 1 } = workload.spec
      return numbered(replicas, n => suffixedPod(workload, workload.metadata.name ?? '', template, {}, n))
    }
    case 'StatefulSet':
      return numbered(workload.spec.replicas ?? 1, n => statefulPod(workload, n + (workload.spec.ordinals?.start ?? 0)))
    case 'DaemonSet':
      return daemonPods(workload, nodes)
    case 'Job':
      return jobPods(workload)
    case 'CronJob':
      if (workload.spec.suspend === true) return { pods: [], note: 'is suspended: no pods' }
      return jobPods(jobOf(workload))
  }
}

type Of<Kind extends Workload['kind']> = Extract<Workload, { kind: Kind }>

/** Why a workload has no pods. */
export const NO_REPLICAS = 'asks for 0 replicas: no pods'

function numbered(count: number, make: (n: number) => Pod): WorkloadPods {
  return { pods: Array.from({ length: count }, (_, n) => make(n)), note: count === 0 ? NO_REPLICAS : undefined }
}

/** ctl/deployment: a ReplicaSet named after the template's hash, whose pods carry the hash as a label. */
function replicaPods(deployment: Of<'Deployment'>): WorkloadPods {
  const { template, replicas = 1 } = deployment.spec
  const hash = templateHash(orderedText(template))
  const metadata = { ...deployment.metadata, name: `${deployment.metadata.name}-${hash}` }
  const replicaSet = { apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata }
  return numbered(replicas, n => suffixedPod(replicaSet, metadata.name, template, { 'pod-template-hash': hash }, n))
}

/** ctl/statefulset/stateful_set_utils.go newStatefulSetPod: name, identity and claims carry the ordinal. */
function statefulPod(set: Of<'StatefulSet'>, ordinal: number): Pod {
  const { template, serviceName, volumeClaimTemplates = [] } = set.spec
  const name = `${set.metadata.name}-${ordinal}`
  const claims = volumeClaimTemplates.map(({ metadata }) => ({
    name: metadata.name ?? '',
    persistentVolumeClaim: { claimName: `${metadata.name}-${name}` },
  }))
  const volumes = [
    ...(template.spec.volumes ?? []).filter(each => !claims.some(({ name }) => name === each.name)),
    ...claims,
  ]
  return podOf(set, name, template, {
    labels: {
      'apps.kubernetes.io/pod-index': String(ordinal),
      'controller-revision-hash': `${set.metadata.name}-${templateHash(JSON.stringify(template))}`,
      'statefulset.kubernetes.io/pod-name': name,
    },
    spec: {
      hostname: name,
      ...(serviceName === undefined ? {} : { subdomain: serviceName }),
      ...(volumes.length === 0 ? {} : { volumes }),
    },
  })
}

/** One pod per node, held to it by its affinity (DS-3). */
function daemonPods(set: Of<'DaemonSet'>, nodes: readonly Node[]): WorkloadPods {
  const { template } = set.spec
  const labels = {
    'controller-revision-hash': templateHash(JSON.stringify(template)),
    'pod-template-generation': '1',
  }
  const chosen = nodes.filter(node => shouldRunOn(node, template.spec))
  const pods = chosen.map((node, n) => {
    const name = node.metadata.name ?? ''
    const terms = [{ matchFields: [{ key: 'metadata.name', operator: 'In' as const, values: [name] }] }]
    const nodeAffinity = {
      ...template.spec.affinity?.nodeAffinity,
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms },
    }
    return podOf(set, generatedName(set.metadata.name ?? '', nameSuffix(pathOf(set), n)), template, {
      generateName: `${set.metadata.name}-`,
      labels,
      spec: {
        affinity: { ...template.spec.affinity, nodeAffinity },
        tolerations: daemonTolerations(template.spec),
      },
    })
  })
  return { pods, note: pods.length === 0 ? 'may run on none of the nodes: no pods' : undefined }
}

/** As many as the Job runs at the same time at first (J-7); those that would follow need its controller. */
function jobPodCount({ spec: { parallelism = 1, completions, suspend } }: Job): number {
  return suspend === true ? 0 : Math.min(parallelism, completions ?? parallelism)
}

/** ctl/job (J-1), without the finalizer that only its controller would take away again. */
function jobPods(job: Job): WorkloadPods {
  if (job.spec.suspend === true) return { pods: [], note: 'is suspended: no pods' }
  const { template, completionMode } = job.spec
  const name = job.metadata.name ?? ''
  const uid = uidOf(pathOf(job))
  const labels = {
    'batch.kubernetes.io/controller-uid': uid,
    'batch.kubernetes.io/job-name': name,
    'controller-uid': uid,
    'job-name': name,
  }
  const { pods } = numbered(jobPodCount(job), n => {
    if (completionMode !== 'Indexed') return suffixedPod(job, name, template, labels, n)
    const index = { 'batch.kubernetes.io/job-completion-index': String(n) }
    return podOf(job, generatedName(`${name}-${n}`, nameSuffix(pathOf(job), n)), template, {
      generateName: `${name}-${n}-`,
      labels: { ...labels, ...index },
      annotations: index,
      spec: { hostname: `${name}-${n}` },
    })
  })
  return { pods, note: pods.length === 0 ? 'asks for a parallelism of 0: no pods' : undefined }
}

/** The Job that a CronJob makes, as if it were due at the beginning (CJ-1). */
function jobOf({ metadata, spec }: CronJob): Job {
  const { jobTemplate } = spec
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      ...jobTemplate.metadata,
      name: `${metadata.name}-${EPOCH_UNIX_MS / 60_000}`,
      namespace: metadata.namespace,
    },
    spec: jobTemplate.spec,
  }
}

/** What becomes of a template's pod. */
interface Additions {
  readonly generateName?: string
  readonly labels: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
  readonly spec?: Partial<PodSpec>
}

type Owner = Pick<Workload, 'metadata'> & { readonly apiVersion: string; readonly kind: string }

function suffixedPod(
  owner: Owner,
  base: string,
  template: PodTemplateSpec,
  labels: Readonly<Record<string, string>>,
  n: number,
): Pod {
  const name = generatedName(base, nameSuffix(pathOf(owner), n))
  return podOf(owner, name, template, { generateName: `${base}-`, labels })
}

/** The pod as the controller sends it, with the defaults that the API server gives a pod but not a template. */
function podOf(owner: Owner, name: string, { metadata, spec }: PodTemplateSpec, additions: Additions): Pod {
  const { labels, annotations } = additions
  return defaultPod({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      ...(additions.generateName === undefined ? {} : { generateName: additions.generateName }),
      namespace: owner.metadata.namespace ?? 'default',
      labels: { ...metadata?.labels, ...labels },
      ...(metadata?.annotations === undefined && annotations === undefined
        ? {}
        : { annotations: { ...metadata?.annotations, ...annotations } }),
      ...(metadata?.finalizers === undefined ? {} : { finalizers: metadata.finalizers }),
      ownerReferences: [ownerReference(owner)],
    },
    spec: { ...spec, ...additions.spec },
  })
}

const ownerReference = (owner: Owner): OwnerReference => ({
  apiVersion: owner.apiVersion,
  kind: owner.kind,
  name: owner.metadata.name ?? '',
  uid: uidOf(pathOf(owner)),
  controller: true,
  blockOwnerDeletion: true,
})

/** `Deployment/default/web`. */
export const pathOf = ({ kind, metadata }: Owner): string =>
  `${kind}/${metadata.namespace ?? 'default'}/${metadata.name ?? ''}`
