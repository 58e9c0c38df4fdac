import type { ResourceUse, Usage } from './behaviour.js'
import { unitsIn, unitsText } from './quantity-units.js'
import type { WordReader } from './word-reader.js'

/** What the words `uses memory …` can name, beside `volume NAME`. */
const RESOURCES = ['memory', 'ephemeralStorage', 'processes'] as const

/** Reads `memory 50Mi growing by 1Mi per second up to 1Gi`, `processes 20`, `volume cache 2Gi`; what was said before stays. */
export function readUses(reader: WordReader, uses: ResourceUse): ResourceUse {
  const resource = reader.takeOneOf(RESOURCES)
  if (resource !== undefined) return { ...uses, [resource]: readUsage(reader) }
  if (!reader.take('volume')) reader.fail('a resource', [...RESOURCES, 'volume'])
  const name = reader.word('the name of a volume')
  return { ...uses, volumes: { ...uses.volumes, [name]: readUsage(reader) } }
}

function readUsage(reader: WordReader): Usage {
  const from = readAmount(reader)
  if (!reader.take('growing')) return { from, perSecond: 0, upTo: null }
  reader.oneOf(['by'])
  const perSecond = readAmount(reader)
  reader.oneOf(['per'])
  reader.oneOf(['second'])
  if (!reader.take('up')) return { from, perSecond, upTo: null }
  reader.oneOf(['to'])
  return { from, perSecond, upTo: readAmount(reader) }
}

function readAmount(reader: WordReader): number {
  const amount = amountOf(reader.word('an amount such as 50Mi'))
  return amount ?? reader.failBefore('expected an amount such as 50Mi or 20')
}

/** A quantity of whole bytes or processes; undefined: it is none. */
export const amountOf = (text: string): number | undefined => unitsIn(text, ONE)

const ONE = 1_000_000_000n

/** An amount as a file says it: `50Mi`. */
export const amountText = (amount: number): string => unitsText(amount, ONE)

/** Writes each resource in the words that `readUses` reads. */
export function usesWords({ volumes = {}, ...uses }: ResourceUse): string[] {
  return [
    ...RESOURCES.flatMap(resource => {
      const usage = uses[resource]
      return usage === undefined ? [] : [`uses ${resource} ${usageWords(usage)}`]
    }),
    ...Object.entries(volumes).map(([name, usage]) => `uses volume ${nameWord(name)} ${usageWords(usage)}`),
  ]
}

function usageWords({ from, perSecond, upTo }: Usage): string {
  const limit = upTo === null ? '' : ` up to ${amountText(upTo)}`
  const growth = perSecond === 0 && upTo === null ? '' : ` growing by ${amountText(perSecond)} per second`
  return `${amountText(from)}${growth}${limit}`
}

/** Names are words; anything else is quoted. */
const nameWord = (name: string): string => (/^[^\s,;"]+$/.test(name) ? name : JSON.stringify(name))
