import * as v from 'valibot'
import {
  DEFAULT_BEHAVIOUR,
  type HookBehaviour,
  type ProbeBehaviour,
  type ProcessBehaviour,
  type ResourceUse,
  type ServeBehaviour,
  type Usage,
  type WaitBehaviour,
} from './behaviour.js'
import type {
  BehaviourRule,
  BehaviourTarget,
  StatedBehaviour,
  StatedImage,
  StatedProcess,
  StatedSandbox,
} from './behaviour-rule.js'
import { sandboxErrorText, startErrorText } from './behaviour-rule.js'
import { parseTarget } from './behaviour-target.js'
import { parseBehaviourRule, parsePart } from './behaviour-text.js'
import { readHook, readOnTerm, readSandbox, readStart } from './clause-readers.js'
import { readImage } from './image-text.js'
import { normalSpans, readProbe } from './probe-text.js'
import {
  duration,
  fields,
  flag,
  isMapping,
  listOf,
  oneOf,
  parsed,
  quote,
  text,
  whole,
  words,
  wordsOr,
} from './schema-parts.js'
import { readServes, readServiceName } from './serve-text.js'
import { amountOf } from './usage-text.js'

type Schema<Output> = v.GenericSchema<unknown, Output>

const exitCode = whole('an exit code', 0, 255)
const failureCode = whole('an exit code other than 0', 1, 255)

const onTerm: Schema<ProcessBehaviour['onTerm']> = v.lazy(input => {
  if (input === 'ignores')
    return v.pipe(
      v.unknown(),
      v.transform((): ProcessBehaviour['onTerm'] => null),
    )
  if (typeof input === 'string') return words(readOnTerm) as Schema<ProcessBehaviour['onTerm']>
  return v.pipe(
    fields('onTerm', { exitsAfter: duration, code: v.optional(exitCode) }),
    v.transform(({ exitsAfter, code = 0 }) => ({ exitAfter: exitsAfter, exitCode: code })),
  ) as Schema<ProcessBehaviour['onTerm']>
})

const STILL = { exitAfter: null, exitCode: 0, isOomKilled: false, startError: null } as const

const after = v.lazy(input =>
  input === null || input === undefined ? v.null() : fields('it', { after: v.optional(duration) }),
) as Schema<{ after?: number } | null>

const service = parsed(input => parsePart(input, undefined, readServiceName))

/** `service/db`, or with how often it is looked for. */
const wait: Schema<WaitBehaviour> = v.lazy(input =>
  isMapping(input)
    ? (v.pipe(
        fields('waitsFor', { service, every: v.optional(duration) }),
        v.transform(({ service: name, every }) => ({ service: name, period: every ?? DEFAULT_BEHAVIOUR.waitPeriod })),
      ) as unknown as Schema<WaitBehaviour>)
    : (v.pipe(
        service,
        v.transform(name => ({ service: name, period: DEFAULT_BEHAVIOUR.waitPeriod })),
      ) as unknown as Schema<WaitBehaviour>),
)

const serves: Schema<ServeBehaviour> = wordsOr(
  readServes,
  v.pipe(
    fields('serves', {
      latency: v.optional(duration),
      listensAfter: v.optional(duration),
      keepsListening: v.optional(flag),
      dropsInFlightOnExit: v.optional(flag),
      hangsAfter: v.optional(duration),
    }),
    v.transform((said): ServeBehaviour => {
      const stated = Object.entries(said).filter(([, value]) => value !== undefined)
      return { ...DEFAULT_BEHAVIOUR.serves, ...Object.fromEntries(stated) }
    }),
  ) as Schema<ServeBehaviour>,
)

