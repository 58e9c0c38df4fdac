/** Asks again only where the value is another object than the one before: the pods of a template share their labels. */
export function rememberingLast<Value>(isTrue: (value: Value) => boolean): (value: Value) => boolean {
  let last: Value | undefined
  let answer: boolean | undefined
  return value => {
    if (answer === undefined || value !== last) {
      last = value
      answer = isTrue(value)
    }
    return answer
  }
}
