import { Lexer } from 'yaml'

/** What the lexer's types keep to themselves: the indentation that a next line must have, and the parts that ask for it. */
interface LexerParts {
  indentNext: number
  parseFlowCollection: () => Generator<string, string | null>
  parseQuotedScalar: () => Generator<string, string | null>
}

/**
 * Makes a lexer that, like kubectl's reader, asks for no indentation within quotes and brackets: `args: ['` may go on, and end, at
 * the column of `args`. The standard asks for it, so the strict one comes first.
 *
 * go-yaml: scannerc.go yaml_parser_scan_flow_scalar, and yaml_parser_unroll_indent, which does nothing within a flow.
 */
export function createUnindentedLexer(): Lexer {
  const lexer = new Lexer()
  const parts = lexer as unknown as LexerParts
  for (const part of ['parseFlowCollection', 'parseQuotedScalar'] as const) {
    const strict = parts[part]
    parts[part] = function* unindented() {
      const { indentNext } = parts
      parts.indentNext = 0
      const next = yield* strict.call(parts)
      parts.indentNext = indentNext
      return next
    }
  }
  return lexer
}
