import { PodwrightError } from '../../errors/index.js'

/** More attempts than this are not listed one by one. */
const MOST_TIMES = 1000

/** So many times the same failure, behind those that are listed already. */
export const failureList = <Failure>(before: readonly Failure[], times: number, failure: Failure): readonly Failure[] =>
  repeated(before, times, failure, 'fails')

/**
 * The same thing so many times, behind those that are listed already; `where` is the word that says how often.
 *
 * @throws PodwrightError `BEHAVIOUR_INVALID` for another number of times than 1 to 1000.
 */
export function repeated<Item>(before: readonly Item[], times: number, item: Item, where: string): readonly Item[] {
  if (Number.isInteger(times) && times >= 1 && before.length + times <= MOST_TIMES) {
    return [...before, ...new Array<Item>(times).fill(item)]
  }
  throw new PodwrightError({
    code: 'BEHAVIOUR_INVALID',
    where,
    problem: `expected a number of times from 1, ${MOST_TIMES} in all, got ${String(times).slice(0, 80)}`,
  })
}