/** One start: exactly one of its words, and what SIGTERM does. */
const start: Schema<StatedProcess> = wordsOr(
  readStart,
  v.pipe(
    fields('a start', {
      runs: v.optional(v.unknown()),
      exits: v.optional(fields('exits', { code: exitCode, after: v.optional(duration) })),
      crashes: v.optional(after),
      isOOMKilled: v.optional(after),
      failsToStart: v.optional(v.nullable(text('a message'))),
      waitsFor: v.optional(wait),
      onTerm: v.optional(onTerm),
    }),
    v.check(
      said => Object.keys(said).filter(key => key !== 'onTerm').length <= 1,
      'expected one of runs, exits, crashes, isOOMKilled, failsToStart, waitsFor, got several',
    ),
    v.transform((said): StatedProcess => {
      const term = said.onTerm === undefined ? {} : { onTerm: said.onTerm }
      if (said.exits !== undefined) {
        return { ...STILL, exitCode: said.exits.code, exitAfter: said.exits.after ?? 0, ...term }
      }
      if (said.crashes !== undefined) return { ...STILL, exitCode: 1, exitAfter: said.crashes?.after ?? 0, ...term }
      if (said.isOOMKilled !== undefined) {
        return { ...STILL, exitCode: 137, isOomKilled: true, exitAfter: said.isOOMKilled?.after ?? 0, ...term }
      }
      if (said.failsToStart !== undefined) return { ...STILL, startError: said.failsToStart ?? startErrorText, ...term }
      if (said.waitsFor !== undefined) return { ...STILL, waitsFor: said.waitsFor, ...term }
      return { ...STILL, ...term }
    }),
  ) as Schema<StatedProcess>,
)

const span = fields('an answer', { from: duration, result: oneOf(['success', 'failure', 'hang']) })
const spans = v.pipe(
  listOf('a list of answers', span),
  v.transform(each => normalSpans(each)),
)

/** Words; or the answers of every start; or a list of answers for each start. */
const probe: Schema<readonly ProbeBehaviour[]> = v.lazy(input => {
  if (typeof input === 'string') return words(readProbe) as Schema<readonly ProbeBehaviour[]>
  if (Array.isArray(input) && input.length > 0 && input.every(Array.isArray)) {
    return listOf('a list of answers for each start', spans) as unknown as Schema<readonly ProbeBehaviour[]>
  }
  return v.pipe(
    spans,
    v.transform(each => [each]),
  ) as unknown as Schema<readonly ProbeBehaviour[]>
})

const hook: Schema<HookBehaviour> = wordsOr(
  readHook,
  v.pipe(
    fields('a hook', { takes: v.optional(duration), fails: v.optional(failureCode) }),
    v.transform(({ takes, fails }) => ({ duration: takes ?? DEFAULT_BEHAVIOUR.hook.duration, exitCode: fails ?? 0 })),
  ) as Schema<HookBehaviour>,
)

const messages = v.lazy(input =>
  typeof input === 'number'
    ? v.pipe(
        whole('how many times', 0, 1000),
        v.transform((times): (string | null)[] => new Array<null>(times).fill(null)),
      )
    : listOf('a number of times or a list of messages', v.nullable(text('a message'))),
) as Schema<(string | null)[]>

const image: Schema<StatedImage> = wordsOr(
  reader => readImage(reader, {}),
  v.pipe(
    fields('an image', {
      pullsIn: v.optional(duration),
      fails: v.optional(messages),
      alwaysFails: v.optional(text('a message')),
      isPresent: v.optional(flag),
      doesNotExist: v.optional(flag),
      runsAsRoot: v.optional(flag),
    }),
    v.transform(({ pullsIn, fails, alwaysFails, isPresent, doesNotExist, runsAsRoot }): StatedImage => {
      return {
        ...(pullsIn === undefined ? {} : { pullDuration: pullsIn }),
        ...(fails === undefined ? {} : { failures: fails }),
        ...(alwaysFails === undefined ? {} : { alwaysFails }),
        ...(isPresent === undefined ? {} : { isPresent }),
        ...(doesNotExist === true ? { alwaysFails: null } : {}),
        ...(runsAsRoot === undefined ? {} : { runsAsRoot }),
      }
    }),
  ) as Schema<StatedImage>,
)

const sandbox: Schema<StatedSandbox> = wordsOr(
  reader => readSandbox(reader, {}),
  v.pipe(
    fields('a sandbox', {
      takes: v.optional(duration),
      fails: v.optional(messages),
      diesAfter: v.optional(v.nullable(duration)),
    }),
    v.transform(({ takes, fails, diesAfter }): StatedSandbox => {
      return {
        ...(takes === undefined ? {} : { delay: takes }),
        ...(fails === undefined ? {} : { failures: fails.map(each => each ?? sandboxErrorText) }),
        ...(diesAfter === undefined ? {} : { diesAfter }),
      }
    }),
  ) as Schema<StatedSandbox>,
)

const amount: Schema<number> = v.pipe(
  v.union([v.string(), v.number()], issue => `expected an amount such as 50Mi, got ${quote(issue.input)}`),
  v.transform(input => amountOf(String(input))),
  v.number('expected an amount such as 50Mi or 20, in whole bytes or processes'),
) as Schema<number>

