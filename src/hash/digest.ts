import { finish, mix } from './mix.js'

/** Writes two unsigned 32-bit lanes as 16 hexadecimal digits. */
export const formatLanes = (high: number, low: number): string =>
  (high >>> 0).toString(16).padStart(8, '0') + (low >>> 0).toString(16).padStart(8, '0')

/** Hashes a text to 64 bits, as 16 hexadecimal digits: two lanes with different beginnings. */
export function digestText(text: string): string {
  let a = 0x9e3779b9 | 0
  let b = 0x85ebca6b | 0
  for (let i = 0; i < text.length; i++) {
    a = mix(a, text.charCodeAt(i))
    b = mix(b, text.charCodeAt(i) ^ 0x5bd1e995)
  }
  return formatLanes(finish(a ^ text.length), finish(b ^ text.length))
}
