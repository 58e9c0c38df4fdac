#!/usr/bin/env node
// The closed core: a run is a pure function, so the rooms of tsconfig.core.json know no clock, no chance, no locale, no
// timers, no promises and no Node. tsconfig.core.json already hides what is not ECMAScript; this finds what ECMAScript
// itself brings along. Usage: node scripts/check-core.mjs [FOLDER WITH src/]
import { builtinModules } from 'node:module'
import { join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const GLOBALS = new Set([
  ...['Date', 'performance', 'Intl', 'Temporal'],
  ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'requestAnimationFrame'],
  ...['clearTimeout', 'clearInterval', 'clearImmediate'],
  ...['Promise', 'Atomics', 'SharedArrayBuffer', 'WeakRef', 'FinalizationRegistry'],
  ...['process', 'require', 'Buffer', 'console', 'crypto', 'fetch', 'globalThis', 'eval', 'Function'],
])

/** Members whose answer depends on the locale of the machine. */
const LOCALE_MEMBERS = new Set([
  ...['localeCompare', 'toLocaleString', 'toLocaleDateString', 'toLocaleTimeString'],
  ...['toLocaleLowerCase', 'toLocaleUpperCase'],
])

/** ECMAScript lets every engine round these its own way, so they must not reach what the digest sees. */
const INEXACT_MATH = new Set([
  ...['acos', 'acosh', 'asin', 'asinh', 'atan', 'atan2', 'atanh', 'cbrt', 'cos', 'cosh', 'exp', 'expm1', 'hypot'],
  ...['log', 'log10', 'log1p', 'log2', 'pow', 'sin', 'sinh', 'tan', 'tanh'],
])
const EXACT_ROOMS = new Set(['hash', 'kernel', 'trace', 'cluster'])
const BUILTINS = new Set(builtinModules)

/** Finds what the closed core must not use: `[{ file, line, column, message }]`, files relative to `root`. */
export function checkCore(root) {
  const { config } = ts.readConfigFile(
    fileURLToPath(new URL('../tsconfig.core.json', import.meta.url)),
    ts.sys.readFile,
  )
  const { fileNames, options } = ts.parseJsonConfigFileContent(
    {
      compilerOptions: { ...config.compilerOptions, lib: ['es2023'], module: 'nodenext', target: 'es2023' },
      include: config.include,
    },
    ts.sys,
    root,
  )
  const program = ts.createProgram(fileNames, {
    ...options,
    noEmit: true,
    incremental: false,
    tsBuildInfoFile: undefined,
  })
  const checker = program.getTypeChecker()
  const findings = []
  for (const name of fileNames) {
    const source = program.getSourceFile(name)
    const file = relative(root, name).replaceAll('\\', '/')
    const isExact = EXACT_ROOMS.has(file.split('/')[1])
    const visit = node => {
      const message = objection(node, checker, program, isExact)
      if (message !== undefined) {
        const { line, character } = source.getLineAndCharacterOfPosition(node.getStart(source))
        findings.push({ file, line: line + 1, column: character + 1, message })
      }
      ts.forEachChild(node, visit)
    }
    visit(source)
  }
  return findings
}

function objection(node, checker, program, isExact) {
  if (ts.isIdentifier(node)) return objectionToName(node, checker, program, isExact)
  if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier))
    return 'await: a run is synchronous'
  if (node.kind === ts.SyntaxKind.AsyncKeyword) return 'async: a run is synchronous'
  if (node.kind === ts.SyntaxKind.ImportKeyword && ts.isCallExpression(node.parent))
    return 'import(): a run is synchronous'
  if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword)
    return 'import.meta: a run knows no files'
  if (ts.isStringLiteral(node) && isModuleName(node) && isBuiltin(node.text)) return `${node.text}: no Node built-ins`
  if (isExact && isPower(node) && !isBigInt(node.left, checker)) return '**: its rounding differs between engines'
  return undefined
}

function objectionToName(node, checker, program, isExact) {
  const { parent, text } = node
  const isMember = ts.isPropertyAccessExpression(parent) && parent.name === node
  if (isMember) return LOCALE_MEMBERS.has(text) ? `${text}: depends on the locale` : undefined
  if (text === 'Math' && isGlobal(node, checker, program)) return objectionToMath(parent, isExact)
  if (GLOBALS.has(text) && isGlobal(node, checker, program)) return `${text}: the core is closed`
  return undefined
}

/** `Math` may only stand before a dot, so that no member of it hides behind another name. */
function objectionToMath(parent, isExact) {
  if (!ts.isPropertyAccessExpression(parent)) return 'Math: write the member with a dot'
  const member = parent.name.text
  if (member === 'random') return 'Math.random: draw a choice instead'
  return isExact && INEXACT_MATH.has(member) ? `Math.${member}: its rounding differs between engines` : undefined
}

/** True of a name in a value's or type's place that nothing in src declares. */
function isGlobal(node, checker, program) {
  const { parent } = node
  const isKey =
    (ts.isPropertyAssignment(parent) || ts.isEnumMember(parent) || ts.isQualifiedName(parent)) && parent.name === node
  if (isKey || (ts.isBindingElement(parent) && parent.propertyName === node)) return false
  const symbol = ts.isShorthandPropertyAssignment(parent)
    ? checker.getShorthandAssignmentValueSymbol(parent)
    : checker.getSymbolAtLocation(node)
  const declarations = symbol?.declarations ?? []
  return declarations.every(
    declaration => program.isSourceFileDefaultLibrary(declaration.getSourceFile()) || isAmbient(declaration),
  )
}

/** `declare const process: …` declares nothing: it names a global. */
function isAmbient(declaration) {
  return (
    (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Ambient) !== 0 &&
    !ts.isTypeAliasDeclaration(declaration)
  )
}

const isModuleName = ({ parent }) =>
  ts.isImportDeclaration(parent) ||
  ts.isExportDeclaration(parent) ||
  (ts.isLiteralTypeNode(parent) && ts.isImportTypeNode(parent.parent))
const isBuiltin = name => name.startsWith('node:') || BUILTINS.has(name)
const isPower = node =>
  ts.isBinaryExpression(node) &&
  (node.operatorToken.kind === ts.SyntaxKind.AsteriskAsteriskToken ||
    node.operatorToken.kind === ts.SyntaxKind.AsteriskAsteriskEqualsToken)
const isBigInt = (node, checker) => (checker.getTypeAtLocation(node).flags & ts.TypeFlags.BigIntLike) !== 0

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const findings = checkCore(resolve(process.argv[2] ?? join(import.meta.dirname, '..')))
  for (const { file, line, column, message } of findings) console.error(`${file}:${line}:${column}: ${message}`)
  console.log(findings.length === 0 ? 'the core is closed' : `${findings.length} openings in the closed core`)
  process.exitCode = findings.length === 0 ? 0 : 1
}
