import type { PodSpec, RestartPolicy } from '../../model/index.js'
import type { Span } from '../../time/index.js'
import { plainData } from '../plain-data.js'
import type { StatedRule } from '../scenario-document.js'
import { joinBehaviours, type SandboxWords } from '../words/index.js'
import {
  type BuiltContainer,
  buildContainer,
  type ContainerFields,
  type InitContainerFields,
  type Said,
} from './container-fields.js'
import { checkFresh, type FreshName } from './fresh-name.js'
import { wholeSeconds } from './whole-seconds.js'

/** Fields of a pod's spec but its containers, which have words of their own. */
export type PodFields = Partial<Omit<PodSpec, 'containers' | 'initContainers'>>

/** What a pod is built of. */
interface PodParts {
  readonly namespace?: string | undefined
  readonly labels?: Readonly<Record<string, string>> | undefined
  readonly annotations?: Readonly<Record<string, string>> | undefined
  readonly containers: readonly BuiltContainer[]
  readonly fields: PodFields
  readonly sandbox: readonly SandboxWords[]
}

/**
 * Builds a pod of one's own. Each method answers a new builder; the names of the containers become part of its type, so that
 * expectations about a container that is not there do not compile.
 *
 * Of a container is said what its successive starts do, then what else there is to say: probes' answers, hooks, and any field of a
 * manifest. An image that is not said is called after the container: `app:1`.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict'
 * import { crashes, exits, runs, scenarioBuilder, succeeds } from 'podwright'
 *
 * const { document } = scenarioBuilder().pod('web', pod =>
 *   pod
 *     .init('migrate', crashes().after('1s'), exits(0).after('3s'))
 *     .sidecar('proxy', runs())
 *     .container('app', runs(), { readiness: succeeds().from('2s'), readinessProbe: { periodSeconds: 1 } })
 *     .restartPolicy('Never')
 *     .grace('10s'),
 * )
 * const [web] = document.objects as [{ spec: { containers: unknown[]; terminationGracePeriodSeconds: number } }]
 * assert.equal(web.spec.terminationGracePeriodSeconds, 10)
 * assert.deepEqual(web.spec.containers, [
 *   { name: 'app', image: 'app:1', readinessProbe: { exec: { command: ['ready'] }, periodSeconds: 1 } },
 * ])
 * ```
 */
export class PodBuilder<
  Containers extends string = never,
  Inits extends string = never,
  Sidecars extends string = never,
