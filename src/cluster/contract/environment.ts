import type { Choices, Kernel } from '../../kernel/index.js'
import type { KubeletConfiguration, Profile } from '../../model/index.js'
import type { Timing } from '../../scenario/index.js'
import type { Milliseconds } from '../../time/index.js'
import type { SymbolTable, TraceRecorder } from '../../trace/index.js'

/** What every component of a run is given: virtual time, choices, the trace, and the plan's settings. */
export interface Environment {
  readonly kernel: Kernel
  readonly trace: TraceRecorder
  readonly symbols: SymbolTable
  choices: Choices
  readonly timing: Timing
  readonly profile: Profile
  readonly kubelet: KubeletConfiguration
}

/** The whole second that the API's clock shows at an instant: metav1.Time is cut to seconds (API-17). */
export const apiSeconds = (environment: Environment, instant: Milliseconds): number =>
  Math.floor((instant + environment.timing.clockOffset) / 1000)
