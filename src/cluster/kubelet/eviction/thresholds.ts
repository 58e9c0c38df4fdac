import { type KubeletConfiguration, quantityOfNanos, readQuantity, wholeValue } from '../../../model/index.js'
import type { Milliseconds } from '../../../time/index.js'

/** What a node may run short of, as upstream's messages name it. */
export type StarvedResource = 'memory' | 'ephemeral-storage' | 'pids'

/** An amount of a resource that has to stay free. */
export interface Threshold {
  readonly signal: string
  readonly resource: StarvedResource
  /** The node's condition that is True once the threshold is met. */
  readonly pressure: 'MemoryPressure' | 'DiskPressure' | 'PIDPressure'
  /** As configured: a quantity, or a share of the capacity. */
  readonly value: string
  /** How long it has to be met; 0: a hard threshold. */
  readonly graceMs: Milliseconds
}

/**
 * The signals that are observed. Free inodes are not modelled. The allocatable memory is never short before the node's memory is, since
 * nothing is reserved; images and containers are on the node's file system.
 */
const SIGNALS: Readonly<Record<string, Pick<Threshold, 'resource' | 'pressure'>>> = {
  'memory.available': { resource: 'memory', pressure: 'MemoryPressure' },
  'nodefs.available': { resource: 'ephemeral-storage', pressure: 'DiskPressure' },
  'imagefs.available': { resource: 'ephemeral-storage', pressure: 'DiskPressure' },
  'pid.available': { resource: 'pids', pressure: 'PIDPressure' },
}

/**
 * The thresholds of a kubelet's configuration, memory's first; of those of one resource in the order in which they are written, which
 * upstream leaves to chance.
 *
 * kubelet: pkg/kubelet/eviction/helpers.go ParseThresholdConfig, byEvictionPriority, v1.32.
 */
export function thresholdsOf(configuration: KubeletConfiguration): readonly Threshold[] {
  const { evictionHard, evictionSoft, evictionSoftGracePeriodMs } = configuration
  const of = (values: Readonly<Record<string, string>>, graceOf: (signal: string) => Milliseconds): Threshold[] =>
    Object.entries(values).flatMap(([signal, value]) => {
      const known = SIGNALS[signal]
      const isIgnored = known === undefined || value === '0%' || value === '100%'
      return isIgnored ? [] : [{ signal, ...known, value, graceMs: graceOf(signal) }]
    })
  const all = [...of(evictionHard, () => 0), ...of(evictionSoft, signal => evictionSoftGracePeriodMs[signal] ?? 0)]
  return [
    ...all.filter(({ resource }) => resource === 'memory'),
    ...all.filter(({ resource }) => resource !== 'memory'),
  ]
}

/**
 * A threshold's amount, of a capacity: what has to be free.
 *
 * kubelet: pkg/kubelet/eviction/api/types.go GetThresholdQuantity, v1.32: a share is a number of single precision.
 */
export function thresholdAmount(value: string, capacity: number): number {
  if (!value.endsWith('%')) return wholeValue(value)
  return Math.trunc(capacity * Math.fround(Math.fround(Number.parseFloat(value)) / 100))
}

/** A threshold's amount as messages print it. */
export const thresholdText = (value: string, capacity: number): string => {
  const read = value.endsWith('%') ? undefined : readQuantity(value)
  return read !== undefined && 'text' in read ? read.text : bytesText(thresholdAmount(value, capacity))
}

/** An amount as a kubelet's messages print it: `50Mi`, `1234567`. */
export const bytesText = (amount: number): string => quantityOfNanos(BigInt(amount) * 1_000_000_000n, 'BinarySI').text

/** A number of processes as messages print it. */
export const countText = (amount: number): string => quantityOfNanos(BigInt(amount) * 1_000_000_000n, 'DecimalSI').text
