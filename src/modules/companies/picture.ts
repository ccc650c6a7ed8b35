import { crc32 } from 'node:zlib';

export type PictureType = 'image/png' | 'image/jpeg';

/** More would take seconds and gigabytes to draw in a letter. */
const MOST_PIXELS = 40_000_000;

/** What a picture is, when it is a whole PNG or JPEG of a sensible size; told from its bytes, never from its name. */
export function pictureType(bytes: Uint8Array): PictureType | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isWholePng(bytes, view)) return 'image/png';
  return isWholeJpeg(view) ? 'image/jpeg' : undefined;
}

const sensible = (width: number, height: number): boolean => width > 0 && height > 0 && width * height <= MOST_PIXELS;

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const IHDR = 0x49484452;
const IDAT = 0x49444154;
const IEND = 0x49454e44;

/** Chunk after chunk with its checksum: the header first, pixels in between, the end last (W3C PNG, 5.3). */
function isWholePng(bytes: Uint8Array, view: DataView): boolean {
  if (PNG.some((byte, i) => bytes[i] !== byte)) return false;
  let pixels = false;
  for (let at = PNG.length; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const type = view.getUint32(at + 4);
    const end = at + 12 + length;
    if (end > bytes.length || crc32(bytes.subarray(at + 4, end - 4)) !== view.getUint32(end - 4)) return false;
    if ((type === IHDR) !== (at === PNG.length)) return false;
    if (type === IHDR && !(length === 13 && sensible(view.getUint32(at + 8), view.getUint32(at + 12)))) return false;
    if (type === IDAT) pixels = true;
    if (type === IEND) return pixels;
    at = end;
  }
  return false;
}

const START_OF_IMAGE = 0xffd8;
const END_OF_IMAGE = 0xffd9;
const START_OF_SCAN = 0xda;

/** Segment after segment up to the pixels, a frame among them, and the mark of the end behind them (ITU T.81, annex B). */
function isWholeJpeg(view: DataView): boolean {
  const { byteLength } = view;
  if (byteLength < 4 || view.getUint16(0) !== START_OF_IMAGE) return false;
  let framed = false;
  for (let at = 2; at + 4 <= byteLength; ) {
    if (view.getUint8(at) !== 0xff) return false;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === START_OF_SCAN) return framed && endsAfter(view, at);
    const length = view.getUint16(at + 2);
    // The frame's header, whatever the coding: C0 to CF, less the tables C4 and CC and the extension C8.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      if (at + 9 > byteLength || !sensible(view.getUint16(at + 7), view.getUint16(at + 5))) return false;
      framed = true;
    }
    at += 2 + length;
  }
  return false;
}

/** Cameras and editors may leave bytes behind the end of the image: the mark is looked for backwards. */
function endsAfter(view: DataView, start: number): boolean {
  for (let at = view.byteLength - 2; at > start; at -= 1) if (view.getUint16(at) === END_OF_IMAGE) return true;
  return false;
}
