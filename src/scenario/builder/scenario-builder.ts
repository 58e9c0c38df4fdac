import { PodwrightError } from '../../errors/index.js'
import type { ClauseWords, OccurrenceWords, PodWords } from '../../expect/index.js'
import { type KubernetesVersion, profileOf } from '../../model/index.js'
import { readSpan, type Span } from '../../time/index.js'
import type { KnownLaw } from '../law-names.js'
import { MOST_NODES } from '../nodes.js'
import { plainData } from '../plain-data.js'
import { type NodeWords, readNodeWords } from '../read-node-words.js'
import { EMPTY_DOCUMENT, type ScenarioDocument } from '../scenario-document.js'
import type { StatedStep, StepAction, StepMoment } from '../stated-step.js'
import { type BehaviourWords, type ImageWords, joinBehaviours, type NodeFault } from '../words/index.js'
import { appliedObjects } from './applied-objects.js'
import { targetOf, type Whom } from './behaviour-target-words.js'
import { checkFresh, type FreshName } from './fresh-name.js'
import { ManifestReference } from './manifest.js'
import { type MetricFields, type MetricValue, metricOf } from './metric-fields.js'
import { PodBuilder } from './pod-builder.js'
import { type BuiltPods, type PodHandles, podHandles } from './pod-handles.js'
import { ReactionWords, StepWords, type TakeActions } from './step-words.js'
import { type TrafficFields, trafficOf } from './traffic-fields.js'

/** What a scenario is built of. */
interface ScenarioParts {
  readonly document: ScenarioDocument
  readonly expectations: readonly ClauseWords[]
  /** Paths of the pods that are built, by name. */
  readonly paths: ReadonlyMap<string, string>
}

/** The pods of a scenario, and one more. */
export type WithPod<
  Pods extends BuiltPods,
  Name extends string,
  Containers extends string,
  Inits extends string,
  Sidecars extends string,
> = Pods & { readonly [Each in Name]: PodWords<Containers, Inits, Sidecars> }

/**
 * Builds a scenario: pods and manifests, how they behave, what is done to them, and what is expected. Each method answers a
 * new builder; `document` is the plain data of it all, the same that a Scenario file says.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { exits, runs, scenarioBuilder } from 'podwright'
 *
 * const built = scenarioBuilder('order')
 *   .pod('web', pod => pod.init('migrate', exits(0).after('5s')).container('app', runs()))
 *   .at('1m').delete('pod/web')
 *   .expect(({ web }) => [
 *     web.phases('Pending', 'Running'),
 *     web.init('migrate').exited(0).precedes(web.container('app').started()),
 *   ])
 * assert.equal(built.document.expect.length, 2)
 * ```
 */
export class ScenarioBuilder<Pods extends BuiltPods = Record<never, never>> {
  readonly #parts: ScenarioParts

  /** @internal */
  constructor(parts: ScenarioParts) {
    this.#parts = parts
  }

  /** The scenario as plain data; names of manifests' pods are not yet looked up. */
  get document(): ScenarioDocument {
    return this.#parts.document
  }

  /** The expectations, in the order of `document.expect`, as the words that they were written in: each knows its line. */
  get expectations(): readonly ClauseWords[] {
    return this.#parts.expectations
  }

  /**
   * Adds a pod of one's own, which then is a property of what the callbacks get.
   *
   * @throws PodwrightError `SCENARIO_INVALID` for a name that another pod has already.
   */
  pod<Name extends string, Containers extends string, Inits extends string, Sidecars extends string>(
    name: FreshName<Name, keyof Pods & string>,
    build: (pod: PodBuilder) => PodBuilder<Containers, Inits, Sidecars>,
  ): ScenarioBuilder<WithPod<Pods, Name, Containers, Inits, Sidecars>> {
    checkFresh(name, [...this.#parts.paths.keys()], 'pod', 'pod')
    const built = build(new PodBuilder(name))
    return this.#having<Name, Containers, Inits, Sidecars>(built, {
      objects: [...this.document.objects, built.manifest],
    })
  }

