import { readFileSync } from 'node:fs'
import { test } from 'vitest'
import { canonicalObject, decodeObject, defaultObject, invalidMessage, validateObject } from '/work/main/src/api/index.js'
import { qosClassOf } from '/work/main/src/model/index.js'
test('x', () => {
  for (const file of ['validation','defaulting','qos']) {
  const { cases } = JSON.parse(readFileSync(`/work/shared/conformance/${file}.json`, 'utf8'))
  let ok = 0
  for (const c of cases) {
    const want = c['v1.32.10']
    const d = decodeObject('Pod', { ...c.manifest, metadata: { namespace: 'default', ...c.manifest.metadata } })
    let got: string
    let spec: unknown
    let qos
    if (d.error) got = d.error.message
    else {
      const o = defaultObject(d.object) as any
      const errs = validateObject(o)
      got = errs.length === 0 ? 'valid' : invalidMessage('Pod', c.manifest.metadata.name ?? '', errs)
      if (!errs.length) { spec = canonicalObject(o).spec; qos=qosClassOf(spec as any) }
    }
    let exp = want.status?.message ?? want.decodingError ?? want.strictDecodingError ?? 'valid'
    if (file==='qos') exp='valid'
    const canon = (x: any): any => Array.isArray(x) ? x.map(canon) : x && typeof x === 'object' ? Object.fromEntries(Object.keys(x).sort().map(k => [k, canon(x[k])])) : x
    if (got !== exp) console.log(file,c.name, '\n  got', got, '\n  exp', exp)
    else if (spec && want.spec && JSON.stringify(canon(spec)) !== JSON.stringify(canon(want.spec))) console.log(c.name, 'SPEC\n', JSON.stringify(canon(spec)), '\n', JSON.stringify(canon(want.spec)))
    else if (file==='qos' && qos!==want) console.log(c.name,qos,want)
    else ok++
  }
  console.log(file,ok, cases.length)
  }
})
