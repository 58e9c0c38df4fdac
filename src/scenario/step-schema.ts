import * as v from 'valibot'
import { tryParseDuration } from '../time/index.js'
import { occurrenceSchema } from './clause-schema.js'
import { DEFAULT_REBOOT, isAmount, readTaintWord } from './node-words.js'
import { requestSchema } from './request-words.js'
import { duration, fields, isMapping, listOf, oneOf, parsed, quote, text, whole } from './schema-parts.js'
import { shutdownMistake } from './shutdown-groups.js'
import { STEP_ACTIONS, type StatedShutdown, type StatedStep, type StepAction, type StepMoment } from './stated-step.js'
import { MOST_REPLICAS, MOST_REVISION, parseStep } from './step-text.js'

const pod = text('a pod or workload such as pod/web')
const subject = text('a pod, a workload or a node such as pod/web or node/a')
const node = text('the name of a node')

/** Which action a field belongs to. */
type Action = (typeof STEP_ACTIONS)[number]
const OWNER: Readonly<Record<string, Action | readonly Action[]>> = {
  type: 'patch',
  with: 'patch',
  subresource: 'patch',
  container: 'setImage',
  image: 'setImage',
  replicas: 'scale',
  toRevision: 'rolloutUndo',
  downFor: ['reboot', 'shutDown'],
  resource: ['exhaust', 'relieve'],
  left: 'exhaust',
  grace: 'shutDown',
  criticalPods: 'shutDown',
  byPodPriority: 'shutDown',
  taints: 'taint',
  labels: 'label',
  ignoreDaemonSets: 'drain',
  deleteEmptyDirData: 'drain',
  force: 'drain',
  timeout: 'drain',
}

/** Seconds: the API knows no finer grace. */
const gracePeriod = v.pipe(
  v.lazy(input =>
    typeof input === 'number'
      ? v.pipe(
          whole('seconds', 0, 315_360_000),
          v.transform(seconds => seconds * 1000),
        )
      : duration,
  ),
  v.check(
    ms => typeof ms === 'number' && ms % 1000 === 0,
    'expected whole seconds, the API knows no finer grace period',
  ),
)

const taintWord = v.pipe(
  text('a taint'),
  v.check(
    word => readTaintWord(word) !== undefined,
    issue => `expected key=value:NoExecute, or key- to take it away, got ${quote(issue.input)}`,
  ),
)
const taints = v.pipe(
  v.lazy(input =>
    Array.isArray(input)
      ? v.pipe(v.array(taintWord), v.minLength(1, 'expected a taint at least, got none'))
      : v.pipe(
          taintWord,
          v.transform(word => [word]),
        ),
  ),
  v.transform(words => words as readonly string[]),
)
const labels = v.pipe(
  v.custom<Record<string, unknown>>(isMapping, issue => `expected labels as a mapping, got ${quote(issue.input)}`),
  v.record(
    v.string(),
    v.nullable(v.string(issue => `expected a label's value, or null to take it away, got ${quote(issue.input)}`)),
  ),
)

/** Seconds: a kubelet's configuration knows no finer grace of a shutdown. */
const wholeDuration = v.pipe(
  duration,
  v.check(ms => typeof ms === 'number' && ms % 1000 === 0, 'expected whole seconds, a shutdown knows no finer grace'),
)
const byPodPriority = v.pipe(
  listOf(
    'a list of priorities',
    fields('a priority', { priority: whole('a priority', -2_147_483_648, 2_147_483_647), grace: wholeDuration }),
  ),
  v.minLength(1, 'expected a priority at least, got none'),
  v.transform(list => list.map(({ priority, grace }) => ({ priority, seconds: grace / 1000 }))),
)
const amountLeft = v.pipe(
  v.union([v.string(), v.number()], issue => `expected a quantity or a share such as 5%, got ${quote(issue.input)}`),
  v.transform(String),
  v.check(isAmount, issue => `expected a quantity or a share such as 5%, got ${quote(issue.input)}`),
)

const yesOrNo = v.boolean(issue => `expected true or false, got ${quote(issue.input)}`)

