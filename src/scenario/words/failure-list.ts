import { PodwrightError } from '../../errors/index.js'

/** More attempts than this are not listed one by one. */
const MOST_TIMES = 1000

/** So many times the same failure, behind those that are listed already. */
export function failureList<Failure>(before: readonly Failure[], times: number, failure: Failure): readonly Failure[] {
  if (Number.isInteger(times) && times >= 1 && before.length + times <= MOST_TIMES) {
    return [...before, ...new Array<Failure>(times).fill(failure)]
  }
  throw new PodwrightError({
    code: 'BEHAVIOUR_INVALID',
    where: 'fails',
    problem: `expected a number of times from 1, ${MOST_TIMES} in all, got ${String(times).slice(0, 80)}`,
  })
}
