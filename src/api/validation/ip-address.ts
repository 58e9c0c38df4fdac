const OCTET = /^[0-9]{1,3}$/
const GROUP = /^[0-9a-fA-F]{1,4}$/

/** The family of an IP address as Kubernetes reads it (leading zeros allowed), or undefined if it is none. */
export function ipFamily(text: string): 'IPv4' | 'IPv6' | undefined {
  if (text.includes(':')) return isIPv6(text) ? (isMappedIPv4(text) ? 'IPv4' : 'IPv6') : undefined
  return isIPv4(text) ? 'IPv4' : undefined
}

const isIPv4 = (text: string): boolean => {
  const octets = text.split('.')
  return octets.length === 4 && octets.every(octet => OCTET.test(octet) && Number(octet) <= 255)
}

const isMappedIPv4 = (text: string): boolean => /^(?:0*:)*:?:?ffff:\d+\.\d+\.\d+\.\d+$/i.test(text)

function isIPv6(text: string): boolean {
  const halves = text.split('::')
  if (halves.length > 2) return false
  const groups = halves.flatMap(half => (half === '' ? [] : half.split(':')))
  const last = groups.at(-1)
  const endsInIPv4 = last?.includes('.') === true
  if (endsInIPv4 && !isIPv4(last)) return false
  const plain = endsInIPv4 ? groups.slice(0, -1) : groups
  if (!plain.every(group => GROUP.test(group))) return false
  const count = plain.length + (endsInIPv4 ? 2 : 0)
  return halves.length === 2 ? count < 8 : count === 8
}

/** Tells whether a text is a CIDR block such as `10.0.0.0/8`. */
export function isCIDR(text: string): boolean {
  const match = /^([^/]+)\/([0-9]{1,3})$/.exec(text)
  if (match === null) return false
  const family = ipFamily(match[1])
  return family !== undefined && Number(match[2]) <= (match[1].includes(':') ? 128 : 32)
}
