import { ApiError, type ObjectVersion, type ResourceClient, type ResourceVersion } from '../../contract/index.js'
import { claimFor, isStale, ownersByPolicy, templatesOf } from './claim-policy.js'
import { claimNameOf } from './stateful-pods.js'

/** Says what became of a claim; without an error it was created. */
type TellClaim = (claim: string, error?: ApiError) => void

/**
 * The claims of the pods of one StatefulSet, `TEMPLATE-SET-ORDINAL`: makes those that are missing and gives them the owners that the
 * retention policy asks for.
 *
 * controllers: pkg/controller/statefulset/stateful_pod_control.go, v1.32.
 */
export class StatefulClaims {
  readonly #client: ResourceClient
  readonly #set: ObjectVersion<'StatefulSet'>
  readonly #cause: number
  readonly #templates: readonly string[]

  constructor(client: ResourceClient, set: ObjectVersion<'StatefulSet'>, cause: number) {
    this.#client = client
    this.#set = set
    this.#cause = cause
    this.#templates = templatesOf(set.object)
  }

  /** createPersistentVolumeClaims. @throws ApiError for claims that cannot be made, or are about to go. */
  create(pod: string, tell: TellClaim): void {
    const problems: string[] = []
    for (const template of this.#templates) {
      const name = claimNameOf(template, pod)
      const existing = this.#claim(name)
      if (existing !== null) {
        if (existing.deletionSeconds >= 0) problems.push(`pvc ${name} is being deleted`)
        continue
      }
      try {
        this.#client.createResource(claimFor(this.#set.object, template, pod), this.#cause)
        tell(name)
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        problems.push(`failed to create PVC ${name}: ${error.message}`)
        tell(name, error)
      }
    }
    if (problems.length > 0)
      throw new ApiError('Invalid', problems.length === 1 ? problems[0] : `[${problems.join(', ')}]`)
  }

  /** UpdatePodClaimForRetentionPolicy: nothing where the claims have their owners. @throws ApiError. */
  applyPolicy(pod: string, podUid: string | undefined): void {
    for (const claim of this.#claimsOf(pod)) {
      const owners = ownersByPolicy(claim, this.#set, pod, podUid)
      if (owners === undefined) continue
      const { ownerReferences: _, ...metadata } = claim.object.metadata
      const next = owners.length === 0 ? metadata : { ...metadata, ownerReferences: owners }
      this.#client.updateResource(claim, { ...claim.object, metadata: next }, this.#cause)
    }
  }

  /** PodClaimIsStale: claims of an earlier pod of the name are about to go, and a new pod waits for that. */
  isStale(pod: string): boolean {
    return this.#claimsOf(pod).some(claim => isStale(claim, pod, undefined))
  }

  #claimsOf(pod: string): readonly ResourceVersion<'PersistentVolumeClaim'>[] {
    return this.#templates.flatMap(template => this.#claim(claimNameOf(template, pod)) ?? [])
  }

  #claim(name: string): ResourceVersion<'PersistentVolumeClaim'> | null {
    return this.#client.resource('PersistentVolumeClaim', this.#set.namespace, name)
  }
}
