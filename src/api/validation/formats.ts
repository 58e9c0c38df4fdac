import { byteLength } from './go-text.js'

/** A check of a text's form; the answer lists what is wrong, in the API server's words. */
export type FormatCheck = (value: string) => readonly string[]

// apimachinery: pkg/util/validation/validation.go, v1.32, as all of this file.

const DNS_LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?'
const DNS_SUBDOMAIN = `${DNS_LABEL}(\\.${DNS_LABEL})*`
const DNS_1035_LABEL = '[a-z]([-a-z0-9]*[a-z0-9])?'
const QUALIFIED_NAME = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'
const LABEL_VALUE = `(${QUALIFIED_NAME})?`
const CONFIG_KEY = '[-._a-zA-Z0-9]+'
const HTTP_HEADER = '[-A-Za-z0-9]+'
const PERCENT = '[0-9]+%'
const HTTP_PATH = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+"

// The expressions that are matched avoid nested repetition, so that no input makes them slow; they accept the same texts.
const LABEL_PATTERN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/
const DNS_1035_PATTERN = /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/
const QUALIFIED_PATTERN = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/

const matchesSubdomain = (value: string): boolean => value.split('.').every(label => LABEL_PATTERN.test(label))

const maxLength = (length: number): string => `must be no more than ${length} characters`

const formError = (message: string, pattern: string, ...examples: readonly string[]): string =>
  `${message} (e.g. ${examples.map(example => `'${example}', `).join(' or ')}regex used for validation is '${pattern}')`

export const inclusiveRange = (low: number, high: number): string => `must be between ${low} and ${high}, inclusive`

/** A name of one part: containers, volumes, host names. */
export const dnsLabel: FormatCheck = value => {
  const messages = byteLength(value) > 63 ? [maxLength(63)] : []
  if (LABEL_PATTERN.test(value)) return messages
  if (matchesSubdomain(value)) return [...messages, 'must not contain dots']
  const words =
    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character"
  return [...messages, formError(words, DNS_LABEL, 'my-name', '123-abc')]
}

/** A name of parts with dots between: most objects. */
export const dnsSubdomain: FormatCheck = value => {
  const messages = byteLength(value) > 253 ? [maxLength(253)] : []
  if (matchesSubdomain(value)) return messages
  const words =
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character"
  return [...messages, formError(words, DNS_SUBDOMAIN, 'example.com')]
}

/** A name that begins with a letter: services. */
export const dns1035Label: FormatCheck = value => {
  const messages = byteLength(value) > 63 ? [maxLength(63)] : []
  if (DNS_1035_PATTERN.test(value)) return messages
  const words =
    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character"
  return [...messages, formError(words, DNS_1035_LABEL, 'my-name', 'abc-123')]
}

const QUALIFIED_WORDS =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character"

/** A label's or annotation's key: a name, with a domain before a slash or without. */
export const qualifiedName: FormatCheck = value => {
  const form = formError(QUALIFIED_WORDS, QUALIFIED_NAME, 'MyName', 'my.name', '123-abc')
  const parts = value.split('/')
  if (parts.length > 2) {
    return [`a qualified name ${form} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`]
  }
  const messages: string[] = []
  const name = parts[parts.length - 1]
  if (parts.length === 2) {
    if (parts[0] === '') messages.push('prefix part must be non-empty')
    else messages.push(...dnsSubdomain(parts[0]).map(message => `prefix part ${message}`))
  }
  if (name === '') messages.push('name part must be non-empty')
  else if (byteLength(name) > 63) messages.push(`name part ${maxLength(63)}`)
  if (!QUALIFIED_PATTERN.test(name)) messages.push(`name part ${form}`)
  return messages
}

export const labelValue: FormatCheck = value => {
  const messages = byteLength(value) > 63 ? [maxLength(63)] : []
  if (value === '' || QUALIFIED_PATTERN.test(value)) return messages
  const words =
    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character"
  return [...messages, formError(words, LABEL_VALUE, 'MyValue', 'my_value', '12345')]
}

export const portNumber = (value: number): readonly string[] =>
  value >= 1 && value <= 65_535 ? [] : [inclusiveRange(1, 65_535)]

export const portName: FormatCheck = value => {
  const messages: string[] = []
  if (byteLength(value) > 15) messages.push(maxLength(15))
  if (!/^[-a-z0-9]+$/.test(value)) {
    messages.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)')
  }
  if (!/[a-z]/.test(value)) messages.push('must contain at least one letter (a-z)')
  if (value.includes('--')) messages.push('must not contain consecutive hyphens')
  if (value.startsWith('-') || value.endsWith('-')) messages.push('must not begin or end with a hyphen')
  return messages
}

/** A user or group number. */
export const unixId = (value: number): readonly string[] =>
  value >= 0 && value <= 2 ** 31 - 1 ? [] : [inclusiveRange(0, 2 ** 31 - 1)]

export const percent: FormatCheck = value =>
  /^[0-9]+%$/.test(value)
    ? []
    : [formError("a valid percent string must be a numeric string followed by an ending '%'", PERCENT, '1%', '93%')]

export const httpHeaderName: FormatCheck = value =>
  /^[-A-Za-z0-9]+$/.test(value)
    ? []
    : [formError("a valid HTTP header must consist of alphanumeric characters or '-'", HTTP_HEADER, 'X-Header-Name')]

/** The names of variables since v1.32: any printable ASCII but `=` (gate RelaxedEnvironmentVariableValidation). */
export const envVarName: FormatCheck = value => {
  if (value === '') return ['environment variable name must be non-empty']
  if (/^[ -<>-~]+$/.test(value)) return []
  return ["a valid environment variable name must consist only of printable ASCII characters other than '='"]
}

/** A key of a ConfigMap or Secret. */
export const configKey: FormatCheck = value => {
  const messages = byteLength(value) > 253 ? [maxLength(253)] : []
  if (!/^[-._a-zA-Z0-9]+$/.test(value)) {
    const words = "a valid config key must consist of alphanumeric characters, '-', '_' or '.'"
    messages.push(formError(words, CONFIG_KEY, 'key.name', 'KEY_NAME', 'key-name'))
  }
  return [...messages, ...directoryPrefix(value)]
}

function directoryPrefix(value: string): readonly string[] {
  if (value === '.') return ["must not be '.'"]
  if (value === '..') return ["must not be '..'"]
  return value.startsWith('..') ? ["must not start with '..'"] : []
}

/** What follows the domain in a domain-prefixed path. */
export const httpPath: FormatCheck = value =>
  /^[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/.test(value) ? [] : [`Invalid path (regex used for validation is '${HTTP_PATH}')`]

/** A name that may stand in a path (apimachinery: pkg/api/validation/path/name.go IsValidPathSegmentName). */
export const pathSegment: FormatCheck = name => {
  if (name === '.' || name === '..') return [`may not be '${name}'`]
  return ['/', '%'].filter(each => name.includes(each)).map(each => `may not contain '${each}'`)
}

/** A name that a suffix will be added to: a dash at its end is allowed, and hides the character before it. */
export const asPrefix =
  (check: FormatCheck): FormatCheck =>
  value =>
    check(value.length > 1 && value.endsWith('-') ? `${value.slice(0, -2)}a` : value)
