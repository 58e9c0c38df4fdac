import { type PodTemplateSpec, qualifiedResource } from '../model/index.js'
import { type ReactionStep, rolloutRefusal } from '../scenario/index.js'
import { formatTimestamp } from '../time/index.js'
import type { ObjectStore } from './api-server/index.js'
import {
  ApiError,
  apiSeconds,
  type Environment,
  isOwnerKind,
  notFoundError,
  type ObjectVersion,
  type OwnerObject,
} from './contract/index.js'
import { REVISION, revisedTemplate, revisionOf, TEMPLATE_HASH, templateText } from './controllers/index.js'

type RolloutStep = Extract<ReactionStep, { readonly do: 'rollout' }>
type Deployment = ObjectVersion<'Deployment'>
type Revised = ObjectVersion<'StatefulSet' | 'DaemonSet'>

/**
 * Carries out a step of `kubectl rollout`: reads the object, computes what is to be written, and writes it. What kubectl refuses is told
 * in its words.
 *
 * kubectl: pkg/polymorphichelpers/{objectpauser,objectresumer,objectrestarter,rollback}.go, v1.32.
 *
 * @throws ApiError for what the API server or kubectl refuses.
 */
export function rollOut(objects: ObjectStore, environment: Environment, step: RolloutStep, cause: number): void {
  const [kind, namespace, name] = step.object.split('/')
  if (!isOwnerKind(kind)) throw unknownKind(kind)
  const refusal = rolloutRefusal(kind, name, step.verb)
  if (refusal !== undefined) throw new ApiError('Invalid', refusal)
  const found = objects.object(kind, namespace, name)
  if (found === null) throw notFoundError(kind, name)
  if (step.verb === 'restart') restart(objects, environment, found, cause)
  else if (step.verb !== 'undo') pause(objects, found as Deployment, step.verb === 'pause', cause)
  else if (kind === 'Deployment') undo(objects, found as Deployment, step.toRevision, cause)
  else undoRevision(objects, found as Revised, step.toRevision, cause)
}

function pause(objects: ObjectStore, found: Deployment, isPausing: boolean, cause: number): void {
  const { object, name } = found
  const isPaused = object.spec.paused === true
  if (isPaused === isPausing) {
    throw new ApiError(
      'Invalid',
      `${qualifiedResource('Deployment')} "${name}" ${isPaused ? 'is already paused' : 'is not paused'}`,
    )
  }
  objects.updateObject(found, { ...object, spec: { ...object.spec, paused: isPausing } }, cause)
}

/** Of anything that rolls its pods out: an annotation of the template is another template. */
function restart(objects: ObjectStore, environment: Environment, found: ObjectVersion, cause: number): void {
  const { spec: stored } = found.object as { readonly spec: Templated }
  const { template, paused } = stored
  const refuse = (why: string): never => {
    throw new ApiError('Invalid', `${qualifiedResource(found.kind)} "${found.name}" ${why}`)
  }
  if (paused === true) refuse("can't restart paused deployment (run rollout resume first)")
  const at = formatTimestamp(apiSeconds(environment, environment.kernel.now) * 1000)
  if (template.metadata?.annotations?.[RESTARTED_AT] === at) refuse(TOO_SOON)
  const annotations = { ...template.metadata?.annotations, [RESTARTED_AT]: at }
  const spec = { ...stored, template: { ...template, metadata: { ...template.metadata, annotations } } }
  objects.updateObject(found, { ...found.object, spec } as OwnerObject, cause)
}

interface Templated {
  readonly template: PodTemplateSpec
  readonly paused?: boolean
}

/** Writes the template of an earlier revision, and its ReplicaSet's annotations. */
function undo(objects: ObjectStore, found: Deployment, toRevision: number | undefined, cause: number): void {
  const { object, uid, name, namespace } = found
  const sets = [...objects.all('ReplicaSet', namespace)].filter(
    set => set.object.metadata.ownerReferences?.some(owner => owner.controller === true && owner.uid === uid) === true,
  )
  const byRevision = sets.filter(set => revisionOf(set) > 0).sort((a, b) => revisionOf(b) - revisionOf(a))
  const set = toRevision === undefined ? byRevision.at(1) : byRevision.find(each => revisionOf(each) === toRevision)
  if (set === undefined) {
    const none = `no rollout history found for deployment "${name}"`
    throw new ApiError(
      'Invalid',
      toRevision === undefined ? none : `unable to find specified revision ${toRevision} in history`,
    )
  }
  if (object.spec.paused === true) {
    const how = `resume it first with 'kubectl rollout resume deployment/${name}' and try again`
    throw new ApiError('Invalid', `you cannot rollback a paused deployment; ${how}`)
  }
  // Nothing is written, which kubectl calls a success.
  if (templateText(set.object.spec.template) === templateText(object.spec.template)) return
  const { template } = set.object.spec
  const { [TEMPLATE_HASH]: _, ...labels } = template.metadata?.labels ?? {}
  const annotations = {
    ...picked(object.metadata.annotations, key => OF_THE_DEPLOYMENT.has(key)),
    ...picked(set.object.metadata.annotations, key => !OF_THE_DEPLOYMENT.has(key)),
  }
  const metadata = { ...object.metadata, annotations }
  const spec = { ...object.spec, template: { ...template, metadata: { ...template.metadata, labels } } }
  objects.updateObject(found, { ...object, metadata, spec }, cause)
}

/**
 * Writes the template that a ControllerRevision keeps.
 *
 * kubectl: pkg/polymorphichelpers/rollback.go StatefulSetRollbacker, DaemonSetRollbacker, v1.32.
 */
function undoRevision(objects: ObjectStore, found: Revised, toRevision: number | undefined, cause: number): void {
  const { uid, namespace } = found
  const history = [...objects.all('ControllerRevision', namespace)]
    .filter(({ object }) => object.metadata.ownerReferences?.some(owner => owner.controller && owner.uid === uid))
    .sort((a, b) => a.object.revision - b.object.revision)
  if (toRevision === undefined && history.length <= 1) throw new ApiError('Invalid', 'no last revision to roll back to')
  const revision =
    toRevision === undefined ? history.at(-2) : history.find(({ object }) => object.revision === toRevision)
  if (revision === undefined)
    throw new ApiError('Invalid', `unable to find specified revision ${toRevision} in history`)
  const template = revisedTemplate(revision.object)
  // Nothing is written, which kubectl calls a success.
  if (templateText(template) === templateText(found.object.spec.template)) return
  const object = { ...found.object, spec: { ...found.object.spec, template } } as typeof found.object
  objects.updateObject(found as ObjectVersion<'StatefulSet'>, object as OwnerObject<'StatefulSet'>, cause)
}

const picked = (
  annotations: Readonly<Record<string, string>> = {},
  isWanted: (key: string) => boolean,
): Record<string, string> => Object.fromEntries(Object.entries(annotations).filter(([key]) => isWanted(key)))

const RESTARTED_AT = 'kubectl.kubernetes.io/restartedAt'

const TOO_SOON =
  'if restart has already been triggered within the past second, please wait before attempting to trigger another'

/** Annotations that a rollback leaves as the Deployment has them. */
const OF_THE_DEPLOYMENT: ReadonlySet<string> = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  REVISION,
  'deployment.kubernetes.io/revision-history',
  'deployment.kubernetes.io/desired-replicas',
  'deployment.kubernetes.io/max-replicas',
  'deprecated.deployment.rollback.to',
])

const unknownKind = (kind: string): ApiError =>
  new ApiError('NotFound', `the server doesn't have a resource type "${kind}"`)
