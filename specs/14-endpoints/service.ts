/** The manifest of a Service that selects the pods with the label `app: web`. */
export const service = (name: string, fields: object = {}): object => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name },
  spec: { selector: { app: 'web' }, ports: [{ port: 80 }], ...fields },
})
