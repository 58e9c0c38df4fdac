import { DEFAULT_BEHAVIOUR, type ImageBehaviour } from './behaviour.js'
import type { BehaviourRule, StatedImage } from './behaviour-rule.js'

/**
 * Finds what is said of images: those that containers name, those that rules name, and `*`, every other one. What is said
 * of `*` holds for each of which nothing else is said.
 */
export function imageBehaviours(
  names: Iterable<string>,
  rules: readonly BehaviourRule[],
): Record<string, ImageBehaviour> {
  const stated = new Map<string, StatedImage>()
  for (const { behaviour } of rules) {
    for (const [name, image] of Object.entries(behaviour.images ?? {})) {
      stated.set(name, { ...stated.get(name), ...withoutHoles(image) })
    }
  }
  const others = stated.get('*')
  const images: Record<string, ImageBehaviour> = {}
  for (const name of [...names, ...stated.keys(), '*']) {
    images[name] = imageBehaviour(name, { ...others, ...stated.get(name) })
  }
  return images
}

function imageBehaviour(name: string, stated: StatedImage): ImageBehaviour {
  const { failures, alwaysFails, pullDuration, isPresent, runsAsRoot } = stated
  const { image } = DEFAULT_BEHAVIOUR
  return {
    pullDuration: pullDuration ?? image.pullDuration,
    failures: failures?.map(text => text ?? unreachableText(name)) ?? image.failures,
    alwaysFails: alwaysFails === undefined ? null : (alwaysFails ?? missingText(name)),
    isPresent: isPresent ?? image.isPresent,
    runsAsRoot: runsAsRoot ?? image.runsAsRoot,
  }
}

/** What containerd says when the registry does not answer. */
function unreachableText(image: string): string {
  const reference = referenceOf(image)
  return `rpc error: code = Unknown desc = failed to pull and unpack image "${reference}": failed to resolve reference "${reference}": dial tcp: connection refused`
}

/** What containerd says of an image that the registry does not have. */
function missingText(image: string): string {
  const reference = referenceOf(image)
  return `rpc error: code = NotFound desc = failed to pull and unpack image "${reference}": failed to resolve reference "${reference}": ${reference}: not found`
}

/** The full name of an image: registry, repository, tag or digest (distribution: reference.ParseNormalizedNamed). */
function referenceOf(image: string): string {
  const [first, ...rest] = image.split('/')
  const hasRegistry = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost')
  const repository = hasRegistry ? image : `docker.io/${rest.length === 0 ? 'library/' : ''}${image}`
  return /(@|:[^/]*$)/.test(repository) ? repository : `${repository}:latest`
}

const withoutHoles = (image: StatedImage): StatedImage =>
  Object.fromEntries(Object.entries(image).filter(([, value]) => value !== undefined))