/** An amount, or how it grows. */
const usage: Schema<Usage> = v.lazy(input =>
  isMapping(input)
    ? (v.pipe(
        fields('a usage', { from: v.optional(amount), perSecond: v.optional(amount), upTo: v.optional(amount) }),
        v.transform(({ from = 0, perSecond = 0, upTo = null }): Usage => ({ from, perSecond, upTo })),
      ) as Schema<Usage>)
    : (v.pipe(
        amount,
        v.transform((from): Usage => ({ from, perSecond: 0, upTo: null })),
      ) as Schema<Usage>),
)

const uses: Schema<ResourceUse> = fields('uses', {
  memory: v.optional(usage),
  ephemeralStorage: v.optional(usage),
  processes: v.optional(usage),
  volumes: v.optional(v.record(v.string(), usage)),
}) as Schema<ResourceUse>

const labels = v.record(
  v.string(),
  v.pipe(
    v.union([v.string(), v.number(), v.boolean()], issue => `expected a label's value, got ${quote(issue.input)}`),
    v.transform(String),
  ),
)

/** `deployment/web`, or the labels of the pods. */
const target: Schema<BehaviourTarget> = v.lazy(input =>
  isMapping(input)
    ? (v.pipe(
        labels,
        v.transform((each): BehaviourTarget => ({ labels: each })),
      ) as unknown as Schema<BehaviourTarget>)
    : (parsed(each => parseTarget(each)) as Schema<BehaviourTarget>),
)

/** `for: web` beside `container: app` is a pod's or workload's name; alone it is a container's. */
const isOneWord = (whom: BehaviourTarget): boolean =>
  whom.container !== undefined && whom.name === undefined && whom.labels === undefined

const behaviourFields = {
  for: v.optional(target),
  container: v.optional(text("a container's name")),
  revision: v.optional(whole('a revision', 1, 1_000_000)),
  runs: v.optional(
    v.lazy(input =>
      Array.isArray(input)
        ? v.pipe(listOf('a list of starts', start), v.minLength(1, 'expected at least one start, got none'))
        : v.pipe(
            start,
            v.transform(each => [each]),
          ),
    ) as unknown as Schema<StatedProcess[]>,
  ),
  onTerm: v.optional(onTerm),
  liveness: v.optional(probe),
  readiness: v.optional(probe),
  startup: v.optional(probe),
  postStart: v.optional(hook),
  preStop: v.optional(hook),
  serves: v.optional(serves),
  uses: v.optional(uses),
  images: v.optional(v.record(v.string(), image)),
  sandbox: v.optional(sandbox),
}

const structured = v.pipe(
  fields('a behaviour', behaviourFields),
  v.check(
    ({ for: whom, container }) => container === undefined || whom?.container === undefined || isOneWord(whom),
    'expected the container once, got it in "for" and in "container"',
  ),
  v.check(
    said => said.for !== undefined || said.container !== undefined || Object.keys(said).every(key => key === 'images'),
    'a behaviour needs the field "for" or "container": whose it is',
  ),
  v.transform(({ for: whom = {}, container, revision, ...behaviour }): BehaviourRule => {
    const named = container === undefined ? whom : { ...(isOneWord(whom) ? { name: whom.container } : whom), container }
    return {
      target: revision === undefined ? named : { ...named, revision },
      behaviour: behaviour as StatedBehaviour,
    }
  }),
)

/** A rule of one line without quotes is a mapping to YAML: `- web/app: exits 1 after 5s`. */
function ruleOf(input: unknown): string | undefined {
  if (typeof input === 'string') return input
  const entries = isMapping(input) ? Object.entries(input) : []
  if (entries.length !== 1) return undefined
  const [[key, value]] = entries
  return key in behaviourFields || typeof value !== 'string' ? undefined : `${key}: ${value}`
}

/** An entry of `behaviours`: a rule of one line, or its fields. */
export const behaviourSchema: Schema<BehaviourRule> = v.lazy(input => {
  const rule = ruleOf(input)
  if (rule === undefined) return structured as unknown as Schema<BehaviourRule>
  return v.pipe(
    v.unknown(),
    v.transform(() => rule),
    parsed(each => parseBehaviourRule(each)),
  ) as unknown as Schema<BehaviourRule>
})
