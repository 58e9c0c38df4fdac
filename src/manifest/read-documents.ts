import { parseDocument } from './parse-document.js'
import { type ManifestInput, splitDocuments } from './split-documents.js'

/**
 * Reads the documents of an input as the data they hold: nothing is decoded, defaulted or validated.
 *
 * @throws PodwrightError `YAML_SYNTAX`, `INPUT_TOO_LARGE` at the first thing that is wrong.
 */
export function readDocuments(input: ManifestInput): readonly unknown[] {
  const { documents, problems } = splitDocuments(input)
  if (problems.length > 0) throw problems[0]
  return documents.map(document => parseDocument(document).value)
}
