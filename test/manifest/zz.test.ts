import { readFileSync, readdirSync } from 'node:fs'
import { test } from 'vitest'
import { isPlainlyValid } from '../../src/manifest/quick-check.js'
import { splitDocuments } from '../../src/manifest/split-documents.js'
import { parseDocument } from '../../src/manifest/parse-document.js'
test('quick', () => {
  const root='/work/shared/manifests/'
  const files=[...readdirSync(root).filter(f=>f.endsWith('.yaml')).map(f=>root+f),...readdirSync(root+'kubernetes-examples').map(f=>root+'kubernetes-examples/'+f)]
  let quick=0, slow=0, total=0, agree=0
  for (const f of files) {
    const text=readFileSync(f,'utf8')
    const s=splitDocuments({name:f,text})
    for (const p of s.problems) console.log('SPLIT',p.message)
    for (const d of s.documents) {
      total++
      let t=performance.now()
      const ok=isPlainlyValid(d.text); quick+=performance.now()-t
      t=performance.now()
      let err
      try { parseDocument(d) } catch (e) { err=(e as Error).message }
      slow+=performance.now()-t
      if (ok && err) console.log('WRONG ACCEPT', f, err)
      if (!ok) console.log('not plain', f.slice(23), d.linesBefore, d.text.length, err)
      if (ok===!err) agree++
    }
  }
  console.log({quick,slow,total,agree})
})
