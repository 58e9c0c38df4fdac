import { finish, mix } from './mix.js'

/** Writes two unsigned 32-bit lanes as 16 hexadecimal digits. */
export const formatLanes = (high: number, low: number): string => hexadecimal(high) + hexadecimal(low)

/** Byte by byte: V8 writes numbers beyond 31 bits to another base digit by digit, as if they had fractions. */
const hexadecimal = (lane: number): string =>
  BYTES[lane >>> 24] + BYTES[(lane >>> 16) & 255] + BYTES[(lane >>> 8) & 255] + BYTES[lane & 255]

const BYTES = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

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