  /**
   * Applies manifests at the beginning: a file by `manifest('web.yaml')`, an object, or a text of YAML or JSON.
   *
   * @throws PodwrightError for a broken text, or what is no object.
   */
  apply(...sources: readonly (ManifestReference | string | object)[]): ScenarioBuilder<Pods> {
    const { document } = this.#parts
    const files = sources.filter(source => source instanceof ManifestReference)
    const others = sources.filter(source => !(source instanceof ManifestReference))
    return this.#saying({
      manifests: [...document.manifests, ...files.map(({ path }) => path)],
      objects: [...document.objects, ...others.flatMap(appliedObjects)],
    })
  }

  /**
   * Says how containers behave: those of `deployment/web`, `web/app`, `[app=web]`, of labels (`{ app: 'web' }`), or `*` for every
   * regular container. The most specific of such rules wins, of equally specific ones the later.
   *
   * @throws PodwrightError `BEHAVIOUR_INVALID` for what names nobody, or says the same twice.
   */
  behave(whom: Whom, ...said: readonly [BehaviourWords, ...BehaviourWords[]]): ScenarioBuilder<Pods>
  /** Says how one container behaves: that of this name, in the pods that are meant. */
  behave(whom: Whom, container: string, ...said: readonly [BehaviourWords, ...BehaviourWords[]]): ScenarioBuilder<Pods>
  behave(whom: Whom, ...rest: readonly (string | BehaviourWords)[]): ScenarioBuilder<Pods> {
    const container = rest.find(each => typeof each === 'string')
    const said = rest.filter(each => typeof each !== 'string')
    if (said.length === 0) {
      const problem = 'expected how it behaves, got nothing'
      throw new PodwrightError({
        code: 'BEHAVIOUR_INVALID',
        where: 'behave',
        problem,
        hint: "such as readyAfter('12s')",
      })
    }
    const where = `behave ${typeof whom === 'string' ? whom : JSON.stringify(whom)}`
    const rule = { target: targetOf(whom, container), behaviour: joinBehaviours(said, where) }
    return this.#saying({ behaviours: [...this.document.behaviours, rule] })
  }

  /** Says how pulls of images go. */
  image(...images: readonly [ImageWords, ...ImageWords[]]): ScenarioBuilder<Pods> {
    const rule = { target: {}, behaviour: joinBehaviours(images, 'image') }
    return this.#saying({ behaviours: [...this.document.behaviours, rule] })
  }

  /**
   * Says which nodes there are: so many roomy ones, `node-1` and so on, or these; default one.
   *
   * @throws PodwrightError `USAGE` for none, or more than 1000, and for a node that holds what it cannot.
   */
  nodes(nodes: number | readonly NodeWords[]): ScenarioBuilder<Pods> {
    const count = typeof nodes === 'object' ? nodes.length : nodes
    if (!Number.isInteger(count) || count < 1 || count > MOST_NODES) {
      const problem = `expected a number of nodes from 1 to ${MOST_NODES}, got ${count}`
      throw new PodwrightError({ code: 'USAGE', where: 'nodes', problem })
    }
    if (typeof nodes === 'number') return this.#saying({ nodes })
    return this.#saying({ nodes: plainData(nodes.map((each, index) => readNodeWords(each, `nodes[${index}]`))) })
  }

  /** The release of Kubernetes; default 1.32. */
  kubernetes(version: KubernetesVersion): ScenarioBuilder<Pods> {
    return this.#saying({ kubernetes: profileOf(version, 'kubernetes').kubernetes })
  }

  /** Where the run ends at the latest; default ten minutes. */
  horizon(span: Span): ScenarioBuilder<Pods> {
    const horizon = readSpan(span, 'horizon')
    if (horizon > 0) return this.#saying({ horizon })
    const problem = 'expected a horizon after the beginning, got 0'
    throw new PodwrightError({ code: 'SCENARIO_INVALID', where: 'horizon', problem })
  }

  /**
   * Sends requests to a Service, evenly spread: `traffic('service/web', '50/s')`, from as soon as it has an endpoint until just before
   * the horizon unless it is said otherwise.
   *
   * @throws PodwrightError `BEHAVIOUR_INVALID` for what is no Service or no rate.
   */
  traffic(service: string, rate: string, fields: TrafficFields = {}): ScenarioBuilder<Pods> {
    return this.#saying({ traffic: [...(this.document.traffic ?? []), trafficOf(service, rate, fields)] })
  }

  /**
   * Says what a metric is that autoscalers read: `metric('deployment/web', 'cpu', [['0s', '100m'], ['2m', '400m']])`, or one value for
   * the whole run. Of a metric that is no object's say `external`.
   *
   * @throws PodwrightError `BEHAVIOUR_INVALID` for what is no quantity, and for values out of order.
   */
  metric(
    of: string,
    name: string,
    values: string | number | readonly MetricValue[],
    fields: MetricFields = {},
  ): ScenarioBuilder<Pods> {
    return this.#saying({ metrics: [...(this.document.metrics ?? []), metricOf(of, name, values, fields)] })
  }

  /** A sentence or two on what the scenario is about. */
  describe(description: string): ScenarioBuilder<Pods> {
    return this.#saying({ description })
  }

  /**
   * Says what befalls nodes: `node('node-2').goesSilent().at('60s').for('5m')`.
   *
   * @throws PodwrightError `SCENARIO_INVALID` for a fault of which nobody said when it begins.
   */
  faults(...faults: readonly [NodeFault, ...NodeFault[]]): ScenarioBuilder<Pods> {
    return this.#saying({ steps: [...this.document.steps, ...faults.flatMap(({ steps }) => steps)] })
  }

  /** An instant since the beginning, which waits for what is done then. */
  at(span: Span): MomentWords<Pods> {
    return new MomentWords({ at: readSpan(span, 'at') }, this.#take, this.#takePod, [...this.#parts.paths.keys()])
  }

  /** The first time that something happens, which waits for what is done then, at once or `.after('5s')`. */
  when(say: (pods: PodHandles<Pods>) => OccurrenceWords): ReactionWords<ScenarioBuilder<Pods>> {
    return new ReactionWords({ when: say(this.#pods()).occurrence }, this.#take)
  }

  /** Leaves one of the laws, which hold in every run, unchecked; `all` is every one. Another name does not compile. */
  withoutLaw(name: KnownLaw): ScenarioBuilder<Pods> {
    const off = [...(this.document.laws?.off ?? []), name]
    return this.#saying({ laws: { off: [...new Set(off)] } })
  }

  /** Says what is expected, besides what was said before. */
  expect(say: (pods: PodHandles<Pods>) => readonly ClauseWords[]): ScenarioBuilder<Pods> {
    const said = say(this.#pods())
    const { document, expectations } = this.#parts
    return new ScenarioBuilder({
      ...this.#parts,
      document: { ...document, expect: [...document.expect, ...said.map(({ clause }) => clause)] },
      expectations: [...expectations, ...said],
    })
  }

  #pods(): PodHandles<Pods> {
    return podHandles(this.#parts.paths)
  }

  readonly #take = (moment: StepMoment, actions: readonly StepAction[]): ScenarioBuilder<Pods> => {
    const steps = actions.map((action): StatedStep => ({ ...moment, ...action }))
    return this.#saying({ steps: [...this.document.steps, ...steps] })
  }

  readonly #takePod: TakePod<Pods> = <Name extends string, C extends string, I extends string, S extends string>(
    moment: StepMoment,
    built: PodBuilder<C, I, S>,
  ) => {
    const step: StatedStep = { ...moment, action: 'apply', object: built.manifest }
    return this.#having<Name, C, I, S>(built, { steps: [...this.document.steps, step] })
  }

  #having<Name extends string, C extends string, I extends string, S extends string>(
    built: PodBuilder<C, I, S>,
    said: Partial<ScenarioDocument>,
  ): ScenarioBuilder<WithPod<Pods, Name, C, I, S>> {
    const { document, paths } = this.#parts
    return new ScenarioBuilder({
      ...this.#parts,
      document: { ...document, ...said, behaviours: [...document.behaviours, ...built.rules] },
      paths: new Map([...paths, [built.name, built.path]]),
    })
  }

  #saying(said: Partial<ScenarioDocument>): ScenarioBuilder<Pods> {
    return new ScenarioBuilder({ ...this.#parts, document: { ...this.document, ...said } })
  }
}

/** Takes a pod that is created at a moment. */
type TakePod<Pods extends BuiltPods> = <
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

/**
 * Begins a scenario, with a name or without.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { scenarioBuilder } from 'podwright'
 *
 * const { document } = scenarioBuilder('drain').horizon('5m').nodes(2)
 * assert.equal(document.name, 'drain')
 * assert.equal(document.horizon, 300_000)
 * ```
 */
export function scenarioBuilder(name?: string): ScenarioBuilder {
  const document = name === undefined ? EMPTY_DOCUMENT : { name, ...EMPTY_DOCUMENT }
  return new ScenarioBuilder({ document, expectations: [], paths: new Map() })
}
