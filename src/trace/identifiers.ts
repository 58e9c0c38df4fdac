import { digestText, hashText } from '../hash/index.js'

/**
 * The UID of an object: it looks like a random UUID (version 4) and depends on nothing but the object's path and on how
 * many objects of that path there were before.
 */
export function uidOf(path: string, incarnation = 0): string {
  const subject = incarnation === 0 ? path : `${path}#${incarnation}`
  const digits = digestText(subject) + digestText(`${subject}/uid`)
  const variant = '89ab'[Number.parseInt(digits[16], 16) & 3]
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    `${variant}${digits.slice(17, 20)}`,
    digits.slice(20),
  ].join('-')
}

/** The ID by which the runtime calls an instance of a container, as containerd writes it. */
export const containerIDOf = (path: string, instance: number): string =>
  `containerd://${hexOf(`${path}#${instance}`, 64)}`

/** The ID of an image: its repository and a digest made of its name. */
export function imageIDOf(image: string): string {
  const at = image.indexOf('@')
  if (at >= 0) return image
  const slash = image.lastIndexOf('/')
  const colon = image.indexOf(':', slash + 1)
  return `${colon < 0 ? image : image.slice(0, colon)}@sha256:${hexOf(image, 64)}`
}

/** As many hexadecimal digits as wanted, out of a text. */
function hexOf(text: string, digits: number): string {
  let hex = ''
  for (let seed = 1; hex.length < digits; seed++)
    hex += hashText(text, Math.imul(seed, 0x9e3779b1)).toString(16).padStart(8, '0')
  return hex.slice(0, digits)
}
