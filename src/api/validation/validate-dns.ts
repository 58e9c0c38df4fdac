import type { HostAlias, PodSpec } from '../../model/index.js'
import { addInvalid, type FieldErrors, invalid, notSupported, required } from './field-error.js'
import type { FieldPath } from './field-path.js'
import { dnsSubdomain } from './formats.js'
import { byteLength, goStrings } from './go-text.js'
import { ipFamily } from './ip-address.js'

// kubernetes: pkg/apis/core/validation/validation.go validatePodDNSConfig, validateDNSPolicy, ValidateHostAliases, v1.32.

const MAX_NAMESERVERS = 3
const MAX_SEARCHES = 32
const MAX_SEARCH_CHARACTERS = 2048
const DNS_POLICIES = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None']

export function validateDnsPolicy(policy: string | undefined, path: FieldPath, errors: FieldErrors): void {
  if (policy === undefined || policy === '') errors.push(required(path))
  else if (!DNS_POLICIES.includes(policy)) errors.push(notSupported(path, policy, DNS_POLICIES))
}

export function validateDnsConfig({ dnsConfig, dnsPolicy }: PodSpec, path: FieldPath, errors: FieldErrors): void {
  const nameservers = dnsConfig?.nameservers ?? []
  if (dnsPolicy === 'None') {
    if (dnsConfig === undefined) {
      return void errors.push(required(path, 'must provide `dnsConfig` when `dnsPolicy` is None'))
    }
    if (nameservers.length === 0) {
      const detail = 'must provide at least one DNS nameserver when `dnsPolicy` is None'
      return void errors.push(required(path.child('nameservers'), detail))
    }
  }
  if (nameservers.length > MAX_NAMESERVERS) {
    const detail = `must not have more than ${MAX_NAMESERVERS} nameservers`
    errors.push(invalid(path.child('nameservers'), goStrings(nameservers), detail))
  }
  nameservers.forEach((nameserver, i) => {
    validateIp(nameserver, path.child('nameservers').index(i), errors)
  })
  validateSearches(dnsConfig?.searches ?? [], path.child('searches'), errors)
  dnsConfig?.options?.forEach((option, i) => {
    if ((option.name ?? '') === '') errors.push(required(path.child('options').index(i), 'must not be empty'))
  })
}

function validateSearches(searches: readonly string[], path: FieldPath, errors: FieldErrors): void {
  if (searches.length > MAX_SEARCHES) {
    errors.push(invalid(path, goStrings(searches), `must not have more than ${MAX_SEARCHES} search paths`))
  }
  if (byteLength(searches.join(' ')) > MAX_SEARCH_CHARACTERS) {
    const detail = `must not have more than ${MAX_SEARCH_CHARACTERS} characters (including spaces) in the search list`
    errors.push(invalid(path, goStrings(searches), detail))
  }
  searches.forEach((search, i) => {
    const domain = search.endsWith('.') ? search.slice(0, -1) : search
    addInvalid(errors, path.index(i), domain, dnsSubdomain(domain))
  })
}

export function validateIp(address: string, path: FieldPath, errors: FieldErrors): void {
  if (ipFamily(address) !== undefined) return
  errors.push(invalid(path, address, 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)'))
}

export function validateHostAliases(aliases: readonly HostAlias[], path: FieldPath, errors: FieldErrors): void {
  aliases.forEach(({ ip, hostnames = [] }, i) => {
    validateIp(ip, path.index(i).child('ip'), errors)
    hostnames.forEach((hostname, j) => {
      addInvalid(errors, path.index(i).child('hostnames').index(j), hostname, dnsSubdomain(hostname))
    })
  })
}
