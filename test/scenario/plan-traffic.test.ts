import { describe, expect, test } from 'vitest'
import { parseTraffic } from '../../src/scenario/index.js'
import { planTexts } from '../../src/spec/index.js'

const service = (namespace: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: web, namespace: ${namespace} }\nspec: { selector: { app: web }, ports: [ { port: 80 } ] }\n`

/** The Service that a line of traffic leads to, or what is wrong with it. */
function leadsTo(words: string, ...namespaces: readonly string[]): string {
  const texts = namespaces.map(each => ({ name: `${each}.yaml`, text: service(each) }))
  const traffic = [{ ...parseTraffic(words), where: '--traffic' }]
  const { plan, problems } = planTexts(texts, { traffic, nodes: undefined })
  return plan?.traffic?.[0].service ?? problems.map(({ message }) => message).join('\n')
}

describe('the Service of traffic', () => {
  test('is that of the default namespace, of the one that is named, or the only one of its name', () => {
    expect(leadsTo('service/web 5/s', 'default', 'shop')).toBe('default/web')
    expect(leadsTo('shop/service/web 5/s', 'default', 'shop')).toBe('shop/web')
    expect(leadsTo('service/web 5/s', 'shop')).toBe('shop/web')
  })

  test('that several namespaces have, or none, is told with what to write', () => {
    expect(leadsTo('service/web 5/s', 'a', 'b')).toMatchInlineSnapshot(`
      "--traffic: service/web is in the namespaces a and b
        hint: write a/service/web"
    `)
    expect(leadsTo('service/wep 5/s', 'a', 'b')).toMatchInlineSnapshot(`
      "--traffic: there is no service service/wep
        hint: the nearest is a/service/web"
    `)
    expect(leadsTo('b/service/web 5/s', 'a')).toMatchInlineSnapshot(`
      "--traffic: there is no service b/service/web
        hint: the nearest is a/service/web"
    `)
  })
})
