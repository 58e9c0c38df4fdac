import { type LoadedManifests, type LoadOptions, loadManifests } from '../../src/manifest/index.js'

/** A manifest of a pod; `rest` goes on in its container. */
export const podText = (name = 'p', rest = ''): string =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\nspec:\n  containers:\n  - name: a\n    image: app:1\n${rest}`

export const load = (text: string, options: LoadOptions = {}): LoadedManifests =>
  loadManifests([{ name: 'f.yaml', text }], options)

/** What was loaded and what was wrong, as lines. */
export function outcome({ objects, skipped, problems }: LoadedManifests): string {
  const lines = [
    ...objects.map(
      ({ object: { kind, metadata }, origin: { line, column } }) => `${line}:${column} ${kind} ${metadata.name}`,
    ),
    ...skipped.map(
      ({ apiVersion, kind, count, origin: { line } }) => `${line}: skipped ${count} ${kind} of ${apiVersion}`,
    ),
    ...problems.map(({ code, message }) => `${code} ${message}`),
  ]
  return `\n${lines.join('\n')}\n`
}
