import { simulate } from '../../src/spec/index.js'
import type { Trace } from '../../src/trace/index.js'

/** A Deployment of two pods behind a Service, with a budget. */
export const rolledWeb = (): Trace => simulate(MANIFESTS)

export const MANIFESTS = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, labels: { app: web } }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: app, image: 'app:1' }] } }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web }
spec: { minAvailable: 1, selector: { matchLabels: { app: web } } }
`

/** Lines as a snapshot shows them: the first on a line of its own. */
export const shown = (text: string): string => `\n${text}`
