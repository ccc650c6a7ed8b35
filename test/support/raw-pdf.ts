import { PDFDict, type PDFDocument, PDFName, PDFNumber, type PDFRef, PDFString } from '@cantoo/pdf-lib';

/** One object of a hand-written PDF: its dictionary or other body, and its stream if it has one. */
export interface RawObject {
  readonly body: string;
  readonly stream?: Uint8Array;
}

/** A PDF written byte by byte, object 1 being the catalogue: what no library would agree to write. */
export function rawPdf(objects: readonly RawObject[], trailer = ''): Uint8Array {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  const offsets: number[] = [];
  let length = parts[0]?.length ?? 0;
  const add = (part: Buffer): void => {
    parts.push(part);
    length += part.length;
  };
  objects.forEach(({ body, stream }, i) => {
    offsets.push(length);
    const dictionary = stream ? body.replace(/>>$/, ` /Length ${stream.length} >>`) : body;
    add(Buffer.from(`${i + 1} 0 obj\n${dictionary}\n`, 'latin1'));
    if (stream) {
      add(Buffer.from('stream\n'));
      add(Buffer.from(stream));
      add(Buffer.from('\nendstream\n'));
    }
    add(Buffer.from('endobj\n'));
  });
  const start = length;
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  add(Buffer.from(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`));
  add(Buffer.from(`trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`));
  return Buffer.concat(parts);
}

/** A file specification with its embedded file, registered in the document. */
export function embed(pdf: PDFDocument, name: string, content: Uint8Array): PDFRef {
  const file = pdf.context.register(pdf.context.flateStream(content, { Type: 'EmbeddedFile' }));
  const spec = PDFDict.withContext(pdf.context);
  spec.set(PDFName.of('Type'), PDFName.of('Filespec'));
  spec.set(PDFName.of('F'), PDFString.of(name));
  spec.set(PDFName.of('UF'), PDFString.of(name));
  spec.set(PDFName.of('EF'), pdf.context.obj({ F: file, UF: file }));
  spec.set(PDFName.of('AFRelationship'), PDFName.of('Data'));
  return pdf.context.register(spec);
}

/** Hangs an /EmbeddedFiles tree, whatever its shape, on a document. */
export function hangTree(pdf: PDFDocument, tree: PDFDict | PDFRef): void {
  const names = PDFDict.withContext(pdf.context);
  names.set(PDFName.of('EmbeddedFiles'), tree);
  pdf.catalog.set(PDFName.of('Names'), names);
}

export { PDFDict, PDFName, PDFNumber, PDFString };
