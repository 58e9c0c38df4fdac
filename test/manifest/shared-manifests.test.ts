import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { loadManifests, podTemplateOf } from '../../src/manifest/index.js'

const ROOT = fileURLToPath(new URL('../../../shared/manifests', import.meta.url))

function manifestFiles(): string[] {
  const names = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  return names.filter(name => /\.(ya?ml|json)$/.test(name)).sort()
}

describe('the manifests that people publish', () => {
  if (!existsSync(ROOT)) {
    test.skip('../shared/manifests is missing: its files are not loaded', () => {})
    return
  }
  const files = manifestFiles()
  const loaded = files.map(
    name => [name, loadManifests([{ name, text: readFileSync(join(ROOT, name), 'utf8') }])] as const,
  )

  test('are loaded but for those that Kubernetes refuses, too', () => {
    const problems = loaded.flatMap(([, { problems }]) =>
      problems.map(({ message }) => message.split('\n')[0].slice(0, 240)),
    )
    expect(problems.join('\n')).toMatchInlineSnapshot(`
      "kubernetes-examples/_archived_newrelic-infrastructure_newrelic-config-template.yaml:7:12: yaml: invalid map key: a map
      kubernetes-examples/_archived_newrelic_newrelic-config-template.yaml:7:12: yaml: invalid map key: a map
      kubernetes-examples/_archived_openshift-origin_etcd-controller.yaml:12:3: yaml: key "selector" already set in map
      kubernetes-examples/_archived_openshift-origin_openshift-controller.yaml:12:3: yaml: key "selector" already set in map
      kubernetes-examples/_archived_persistent-volume-provisioning_quobyte_quobyte-admin-secret.yaml:9:1: yaml: key "type" already set in map
      kubernetes-examples/_archived_storage_vitess_etcd-service-template.yaml:7:12: yaml: invalid map key: a map
      kubernetes-examples/_archived_sysdig-cloud_sysdig-rc.yaml:9:1: ReplicationController "sysdig-agent" is invalid: spec.selector: Required value
      kubernetes-examples/_archived_volumes_cinder_cinder-web.yaml:12:11: Pod "cinder-web" is invalid: spec.containers[0].ports[0].protocol: Unsupported value: "tcp": supported values: "SCTP", "TCP", "UDP"
      kubernetes-examples/_archived_volumes_scaleio_pod.yaml:17:7: Pod in version "v1" cannot be handled as a Pod: strict decoding error: unknown field "spec.volumes[0].scaleIO.protectionDoamin"
      kubernetes-examples/_archived_volumes_storageos_storageos-pod.yaml:35:9: Pod in version "v1" cannot be handled as a Pod: strict decoding error: unknown field "spec.volumes[0].storageos.pool"
      kubernetes-examples/databases_cassandra_image_files_cassandra.yaml:10:1: Object 'Kind' is missing in '{"authenticator":"AllowAllAuthenticator","authorizer":"AllowAllAuthorizer","auto_snapshot":true,"batch_size_fail_threshold_in_kb":50,"batc"
    `)
  })

  test('make something of every document', () => {
    const silent = loaded.filter(
      ([, { objects, skipped, problems }]) => objects.length + skipped.length + problems.length === 0,
    )
    expect(silent.map(([name]) => name)).toEqual([])
  })

  test('have every object covered, and whatever is not modelled explained with its place', () => {
    for (const [name, { objects, coverage }] of loaded) {
      expect(coverage, name).toHaveLength(objects.length)
      for (const { fields } of coverage) {
        expect(fields.length, name).toBeGreaterThan(0)
        for (const { coverage: kind, path, reason, origin } of fields) {
          if (kind !== 'unmodelled') continue
          expect({ path, reason, origin }, name).toEqual({
            path,
            reason: expect.not.stringContaining('does not know'),
            origin: expect.objectContaining({ file: name }),
          })
        }
      }
    }
  })

  test('have their templates found where they are written', () => {
    for (const [name, { objects }] of loaded) {
      for (const { object, fieldOrigin } of objects) {
        const view = podTemplateOf(object)
        if (view !== undefined) expect(fieldOrigin([...view.path, 'spec', 'containers', 0]), name).toBeDefined()
      }
    }
  })

  test('are nearly all skipped in a file of definitions', () => {
    const file = files.find(name => name.includes('argo-cd-install'))
    if (file === undefined) return
    const { skipped, objects } = loaded.find(([name]) => name === file)?.[1] ?? { skipped: [], objects: [] }
    expect(skipped.map(({ kind, count }) => `${count} ${kind}`)).toMatchInlineSnapshot(`
      [
        "3 CustomResourceDefinition",
        "7 NetworkPolicy",
      ]
    `)
    expect(objects.map(({ object }) => `${object.kind} ${object.metadata.name}`)).toMatchInlineSnapshot(`
      [
        "ServiceAccount argocd-application-controller",
        "ServiceAccount argocd-applicationset-controller",
        "ServiceAccount argocd-dex-server",
        "ServiceAccount argocd-notifications-controller",
        "ServiceAccount argocd-redis",
        "ServiceAccount argocd-repo-server",
        "ServiceAccount argocd-server",
        "Role argocd-application-controller",
        "Role argocd-applicationset-controller",
        "Role argocd-dex-server",
        "Role argocd-notifications-controller",
        "Role argocd-redis",
        "Role argocd-server",
        "ClusterRole argocd-application-controller",
        "ClusterRole argocd-applicationset-controller",
        "ClusterRole argocd-server",
        "RoleBinding argocd-application-controller",
        "RoleBinding argocd-applicationset-controller",
        "RoleBinding argocd-dex-server",
        "RoleBinding argocd-notifications-controller",
        "RoleBinding argocd-redis",
        "RoleBinding argocd-server",
        "ClusterRoleBinding argocd-application-controller",
        "ClusterRoleBinding argocd-applicationset-controller",
        "ClusterRoleBinding argocd-server",
        "ConfigMap argocd-cm",
        "ConfigMap argocd-cmd-params-cm",
        "ConfigMap argocd-gpg-keys-cm",
        "ConfigMap argocd-notifications-cm",
        "ConfigMap argocd-rbac-cm",
        "ConfigMap argocd-ssh-known-hosts-cm",
        "ConfigMap argocd-tls-certs-cm",
        "Secret argocd-notifications-secret",
        "Secret argocd-secret",
        "Service argocd-applicationset-controller",
        "Service argocd-dex-server",
        "Service argocd-metrics",
        "Service argocd-notifications-controller-metrics",
        "Service argocd-redis",
        "Service argocd-repo-server",
        "Service argocd-server",
        "Service argocd-server-metrics",
        "Deployment argocd-applicationset-controller",
        "Deployment argocd-dex-server",
        "Deployment argocd-notifications-controller",
        "Deployment argocd-redis",
        "Deployment argocd-repo-server",
        "Deployment argocd-server",
        "StatefulSet argocd-application-controller",
      ]
    `)
  })
})
