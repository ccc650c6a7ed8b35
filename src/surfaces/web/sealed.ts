import { createHmac, timingSafeEqual } from 'node:crypto';

/** A text that only this installation can have written: `mac.text`. Purposes never mix: a token is not a message. */
export function seal(secret: Uint8Array, purpose: string, text: string): string {
  return `${mac(secret, purpose, text)}.${Buffer.from(text).toString('base64url')}`;
}

/** The text of a seal, or undefined when it was not written here for this purpose. */
export function unseal(secret: Uint8Array, purpose: string, sealed: string | undefined): string | undefined {
  const [given = '', encoded] = sealed?.split('.') ?? [];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64url').toString();
  return sameText(given, mac(secret, purpose, text)) ? text : undefined;
}

/** HMAC-SHA256 of a text for a purpose, in base64url. */
export function mac(secret: Uint8Array, purpose: string, text: string): string {
  return createHmac('sha256', secret).update(`${purpose}\0${text}`).digest('base64url');
}

/** Compares two texts in a time that does not tell where they differ. */
export function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
