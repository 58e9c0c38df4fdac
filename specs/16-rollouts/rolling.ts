/** The Deployment `web` of three pods that are asked every second whether they are ready; `fields` are more of its spec. */
export const rolling = (fields: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    replicas: 3,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: {
        containers: [{ name: 'app', image: 'app:1', readinessProbe: { httpGet: { port: 80 }, periodSeconds: 1 } }],
      },
    },
    ...fields,
  },
})
