import { readFileSync } from 'node:fs'
import { test } from 'vitest'
import { parseDocument } from '../../src/manifest/parse-document.js'
import { isPlainlyValid } from '../../src/manifest/quick-check.js'
const SAMPLE = /const SAMPLE = `([^`]*)`/.exec(readFileSync('test/manifest/quick-check.test.ts','utf8'))![1].replace(/\\\\/g,'\\')
const pieces = ['\n', '  ', '- ', 'a: ', 'b', ': ', '#', ' #', '"', "'", '[', ']', '{', '}', '|', '>-', '\t', ',', '&a', '*a', '!t', '\r', '...', '\\', '%', '@', '?', '', ' ', '\n\n', '-', ':', '|\n', '\n  ', '---', '\n- ']
test('f',()=>{
  let s=Number(process.env.S??1); const r=(n:number)=>{s=(s*1103515245+12345)%2147483648;return Math.floor(s/2147483648*n)}
  let bad=0, accepted=0, N=Number(process.env.N??40000)
  for(let i=0;i<N&&bad<6;i++){
    let t=SAMPLE; const k=1+r(3); const log=[]
    for(let j=0;j<k;j++){const at=r(t.length),len=r(3)?0:r(12),p=pieces[r(pieces.length)]; log.push([t.slice(Math.max(0,at-25),at),t.slice(at,at+len),p,t.slice(at+len,at+len+25)]); t=t.slice(0,at)+p+t.slice(at+len)}
    if(isPlainlyValid(t)){accepted++; try{parseDocument({file:'f',text:t,linesBefore:0,isJson:false})}catch(e){bad++;console.log((e as Error).message, JSON.stringify(log), t.split('\n').slice(Math.max(0,Number(/:(\d+):/.exec((e as Error).message)![1])-4),Number(/:(\d+):/.exec((e as Error).message)![1])+1).join('\n'))}}
  }
  console.log('CRLF',isPlainlyValid(SAMPLE.replace(/\n/g,'\r\n')))
  console.log(bad,accepted,N)
},600000)
