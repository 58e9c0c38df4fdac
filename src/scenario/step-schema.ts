import * as v from 'valibot'
import type { Milliseconds } from '../time/index.js'
import { duration, fields, isMapping, oneOf, quote, text, whole } from './schema-parts.js'

/** What a step does, and to whom; the fields that say so in the file. */
export const STEP_ACTIONS = ['delete', 'evict', 'patch', 'apply', 'restartKubelet', 'cordon', 'uncordon'] as const

/** A step as the Scenario file says it: names are looked up when the plan is built. */
export interface StatedStep {
  readonly at: Milliseconds
  readonly action: (typeof STEP_ACTIONS)[number]
  /** `pod/web`, `deployment/web`, or for the last three the name of a node; empty for `apply`. */
  readonly subject: string
  readonly gracePeriodSeconds?: number | undefined
  readonly patchType: 'strategic' | 'merge' | 'json'
  readonly patch?: unknown
  readonly subresource?: 'status' | undefined
}

const pod = text('a pod or workload such as pod/web')
const node = text('the name of a node')

/** Which action a field belongs to. */
const OWNER: Readonly<Record<string, (typeof STEP_ACTIONS)[number]>> = {
  gracePeriod: 'delete',
  type: 'patch',
  with: 'patch',
  subresource: 'patch',
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

const object = (what: string) => v.custom<unknown>(isMapping, issue => `expected ${what}, got ${quote(issue.input)}`)

/** An entry of `steps`: an instant, one action, and what belongs to it. */
export const stepSchema = v.pipe(
  fields('a step', {
    at: duration,
    delete: v.optional(pod),
    gracePeriod: v.optional(gracePeriod),
    evict: v.optional(pod),
    patch: v.optional(pod),
    type: v.optional(oneOf(['strategic', 'merge', 'json'])),
    with: v.optional(
      v.custom<unknown>(
        input => typeof input === 'object' && input !== null,
        issue => `expected the patch as a mapping or a list, got ${quote(issue.input)}`,
      ),
    ),
    subresource: v.optional(oneOf(['status'])),
    apply: v.optional(object('a manifest')),
    restartKubelet: v.optional(node),
    cordon: v.optional(node),
    uncordon: v.optional(node),
  }),
  v.rawTransform(({ dataset, addIssue, NEVER }): StatedStep => {
    const said = dataset.value
    const actions = STEP_ACTIONS.filter(action => said[action] !== undefined)
    if (actions.length !== 1) {
      const got = actions.length === 0 ? 'none' : actions.join(' and ')
      addIssue({ message: `a step does one of ${STEP_ACTIONS.join(', ')}; got ${got}` })
      return NEVER
    }
    const [action] = actions
    const stray = Object.keys(said).find(field => field in OWNER && OWNER[field] !== action)
    if (stray !== undefined || (action === 'patch' && said.with === undefined)) {
      const message = stray === undefined ? 'a patch needs the field "with": what to change' : strayText(stray, action)
      addIssue({ message })
      return NEVER
    }
    return {
      at: said.at,
      action,
      subject: action === 'apply' ? '' : said[action]!,
      gracePeriodSeconds: typeof said.gracePeriod === 'number' ? said.gracePeriod / 1000 : undefined,
      patchType: said.type ?? (Array.isArray(said.with) ? 'json' : 'strategic'),
      patch: said.with,
      subresource: said.subresource,
    }
  }),
)

const strayText = (field: string, action: string): string =>
  `the field ${JSON.stringify(field)} belongs to ${OWNER[field]}, not to ${action}`
