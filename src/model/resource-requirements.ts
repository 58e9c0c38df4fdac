/** A quantity as text, in the canonical form once an object is decoded: `500m`, `1Gi`, `2`. */
export type QuantityText = string

/** Amounts by resource name: `cpu`, `memory`, `ephemeral-storage`, `hugepages-2Mi`, `example.com/gpu`. */
export type ResourceList = Readonly<Record<string, QuantityText>>

/** What a container asks for and may use at most (core/v1 ResourceRequirements). */
export interface ResourceRequirements {
  readonly limits?: ResourceList
  readonly requests?: ResourceList
  readonly claims?: readonly ResourceClaim[]
}

/** A container's use of one of the pod's resource claims. */
export interface ResourceClaim {
  readonly name: string
  readonly request?: string
}
