import type { Features } from './features.js'

/** What pods refer to: services, settings, priorities. */
export function referredObjects({ services, placement, references }: Features): object[] {
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web' },
    spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] },
  }
  const priority = (name: string, value: number): object => ({
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name },
    value,
  })
  const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'present' }, data: { level: 'info' } }
  return [
    ...(references ? [settings] : []),
    ...(services ? [service] : []),
    ...(placement ? [priority('low', 10), priority('high', 1000)] : []),
  ]
}