const stepFields = fields('a step', {
  at: v.optional(duration),
  isLast: v.optional(v.literal(true, issue => `expected true, got ${quote(issue.input)}`)),
  when: v.optional(occurrenceSchema),
  after: v.optional(duration),
  delete: v.optional(subject),
  gracePeriod: v.optional(gracePeriod),
  evict: v.optional(pod),
  patch: v.optional(subject),
  type: v.optional(oneOf(['strategic', 'merge', 'json'])),
  with: v.optional(
    v.custom<object>(
      input => typeof input === 'object' && input !== null,
      issue => `expected the patch as a mapping or a list, got ${quote(issue.input)}`,
    ),
  ),
  subresource: v.optional(oneOf(['status'])),
  setImage: v.optional(pod),
  container: v.optional(text("a container's name")),
  image: v.optional(text('the name of an image')),
  scale: v.optional(pod),
  replicas: v.optional(whole('a number of replicas', 0, MOST_REPLICAS)),
  rolloutRestart: v.optional(pod),
  rolloutUndo: v.optional(pod),
  toRevision: v.optional(whole('a revision', 1, MOST_REVISION)),
  rolloutPause: v.optional(pod),
  rolloutResume: v.optional(pod),
  applyFile: v.optional(text('the path of a file')),
  apply: v.optional(v.custom<object>(isMapping, issue => `expected a manifest, got ${quote(issue.input)}`)),
  request: v.optional(requestSchema),
  restartKubelet: v.optional(node),
  cordon: v.optional(node),
  uncordon: v.optional(node),
  killKubelet: v.optional(node),
  startKubelet: v.optional(node),
  cutNetwork: v.optional(node),
  restoreNetwork: v.optional(node),
  reboot: v.optional(node),
  downFor: v.optional(duration),
  taint: v.optional(node),
  taints: v.optional(taints),
  label: v.optional(node),
  labels: v.optional(labels),
  drain: v.optional(node),
  ignoreDaemonSets: v.optional(yesOrNo),
  deleteEmptyDirData: v.optional(yesOrNo),
  force: v.optional(yesOrNo),
  timeout: v.optional(duration),
  exhaust: v.optional(node),
  relieve: v.optional(node),
  resource: v.optional(oneOf(['memory', 'nodefs', 'pid'])),
  left: v.optional(amountLeft),
  shutDown: v.optional(node),
  grace: v.optional(wholeDuration),
  criticalPods: v.optional(wholeDuration),
  byPodPriority: v.optional(byPodPriority),
})

const stepLine = parsed(each => parseStep(each))

type Said = v.InferOutput<typeof stepFields>

/** A moment, one action, and what belongs to it. */
const structured = v.pipe(
  stepFields,
  v.rawTransform(({ dataset, addIssue, NEVER }): StatedStep => {
    const said = dataset.value
    const mistake = momentMistake(said) ?? actionMistake(said)
    if (mistake === undefined) return { ...momentOf(said), ...actionOf(said) }
    addIssue({ message: mistake })
    return NEVER
  }),
)

/** `- 60s: scale deployment/web 5`: YAML reads a mapping of one field. */
const lineIn = (input: unknown): string | undefined => {
  if (!isMapping(input)) return undefined
  const [[moment, command] = [], ...others] = Object.entries(input)
  const isLine = others.length === 0 && moment !== undefined && tryParseDuration(moment) !== undefined
  return isLine && typeof command === 'string' ? `${moment}: ${command}` : undefined
}

/** An entry of `steps`: a line in kubectl's words, or fields. */
export const stepSchema: v.GenericSchema<unknown, StatedStep> = v.lazy(input => {
  const line = lineIn(input)
  if (line !== undefined)
    return v.pipe(
      v.any(),
      v.transform(() => line),
      stepLine,
    ) as v.GenericSchema<unknown, StatedStep>
  return (typeof input === 'string' ? stepLine : structured) as v.GenericSchema<unknown, StatedStep>
})

function momentMistake({ at, isLast, when, after }: Said): string | undefined {
  if (at !== undefined && when !== undefined) return 'expected one of at and when, got both'
  if (at === undefined && when === undefined) {
    return after === undefined
      ? 'a step needs the field "at", or "when": the moment it is done'
      : 'the field "after" counts from "when", which is missing'
  }
  if (isLast !== undefined && at === undefined) return 'the field "isLast" belongs to at, not to when'
  return after === undefined || when !== undefined ? undefined : 'the field "after" belongs to when, not to at'
}

