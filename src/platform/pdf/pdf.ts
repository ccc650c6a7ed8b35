import type { ProbeReport } from './protocol.ts';
import { PdfRenderer, type RenderRequest } from './renderer.ts';

export type { PdfStandard } from './protocol.ts';
export { PdfRenderer, type RenderRequest } from './renderer.ts';

/** The program's own renderer: one process is enough for people who look at what they print. */
const shared = new PdfRenderer();

/**
 * Writes a PDF from a Typst template: see RenderRequest, and PdfRenderer.render for the failures. A template that attaches
 * files uses `#pdf.attach("files/factur-x.xml", relationship: "alternative", mime-type: "text/xml", description: "…")` and the
 * standard `a-3a`.
 */
export const renderPdf = (request: RenderRequest): Promise<Uint8Array> => shared.render(request);

/** Which compiler this machine has; throws a PlatformFailure that says what to do when letters cannot be written. */
export const probePdf = (): Promise<ProbeReport> => shared.probe();

/** Ends the child process; the next document starts another. */
export const closePdf = (): void => shared.close();
