import type {
  HookBehaviour,
  ProbeBehaviour,
  ProcessBehaviour,
  ResourceUse,
  ServeBehaviour,
  Usage,
} from './behaviour.js'
import {
  type StatedBehaviour,
  type StatedImage,
  type StatedProcess,
  type StatedSandbox,
  startErrorText,
} from './behaviour-rule.js'
import { formatTarget } from './behaviour-target.js'
import { durationText } from './duration-text.js'
import type { StatedRule } from './scenario-document.js'
import { serviceText } from './serve-text.js'
import { amountText } from './usage-text.js'

type Mapping = Readonly<Record<string, unknown>>

/** A rule as the fields of a Scenario file, for what is too long or too unusual for one line. */
export function structuredRule({ target, behaviour }: StatedRule): Mapping {
  const { labels, container, revision, ...rest } = target
  const beside = revision === undefined ? {} : { revision }
  if (labels !== undefined)
    return { for: labels, ...(container === undefined ? {} : { container }), ...beside, ...fieldsOf(behaviour) }
  const isOfAll = container === undefined && Object.values(rest).every(each => each === undefined)
  const isOfImages = Object.keys(behaviour).every(field => field === 'images')
  const whom = isOfAll && isOfImages ? {} : { for: formatTarget({ ...target, revision: undefined }) }
  return { ...whom, ...beside, ...fieldsOf(behaviour) }
}

function fieldsOf(behaviour: StatedBehaviour): Mapping {
  const { runs, onTerm, liveness, readiness, startup, postStart, preStop, serves, uses, images, sandbox } = behaviour
  return {
    ...(runs === undefined ? {} : { runs: runs.map(startFields) }),
    ...(onTerm === undefined ? {} : { onTerm: termFields(onTerm) }),
    ...probeFields({ liveness, readiness, startup }),
    ...(postStart === undefined ? {} : { postStart: hookFields(postStart) }),
    ...(preStop === undefined ? {} : { preStop: hookFields(preStop) }),
    ...(serves === undefined ? {} : { serves: serveFields(serves) }),
    ...(uses === undefined ? {} : { uses: usesFields(uses) }),
    ...(images === undefined ? {} : { images: mapValues(images, imageFields) }),
    ...(sandbox === undefined ? {} : { sandbox: sandboxFields(sandbox) }),
  }
}

function startFields(start: StatedProcess): Mapping {
  const { exitAfter, exitCode, isOomKilled, startError, onTerm, waitsFor } = start
  const term = onTerm === undefined ? {} : { onTerm: termFields(onTerm) }
  if (waitsFor !== undefined) {
    const { service, period } = waitsFor
    return { waitsFor: { service: serviceText(service), every: durationText(period) }, ...term }
  }
  if (startError !== null) return { failsToStart: startError === startErrorText ? null : startError, ...term }
  if (exitAfter === null) return { runs: null, ...term }
  const after = { after: durationText(exitAfter) }
  return { ...(isOomKilled ? { isOOMKilled: after } : { exits: { code: exitCode, ...after } }), ...term }
}

function serveFields({
  latency,
  listensAfter,
  keepsListening,
  dropsInFlightOnExit,
  hangsAfter,
}: ServeBehaviour): Mapping {
  return {
    latency: durationText(latency),
    ...(listensAfter === 0 ? {} : { listensAfter: durationText(listensAfter) }),
    ...(keepsListening ? { keepsListening } : {}),
    ...(dropsInFlightOnExit ? { dropsInFlightOnExit } : {}),
    ...(hangsAfter === null ? {} : { hangsAfter: durationText(hangsAfter) }),
  }
}

const termFields = (onTerm: ProcessBehaviour['onTerm']): unknown =>
  onTerm === null ? 'ignores' : { exitsAfter: durationText(onTerm.exitAfter), code: onTerm.exitCode }

function probeFields(probes: Readonly<Record<string, readonly ProbeBehaviour[] | undefined>>): Mapping {
  const stated = Object.entries(probes).filter(([, starts]) => starts !== undefined)
  return Object.fromEntries(
    stated.map(([name, starts = []]) => [
      name,
      starts.map(spans => spans.map(({ from, result }) => ({ from: durationText(from), result }))),
    ]),
  )
}

const hookFields = ({ duration, exitCode }: HookBehaviour): Mapping => ({
  takes: durationText(duration),
  ...(exitCode === 0 ? {} : { fails: exitCode }),
})

const usesFields = ({ volumes, ...uses }: ResourceUse): Mapping => ({
  ...mapValues(uses as Readonly<Record<string, Usage>>, usageFields),
  ...(volumes === undefined ? {} : { volumes: mapValues(volumes, usageFields) }),
})

const usageFields = ({ from, perSecond, upTo }: Usage): unknown =>
  perSecond === 0 && upTo === null
    ? amountText(from)
    : {
        from: amountText(from),
        perSecond: amountText(perSecond),
        ...(upTo === null ? {} : { upTo: amountText(upTo) }),
      }

function imageFields({ pullDuration, failures, alwaysFails, isPresent, runsAsRoot }: StatedImage): Mapping {
  const isMissing = alwaysFails === null
  return {
    ...(pullDuration === undefined ? {} : { pullsIn: durationText(pullDuration) }),
    ...(failures === undefined ? {} : { fails: failureFields(failures) }),
    ...(isMissing ? { doesNotExist: true } : alwaysFails === undefined ? {} : { alwaysFails }),
    ...(isPresent === undefined ? {} : { isPresent }),
    ...(runsAsRoot === undefined ? {} : { runsAsRoot }),
  }
}

/** A number where the registry does not answer, every time; the messages otherwise. */
const failureFields = (failures: readonly (string | null)[]): unknown =>
  failures.every(each => each === null) ? failures.length : failures

const sandboxFields = ({ delay, failures, diesAfter }: StatedSandbox): Mapping => ({
  ...(delay === undefined ? {} : { takes: durationText(delay) }),
  ...(failures === undefined ? {} : { fails: failures }),
  ...(diesAfter === undefined ? {} : { diesAfter: diesAfter === null ? null : durationText(diesAfter) }),
})

const mapValues = <From, To>(record: Readonly<Record<string, From>>, map: (each: From) => To): Record<string, To> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]))
