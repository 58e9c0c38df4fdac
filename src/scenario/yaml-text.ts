import { Document, Scalar, visit } from 'yaml'

/**
 * Writes plain data as YAML that every reader takes for the same: what a reader of YAML 1.1, such as kubectl's, could take for
 * something else than text is quoted.
 */
export function yamlText(data: unknown): string {
  // Data that stands in two places is written twice: anchors are no help to people.
  const document = new Document(data, { aliasDuplicateObjects: false })
  visit(document, {
    Scalar: (_, scalar) => {
      if (typeof scalar.value === 'string') scalar.type = styleOf(scalar.value)
    },
  })
  return document.toString({ lineWidth: 0 })
}

const PLAIN_TEXT = /^[A-Za-z/](?:(?:[A-Za-z0-9 ,;()./_+=@-]|:(?=[A-Za-z0-9]))*[A-Za-z0-9./_+=@)-])?$/
/** Durations and quantities begin like numbers, but no reader takes them for one. */
const AMOUNT = /^(?:(?:\d+(?:\.\d+)?(?:ms|s|m|h))+|\d+(?:[KMGTPE]i|[kMGTP]))$/
/** Words that are no texts to some readers. */
const RESERVED = /^(?:y|n|yes|no|on|off|true|false|null)$/i
/** Lines of printable characters, the first without indentation, none with a blank at its end. */
const LINES = /^[!-~](?:[ -~]*[!-~])?(?:\n+[ -~]*[!-~])*\n?$/

function styleOf(text: string): Scalar.Type {
  if ((PLAIN_TEXT.test(text) && !RESERVED.test(text)) || AMOUNT.test(text)) return Scalar.PLAIN
  return text.includes('\n') && LINES.test(text) ? Scalar.BLOCK_LITERAL : Scalar.QUOTE_DOUBLE
}
