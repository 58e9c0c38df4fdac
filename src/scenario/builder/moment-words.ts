import type { StepMoment } from '../stated-step.js'
import { checkFresh, type FreshName } from './fresh-name.js'
import { PodBuilder } from './pod-builder.js'
import type { BuiltPods } from './pod-handles.js'
import type { ScenarioBuilder, WithPod } from './scenario-builder.js'
import { StepWords, type TakeActions } from './step-words.js'

/** Takes a pod that is created at a moment. */
export type TakePod<Pods extends BuiltPods> = <
  Name extends string,
  Containers extends string,
  Inits extends string,
  Sidecars extends string,
>(
  moment: StepMoment,
  pod: PodBuilder<Containers, Inits, Sidecars>,
) => ScenarioBuilder<WithPod<Pods, Name, Containers, Inits, Sidecars>>

/** An instant that waits for what is done then: an action, or a pod of one's own that is created. */
export class MomentWords<Pods extends BuiltPods> extends StepWords<ScenarioBuilder<Pods>> {
  readonly #moment: StepMoment
  readonly #takePod: TakePod<Pods>
  readonly #taken: readonly string[]

  /** @internal */
  constructor(
    moment: StepMoment,
    take: TakeActions<ScenarioBuilder<Pods>>,
    takePod: TakePod<Pods>,
    taken: readonly string[],
  ) {
    super(moment, take)
    this.#moment = moment
    this.#takePod = takePod
    this.#taken = taken
  }

  /**
   * Creates a pod of one's own then, which is a property of what the callbacks get, as one that is there from the beginning.
   *
   * @throws PodwrightError `SCENARIO_INVALID` for a name that another pod has already.
   */
  pod<Name extends string, Containers extends string, Inits extends string, Sidecars extends string>(
    name: FreshName<Name, keyof Pods & string>,
    build: (pod: PodBuilder) => PodBuilder<Containers, Inits, Sidecars>,
  ): ScenarioBuilder<WithPod<Pods, Name, Containers, Inits, Sidecars>> {
    checkFresh(name, this.#taken, 'pod', 'pod')
    return this.#takePod<Name, Containers, Inits, Sidecars>(this.#moment, build(new PodBuilder(name)))
  }
}
