import {
  decodePDFRawStream,
  PDFArray,
  type PDFContext,
  PDFDict,
  type PDFDocument,
  PDFHexString,
  PDFName,
  type PDFObject,
  PDFRawStream,
  PDFRef,
  PDFString,
} from '@cantoo/pdf-lib';
import { unfold } from './streams.ts';

/** A file carried by a PDF. The content is decoded on demand: "over" when it is larger than `limit` bytes, undefined when it is broken. */
export interface Attachment {
  readonly name: string;
  content(limit: number): Uint8Array | 'over' | undefined;
}

const MAX_NODES = 5000;

type Maybe = PDFObject | undefined;

const key = (name: string): PDFName => PDFName.of(name);

/** pdf-lib's own getters throw on a type they do not expect; a reader of other people's files asks and looks. */
const at = (context: PDFContext, dict: Maybe, name: string): Maybe =>
  dict instanceof PDFDict ? context.lookup(dict.get(key(name))) : undefined;

function items(context: PDFContext, array: Maybe): Maybe[] {
  if (array instanceof PDFDict) return [array];
  return array instanceof PDFArray ? array.asArray().map((item) => context.lookup(item)) : [];
}

/**
 * File specifications under the EmbeddedFiles name tree. Neither the order nor the shape of the tree is trusted: Names may hold strings and
 * references in any order, Kids may loop, be missing, or stand beside Names.
 */
function fromNameTree(context: PDFContext, root: Maybe): PDFDict[] {
  const found: PDFDict[] = [];
  const seen = new Set<Maybe>();
  const queue: Maybe[] = [root];
  while (queue.length > 0 && seen.size < MAX_NODES) {
    const node = queue.shift();
    if (!(node instanceof PDFDict) || seen.has(node)) continue;
    seen.add(node);
    queue.push(...items(context, at(context, node, 'Kids')));
    found.push(...items(context, at(context, node, 'Names')).filter((item) => item instanceof PDFDict));
    if (node.has(key('EF'))) found.push(node);
  }
  return found;
}

/** Every file specification of the document, wherever it hangs: on a page, on an annotation, or on nothing any more. */
const anywhere = (context: PDFContext): PDFDict[] =>
  context
    .enumerateIndirectObjects()
    .map(([, object]) => object)
    .filter((object): object is PDFDict => object instanceof PDFDict && object.has(key('EF')));

const textOf = (object: Maybe): string | undefined =>
  object instanceof PDFString || object instanceof PDFHexString ? object.decodeText() : undefined;

function content(stream: PDFRawStream, limit: number): Uint8Array | 'over' | undefined {
  const { context } = stream.dict;
  const filter = at(context, stream.dict, 'Filter');
  const filters = filter instanceof PDFArray ? items(context, filter) : filter ? [filter] : [];
  if (filters.length === 0) return stream.contents.length > limit ? 'over' : stream.contents;
  const deflated = filters.length === 1 && (filters[0] === key('FlateDecode') || filters[0] === key('Fl'));
  if (deflated && !stream.dict.has(key('DecodeParms'))) return unfold(stream.contents, limit);
  try {
    const decoded = decodePDFRawStream(stream).decode();
    return decoded.length > limit ? 'over' : decoded;
  } catch {
    return undefined;
  }
}

function attachment(context: PDFContext, spec: PDFDict): Attachment | undefined {
  const files = at(context, spec, 'EF');
  const stream = ['F', 'UF', 'DOS', 'Unix', 'Mac'].map((name) => at(context, files, name)).find((s) => s instanceof PDFRawStream);
  if (!stream) return undefined;
  const name = ['UF', 'F', 'Unix', 'DOS', 'Desc'].map((k) => textOf(at(context, spec, k))).find((n) => n);
  return { name: name ?? '', content: (limit) => content(stream, limit) };
}

/** The files a PDF carries: those of the EmbeddedFiles tree first, then those of the catalogue's /AF, then any other. Each once. */
export function attachmentsOf(document: PDFDocument): Attachment[] {
  const { context } = document;
  const { Root } = context.trailerInfo;
  const catalog = Root instanceof PDFRef ? context.lookup(Root) : document.catalog;
  const specs = new Set([
    ...fromNameTree(context, at(context, at(context, catalog, 'Names'), 'EmbeddedFiles')),
    ...items(context, at(context, catalog, 'AF')).filter((item) => item instanceof PDFDict),
    ...anywhere(context),
  ]);
  return [...specs].flatMap((spec) => attachment(context, spec) ?? []);
}
