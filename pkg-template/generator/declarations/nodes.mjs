/** Syntax of types: reads what openapi-typescript makes and writes it anew. */
import ts from "typescript";

const { factory, SyntaxKind } = ts;
const PRINTER = ts.createPrinter({ newLine: ts.NewLineKind.LineFeed });
const PAPER = ts.createSourceFile("types.ts", "", ts.ScriptTarget.Latest);

/**
 * The schemas of openapi-typescript's answer: the members of `components.schemas`.
 * @param {ts.Node[]} nodes
 * @returns {Map<string, ts.TypeNode>}
 */
export function members(nodes) {
  const components = nodes.find((node) => ts.isInterfaceDeclaration(node) && node.name.text === "components");
  if (!components || !ts.isInterfaceDeclaration(components)) throw new Error("no components were made");
  const schemas = properties(components.members).get("schemas");
  if (!schemas || !ts.isTypeLiteralNode(schemas)) throw new Error("no schemas were made");
  return properties(schemas.members);
}

/** @param {ts.NodeArray<ts.TypeElement>} elements */
function properties(elements) {
  /** @type {Map<string, ts.TypeNode>} */
  const types = new Map();
  for (const element of elements) {
    if (!ts.isPropertySignature(element) || !element.type) continue;
    if (ts.isIdentifier(element.name) || ts.isStringLiteral(element.name)) {
      types.set(element.name.text, element.type);
    }
  }
  return types;
}

/** @type {{ [type: string]: ts.KeywordTypeSyntaxKind }} */
const PRIMITIVES = {
  string: SyntaxKind.StringKeyword,
  integer: SyntaxKind.NumberKeyword,
  number: SyntaxKind.NumberKeyword,
};

/**
 * Known values and every other of their types, `"NL" | "US" | (string & {})`: a bare `string` would swallow
 * the known ones, and editors would not offer them.
 * @param {(string | number)[]} known
 * @param {string[]} types of JSON Schema
 */
export function openList(known, types) {
  const values = known.map((value) =>
    factory.createLiteralTypeNode(
      typeof value === "number" ? factory.createNumericLiteral(value) : factory.createStringLiteral(value),
    ),
  );
  const others = types.map((type) => {
    if (type === "null") return factory.createLiteralTypeNode(factory.createNull());
    const keyword = PRIMITIVES[type];
    if (!keyword) throw new Error(`x-extensible-enum of ${type} is not supported`);
    return factory.createParenthesizedType(
      factory.createIntersectionTypeNode([
        factory.createKeywordTypeNode(keyword),
        factory.createTypeLiteralNode([]),
      ]),
    );
  });
  return factory.createUnionTypeNode([...values, ...others]);
}

/**
 * The name in `components["schemas"]["Name"]`.
 * @param {ts.Node} node
 */
export function schemaName(node) {
  if (!ts.isIndexedAccessTypeNode(node) || !ts.isIndexedAccessTypeNode(node.objectType)) return undefined;
  const { indexType } = node;
  return ts.isLiteralTypeNode(indexType) && ts.isStringLiteral(indexType.literal)
    ? indexType.literal.text
    : undefined;
}

/**
 * @typedef {object} Rewriting
 * @property {(schema: string) => string} name of a schema's type
 * @property {(property: ts.PropertySignature) => string} comment of a property, or nothing
 * @property {boolean} readonly whether arrays are
 */

/**
 * The type with references by name, and comments of our own.
 * @template {ts.Node} T
 * @param {T} type
 * @param {Rewriting} rewriting
 * @returns {T}
 */
export function rewritten(type, rewriting) {
  /** @type {ts.TransformerFactory<ts.Node>} */
  const transformer = (context) => (root) => {
    /** @type {(node: ts.Node) => ts.Node} */
    const visit = (node) => {
      const name = schemaName(node);
      if (name) return factory.createTypeReferenceNode(rewriting.name(name));
      if (ts.isPropertySignature(node)) return property(node);
      const copy = ts.visitEachChild(node, visit, context);
      // What may be anything may be the rest too.
      if (ts.isUnionTypeNode(copy)) return copy.types.find(isUnknown) ?? copy;
      if (ts.isArrayTypeNode(copy) && rewriting.readonly) {
        return factory.createTypeOperatorNode(SyntaxKind.ReadonlyKeyword, copy);
      }
      return ts.isIntersectionTypeNode(copy) ? merged(copy) : copy;
    };
    /** @param {ts.PropertySignature} node */
    const property = (node) => {
      const type = node.type && ts.visitNode(node.type, visit, ts.isTypeNode);
      const copy = factory.createPropertySignature(node.modifiers, node.name, node.questionToken, type);
      const text = rewriting.comment(node).trim().slice(2, -2);
      return text ? ts.addSyntheticLeadingComment(copy, SyntaxKind.MultiLineCommentTrivia, text, true) : copy;
    };
    return visit(root);
  };
  const { transformed } = ts.transform(type, [transformer]);
  return /** @type {T} */ (transformed[0]);
}

/** @param {ts.TypeNode} type */
const isUnknown = (type) => type.kind === SyntaxKind.UnknownKeyword;

/**
 * Object types in one where they go together: a value of any further name may be anything.
 * @param {ts.IntersectionTypeNode} node
 */
function merged(node) {
  const members = node.types.flatMap((type) => (ts.isTypeLiteralNode(type) ? type.members : []));
  const isOpen = members.every((member) => !ts.isIndexSignatureDeclaration(member) || isUnknown(member.type));
  return isOpen && node.types.every(ts.isTypeLiteralNode) ? factory.createTypeLiteralNode(members) : node;
}

/**
 * A type as text; with a name, its declaration.
 * @param {ts.TypeNode} type
 * @param {string} [name]
 */
export function print(type, name) {
  const text = PRINTER.printNode(ts.EmitHint.Unspecified, name ? declaration(type, name) : type, PAPER);
  // The printer indents by four.
  return text.replace(/^(?: {4})+/gm, (indent) => indent.slice(indent.length / 2));
}

/**
 * @param {ts.TypeNode} type
 * @param {string} name
 */
function declaration(type, name) {
  const modifiers = [factory.createModifier(SyntaxKind.ExportKeyword)];
  return ts.isTypeLiteralNode(type)
    ? factory.createInterfaceDeclaration(modifiers, name, undefined, undefined, type.members)
    : factory.createTypeAliasDeclaration(modifiers, name, undefined, type);
}

/**
 * The names of types that a file refers to.
 * @param {string} text
 */
export function typeNames(text) {
  /** @type {Set<string>} */
  const names = new Set();
  /** @param {ts.Node} node */
  const visit = (node) => {
    const name = ts.isTypeReferenceNode(node) ? node.typeName : undefined;
    if (name && ts.isIdentifier(name)) names.add(name.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("types.d.ts", text, ts.ScriptTarget.Latest));
  return names;
}
