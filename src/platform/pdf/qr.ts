import QRCode from 'qrcode';

/** Modules of white around the code, as the QR standard asks. */
const QUIET_ZONE = 4;

/**
 * A text as a QR code in SVG, one path, no size of its own beyond its modules. Error correction M and one run of bytes (UTF-8),
 * as EPC069-12 asks. Throws when the text is too long for a QR code (2 331 bytes).
 */
export function qrSvg(text: string): Uint8Array {
  const { modules } = QRCode.create([{ data: new TextEncoder().encode(text), mode: 'byte' }], { errorCorrectionLevel: 'M' });
  const size = modules.size + 2 * QUIET_ZONE;
  const runs: string[] = [];
  for (let y = 0; y < modules.size; y += 1) {
    for (let x = 0; x < modules.size; x += 1) {
      const start = x;
      while (x < modules.size && modules.get(y, x)) x += 1;
      if (x > start) runs.push(`M${start + QUIET_ZONE} ${y + QUIET_ZONE}h${x - start}v1h-${x - start}z`);
    }
  }
  return new TextEncoder().encode(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path fill="#000" d="${runs.join('')}"/></svg>`,
  );
}
