/** Whether two maps of texts say the same; absent is the same as empty. */
export function shallowEqual(
  a: Readonly<Record<string, string>> | undefined,
  b: Readonly<Record<string, string>> | undefined,
): boolean {
  if (a === b) return true
  const [left, right] = [a ?? {}, b ?? {}]
  const keys = Object.keys(left)
  return keys.length === Object.keys(right).length && keys.every(key => left[key] === right[key])
}
