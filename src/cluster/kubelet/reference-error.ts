import type { Environment, Reference, StoreClient } from '../contract/index.js'
import { MESSAGE } from './messages.js'

/** The symbol of what is wrong with a reference to a ConfigMap or Secret; 0: nothing. */
export function referenceError(
  environment: Environment,
  store: StoreClient,
  namespace: string,
  reference: Reference,
): number {
  if (reference.isOptional) return 0
  const { symbols } = environment
  const { kind, name, key } = reference
  const isSecret = kind === 'Secret'
  const object = store.find(kind, namespace, name)
  if (object === null)
    return symbols.message(isSecret ? MESSAGE.secretNotFound : MESSAGE.configMapNotFound, symbols.intern(name))
  if (key === null || hasKey(object, key)) return 0
  const template = isSecret ? MESSAGE.secretKey : MESSAGE.configMapKey
  return symbols.message(template, symbols.intern(key), symbols.intern(`${namespace}/${name}`))
}

/** ConfigMaps and Secrets keep their keys in up to two maps. */
function hasKey(object: object, key: string): boolean {
  const { data, binaryData, stringData } = object as {
    readonly data?: Record<string, unknown>
    readonly binaryData?: Record<string, unknown>
    readonly stringData?: Record<string, unknown>
  }
  return [data, binaryData, stringData].some(map => map !== undefined && map !== null && Object.hasOwn(map, key))
}
