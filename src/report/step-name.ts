/** What reports call a step by the number in its row: steps of the plan count from 1, its reactions down from −1. */
export const stepName = (number: number): string => (number < 0 ? `reaction ${-number}` : `step ${number}`)
