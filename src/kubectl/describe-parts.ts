import { formatLabelSelector, type PodSpec, type PodTemplateSpec, type Toleration } from '../model/index.js'
import { describeContainers } from './describe-container.js'
import type { DescribeText } from './describe-text.js'
import { describeVolumes } from './describe-volumes.js'

/** Labels as a list of `key=value`, sorted. */
export const pairs = (map: Readonly<Record<string, string>> = {}): string[] =>
  Object.keys(map)
    .sort()
    .map(key => `${key}=${map[key]}`)

/** Long annotations, and those of several lines, stand below their key and are cut. */
export function describeAnnotations(annotations: Readonly<Record<string, string>>, text: DescribeText): void {
  const keys = Object.keys(annotations)
    .filter(key => key !== LAST_APPLIED)
    .sort()
  if (keys.length === 0) text.field(0, 'Annotations', '<none>')
  let first = 'Annotations:'
  for (const key of keys) {
    const value = annotations[key].replace(/\n$/, '')
    if (value.length + key.length + 2 <= LONGEST_ANNOTATION && !value.includes('\n')) {
      text.cells(0, first, `${key}: ${value}`)
    } else {
      text.cells(0, first, `${key}:`)
      for (const line of value.split('\n')) text.cells(0, '', `  ${shortened(line)}`)
    }
    first = ''
  }
}

/** Describes tolerations, sorted by their keys. */
export function describeTolerations(spec: Partial<PodSpec>, text: DescribeText): void {
  const tolerations = [...(spec.tolerations ?? [])].sort((a, b) => compare(a.key ?? '', b.key ?? ''))
  text.list(0, 'Tolerations', tolerations.map(tolerationText))
}

function tolerationText({ key = '', value = '', effect, operator, tolerationSeconds }: Toleration): string {
  const subject = `${key}${value === '' ? '' : `=${value}`}${effect === undefined ? '' : `:${effect}`}`
  const exists = operator === 'Exists' && value === '' ? `${subject === '' ? '' : ' '}op=Exists` : ''
  const seconds = tolerationSeconds === undefined ? '' : ` for ${tolerationSeconds}s`
  return `${subject}${exists}${seconds}`
}

/** Describes how pods are spread, if at all. */
export function describeSpread(spec: Partial<PodSpec>, text: DescribeText): void {
  const constraints = [...(spec.topologySpreadConstraints ?? [])].sort((a, b) => compare(a.topologyKey, b.topologyKey))
  if (constraints.length === 0) return
  text.list(
    0,
    'Topology Spread Constraints',
    constraints.map(({ topologyKey, whenUnsatisfiable, maxSkew, labelSelector }) => {
      const selector = labelSelector === undefined ? '' : ` for selector ${formatLabelSelector(labelSelector)}`
      return `${topologyKey}:${whenUnsatisfiable} when max skew ${maxSkew} is exceeded${selector}`
    }),
  )
}

/**
 * Describes what pods are made of.
 *
 * kubectl: pkg/describe/describe.go DescribePodTemplate, v1.32.
 */
export function describeTemplate({ metadata = {}, spec }: PodTemplateSpec, text: DescribeText): void {
  text.cells(0, 'Pod Template:')
  text.within(1, () => {
    text.list(0, 'Labels', pairs(metadata.labels))
    if (Object.keys(metadata.annotations ?? {}).length > 0) describeAnnotations(metadata.annotations ?? {}, text)
    if (spec.serviceAccountName) text.field(0, 'Service Account', spec.serviceAccountName)
    // A template has no pod whose fields its variables could show.
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: {}, spec } as const
    const { initContainers = [] } = spec
    if (initContainers.length > 0) describeContainers('Init Containers', initContainers, [], pod, text)
    describeContainers('Containers', spec.containers, [], pod, text)
    describeVolumes(spec.volumes ?? [], text)
    describeSpread(spec, text)
    if (spec.priorityClassName) text.field(0, 'Priority Class Name', spec.priorityClassName)
    text.list(0, 'Node-Selectors', pairs(spec.nodeSelector))
    describeTolerations(spec, text)
  })
}

/** Describes conditions by type, status and reason. */
export function describeConditionReasons(
  conditions: readonly { readonly type: string; readonly status: string; readonly reason?: string }[] | undefined,
  text: DescribeText,
): void {
  if (conditions === undefined || conditions.length === 0) return
  text.cells(0, 'Conditions:')
  text.cells(1, 'Type', 'Status', 'Reason')
  text.cells(1, '----', '------', '------')
  // The space behind the type is upstream's.
  for (const { type, status, reason = '' } of conditions) text.cells(1, `${type} `, status, reason)
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'
const LONGEST_ANNOTATION = 140

const shortened = (line: string): string =>
  line.length > LONGEST_ANNOTATION - 2 ? `${line.slice(0, LONGEST_ANNOTATION - 2)}...` : line
