import type { Volume } from '../model/index.js'
import type { Law } from './law.js'
import type { LawContext } from './law-context.js'
import { type LawParts, podNamed } from './law-parts.js'
import type { PodRecord } from './pod-record.js'

/** Laws of pods that have claims. */
export const STORAGE_LAWS: readonly Law[] = [
  {
    name: 'starts-with-bound-claims',
    family: 'scheduling',
    sentence: 'No pod gets a sandbox before each of the claims that its volumes name has been bound.',
    source:
      'pkg/kubelet/volumemanager/populator/desired_state_of_world_populator.go getPVCExtractPV; volumebinding volume_binding.go (F-9)',
  },
]

/** Looks at the first sandbox of every pod that has claims. */
export class StorageLaws {
  readonly #parts: LawParts
  readonly #context: LawContext
  /** Symbols of the paths of claims that were bound; one that is gone since has served its pods. */
  readonly #bound = new Set<number>()

  constructor(parts: LawParts, context: LawContext) {
    this.#parts = parts
    this.#context = context
  }

  reset(): void {
    if (this.#bound.size > 0) this.#bound.clear()
  }

  /** The row in hand changes an object that is neither a pod nor a workload. */
  changed(): void {
    const { row } = this.#parts
    const object = this.#context.manifest(row.a)?.object
    if (object?.kind === 'PersistentVolumeClaim' && object.status?.phase === 'Bound') this.#bound.add(row.object)
  }

  /** A pod is about to get a sandbox. */
  sandboxCreated(pod: PodRecord): void {
    const { metadata, spec } = pod.facts.object
    if (spec.volumes === undefined || pod.sandboxes > 0) return
    const { namespace = 'default', name = '' } = metadata
    for (const volume of spec.volumes) {
      const claim = claimOf(volume, name)
      if (claim === undefined) continue
      const path = this.#parts.symbols.find(`PersistentVolumeClaim/${namespace}/${claim}`)
      if (path !== undefined && this.#bound.has(path)) continue
      const text = `${podNamed(pod)} gets a sandbox, and its claim ${claim} was never bound`
      this.#parts.findings.add('starts-with-bound-claims', pod.symbol, text, pod.boundRow)
    }
  }
}

const claimOf = ({ name, persistentVolumeClaim, ephemeral }: Volume, pod: string): string | undefined =>
  persistentVolumeClaim?.claimName ?? (ephemeral === undefined ? undefined : `${pod}-${name}`)
