import {
  type ApiObject,
  type CronJob,
  controllerOf,
  type DaemonSet,
  type Deployment,
  formatLabelSelector,
  type Job,
  type LabelSelector,
  type PodTemplateSpec,
  type ReplicaSet,
  type ReplicationController,
  type StatefulSet,
} from '../../model/index.js'
import { humanDuration, type Milliseconds } from '../../time/index.js'
import { ageOf, parseApiTime } from '../api-time.js'
import { containerCells, formatMap, type Printer, printer } from './printer.js'

const name = ({ metadata }: ApiObject): string => metadata.name ?? ''
const age = ({ metadata }: ApiObject, now: Milliseconds): string => ageOf(metadata.creationTimestamp, now)

const TEMPLATE = 'CONTAINERS|IMAGES|SELECTOR'

const templateCells = ({ spec }: PodTemplateSpec, selector: LabelSelector | undefined): string[] => [
  ...containerCells(spec.containers),
  formatLabelSelector(selector),
]

/** ReplicaSets and ReplicationControllers print alike but for the selector. */
const replicas = ({ spec, status }: ReplicaSet | ReplicationController): number[] => [
  spec.replicas ?? 0,
  status?.replicas ?? 0,
  status?.readyReplicas ?? 0,
]

/**
 * What `kubectl get` prints of workloads.
 *
 * kubernetes: pkg/printers/internalversion/printers.go, v1.32 (control-plane.md §7.1).
 */
export const WORKLOAD_PRINTERS: Readonly<Record<string, Printer>> = {
  Deployment: printer<Deployment>(
    'NAME|READY|UP-TO-DATE|AVAILABLE|AGE',
    (it, now) => [
      name(it),
      `${it.status?.readyReplicas ?? 0}/${it.spec.replicas ?? 0}`,
      it.status?.updatedReplicas ?? 0,
      it.status?.availableReplicas ?? 0,
      age(it, now),
    ],
    TEMPLATE,
    ({ spec }) => templateCells(spec.template, spec.selector),
  ),
  ReplicaSet: printer<ReplicaSet>(
    'NAME|DESIRED|CURRENT|READY|AGE',
    (it, now) => [name(it), ...replicas(it), age(it, now)],
    TEMPLATE,
    ({ spec }) => templateCells(spec.template, spec.selector),
  ),
  ReplicationController: printer<ReplicationController>(
    'NAME|DESIRED|CURRENT|READY|AGE',
    (it, now) => [name(it), ...replicas(it), age(it, now)],
    TEMPLATE,
    ({ spec }) => [...containerCells(spec.template.spec.containers), formatMap(spec.selector)],
  ),
  StatefulSet: printer<StatefulSet>(
    'NAME|READY|AGE',
    (it, now) => [name(it), `${it.status?.readyReplicas ?? 0}/${it.spec.replicas ?? 0}`, age(it, now)],
    'CONTAINERS|IMAGES',
    ({ spec }) => containerCells(spec.template.spec.containers),
  ),
  DaemonSet: printer<DaemonSet>(
    'NAME|DESIRED|CURRENT|READY|UP-TO-DATE|AVAILABLE|NODE SELECTOR|AGE',
    (it, now) => [
      name(it),
      it.status?.desiredNumberScheduled ?? 0,
      it.status?.currentNumberScheduled ?? 0,
      it.status?.numberReady ?? 0,
      it.status?.updatedNumberScheduled ?? 0,
      it.status?.numberAvailable ?? 0,
      formatMap(it.spec.template.spec.nodeSelector),
      age(it, now),
    ],
    TEMPLATE,
    ({ spec }) => templateCells(spec.template, spec.selector),
  ),
  Job: printer<Job>(
    'NAME|STATUS|COMPLETIONS|DURATION|AGE',
    (it, now) => [name(it), jobStatus(it), completions(it), duration(it, now), age(it, now)],
    TEMPLATE,
    ({ spec }) => templateCells(spec.template, spec.selector),
  ),
  CronJob: printer<CronJob>(
    'NAME|SCHEDULE|TIMEZONE|SUSPEND|ACTIVE|LAST SCHEDULE|AGE',
    (it, now) => [
      name(it),
      it.spec.schedule,
      it.spec.timeZone ?? '<none>',
      it.spec.suspend === undefined ? '<unset>' : it.spec.suspend ? 'True' : 'False',
      it.status?.active?.length ?? 0,
      it.status?.lastScheduleTime === undefined ? '<none>' : ageOf(it.status.lastScheduleTime, now),
      age(it, now),
    ],
    TEMPLATE,
    ({ spec }) => templateCells(spec.jobTemplate.spec.template, spec.jobTemplate.spec.selector),
  ),
  ControllerRevision: printer<ApiObject & { readonly revision?: number }>('NAME|CONTROLLER|REVISION|AGE', (it, now) => [
    name(it),
    controllerName(it),
    it.revision ?? 0,
    age(it, now),
  ]),
}

/** printJob: the first of these that holds. */
function jobStatus({ metadata, status }: Job): string {
  const has = (type: string): boolean =>
    (status?.conditions ?? []).some(condition => condition.type === type && condition.status === 'True')
  if (has('Complete')) return 'Complete'
  if (has('Failed')) return 'Failed'
  if (metadata.deletionTimestamp) return 'Terminating'
  if (has('Suspended')) return 'Suspended'
  return has('FailureTarget') ? 'FailureTarget' : 'Running'
}

function completions({ spec, status }: Job): string {
  const succeeded = status?.succeeded ?? 0
  if (spec.completions !== undefined) return `${succeeded}/${spec.completions}`
  const { parallelism = 0 } = spec
  return parallelism > 1 ? `${succeeded}/1 of ${parallelism}` : `${succeeded}/1`
}

function duration({ status }: Job, now: Milliseconds): string {
  const began = parseApiTime(status?.startTime)
  if (began === undefined) return ''
  return humanDuration((parseApiTime(status?.completionTime) ?? now) - began)
}

/** `statefulset.apps/web`. */
function controllerName({ metadata }: ApiObject): string {
  const owner = controllerOf(metadata)
  if (owner === undefined) return '<none>'
  const [group, version] = owner.apiVersion.split('/')
  return `${owner.kind.toLowerCase()}${version === undefined ? '' : `.${group}`}/${owner.name}`
}
