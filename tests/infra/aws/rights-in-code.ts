import { resolve } from 'node:path';
import ts from 'typescript';
import type { TableRight } from '../../../infra/aws/function-needs.ts';

const root = resolve(import.meta.dirname, '../../..');
const functions = `${root}/functions/`;
/** Whoever has a table, or single items of it, has them from here. */
const sources = [`${functions}platform/dynamo-table.ts`, `${functions}platform/item-reader.ts`];
/** The port and what stands behind it: they know every right and use none by themselves. */
const port = [...sources, `${functions}platform/table.ts`];

const read: Readonly<Record<string, TableRight>> = { get: 'get', getAll: 'get-all' };
const changes = ['put', 'add', 'remove', 'check'] as const satisfies readonly TableRight[];

/**
 * What functions of the project may do to the table, as their code says it: from what a module runs when it
 * is loaded along every name that is mentioned, whatever may be called at run time. A branch that is never
 * taken counts, a declaration that nobody names does not.
 */
export class CodeOfFunctions {
  readonly #program: ts.Program;
  readonly #checker: ts.TypeChecker;

  /** @param entries modules, from the project's root. */
  constructor(entries: readonly string[]) {
    const { config } = ts.readConfigFile(`${root}/tsconfig.json`, ts.sys.readFile);
    const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, root);
    this.#program = ts.createProgram(
      entries.map((entry) => `${root}/${entry}`),
      options,
    );
    this.#checker = this.#program.getTypeChecker();
  }

  /** @param unused modules that the function holds and never calls. */
  rightsOf(entry: string, unused: readonly string[] = []): ReadonlySet<TableRight> {
    const module = this.#program.getSourceFile(`${root}/${entry}`);
    if (module === undefined) throw new Error(`There is no ${entry}.`);
    const rights = new Set<TableRight>();
    let hasTable = false;
    const reached = new Set<ts.Node>(module.statements.filter((one) => !ts.isImportDeclaration(one)));
    // a set is walked on to what is added meanwhile
    for (const unit of reached) {
      this.#walk(unit, (node) => {
        for (const right of this.#usedBy(node)) rights.add(right);
        for (const declaration of this.#namedBy(node)) {
          hasTable ||= sources.includes(declaration.getSourceFile().fileName);
          const next = unitOf(declaration);
          if (next !== undefined && !unused.includes(moduleOf(next))) reached.add(next);
        }
      });
    }
    return hasTable ? rights : new Set();
  }

  /** Every node that is left at run time. */
  #walk(node: ts.Node, visit: (node: ts.Node) => void): void {
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return;
    visit(node);
    ts.forEachChild(node, (child) => this.#walk(child, visit));
  }

  /** The declarations that a name stands for. */
  #namedBy(node: ts.Node): readonly ts.Declaration[] {
    if (!ts.isIdentifier(node)) return [];
    const found = ts.isShorthandPropertyAssignment(node.parent)
      ? this.#checker.getShorthandAssignmentValueSymbol(node.parent)
      : this.#checker.getSymbolAtLocation(node);
    if (found === undefined) return [];
    const symbol = (found.flags & ts.SymbolFlags.Alias) === 0 ? found : this.#checker.getAliasedSymbol(found);
    return symbol.declarations ?? [];
  }

  #usedBy(node: ts.Node): readonly TableRight[] {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const { expression, name } = node.expression;
      if (!['Table', 'Items'].includes(this.#checker.getTypeAtLocation(expression).symbol?.name ?? '')) return [];
      if (name.text === 'load') throw new Error(`${placeOf(node)} fills a store, which no function may.`);
      const right = read[name.text];
      return right === undefined ? [] : [right];
    }
    if (!ts.isObjectLiteralExpression(node)) return [];
    const kind = wordOf(node, 'kind');
    const change = changes.find((one) => one === kind);
    if (change !== undefined && has(node, change === 'put' ? 'item' : 'key')) return [change];
    // a partition with a name is an aggregate's key
    return has(node, 'partition') && !has(node, 'name') ? [selectionOf(node)] : [];
  }
}

function selectionOf(node: ts.ObjectLiteralExpression): TableRight {
  if (!has(node, 'index')) return 'select';
  const index = wordOf(node, 'index');
  if (index === 'list') return 'select-list';
  if (index === 'journal') return 'select-journal';
  throw new Error(`${placeOf(node)} does not say which index it reads.`);
}

/** The declaration at the top of its module that holds this one; undefined outside of what can use a right. */
function unitOf(declaration: ts.Declaration): ts.Node | undefined {
  const { fileName } = declaration.getSourceFile();
  if (!fileName.startsWith(functions) || port.includes(fileName)) return undefined;
  let unit: ts.Node = declaration;
  while (!ts.isSourceFile(unit.parent)) {
    if (ts.isVariableDeclaration(unit) && ts.isSourceFile(unit.parent.parent.parent)) return unit;
    unit = unit.parent;
  }
  return unit;
}

function propertyOf(node: ts.ObjectLiteralExpression, name: string): ts.ObjectLiteralElementLike | undefined {
  return node.properties.find((one) => one.name !== undefined && ts.isIdentifier(one.name) && one.name.text === name);
}

function has(node: ts.ObjectLiteralExpression, name: string): boolean {
  return propertyOf(node, name) !== undefined;
}

/** The text that a property is written as; undefined for anything else. */
function wordOf(node: ts.ObjectLiteralExpression, name: string): string | undefined {
  const property = propertyOf(node, name);
  if (property === undefined || !ts.isPropertyAssignment(property)) return undefined;
  const value = ts.isAsExpression(property.initializer) ? property.initializer.expression : property.initializer;
  return ts.isStringLiteral(value) ? value.text : undefined;
}

/** The module, from the project's root. */
function moduleOf(node: ts.Node): string {
  return node.getSourceFile().fileName.slice(root.length + 1);
}

function placeOf(node: ts.Node): string {
  return `${moduleOf(node)}:${node.getSourceFile().getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}
