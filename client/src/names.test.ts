// Wherever a name that somebody typed stands in the page, it is kept apart from the words around it.
import { readFileSync, readdirSync } from 'node:fs'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { isolated } from './ui/names.ts'

const TYPED = new Set(['displayName', 'headName', 'witnessName', 'officerName', 'assigneeName', 'proxyName', 'dispatcherName', 'addedByName', 'contactName', 'changedBy', 'recordedBy', 'delivererName', 'giver'])
const isTyped = (node: ts.Node): boolean =>
  ts.isPropertyAccessExpression(node)
    ? TYPED.has(node.name.text) || (node.name.text === 'name' && /\b(party|account)\??$/.test(node.expression.getText()))
    : ts.isIdentifier(node) && TYPED.has(node.text) && !ts.isPropertyAccessExpression(node.parent) && !ts.isPropertyAssignment(node.parent) && !ts.isShorthandPropertyAssignment(node.parent)

/** The expression is only looked at, compared, or asked whether it is there. */
function isShown(name: ts.Node): boolean {
  let node = name
  for (; ; node = node.parent) {
    const { parent } = node
    if (ts.isCallExpression(parent) && parent.expression.getText() === 'isolated') return false
    if (ts.isConditionalExpression(parent) && parent.condition === node) return false
    if (ts.isBinaryExpression(parent) && parent.left === node && parent.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken) return false
    if (ts.isBinaryExpression(parent) && [ts.SyntaxKind.EqualsEqualsEqualsToken, ts.SyntaxKind.ExclamationEqualsEqualsToken].includes(parent.operatorToken.kind)) return false
    if (ts.isArrowFunction(parent) || ts.isJsxAttribute(parent)) return false
    if (ts.isJsxExpression(parent)) return ts.isJsxFragment(parent.parent) || (ts.isJsxElement(parent.parent) && parent.parent.openingElement.tagName.getText() !== 'bdi')
    if (ts.isPropertyAssignment(parent) && ts.isObjectLiteralExpression(parent.parent) && ts.isCallExpression(parent.parent.parent)) return /^t(\.\w+)?$/.test(parent.parent.parent.expression.getText())
    if (ts.isStatement(parent) || ts.isSourceFile(parent)) return false
  }
}

function bareNamesIn(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX)
  const found: string[] = []
  const walk = (node: ts.Node) => {
    if (isTyped(node) && isShown(node)) found.push(`${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${node.getText()}`)
    node.forEachChild(walk)
  }
  walk(source)
  return found
}

const root = `${import.meta.dirname}/`
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tsx') && !name.includes('.test.')).map((name) => root + name)

it('no name that somebody typed stands bare in a page', () => {
  expect(sources.length).toBeGreaterThan(100)
  expect(sources.flatMap(bareNamesIn)).toEqual([])
}, 60_000)

describe('a name in a sentence', () => {
  it.each([['سميرة', '\u2068سميرة\u2069'], ['שרה', '\u2068שרה\u2069'], ['Nguyễn Thị Thử', 'Nguyễn Thị Thử'], ['田中', '田中']])('%s', (name, shown) => expect(isolated(name)).toBe(shown))
})