> {
  /** The pod's name. */
  readonly name: string
  readonly #parts: PodParts

  /** @internal */
  constructor(name: string, parts: PodParts = { containers: [], fields: {}, sandbox: [] }) {
    this.name = name
    this.#parts = parts
  }

  /**
   * Adds a container.
   *
   * @throws PodwrightError `SCENARIO_INVALID` for a name that the pod has already, `BEHAVIOUR_INVALID` for what is said twice.
   */
  container<Name extends string>(
    name: FreshName<Name, Containers | Inits | Sidecars>,
    ...said: Said<ContainerFields>
  ): PodBuilder<Containers | Name, Inits, Sidecars> {
    return this.#containing(name, 'container', said)
  }

  /**
   * Adds a plain init container: it has to exit with 0 before the next one, and at last the containers, are started.
   *
   * @throws PodwrightError `SCENARIO_INVALID` for a name that the pod has already, `BEHAVIOUR_INVALID` for what is said twice.
   */
  init<Name extends string>(
    name: FreshName<Name, Containers | Inits | Sidecars>,
    ...said: Said<InitContainerFields>
  ): PodBuilder<Containers, Inits | Name, Sidecars> {
    return this.#containing(name, 'init', said)
  }

  /**
   * Adds a sidecar: an init container with `restartPolicy: Always`, which runs beside those that come after it.
   *
   * @throws PodwrightError `SCENARIO_INVALID` for a name that the pod has already, `BEHAVIOUR_INVALID` for what is said twice.
   */
  sidecar<Name extends string>(
    name: FreshName<Name, Containers | Inits | Sidecars>,
    ...said: Said<InitContainerFields>
  ): PodBuilder<Containers, Inits, Sidecars | Name> {
    return this.#containing(name, 'sidecar', said)
  }

  /** What becomes of containers that exit; default `Always`. */
  restartPolicy(restartPolicy: RestartPolicy): PodBuilder<Containers, Inits, Sidecars> {
    return this.spec({ restartPolicy })
  }

  /**
   * How long the pod has to stop, in whole seconds: `terminationGracePeriodSeconds`; default 30 s.
   *
   * @throws PodwrightError `SCENARIO_INVALID` for a part of a second.
   */
  grace(span: Span): PodBuilder<Containers, Inits, Sidecars> {
    return this.spec({ terminationGracePeriodSeconds: wholeSeconds(span, this.#where('grace')) })
  }

  /** Any other fields of the pod's spec; said again, they replace those before. */
  spec(fields: PodFields): PodBuilder<Containers, Inits, Sidecars> {
    return this.#with({ fields: { ...this.#parts.fields, ...fields } })
  }

  /** Labels, besides those that were said before. */
  labels(labels: Readonly<Record<string, string>>): PodBuilder<Containers, Inits, Sidecars> {
    return this.#with({ labels: { ...this.#parts.labels, ...labels } })
  }

  /** Annotations, besides those that were said before. */
  annotations(annotations: Readonly<Record<string, string>>): PodBuilder<Containers, Inits, Sidecars> {
    return this.#with({ annotations: { ...this.#parts.annotations, ...annotations } })
  }

  /** The pod's namespace; default `default`. */
  namespace(namespace: string): PodBuilder<Containers, Inits, Sidecars> {
    return this.#with({ namespace })
  }

  /** How the pod's sandbox comes up, and whether it dies. */
  sandbox(words: SandboxWords): PodBuilder<Containers, Inits, Sidecars> {
    return this.#with({ sandbox: [...this.#parts.sandbox, words] })
  }

  /** The pod as expectations name it: with its namespace, if one was said. */
  get path(): string {
    const { namespace } = this.#parts
    return namespace === undefined ? this.name : `${namespace}/${this.name}`
  }

  /** The pod as a manifest. */
  get manifest(): object {
    const { namespace, labels, annotations, containers, fields } = this.#parts
    const inits = containers.filter(({ role }) => role !== 'container')
    const regular = containers.filter(({ role }) => role === 'container')
    return plainData({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: this.name, namespace, labels, annotations },
      spec: {
        initContainers: inits.length === 0 ? undefined : inits.map(({ container }) => container),
        containers: regular.map(({ container }) => container),
        ...fields,
      },
    })
  }

  /** What is stated of the pod's behaviour, one rule for each container of which something is. */
  get rules(): readonly StatedRule[] {
    const { namespace, containers, sandbox } = this.#parts
    const target = { ...(namespace === undefined ? {} : { namespace }), kind: 'Pod' as const, name: this.name }
    const rules = containers.flatMap(({ container, behaviour }): StatedRule[] =>
      Object.keys(behaviour).length === 0 ? [] : [{ target: { ...target, container: container.name }, behaviour }],
    )
    return sandbox.length === 0
      ? rules
      : [...rules, { target, behaviour: joinBehaviours(sandbox, this.#where('sandbox')) }]
  }

  #containing<C extends string, I extends string, S extends string>(
    name: string,
    role: BuiltContainer['role'],
    said: Said<ContainerFields>,
  ): PodBuilder<C, I, S> {
    const { containers } = this.#parts
    const taken = containers.map(({ container }) => container.name)
    checkFresh(name, taken, this.#where(), 'container')
    const built = buildContainer(name, role, said, this.#where(`container ${name}`))
    return new PodBuilder(this.name, { ...this.#parts, containers: [...containers, built] })
  }

  #with(parts: Partial<PodParts>): PodBuilder<Containers, Inits, Sidecars> {
    return new PodBuilder(this.name, { ...this.#parts, ...parts })
  }

  #where(part?: string): string {
    return part === undefined ? `pod ${this.name}` : `pod ${this.name}, ${part}`
  }
}
