import { type Container, type EnvVarSource, milliValue, type Pod, parseQuantity, wholeValue } from '../model/index.js'

/**
 * The value that a variable takes from a field of its pod or from a resource of a container, as far as kubectl resolves it;
 * empty where it does not.
 *
 * kubectl: pkg/describe/describe.go EnvValueRetriever, v1.32.
 */
export function environmentValue(
  { fieldRef, resourceFieldRef }: EnvVarSource,
  container: Pick<Container, 'name' | 'resources'>,
  pod: Pod,
): string {
  if (fieldRef !== undefined) return fieldValue(fieldRef.fieldPath, pod)
  if (resourceFieldRef === undefined) return ''
  const { containerName, resource, divisor = '1' } = resourceFieldRef
  const subject = containerName === undefined ? container : containerNamed(containerName, pod)
  const [list, name] = resource.split('.')
  const amounts = list === 'limits' ? subject?.resources?.limits : subject?.resources?.requests
  const amount = amounts?.[name]
  if (amount === undefined) return list === 'limits' && HAS_NODE_DEFAULT.has(name) ? 'node allocatable' : '0'
  const unit = parseQuantity(divisor).nanos === 0n ? '1' : divisor
  const measure = name === 'cpu' ? milliValue : wholeValue
  return `${Math.ceil(measure(amount) / measure(unit))}`
}

/** Limits that stand for the node's capacity where they are absent. */
const HAS_NODE_DEFAULT = new Set(['cpu', 'memory'])

const containerNamed = (name: string, { spec }: Pod): Container | undefined =>
  [...spec.containers, ...(spec.initContainers ?? [])].find(container => container.name === name)

/** Only fields of the metadata are read; the rest stays empty in kubectl's output. */
function fieldValue(path: string, { metadata }: Pod): string {
  const subscripted = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path)
  if (subscripted !== null) return metadata[subscripted[1] as 'labels' | 'annotations']?.[subscripted[2]] ?? ''
  switch (path) {
    case 'metadata.name':
      return metadata.name ?? ''
    case 'metadata.namespace':
      return metadata.namespace ?? ''
    case 'metadata.uid':
      return metadata.uid ?? ''
    case 'metadata.labels':
      return formatMap(metadata.labels)
    case 'metadata.annotations':
      return formatMap(metadata.annotations)
    default:
      return ''
  }
}

const formatMap = (map: Readonly<Record<string, string>> = {}): string =>
  Object.keys(map)
    .sort()
    .map(key => `${key}=${JSON.stringify(map[key])}`)
    .join('\n')
