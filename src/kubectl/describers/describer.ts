import { type ApiObject, controllerOf, type Pod } from '../../model/index.js'
import type { Milliseconds } from '../../time/index.js'
import type { StoreView } from '../../trace/index.js'
import { describeAnnotations, pairs } from '../describe-parts.js'
import type { DescribeText } from '../describe-text.js'

/** What a describer has at hand. */
export interface DescribeContext {
  readonly text: DescribeText
  /** The store at the instant of the description: for pods, ReplicaSets and the like that belong to the object. */
  readonly view: StoreView
  readonly now: Milliseconds
}

/** Describes an object up to its Events. */
export type Describer = (object: ApiObject, context: DescribeContext) => void

/** Makes a describer of one that knows its kind. */
export const describer =
  <Described extends ApiObject>(describe: (object: Described, context: DescribeContext) => void): Describer =>
  (object, context) =>
    describe(object as Described, context)

/** Name and namespace. */
export function describeName({ metadata }: ApiObject, text: DescribeText): void {
  text.field(0, 'Name', metadata.name ?? '')
  if (metadata.namespace !== undefined) text.field(0, 'Namespace', metadata.namespace)
}

/** Labels and annotations. */
export function describeMaps({ metadata }: ApiObject, text: DescribeText): void {
  text.list(0, 'Labels', pairs(metadata.labels))
  describeAnnotations(metadata.annotations ?? {}, text)
}

/** The pods of the store, those of a controller counted by phase in one line. */
export function describePodsStatus({ metadata }: ApiObject, { view, text }: DescribeContext): void {
  const pods = (view.list('Pod') as readonly Pod[]).filter(pod => controllerOf(pod.metadata)?.uid === metadata.uid)
  const count = (phase: string): number => pods.filter(({ status }) => status?.phase === phase).length
  const [running, waiting, succeeded, failed] = ['Running', 'Pending', 'Succeeded', 'Failed'].map(count)
  text.field(0, 'Pods Status', `${running} Running / ${waiting} Waiting / ${succeeded} Succeeded / ${failed} Failed`)
}

/** `Deployment/web`, where a controller owns the object. */
export function describeController({ metadata }: ApiObject, text: DescribeText): void {
  const owner = controllerOf(metadata)
  if (owner !== undefined) text.field(0, 'Controlled By', `${owner.kind}/${owner.name}`)
}
