import type { HorizontalPodAutoscaler } from '../model/index.js'
import type { Law } from './law.js'
import { at, type LawParts } from './law-parts.js'
import { sinceOf } from './owner-laws.js'
import { type OwnerRecord, ownerNamed } from './owner-record.js'

/** Laws of autoscalers. */
export const AUTOSCALER_LAWS: readonly Law[] = [
  {
    name: 'autoscaler-keeps-its-bounds',
    family: 'disruptions',
    sentence: 'An autoscaler asks for no fewer pods than minReplicas and no more than maxReplicas.',
    source: 'pkg/controller/podautoscaler/horizontal.go normalizeDesiredReplicas (H-3)',
  },
  {
    name: 'autoscaler-waits-before-it-shrinks',
    family: 'disruptions',
    sentence:
      'An autoscaler asks for fewer pods than it has let its workload grow to by its metrics within the stabilization window of scaleDown, five minutes unless it says otherwise, only where maxReplicas asks for it.',
    source: 'pkg/controller/podautoscaler/horizontal.go stabilizeRecommendation (H-3)',
  },
]

const DEFAULT_WINDOW_SECONDS = 300
/** Recommendations are dated by whole seconds. */
const MARGIN_MS = 2000

/** Looks at what autoscalers ask for. */
export class AutoscalerLaws {
  readonly #parts: LawParts

  constructor(parts: LawParts) {
    this.#parts = parts
  }

  /** An autoscaler tells a new size. */
  rescaled(owner: OwnerRecord, message: string): void {
    const [, text, reason = ''] = /^New size: (\d+); reason: (.*)$/s.exec(message) ?? []
    const size = Number(text)
    if (Number.isNaN(size)) return
    const all = owner.manifests(sinceOf(this.#parts)) as readonly HorizontalPodAutoscaler[]
    this.#bounds(owner, size, all)
    const isMeasured = !reason.startsWith('Current number of replicas')
    if (isMeasured) this.#window(owner, size, all)
    const { time } = this.#parts.row
    // The size before is not told the first time: it was none that the metrics asked for.
    const before = owner.growths.at(-1)?.size ?? Number.POSITIVE_INFINITY
    owner.growths.push({ size, at: time, isMeasured: isMeasured && size > before })
  }

  #bounds(owner: OwnerRecord, size: number, all: readonly HorizontalPodAutoscaler[]): void {
    if (all.some(({ spec }) => size >= (spec.minReplicas ?? 1) && size <= spec.maxReplicas)) return
    const [{ spec }] = all
    const what = `asks for ${size} pods; it may ask for ${spec.minReplicas ?? 1} to ${spec.maxReplicas}`
    this.#add('autoscaler-keeps-its-bounds', owner, what)
  }

  #window(owner: OwnerRecord, size: number, all: readonly HorizontalPodAutoscaler[]): void {
    if (all.some(({ spec }) => size >= spec.maxReplicas)) return
    const windows = all.map(
      ({ spec }) => spec.behavior?.scaleDown?.stabilizationWindowSeconds ?? DEFAULT_WINDOW_SECONDS,
    )
    const { row, toleranceMs } = this.#parts
    const since = row.time - Math.min(...windows) * 1000 + MARGIN_MS + toleranceMs
    const grown = owner.growths.find(each => each.isMeasured && each.at > since && each.size > size)
    if (grown === undefined) return
    const what = `asks for ${size} pods at ${at(row.time)}, and for ${grown.size} at ${at(grown.at)}`
    this.#add('autoscaler-waits-before-it-shrinks', owner, what)
  }

  #add(law: string, owner: OwnerRecord, what: string): void {
    this.#parts.findings.add(law, owner.symbol, `${ownerNamed(owner)} ${what}`, owner.createdRow)
  }
}
