/** A word as a shell takes it: in quotation marks where it holds what a shell reads otherwise. */
export const shellWord = (word: string): string =>
  /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
