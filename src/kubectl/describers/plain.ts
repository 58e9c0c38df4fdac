import type { ApiObject, ConfigMap, Secret } from '../../model/index.js'
import type { DescribeText } from '../describe-text.js'
import { type DescribeContext, type Describer, describeMaps, describeName, describer } from './describer.js'

/** A service account, as far as a view reads it. */
interface AccountView extends ApiObject {
  readonly imagePullSecrets?: readonly { readonly name?: string }[]
}

/** Describes configuration (kubectl: pkg/describe/describe.go, v1.32). */
export const PLAIN_DESCRIBERS: Readonly<Record<string, Describer>> = {
  ConfigMap: describer(describeConfigMap),
  Secret: describer(describeSecret),
  ServiceAccount: describer<AccountView>((account, { text }) => {
    describeName(account, text)
    describeMaps(account, text)
    const secrets = (account.imagePullSecrets ?? []).map(({ name = '' }) => name)
    text.list(0, 'Image pull secrets', secrets)
  }),
}

function describeConfigMap(map: ConfigMap, { text }: DescribeContext): void {
  describeName(map, text)
  describeMaps(map, text)
  for (const line of ['', 'Data', '====']) text.cells(0, line)
  for (const [key, value] of sorted(map.data)) {
    for (const line of [`${key}:`, '----', ...value.split('\n'), '']) text.cells(0, line)
  }
  for (const line of ['', 'BinaryData', '====']) text.cells(0, line)
  for (const [key, value] of sorted(map.binaryData)) text.cells(0, `${key}: ${bytesOf(value)} bytes`)
  text.cells(0, '')
}

function describeSecret(secret: Secret, { text }: DescribeContext): void {
  describeName(secret, text)
  describeMaps(secret, text)
  text.cells(0, '')
  text.field(0, 'Type', secret.type ?? 'Opaque')
  for (const line of ['', 'Data', '====']) text.cells(0, line)
  const sizes = new Map(sorted(secret.data).map(([key, value]) => [key, bytesOf(value)]))
  for (const [key, value] of sorted(secret.stringData)) sizes.set(key, utf8Length(value))
  for (const [key, size] of [...sizes].sort(([a], [b]) => (a < b ? -1 : 1))) text.field(0, key, `${size} bytes`)
}

const sorted = (map: Readonly<Record<string, string>> = {}): [string, string][] =>
  Object.entries(map).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))

/** How many bytes a text in base64 stands for. */
const bytesOf = (base64: string): number => Math.floor((base64.replaceAll(/[=\s]/g, '').length * 3) / 4)

const utf8Length = (text: string): number => {
  let length = 0
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4
  }
  return length
}

/** Describes an object of a kind that kubectl has no words for: its fields as they are. */
export function describeGeneric(object: ApiObject, { text }: DescribeContext): void {
  describeName(object, text)
  describeMaps(object, text)
  const { apiVersion, kind, metadata, ...rest } = object as ApiObject & Readonly<Record<string, unknown>>
  const { name: _, namespace: _ns, labels: _l, annotations: _a, managedFields: _m, ...others } = metadata
  describeFields({ 'API Version': apiVersion, Kind: kind, Metadata: others, ...rest }, 0, text)
}

/** printUnstructuredContent: maps and lists one level deeper, keys in order. */
function describeFields(map: Readonly<Record<string, unknown>>, level: number, text: DescribeText): void {
  for (const key of Object.keys(map).sort()) {
    const value = map[key]
    if (value === undefined || value === null) continue
    if (Array.isArray(value)) {
      text.cells(level, `${labelOf(key)}:`)
      for (const item of value as unknown[]) {
        if (typeof item === 'object' && item !== null) describeFields(item as Record<string, unknown>, level + 1, text)
        else text.cells(level + 1, String(item))
      }
    } else if (typeof value === 'object') {
      text.cells(level, `${labelOf(key)}:`)
      describeFields(value as Record<string, unknown>, level + 1, text)
    } else text.field(level, labelOf(key), value as string | number | boolean)
  }
}

/** smartLabelFor: `ownerReferences` is `Owner References`, `uid` is `UID`. */
function labelOf(key: string): string {
  if (!/^[A-Za-z- ]+$/.test(key)) return key
  const words = key.split(/(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/)
  return words.map(word => (ACRONYMS.has(word.toUpperCase()) ? word.toUpperCase() : capital(word))).join(' ')
}

const ACRONYMS: ReadonlySet<string> = new Set(['API', 'URL', 'UID', 'GUID'])
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
