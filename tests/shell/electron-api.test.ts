/** What the host calls of Electron is there in the installed version, and known to the stand-in that the specs run on. */
import { join } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { projectFiles, projectRoot } from '../support/sources.ts'

/** `owner`: the class or interface that declares it; `name`: what the stand-in has for it; null where that has no name. */
type Use = { owner: string; name: string | null; member: string; where: string }

const standIn = join(projectRoot, 'tests', 'shell', 'stand-in', 'electron.ts')
/** All that runs in the main process: the preload script runs in the page. */
const hostFiles = projectFiles().filter(file => /^src-main\/electron\/(?!preload\.ts).*\.ts$/.test(file))
const program = ts.createProgram([standIn, ...hostFiles.map(file => join(projectRoot, file))], optionsOfProject())
const checker = program.getTypeChecker()

function optionsOfProject(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(projectRoot, 'tsconfig.json'), ts.sys.readFile)
  return ts.parseJsonConfigFileContent(config, ts.sys, projectRoot).options
}

/** Each member of Electron's that a file reads, by the interface or class that declares it. */
function usesIn(file: string): Use[] {
  const source = program.getSourceFile(join(projectRoot, file))!
  const found: Use[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node)) {
      const declaration = checker.getSymbolAtLocation(node.name)?.declarations?.[0]
      const owner = declaration?.parent
      if (owner && (ts.isClassDeclaration(owner) || ts.isInterfaceDeclaration(owner)) && isElectrons(owner)) {
        const ownerName = owner.name?.text ?? ''
        found.push({
          owner: ownerName,
          name: exportOf(node.expression, ownerName),
          member: node.name.text,
          where: file,
        })
      }
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

/** What is read of the module itself, and of windows; other objects are made by these, and met by the specs. */
function exportOf(from: ts.Expression, owner: string): string | null {
  if (owner === 'BrowserWindow') return owner
  const [declaration] = (ts.isIdentifier(from) && checker.getSymbolAtLocation(from)?.declarations) || []
  return declaration && ts.isImportSpecifier(declaration) ? (declaration.propertyName ?? declaration.name).text : null
}

function isElectrons(node: ts.Node): boolean {
  return /[/\\]node_modules[/\\]electron[/\\]electron\.d\.ts$/.test(node.getSourceFile().fileName)
}

/** Names of what a file takes from the module itself, types left out. */
function importsIn(file: string): string[] {
  const source = program.getSourceFile(join(projectRoot, file))!
  return source.statements.flatMap(statement => {
    if (!ts.isImportDeclaration(statement) || (statement.moduleSpecifier as ts.StringLiteral).text !== 'electron')
      return []
    const { importClause } = statement
    const bindings = importClause?.namedBindings
    if (!bindings || !ts.isNamedImports(bindings) || importClause.phaseModifier === ts.SyntaxKind.TypeKeyword) return []
    return bindings.elements
      .filter(element => !element.isTypeOnly && isValue(element.name))
      .map(({ name }) => name.text)
  })
}

/** False for a name that only types have, which leaves nothing behind. */
function isValue(name: ts.Identifier): boolean {
  const local = checker.getSymbolAtLocation(name)!
  const { declarations = [], flags } = checker.getAliasedSymbol(local)
  const isUsed = isUsedAsValue(name)
  return declarations.some(isElectrons) && (flags & ts.SymbolFlags.Value) !== 0 && isUsed
}

function isUsedAsValue(name: ts.Identifier): boolean {
  let isUsed = false
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node)) return
    if (ts.isIdentifier(node) && node.text === name.text) isUsed = true
    ts.forEachChild(node, visit)
  }
  visit(name.getSourceFile())
  return isUsed
}

const exported = new Map(
  checker
    .getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(standIn)!)!)
    .map(symbol => [symbol.name, symbol] as const),
)

/** Of an object there is one of; of a class its own and its instances'. */
function membersOf(name: string): Set<string> {
  const symbol = exported.get(name)
  if (!symbol) return new Set()
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
  const types = [checker.getTypeOfSymbol(target), checker.getDeclaredTypeOfSymbol(target)]
  return new Set(types.flatMap(type => checker.getPropertiesOfType(type)).map(property => property.name))
}

test('the sources are read with the types of the installed Electron', () => {
  const used = hostFiles.flatMap(usesIn).map(({ owner, member }) => `${owner}.${member}`)
  expect(used).toEqual(
    expect.arrayContaining(['App.requestSingleInstanceLock', 'App.setBadgeCount', 'BrowserWindow.show']),
  )
})

test('no member of Electron’s is called that the installed version does not declare', () => {
  const files = new Set(hostFiles.map(file => join(projectRoot, file)))
  const missing = [...files].flatMap(file =>
    program
      .getSemanticDiagnostics(program.getSourceFile(file))
      .map(({ messageText }) => `${file}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`),
  )
  expect(missing).toEqual([])
})

test('the stand-in has all that the host takes from the module', () => {
  const taken = hostFiles.flatMap(importsIn)
  expect(taken.length).toBeGreaterThan(10)
  expect([...new Set(taken)].filter(name => !exported.has(name))).toEqual([])
})

test('the stand-in has every member that the host calls of what it exports', () => {
  const uses = hostFiles.flatMap(usesIn).filter(({ name }) => name !== null)
  expect(uses.length).toBeGreaterThan(30)
  const unknown = uses.filter(({ name, member }) => !membersOf(name!).has(member))
  expect(unknown.map(({ name, member, where }) => `${name}.${member} in ${where}`)).toEqual([])
})
