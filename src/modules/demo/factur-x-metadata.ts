import { PDFDocument, PDFName, PDFRawStream } from '@cantoo/pdf-lib';

const NAMESPACE = 'urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#';

/** What Factur-X says of its own four properties: PDF/A asks that every schema it does not know be described in the file. */
const SCHEMA = `<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema><pdfaSchema:namespaceURI>${NAMESPACE}</pdfaSchema:namespaceURI><pdfaSchema:prefix>fx</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>${[
  ['DocumentFileName', 'name of the embedded XML invoice file'],
  ['DocumentType', 'INVOICE'],
  ['Version', 'version of the Factur-X data'],
  ['ConformanceLevel', 'conformance level of the Factur-X data'],
]
  .map(
    ([name, description]) =>
      `<rdf:li rdf:parseType="Resource"><pdfaProperty:name>${name}</pdfaProperty:name><pdfaProperty:valueType>Text</pdfaProperty:valueType><pdfaProperty:category>external</pdfaProperty:category><pdfaProperty:description>${description}</pdfaProperty:description></rdf:li>`,
  )
  .join('')}</rdf:Seq></pdfaSchema:property></rdf:li>`;

const PROPERTIES = `<rdf:Description rdf:about="" xmlns:fx="${NAMESPACE}"><fx:DocumentType>INVOICE</fx:DocumentType><fx:DocumentFileName>factur-x.xml</fx:DocumentFileName><fx:Version>1.0</fx:Version><fx:ConformanceLevel>EN 16931</fx:ConformanceLevel></rdf:Description>`;

/**
 * Tells in the metadata of a PDF/A-3 that holds factur-x.xml that it is a Factur-X of profile EN 16931. Typst writes the file but does not
 * let a template add metadata of its own. Throws when the file has no XMP with described schemas: it is then not one of ours.
 */
export async function declareFacturX(bytes: Uint8Array): Promise<Uint8Array> {
  const pdf = await PDFDocument.load(bytes, { updateMetadata: false });
  const stream = pdf.catalog.lookup(PDFName.of('Metadata'));
  if (!(stream instanceof PDFRawStream)) throw new Error('no metadata in this PDF');
  const before = Buffer.from(stream.contents).toString('utf8');
  const after = before
    .replace('<pdfaExtension:schemas><rdf:Bag>', (found) => found + SCHEMA)
    .replace('</rdf:RDF>', (found) => PROPERTIES + found);
  if (!after.includes(SCHEMA) || !after.includes(PROPERTIES)) throw new Error('no XMP to complete in this PDF');
  stream.updateContents(Buffer.from(after, 'utf8'));
  return pdf.save({ useObjectStreams: false, addDefaultPage: false, updateFieldAppearances: false });
}
