import { hashText } from '../hash/index.js'

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
