import type { Affinity, Container, Node, NodeAffinity, Pod, PodSpec, Probe } from '../../model/index.js'

/** An object of a table: an absent field is Go's zero value. */
export type Partly<Whole> = Whole extends string | number | boolean
  ? Whole
  : Whole extends readonly (infer Item)[]
    ? readonly Partly<Item>[]
    : Whole extends object
      ? { readonly [Key in keyof Whole]?: Partly<Whole[Key]> | null }
      : Whole

/** Fills in what the engine relies on in a pod that went through validation. */
export function wholePod({ metadata, spec, ...rest }: Partly<Pod> = {}): Pod {
  const { initContainers, containers, ephemeralContainers, affinity, ...others } = withoutNulls(spec ?? {})
  const whole = {
    ...others,
    initContainers: (initContainers ?? []).map(wholeContainer),
    containers: (containers ?? []).map(wholeContainer),
    ephemeralContainers: (ephemeralContainers ?? []).map(wholeContainer),
    affinity: wholeAffinity(affinity as Partly<Affinity> | undefined),
  }
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    ...withoutNulls(rest),
    metadata: withoutNulls(metadata ?? {}),
    spec: whole as PodSpec,
  } as Pod
}

/** Fills in what the engine relies on in a node. */
export function wholeNode({ metadata, spec, status, ...rest }: Partly<Node> = {}): Node {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    ...rest,
    metadata: withoutNulls(metadata ?? {}),
    spec: withoutNulls(spec ?? {}),
    status: withoutNulls(status ?? {}),
  } as Node
}

function wholeContainer(container: Partly<Container>): Container {
  const { name, image, livenessProbe, readinessProbe, startupProbe, ...rest } = withoutNulls(container)
  return {
    ...rest,
    name: name ?? '',
    image: image ?? '',
    livenessProbe: wholeProbe(livenessProbe as Partly<Probe> | undefined),
    readinessProbe: wholeProbe(readinessProbe as Partly<Probe> | undefined),
    startupProbe: wholeProbe(startupProbe as Partly<Probe> | undefined),
  } as Container
}

const wholeProbe = (probe: Partly<Probe> | undefined): Probe | undefined =>
  probe === undefined ? undefined : (withoutNulls({ exec: { command: [] }, ...probe }) as Probe)

function wholeAffinity(affinity: Partly<Affinity> | undefined): Affinity | undefined {
  const nodeAffinity = affinity?.nodeAffinity
  if (nodeAffinity === undefined || nodeAffinity === null) return affinity as Affinity | undefined
  return { ...affinity, nodeAffinity: wholeNodeAffinity(nodeAffinity) } as Affinity
}

/** A required affinity without terms matches nothing, which the engine tells by the empty list. */
export function wholeNodeAffinity(affinity: Partly<NodeAffinity>): NodeAffinity {
  const required = affinity.requiredDuringSchedulingIgnoredDuringExecution
  if (required === undefined || required === null) return withoutNulls(affinity) as NodeAffinity
  const nodeSelectorTerms = (required.nodeSelectorTerms ?? []).map(withoutNulls)
  return { ...affinity, requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } as NodeAffinity
}

type WithoutNulls<Loose> = { [Key in keyof Loose]: Exclude<Loose[Key], null> }

const withoutNulls = <Loose extends object>(object: Loose): WithoutNulls<Loose> =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null)) as WithoutNulls<Loose>
