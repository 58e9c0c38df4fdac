/** What a scalar stands for in JSON, or why it stands for nothing there. */
export type ResolvedScalar = { readonly value: string | number | boolean | null } | { readonly problem: string }

const WORDS: Readonly<Record<string, boolean | null>> = {
  ...Object.fromEntries(
    ['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map(word => [word, true]),
  ),
  ...Object.fromEntries(
    ['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map(word => [word, false]),
  ),
  ...Object.fromEntries(['', '~', 'null', 'Null', 'NULL'].map(word => [word, null])),
}
const NOT_FINITE = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/
const INTEGER = /^([-+]?)(0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|0[0-7]*|[1-9][0-9]*)$/
const MOST_UINT64 = 2n ** 64n

/**
 * Resolves a scalar without quotes or tag as the YAML reader inside kubectl does, which follows YAML 1.1: `yes` and `on` are true,
 * `0755` is octal, `1_000` a number; dates stay text.
 *
 * sigs.k8s.io/yaml: goyaml.v2/resolve.go resolve.
 */
export function resolvePlainScalar(text: string): ResolvedScalar {
  if (Object.hasOwn(WORDS, text)) return { value: WORDS[text] }
  if (!/^[-+.0-9]/.test(text)) return { value: text }
  if (NOT_FINITE.test(text)) return { problem: `json: unsupported value: ${notFiniteName(text)}` }
  if (text.startsWith('.')) return { value: FLOAT.test(text) ? finite(text) : text }
  const plain = text.replaceAll('_', '')
  const integer = INTEGER.exec(plain)
  if (integer !== null) {
    const value = integerValue(integer[2])
    if (value < MOST_UINT64) return { value: integer[1] === '-' ? -Number(value) || 0 : Number(value) }
  }
  return { value: FLOAT.test(plain) ? finite(plain) : text }
}

function notFiniteName(text: string): string {
  if (/nan/i.test(text)) return 'NaN'
  return text.startsWith('-') ? '-Inf' : '+Inf'
}

/** A number too large for a double stays text. */
function finite(text: string): number | string {
  const value = Number(text)
  return Number.isFinite(value) ? value : text
}

function integerValue(digits: string): bigint {
  if (/^0[0-7]+$/.test(digits)) return BigInt(`0o${digits.slice(1)}`)
  return BigInt(digits)
}

const TAG_PREFIX = 'tag:yaml.org,2002:'

/** Resolves a scalar with a tag: `!!str 12` is text, `!!int "3"` a number; tags of others are ignored. */
export function resolveTaggedScalar(tag: string, text: string): ResolvedScalar {
  const name = tag.startsWith(TAG_PREFIX) ? tag.slice(TAG_PREFIX.length) : tag
  if (!['bool', 'int', 'float', 'null', 'timestamp', 'binary'].includes(name)) return { value: text }
  if (name === 'timestamp') return { value: text }
  if (name === 'binary') return decodeBinary(text)
  const resolved = resolvePlainScalar(text)
  if ('problem' in resolved) return resolved
  const kind = kindOf(resolved.value)
  if (kind === name || (name === 'float' && kind === 'int')) return resolved
  return { problem: `cannot decode !!${kind} \`${text}\` as a !!${name}` }
}

function kindOf(value: string | number | boolean | null): string {
  if (value === null) return 'null'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float'
  return 'str'
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** The bytes of `!!binary`, taken for UTF-8. */
function decodeBinary(text: string): ResolvedScalar {
  const digits = text.replace(/\s/g, '')
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(digits)) {
    return { problem: '!!binary value contains invalid base64 data' }
  }
  let bits = 0
  let count = 0
  let escaped = ''
  for (const digit of digits.replace(/=+$/, '')) {
    bits = ((bits << 6) | BASE64.indexOf(digit)) & 0xffff
    count += 6
    if (count < 8) continue
    count -= 8
    escaped += `%${((bits >> count) & 0xff).toString(16).padStart(2, '0')}`
  }
  try {
    return { value: decodeURIComponent(escaped) }
  } catch {
    return { problem: '!!binary value is not UTF-8' }
  }
}
