/** An image reference taken apart: `docker.io/library/nginx`, tag `latest`. */
export interface ImageName {
  readonly repository: string
  /** `latest` where neither a tag nor a digest is given. */
  readonly tag: string
  readonly digest: string
}

const TAG = String.raw`\w[\w.-]{0,127}`
const DIGEST = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}'
const LABEL = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?'
const DOMAIN = String.raw`(?:${LABEL}(?:\.${LABEL})*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?`
const COMPONENT = '[a-z0-9]+(?:(?:__|[._]|-+)[a-z0-9]+)*'
const REFERENCE = new RegExp(`^((?:${DOMAIN}/)?(${COMPONENT}(?:/${COMPONENT})*))(?::(${TAG}))?(?:@(${DIGEST}))?$`)
const DIGEST_LENGTH: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 }

/** Longer texts cannot be references; matching them would only cost time. */
const LONGEST_REFERENCE = 4096

/**
 * Parses an image reference; the answer to one that is none is the error the kubelet reports.
 *
 * kubernetes: pkg/util/parsers/parsers.go ParseImageName, distribution/reference normalize.go, v1.32.
 */
export function parseImageName(image: string): ImageName | { readonly problem: string } {
  const failed = (why: string) => ({ problem: `couldn't parse image name ${JSON.stringify(image)}: ${why}` })
  if (/^[a-f0-9]{64}$/.test(image)) {
    return failed(`invalid repository name (${image}), cannot specify 64-byte hexadecimal strings`)
  }
  if (image.length > LONGEST_REFERENCE) return failed('invalid reference format')
  const { domain, remote } = splitDomain(image)
  const name = remote.split(':', 1)[0]
  if (name.toLowerCase() !== name)
    return failed(`invalid reference format: repository name (${name}) must be lowercase`)
  const match = REFERENCE.exec(`${domain}/${remote}`)
  if (match === null) {
    const isLowercaseValid = REFERENCE.test(`${domain}/${remote}`.toLowerCase())
    return failed(isLowercaseValid ? 'repository name must be lowercase' : 'invalid reference format')
  }
  const [, repository, path, tag = '', digest = ''] = match
  if (path.length > 255) return failed('repository name must not be more than 255 characters')
  const problem = digest === '' ? undefined : digestProblem(digest)
  if (problem !== undefined) return failed(problem)
  return { repository, tag: tag === '' && digest === '' ? 'latest' : tag, digest }
}

function splitDomain(image: string): { domain: string; remote: string } {
  const slash = image.indexOf('/')
  if (slash === -1) return { domain: 'docker.io', remote: `library/${image}` }
  const first = image.slice(0, slash)
  const rest = image.slice(slash + 1)
  const isDomain = first === 'localhost' || /[.:]/.test(first) || first.toLowerCase() !== first
  const domain = first === 'index.docker.io' || !isDomain ? 'docker.io' : first
  const remote = isDomain ? rest : image
  return { domain, remote: domain === 'docker.io' && !remote.includes('/') ? `library/${remote}` : remote }
}

function digestProblem(digest: string): string | undefined {
  const [algorithm, hex] = digest.split(':', 2)
  if (!Object.hasOwn(DIGEST_LENGTH, algorithm)) return 'unsupported digest algorithm'
  if (hex.length !== DIGEST_LENGTH[algorithm]) return 'invalid checksum digest length'
  return /^[a-f0-9]+$/.test(hex) ? undefined : 'invalid checksum digest format'
}
