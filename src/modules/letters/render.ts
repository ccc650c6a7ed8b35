import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Json } from '#core/kernel/canonical.ts';
import { day } from '#core/kernel/day.ts';
import type { FormalNotice } from '#core/letters/formal-notice-model.ts';
import type { PdfRenderer } from '#platform/pdf/pdf.ts';
import { renderPdf } from '#platform/pdf/pdf.ts';
import { qrSvg } from '#platform/pdf/qr.ts';

/** The template a new notice is printed with. Kept with each letter: a version that was sent is frozen. */
export const NOTICE_TEMPLATE = 'letters/formal-notice/v1/letter.typ';

const TEMPLATES = fileURLToPath(new URL('../../../templates', import.meta.url));

/** The creditor's own pictures: PNG, JPEG, WebP or SVG bytes. */
export interface LetterImages {
  readonly logo?: Uint8Array;
  readonly signature?: Uint8Array;
}

/**
 * Prints a formal notice: PDF/A-2a, tagged, French, with its fonts. The same letter and images give the same bytes. Throws a
 * PlatformFailure (`pdf.image` when a picture cannot be read, the others as `renderPdf`).
 */
export function renderFormalNotice(
  letter: FormalNotice,
  images: LetterImages = {},
  render: PdfRenderer['render'] = renderPdf,
): Promise<Uint8Array> {
  const given = { ...images, ...(letter.payment.epc === undefined ? {} : { qr: qrSvg(letter.payment.epc) }) };
  const named = Object.entries(given).map(([role, bytes]) => ({ role, name: `${role}.${extensionOf(bytes)}`, bytes }));
  return render({
    template: join(TEMPLATES, NOTICE_TEMPLATE),
    data: { letter: letter as unknown as Json, images: Object.fromEntries(named.map(({ role, name }) => [role, name])) },
    files: Object.fromEntries(named.map(({ name, bytes }) => [name, bytes])),
    date: day(letter.date),
  });
}

/** The kind of picture, by its first bytes; what is none of the binary kinds is tried as SVG. */
function extensionOf(bytes: Uint8Array): string {
  const starts = (...signature: readonly number[]) => signature.every((byte, i) => bytes[i] === byte);
  if (starts(0x89, 0x50, 0x4e, 0x47)) return 'png';
  if (starts(0xff, 0xd8, 0xff)) return 'jpg';
  if (starts(0x52, 0x49, 0x46, 0x46)) return 'webp';
  return 'svg';
}
