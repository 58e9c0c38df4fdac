/** Mixes one 32-bit word into a 32-bit state: a multiply-rotate round of MurmurHash3's kind. Integers only, so it is the same everywhere. */
export function mix(state: number, word: number): number {
  let k = Math.imul(word, 0xcc9e2d51)
  k = (k << 15) | (k >>> 17)
  let h = state ^ Math.imul(k, 0x1b873593)
  h = (h << 13) | (h >>> 19)
  return (Math.imul(h, 5) + 0xe6546b64) | 0
}

/** Scatters a state over all 32 bits (MurmurHash3's finaliser); the result is unsigned. */
export function finish(state: number): number {
  let h = state
  h ^= h >>> 16
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** Hashes a text by its UTF-16 code units to an unsigned 32-bit number. */
export function hashText(text: string, seed = 0): number {
  let h = seed | 0
  for (let i = 0; i < text.length; i++) h = mix(h, text.charCodeAt(i))
  return finish(h ^ text.length)
}
