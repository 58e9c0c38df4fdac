import type { LimitRange, Pod } from '../../model/index.js'
import { ApiError, forbiddenError } from '../contract/index.js'
import { type AdmissionObjects, admitPod } from './admission.js'
import { limitViolations, withLimitDefaults } from './admission-plugins/limit-ranger.js'
import { podSecurityRefusal } from './admission-plugins/pod-security.js'
import type { NamespacePolicies } from './namespace-policies.js'
import type { ResourceStore } from './resource-store.js'

/**
 * What admission makes of new pods: defaults, and refusals in the API server's words. Plugins stand in upstream's order (API-3): those
 * that change a pod come before it gets its name (the namespace, limits and service account; then its classes and tolerations),
 * those that look at it after it was found valid, quotas last.
 *
 * kubernetes: pkg/kubeapiserver/options/plugins.go AllOrderedPlugins, v1.32 (1.7).
 */
export class PodAdmission {
  readonly #classes: AdmissionObjects
  readonly #resources: ResourceStore
  readonly #policies: NamespacePolicies

  constructor(classes: AdmissionObjects, resources: ResourceStore, policies: NamespacePolicies) {
    this.#classes = classes
    this.#resources = resources
    this.#policies = policies
  }

  /** The pod with what it lacks; the same where it lacks nothing. @throws ApiError Forbidden, NotFound. */
  mutate(pod: Pod): Pod {
    return this.applyClasses(this.applyPolicies(pod))
  }

  /** The part of it that looks at the whole cluster: it is the same for all pods of a template. @throws ApiError Forbidden. */
  applyClasses(pod: Pod): Pod {
    const admitted = admitPod(pod, this.#classes)
    if ('refusal' in admitted) throw new ApiError('Forbidden', admitted.refusal)
    return admitted.pod
  }

  /** The part of it that looks at the pod's namespace. @throws ApiError Forbidden, NotFound. */
  applyPolicies(pod: Pod): Pod {
    if (!this.#resources.hasPolicies) return pod
    const { namespace = 'default' } = pod.metadata
    this.#policies.checkOpen('Pod', namespace, nameOf(pod))
    const ranges = this.#resources.resources('LimitRange', namespace).map(({ object }) => object)
    return this.#withServiceAccount(ranges.length === 0 ? pod : withLimitDefaults(pod, ranges), namespace)
  }

  /** @throws ApiError Forbidden. */
  validate(pod: Pod, cause: number): void {
    if (!this.#resources.hasPolicies) return
    const { namespace = 'default' } = pod.metadata
    for (const { object } of this.#resources.resources('LimitRange', namespace)) this.#checkLimits(pod, object)
    const home = this.#resources.resource('Namespace', '', namespace)
    const insecure = podSecurityRefusal(pod, home?.object)
    if (insecure !== undefined) throw forbiddenError('Pod', nameOf(pod), insecure)
    this.#policies.charge(pod, cause)
  }

  /** The first range that a pod violates refuses it, with everything that it has against it (ADM-2). */
  #checkLimits(pod: Pod, range: LimitRange): void {
    const violations = [...new Set(limitViolations(pod, range))]
    if (violations.length === 0) return
    throw forbiddenError('Pod', nameOf(pod), violations.length === 1 ? violations[0] : `[${violations.join(', ')}]`)
  }

  /** ADM-3; the token's volume is left out: no process of the model reads it. */
  #withServiceAccount(pod: Pod, namespace: string): Pod {
    const { serviceAccountName = '', imagePullSecrets = [] } = pod.spec
    const name = serviceAccountName === '' ? 'default' : serviceAccountName
    const account = this.#resources.resource('ServiceAccount', namespace, name)
    if (account === null) {
      if (this.#policies.isAssumed(namespace)) return pod
      const cause = `error looking up service account ${namespace}/${name}: serviceaccount "${name}" not found`
      throw forbiddenError('Pod', nameOf(pod), cause)
    }
    const { imagePullSecrets: secrets = [] } = account.object
    const given = imagePullSecrets.length === 0 && secrets.length > 0 ? { imagePullSecrets: secrets } : {}
    if (name === serviceAccountName && secrets.length === 0) return pod
    return { ...pod, spec: { ...pod.spec, serviceAccountName: name, ...given } }
  }
}

/** Before it has a name a pod is called by the beginning of it. */
const nameOf = ({ metadata: { name, generateName = '' } }: Pod): string =>
  name === undefined || name === '' ? generateName : name
