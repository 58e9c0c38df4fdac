import type { HorizontalPodAutoscalerSpec, HpaScalingRules } from '../../../model/index.js'

/** A recommendation or a change of size in the past; whole seconds. */
export interface Dated {
  readonly seconds: number
  /** The size that was recommended, or by how much it was changed: negative downwards. */
  readonly count: number
}

/** What an autoscaler remembers. */
export interface ScalingHistory {
  readonly recommendations: readonly Dated[]
  readonly changes: readonly Dated[]
}

/** A condition without its time. */
export interface HpaCondition {
  readonly type: 'AbleToScale' | 'ScalingActive' | 'ScalingLimited'
  readonly status: 'True' | 'False'
  readonly reason: string
  readonly message: string
}

/** A size within bounds, and what is said of it. */
export interface Normalized {
  readonly size: number
  readonly conditions: readonly HpaCondition[]
}

/** How long the highest recommendation counts on the way down, unless a behaviour says otherwise. */
export const DOWN_WINDOW_SECONDS = 300
const UP: Required<HpaScalingRules> = {
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  policies: [
    { type: 'Pods', value: 4, periodSeconds: 15 },
    { type: 'Percent', value: 100, periodSeconds: 15 },
  ],
}
const DOWN: Required<HpaScalingRules> = {
  stabilizationWindowSeconds: DOWN_WINDOW_SECONDS,
  selectPolicy: 'Max',
  policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
}

/**
 * Brings a wished size within the autoscaler's bounds: what was recommended of late, how fast the size may change, and its range.
 *
 * controllers: pkg/controller/podautoscaler/horizontal.go normalizeDesiredReplicas and …WithBehaviors, v1.32 (H-3).
 */
export function normalize(
  spec: HorizontalPodAutoscalerSpec,
  wished: number,
  current: number,
  history: ScalingHistory,
  now: number,
): Normalized {
  const up = { ...UP, ...spec.behavior?.scaleUp }
  const down = { ...DOWN, ...spec.behavior?.scaleDown }
  const windows = [up.stabilizationWindowSeconds, down.stabilizationWindowSeconds] as const
  // Without a behaviour the highest recommendation counts even where it is above the current size.
  const from = spec.behavior === undefined ? Number.POSITIVE_INFINITY : current
  const stable = stabilized(wished, from, history.recommendations, now, windows)
  const limits =
    spec.behavior === undefined
      ? { most: Math.max(2 * current, LEAST_UP_LIMIT), least: 0 }
      : { most: upLimit(current, history.changes, up, now), least: downLimit(current, history.changes, down, now) }
  const { size, limited } = bounded(stable.size, current, spec, limits)
  return { size, conditions: [stable.condition, limited] }
}

/** Without a behaviour a size at least doubles, or becomes this. */
const LEAST_UP_LIMIT = 4

/** Upwards the least, downwards the most that was recommended within the direction's window. */
function stabilized(
  wished: number,
  current: number,
  recommendations: readonly Dated[],
  now: number,
  [upWindow, downWindow]: readonly [number, number],
): { readonly size: number; readonly condition: HpaCondition } {
  const within = (window: number): number[] =>
    recommendations.filter(({ seconds }) => seconds > now - window).map(({ count }) => count)
  const least = Math.min(wished, ...within(upWindow))
  const most = Math.max(wished, ...within(downWindow))
  const size = Math.min(Math.max(current, least), most)
  if (size === wished) return { size, condition: able('ReadyForNewScale', 'recommended size matches current size') }
  const condition =
    wished > current
      ? able('ScaleUpStabilized', stableText('lower', 'lowest'))
      : able('ScaleDownStabilized', stableText('higher', 'highest'))
  return { size, condition }
}

const stableText = (than: string, which: string): string =>
  `recent recommendations were ${than} than current one, applying the ${which} recent recommendation`

/** The condition AbleToScale while it is True. */
export const able = (reason: string, message: string): HpaCondition => ({
  type: 'AbleToScale',
  status: 'True',
  reason,
  message,
})

function upLimit(current: number, changes: readonly Dated[], rules: Required<HpaScalingRules>, now: number): number {
  if (rules.selectPolicy === 'Disabled') return current
  const proposals = rules.policies.map(({ type, value, periodSeconds }) => {
    const start = current - changed(changes, periodSeconds, now)
    return type === 'Pods' ? start + value : Math.ceil(start * (1 + value / 100))
  })
  const limit = rules.selectPolicy === 'Min' ? Math.min(...proposals) : Math.max(...proposals)
  return Math.max(limit, current)
}

function downLimit(current: number, changes: readonly Dated[], rules: Required<HpaScalingRules>, now: number): number {
  if (rules.selectPolicy === 'Disabled') return current
  const proposals = rules.policies.map(({ type, value, periodSeconds }) => {
    const start = current - changed(changes, periodSeconds, now)
    return type === 'Pods' ? start - value : Math.trunc(start * (1 - value / 100))
  })
  const limit = rules.selectPolicy === 'Min' ? Math.max(...proposals) : Math.min(...proposals)
  return Math.min(limit, current)
}

/** By how much the size was changed within a period. */
const changed = (changes: readonly Dated[], periodSeconds: number, now: number): number =>
  changes.filter(({ seconds }) => seconds > now - periodSeconds).reduce((sum, { count }) => sum + count, 0)

function bounded(
  wished: number,
  current: number,
  { minReplicas = 1, maxReplicas }: HorizontalPodAutoscalerSpec,
  { most, least }: { readonly most: number; readonly least: number },
): { readonly size: number; readonly limited: HpaCondition } {
  const isUp = wished > current
  if (isUp && most < maxReplicas && wished > most)
    return {
      size: most,
      limited: limited('ScaleUpLimit', 'the desired replica count is increasing faster than the maximum scale rate'),
    }
  if (!isUp && least > minReplicas && wished < least)
    return {
      size: least,
      limited: limited('ScaleDownLimit', 'the desired replica count is decreasing faster than the maximum scale rate'),
    }
  if (wished > maxReplicas)
    return {
      size: maxReplicas,
      limited: limited('TooManyReplicas', 'the desired replica count is more than the maximum replica count'),
    }
  if (wished < minReplicas)
    return {
      size: minReplicas,
      limited: limited('TooFewReplicas', 'the desired replica count is less than the minimum replica count'),
    }
  const message = 'the desired count is within the acceptable range'
  return { size: wished, limited: { ...limited('DesiredWithinRange', message), status: 'False' } }
}

const limited = (reason: string, message: string): HpaCondition => ({
  type: 'ScalingLimited',
  status: 'True',
  reason,
  message,
})
