/** What passes between the renderer and its child processes. */

/**
 * The conformance of the file, checked by the compiler while it writes: `a-2a` for letters (archiving, tagged for
 * accessibility), `a-3a` when a template attaches files with `pdf.attach`, `ua-1` for universal accessibility alone.
 */
export type PdfStandard = 'a-2a' | 'a-3a' | 'ua-1';

export interface RenderJob {
  readonly kind: 'render';
  readonly template: string;
  /** JSON text, readable by the template as `json("data.json")` */
  readonly data: string;
  /** readable by the template as `files/<name>` */
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** seconds since 1970 of the document's date, midnight UTC */
  readonly timestamp: number;
  readonly standard: PdfStandard;
}

export type Job = RenderJob | { readonly kind: 'probe' };

export interface ProbeReport {
  readonly packageName: string;
  /** size of the document it set in every typeface */
  readonly bytes: number;
}

export type Answer =
  | { readonly kind: 'pdf'; readonly bytes: Uint8Array }
  | ({ readonly kind: 'probe' } & ProbeReport)
  | { readonly kind: 'error'; readonly code: 'pdf.unavailable' | 'pdf.image' | 'pdf.template'; readonly detail: string };
