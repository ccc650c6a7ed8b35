import { SaxesParser } from 'saxes';
import type { XmlDanger } from './guard.ts';

/** Raised by `XmlStream` for an XML it refuses; its reader makes a refusal of it. */
export class XmlStopped extends Error {
  readonly problem: XmlDanger | 'not-well-formed';
  readonly line: number;

  constructor(problem: XmlDanger | 'not-well-formed', line: number) {
    super(`${problem}, line ${line}`);
    this.problem = problem;
    this.line = line;
  }
}

export interface XmlEvents {
  /** `name` is the local name; attributes keep the names they are written with. */
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  text(words: string): void;
  close(name: string): void;
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Reads an XML as it comes, for files too large for a tree. Well-formedness is checked; a DOCTYPE and too deep a nesting are refused; nothing is fetched. */
export class XmlStream {
  readonly #parser = new SaxesParser();
  #depth = 0;

  constructor(events: XmlEvents, maxDepth: number) {
    const parser = this.#parser;
    const stop = (problem: XmlDanger | 'not-well-formed'): never => {
      throw new XmlStopped(problem, parser.line);
    };
    parser.on('error', () => stop('not-well-formed'));
    parser.on('doctype', () => stop('doctype'));
    parser.on('opentag', (tag) => {
      this.#depth += 1;
      if (this.#depth > maxDepth) stop('too-deep');
      events.open(localName(tag.name), tag.attributes);
    });
    parser.on('text', (words) => events.text(words));
    parser.on('cdata', (words) => events.text(words));
    parser.on('closetag', (tag) => {
      this.#depth -= 1;
      events.close(localName(tag.name));
    });
  }

  /** the line being read, from 1 */
  get line(): number {
    return this.#parser.line;
  }

  push(piece: string): void {
    this.#parser.write(piece);
  }

  end(): void {
    this.#parser.close();
  }
}
