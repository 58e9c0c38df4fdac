/** How a list of the API is merged: by the fields that tell its elements apart, as a set of plain values, or as one value. */
export type ListRule =
  | {
      readonly kind: 'map'
      /** The field by which strategic merge patches and client-side apply know an element (patchMergeKey). */
      readonly mergeKey: string
      /** The fields by which server-side apply knows it (listMapKey), with what the API takes for one that is absent. */
      readonly keys: Readonly<Record<string, string | undefined>>
    }
  | { readonly kind: 'set' }
  | { readonly kind: 'atomic' }

const ATOMIC: ListRule = { kind: 'atomic' }
const SET: ListRule = { kind: 'set' }
const by = (
  mergeKey: string,
  keys: Readonly<Record<string, string | undefined>> = { [mergeKey]: undefined },
): ListRule => ({
  kind: 'map',
  mergeKey,
  keys,
})

const NAMED = by('name')

/** By the name of the field; a name that stands in several structs means the same in all of them, but for `ports`. */
const RULES: Readonly<Record<string, ListRule>> = {
  containers: NAMED,
  initContainers: NAMED,
  ephemeralContainers: NAMED,
  volumes: NAMED,
  env: NAMED,
  schedulingGates: NAMED,
  resourceClaims: NAMED,
  imagePullSecrets: NAMED,
  secrets: NAMED,
  volumeMounts: by('mountPath'),
  volumeDevices: by('devicePath'),
  conditions: by('type'),
  hostAliases: by('ip'),
  podIPs: by('ip'),
  hostIPs: by('ip'),
  addresses: by('type'),
  topologySpreadConstraints: by('topologyKey', { topologyKey: undefined, whenUnsatisfiable: undefined }),
  ownerReferences: by('uid'),
  finalizers: SET,
}

const CONTAINER_PORTS = by('containerPort', { containerPort: undefined, protocol: 'TCP' })
const SERVICE_PORTS = by('port', { port: undefined, protocol: 'TCP' })

/**
 * The rule of the list that stands in a field. `owner` is the field that the struct of the field stands in, as it is written:
 * `containers` for the ports of a container, `spec` for those of a Service.
 *
 * kubernetes: staging/src/k8s.io/api/core/v1/types.go (patchMergeKey, listMapKey), v1.32.
 */
export function listRule(field: string, owner: string): ListRule {
  if (field === 'ports') return owner === 'spec' ? SERVICE_PORTS : CONTAINER_PORTS
  return Object.hasOwn(RULES, field) ? RULES[field] : ATOMIC
}

/** Mappings that server-side apply takes as one value (x-kubernetes-map-type: atomic). */
const ATOMIC_MAPS: ReadonlySet<string> = new Set([
  'selector',
  'labelSelector',
  'namespaceSelector',
  'nodeSelector',
  'nodeSelectorTerms',
  'fieldRef',
  'resourceFieldRef',
  'secretKeyRef',
  'configMapKeyRef',
  'secretRef',
  'configMapRef',
  'scopeSelector',
  'scaleTargetRef',
  'roleRef',
])

/** Whether server-side apply takes the mapping in a field as one value. */
export const isAtomicMap = (field: string): boolean => ATOMIC_MAPS.has(field)
