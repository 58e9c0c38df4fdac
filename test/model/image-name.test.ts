import { expect, test } from 'vitest'
import { parseImageName } from '../../src/model/index.js'

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`

test.each([
  ['nginx', 'docker.io/library/nginx', 'latest', ''],
  ['nginx:1.27', 'docker.io/library/nginx', '1.27', ''],
  ['bitnami/redis', 'docker.io/bitnami/redis', 'latest', ''],
  ['index.docker.io/nginx', 'docker.io/library/nginx', 'latest', ''],
  ['quay.io/argoproj/argocd:v2', 'quay.io/argoproj/argocd', 'v2', ''],
  ['localhost/app', 'localhost/app', 'latest', ''],
  ['registry:5000/app:1', 'registry:5000/app', '1', ''],
  ['[::1]:5000/app', '[::1]:5000/app', 'latest', ''],
  [`app@${DIGEST}`, 'docker.io/library/app', '', DIGEST],
  [`app:1@${DIGEST}`, 'docker.io/library/app', '1', DIGEST],
])('%s is read', (image, repository, tag, digest) => {
  expect(parseImageName(image)).toEqual({ repository, tag, digest })
})

test.each([
  ['', 'invalid reference format'],
  ['App:1', 'invalid reference format: repository name (library/App) must be lowercase'],
  ['my app', 'invalid reference format'],
  ['app:', 'invalid reference format'],
  ['app:tag:tag', 'invalid reference format'],
  ['a//b', 'invalid reference format'],
  ['-app', 'invalid reference format'],
  ['app@sha256:12', 'invalid reference format'],
  [`app@sha256:${'a'.repeat(40)}`, 'invalid checksum digest length'],
  [`app@md4:${'a'.repeat(40)}`, 'unsupported digest algorithm'],
  [`${'a/'.repeat(130)}app`, 'repository name must not be more than 255 characters'],
  ['a'.repeat(64), `invalid repository name (${'a'.repeat(64)}), cannot specify 64-byte hexadecimal strings`],
])('%j is refused in the words of the kubelet', (image, why) => {
  expect(parseImageName(image)).toEqual({ problem: `couldn't parse image name "${image}": ${why}` })
})

test('hostile references cost no time', () => {
  for (const image of ['a-'.repeat(50_000), `${'a.'.repeat(2000)}!`, `${'a_'.repeat(2000)}:`, '[::'.repeat(1300)]) {
    expect(parseImageName(image)).toHaveProperty('problem')
  }
})
