import { nearestWord, type Origin, PodwrightError } from '../errors/index.js'
import { LAWS } from './law-families.js'

/**
 * The name of a law, checked. `otherwise` writes the hint where no law's name is near, from the names that there are.
 *
 * @throws PodwrightError `USAGE` for a law that there is not, with the nearest.
 */
export function lawNamed(
  name: string,
  where: Origin | string | undefined,
  otherwise: (known: readonly string[]) => string,
): string {
  const known = LAWS.map(law => law.name)
  if (known.includes(name)) return name
  const nearest = nearestWord(name, known)
  throw new PodwrightError({
    code: 'USAGE',
    where,
    problem: `expected the name of a law, got ${JSON.stringify(name.slice(0, 80))}`,
    hint: nearest === undefined ? otherwise(known) : `did you mean ${nearest}?`,
  })
}
