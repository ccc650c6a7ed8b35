import { ParseOption, XmlCData, XmlDocument, XmlElement, XmlParseError, XmlText } from 'libxml2-wasm';

/** An element, copied out of the parser: plain data, nothing to dispose. Names are local names. */
export interface XmlNode {
  readonly name: string;
  readonly namespace: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
  /** the element's own text, comments and child elements left out */
  readonly text: string;
}

export type XmlParsed = { readonly root: XmlNode } | { readonly line: number | null };

/**
 * Parses well-formed XML; `line` tells where it is malformed. The caller has refused any DOCTYPE before (guard.ts); entities and outside
 * files stay off here all the same.
 */
export function parseXml(xml: string): XmlParsed {
  let document: XmlDocument;
  try {
    document = XmlDocument.fromString(xml, {
      option: ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_HUGE,
    });
  } catch (error) {
    if (error instanceof XmlParseError) return { line: error.details[0]?.line ?? null };
    throw error;
  }
  try {
    return { root: copy(document.root) };
  } finally {
    document.dispose();
  }
}

/** Copies an element and what it holds; the recursion is bounded by the depth the guard lets through. */
function copy(element: XmlElement): XmlNode {
  const attributes: Record<string, string> = {};
  for (const attribute of element.attrs) attributes[attribute.name] = attribute.value;
  const children: XmlNode[] = [];
  let text = '';
  for (let child = element.firstChild; child; child = child.next) {
    if (child instanceof XmlElement) children.push(copy(child));
    else if (child instanceof XmlText || child instanceof XmlCData) text += child.content;
  }
  return { name: element.name, namespace: element.namespaceUri, attributes, children, text };
}

const STEPS = new Map<string, readonly string[]>();

/** The names of a path. The program's paths are few, and asked for again and again. */
function stepsOf(path: string): readonly string[] {
  const known = STEPS.get(path);
  if (known) return known;
  const steps = path.split('/');
  STEPS.set(path, steps);
  return steps;
}

/** Calls `found` with each element along the steps, in order, until it answers true; tells whether it did. */
function walk(node: XmlNode, steps: readonly string[], at: number, found: (node: XmlNode) => boolean): boolean {
  const step = steps[at];
  for (const child of node.children) {
    if (child.name !== step || child.namespace === '') continue;
    if (at === steps.length - 1 ? found(child) : walk(child, steps, at + 1, found)) return true;
  }
  return false;
}

/** Every element under `node` along a path of local names: "Party/PostalAddress/CityName". Elements of no namespace belong to no document we read. */
export function all(node: XmlNode | undefined, path: string): XmlNode[] {
  const list: XmlNode[] = [];
  if (node) walk(node, stepsOf(path), 0, (one) => list.push(one) < 0);
  return list;
}

/** The first element along a path. */
export function first(node: XmlNode | undefined, path: string): XmlNode | undefined {
  let result: XmlNode | undefined;
  if (node) {
    walk(node, stepsOf(path), 0, (one) => {
      result = one;
      return true;
    });
  }
  return result;
}

/** The words of an element, runs of blanks as one; null when absent or empty. */
export function words(node: XmlNode | undefined): string | null {
  const text = node?.text.replace(/\s+/g, ' ').trim();
  return text ? text : null;
}

/** The words of the first element along a path. */
export const value = (node: XmlNode | undefined, path: string): string | null => words(first(node, path));

/** The words of every element along a path, empty ones left out. */
export const values = (node: XmlNode | undefined, path: string): string[] => all(node, path).flatMap((n) => words(n) ?? []);
