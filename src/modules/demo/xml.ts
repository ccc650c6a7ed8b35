/** The few words of XML that the documents of the demonstration are written with. */

type Attributes = Readonly<Record<string, string>>;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

export const open = (name: string, attributes: Attributes): string =>
  `<${name}${Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escaped(value)}"`)
    .join('')}>`;

/** An element with words; nothing when there are none. */
export const leaf = (name: string, text: string | undefined, attributes: Attributes = {}): string =>
  text ? `${open(name, attributes)}${escaped(text)}</${name}>` : '';

/** An element with elements; nothing when all of them are nothing. */
export const node = (name: string, ...children: readonly string[]): string => {
  const inside = children.join('');
  return inside === '' ? '' : `<${name}>${inside}</${name}>`;
};
