/**
 * A refusal the user can act upon: what, where, what to do, in French. `code` is stable (documented in
 * docs/reference/errors.md); `data` holds what the message was made of. Bugs and broken infrastructure are exceptions instead.
 */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });

export function refuse(code: string, message: string, data?: Readonly<Record<string, unknown>>): { ok: false; refusal: Refusal } {
  return { ok: false, refusal: data ? { code, message, data } : { code, message } };
}
