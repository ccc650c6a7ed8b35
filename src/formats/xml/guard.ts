/** What makes an XML refused before any parser sees it. */
export type XmlDanger = 'doctype' | 'too-deep' | 'too-many-elements';

export interface XmlBounds {
  readonly maxXmlDepth: number;
  readonly maxXmlElements: number;
}

/** The position after the markup that opens at `at` and ends with `end`; the end of the text when it never closes. */
function after(xml: string, end: string, at: number): number {
  const found = xml.indexOf(end, at);
  return found < 0 ? xml.length : found + end.length;
}

/** The position of the ">" that closes a tag, skipping those within quoted attribute values. */
function tagEnd(xml: string, at: number): number {
  let quote = '';
  for (let i = at; i < xml.length; i++) {
    const c = xml[i];
    if (quote) {
      if (c === quote) quote = '';
    } else if (c === '"' || c === "'") quote = c;
    else if (c === '>') return i;
  }
  return xml.length;
}

/**
 * Looks through the markup once, without building anything: a DOCTYPE (the door of entity bombs and outside files), too deep a nesting or
 * too many elements. Comments and CDATA sections may hold any of these as text. Malformed XML is left to the parser.
 */
export function findXmlDanger(xml: string, bounds: XmlBounds): XmlDanger | undefined {
  let depth = 0;
  let elements = 0;
  let at = xml.indexOf('<');
  while (at >= 0) {
    let next: number;
    if (xml.startsWith('<!--', at)) next = after(xml, '-->', at + 4);
    else if (xml.startsWith('<![CDATA[', at)) next = after(xml, ']]>', at + 9);
    else if (xml.startsWith('<?', at)) next = after(xml, '?>', at + 2);
    else if (xml.startsWith('<!', at)) return 'doctype';
    else {
      const close = tagEnd(xml, at + 1);
      if (xml[at + 1] === '/') depth -= 1;
      else {
        elements += 1;
        if (elements > bounds.maxXmlElements) return 'too-many-elements';
        if (xml[close - 1] !== '/') depth += 1;
        if (depth > bounds.maxXmlDepth) return 'too-deep';
      }
      next = close + 1;
    }
    at = xml.indexOf('<', next);
  }
  return undefined;
}