function actionMistake(said: Said): string | undefined {
  const actions = actionsOf(said)
  if (actions.length !== 1) {
    return `a step does one of ${STEP_ACTIONS.join(', ')}; got ${actions.length === 0 ? 'none' : actions.join(' and ')}`
  }
  const [action] = actions
  if (said.gracePeriod !== undefined && action !== 'delete' && action !== 'drain')
    return `the field "gracePeriod" belongs to delete, not to ${action}`
  const stray = Object.keys(said).find(field => field in OWNER && !ownersOf(field).includes(action))
  if (stray !== undefined)
    return `the field ${JSON.stringify(stray)} belongs to ${ownersOf(stray).join(' and ')}, not to ${action}`
  if ((action === 'exhaust' || action === 'relieve') && said.resource === undefined)
    return `${action} needs the field "resource": memory, nodefs or pid`
  if (action === 'shutDown') return shutdownMistake(shutdownOf(said))
  if (action === 'patch') return said.with === undefined ? 'a patch needs the field "with": what to change' : undefined
  if (action === 'taint') return said.taints === undefined ? 'a taint step needs the field "taints"' : undefined
  if (action === 'label') return said.labels === undefined ? 'a label step needs the field "labels"' : undefined
  if (action === 'scale') return said.replicas === undefined ? 'a scale step needs the field "replicas"' : undefined
  if (action !== 'setImage') return undefined
  const missing = (['container', 'image'] as const).find(field => said[field] === undefined)
  return missing === undefined ? undefined : `setImage needs the field "${missing}"`
}

const ownersOf = (field: string): readonly Action[] => [OWNER[field]].flat()

const shutdownOf = ({ grace, criticalPods, byPodPriority, downFor }: Said): StatedShutdown =>
  definedOnly({ grace, criticalPods, byPodPriority, downFor })

const actionsOf = (said: Said): StepAction['action'][] => STEP_ACTIONS.filter(action => said[action] !== undefined)

const momentOf = ({ at, isLast, when, after }: Said): StepMoment =>
  when === undefined
    ? { at: at!, ...(isLast === undefined ? {} : { isLast }) }
    : { when, ...(after === undefined ? {} : { after }) }

function actionOf(said: Said): StepAction {
  const [action] = actionsOf(said)
  switch (action) {
    case 'delete': {
      return { action, subject: said.delete!, ...graceOf(said) }
    }
    case 'patch': {
      const { subresource } = said
      const patchType = said.type ?? (Array.isArray(said.with) ? 'json' : 'strategic')
      const part = subresource === undefined ? {} : { subresource }
      return { action, subject: said.patch!, patchType, patch: said.with, ...part }
    }
    case 'setImage':
      return { action, subject: said.setImage!, container: said.container!, image: said.image! }
    case 'apply':
      return { action, object: said.apply! }
    case 'applyFile':
      return { action, path: said.applyFile! }
    case 'scale':
      return { action, subject: said.scale!, replicas: said.replicas! }
    case 'rolloutUndo':
      return { action, subject: said.rolloutUndo!, ...definedOnly({ toRevision: said.toRevision }) }
    case 'reboot':
      return { action, subject: said.reboot!, downFor: said.downFor ?? DEFAULT_REBOOT }
    case 'drain': {
      const { ignoreDaemonSets, deleteEmptyDirData, force, timeout } = said
      // kubectl: no time means that it never gives up.
      const flags = { ignoreDaemonSets, deleteEmptyDirData, force, ...graceOf(said), timeout: timeout || undefined }
      return { action, subject: said.drain!, ...definedOnly(flags) }
    }
    case 'exhaust':
      return { action, subject: said.exhaust!, resource: said.resource!, ...definedOnly({ left: said.left }) }
    case 'relieve':
      return { action, subject: said.relieve!, resource: said.resource! }
    case 'shutDown':
      return { action, subject: said.shutDown!, ...shutdownOf(said) }
    case 'taint':
      return { action, subject: said.taint!, taints: said.taints! }
    case 'label':
      return { action, subject: said.label!, labels: said.labels! }
    case 'request':
      return { action, request: said.request! }
    default:
      return { action, subject: said[action]! }
  }
}

const graceOf = ({ gracePeriod }: Said): { readonly gracePeriodSeconds?: number } =>
  typeof gracePeriod === 'number' ? { gracePeriodSeconds: gracePeriod / 1000 } : {}

/** Without the fields that nobody said. */
const definedOnly = <Fields extends object>(fields: Fields): Partial<Fields> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<Fields>
