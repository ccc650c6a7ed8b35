import { decodeText, withoutDeclaredEncoding } from '../text/decode.ts';
import { findXmlDanger, type XmlBounds, type XmlDanger } from './guard.ts';
import { parseXml, type XmlNode } from './tree.ts';

export type XmlOpened =
  | { readonly root: XmlNode }
  | { readonly problem: XmlDanger | 'not-well-formed'; readonly line?: number | null };

/** The tree of an XML file from outside: decoded, looked through for danger, then parsed; or what is wrong with it. Reads nothing but these bytes. */
export function openXml(bytes: Uint8Array, bounds: XmlBounds): XmlOpened {
  const text = withoutDeclaredEncoding(decodeText(bytes));
  const danger = findXmlDanger(text, bounds);
  if (danger) return { problem: danger };
  const parsed = parseXml(text);
  return 'root' in parsed ? parsed : { problem: 'not-well-formed', line: parsed.line };
}
