import { PodwrightError } from '../errors/index.js'
import {
  type Clause,
  formatClause,
  formatOccurrence,
  type Occurrence,
  parseClause,
  parseOccurrence,
} from '../expect/index.js'
import { isSameData } from '../model/index.js'
import { parseBehaviourRule } from './behaviour-text.js'
import { formatBehaviourRule } from './describe-behaviour.js'
import { durationText } from './duration-text.js'
import { formatMetric } from './metric-text.js'
import { plainData } from './plain-data.js'
import { requestWords } from './request-words.js'
import type { ScenarioDocument, StatedRule } from './scenario-document.js'
import type { StatedStep } from './stated-step.js'
import { structuredRule } from './structured-behaviour.js'
import { formatTraffic } from './traffic-text.js'

type Mapping = Readonly<Record<string, unknown>>

/** A document's Scenario as the fields of its file, in the order in which people write them. */
export function scenarioFields(document: ScenarioDocument): Mapping {
  const {
    name,
    description,
    kubernetes,
    nodes,
    horizon,
    manifests,
    behaviours,
    steps,
    traffic,
    metrics,
    expect,
    laws,
  } = document
  const metadata = plainData({ name, description })
  return {
    apiVersion: 'podwright.dev/v1',
    kind: 'Scenario',
    ...(Object.keys(metadata).length === 0 ? {} : { metadata }),
    spec: plainData({
      kubernetes,
      manifests: listed(manifests),
      nodes,
      horizon: horizon === undefined ? undefined : durationText(horizon),
      behaviours: listed(behaviours.map(behaviourField)),
      steps: listed(steps.map(stepFields)),
      traffic: traffic?.map(formatTraffic),
      metrics: metrics?.map(formatMetric),
      expect: listed(expect.map(clauseField)),
      laws,
    }),
  }
}

const listed = <Item>(items: readonly Item[]): readonly Item[] | undefined => (items.length === 0 ? undefined : items)

/** One line where it says the same, fields otherwise. */
function behaviourField(rule: StatedRule): unknown {
  const line = formatBehaviourRule(rule)
  const isOnlyOfImages = Object.keys(rule.behaviour).every(field => field === 'images')
  // A rule about images alone needs no target.
  const said = isOnlyOfImages ? line.replace(/^\*: (?=image )/, '') : line
  return isReadAs(plainData(rule), () => parseBehaviourRule(said)) ? said : structuredRule(rule)
}

function stepFields(step: StatedStep): Mapping {
  const { at, isLast, when, after } = step
  const moment =
    when === undefined
      ? { at: durationText(at), isLast }
      : { when: occurrenceField(when), after: after === undefined ? undefined : durationText(after) }
  return { ...moment, ...actionFields(step) }
}

function actionFields(step: StatedStep): Mapping {
  switch (step.action) {
    case 'delete': {
      const { subject, gracePeriodSeconds: grace } = step
      return { delete: subject, gracePeriod: grace === undefined ? undefined : durationText(grace * 1000) }
    }
    case 'patch': {
      const { subject, patchType, patch, subresource } = step
      return { patch: subject, type: patchType, subresource, with: patch }
    }
    case 'setImage':
      return { setImage: step.subject, container: step.container, image: step.image }
    case 'scale':
      return { scale: step.subject, replicas: step.replicas }
    case 'rolloutUndo':
      return { rolloutUndo: step.subject, toRevision: step.toRevision }
    case 'applyFile':
      return { applyFile: step.path }
    case 'apply':
      return { apply: step.object }
    case 'drain': {
      const { subject, ignoreDaemonSets, deleteEmptyDirData, force, gracePeriodSeconds: grace } = step
      const timeout = step.timeout === undefined ? undefined : durationText(step.timeout)
      const gracePeriod = grace === undefined ? undefined : durationText(grace * 1000)
      return { drain: subject, ignoreDaemonSets, deleteEmptyDirData, force, gracePeriod, timeout }
    }
    case 'reboot':
      return { reboot: step.subject, downFor: durationText(step.downFor) }
    case 'exhaust':
      return { exhaust: step.subject, resource: step.resource, left: step.left }
    case 'relieve':
      return { relieve: step.subject, resource: step.resource }
    case 'shutDown': {
      const { subject, grace, criticalPods, byPodPriority, downFor } = step
      const text = (ms: number | undefined): string | undefined => (ms === undefined ? undefined : durationText(ms))
      const groups = byPodPriority?.map(({ priority, seconds }) => ({ priority, grace: durationText(seconds * 1000) }))
      return {
        shutDown: subject,
        grace: text(grace),
        criticalPods: text(criticalPods),
        byPodPriority: groups,
        downFor: text(downFor),
      }
    }
    case 'taint':
      return { taint: step.subject, taints: step.taints }
    case 'label':
      return { label: step.subject, labels: step.labels }
    case 'request':
      return { request: requestWords(step.request) }
    default:
      return { [step.action]: step.subject }
  }
}

/** The line that says the clause, or its data if no line does. */
function clauseField(clause: Clause): unknown {
  const line = formatClause(clause)
  return isReadAs(clause, () => parseClause(line)) ? line : clause
}

function occurrenceField(occurrence: Occurrence): unknown {
  const line = formatOccurrence(occurrence)
  return isReadAs(occurrence, () => parseOccurrence(line)) ? line : occurrence
}

function isReadAs(data: unknown, read: () => unknown): boolean {
  try {
    return isSameData(read(), data)
  } catch (error) {
    if (error instanceof PodwrightError) return false
    throw error
  }
}
