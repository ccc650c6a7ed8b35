/**
 * Infrastructure that does not work (database, disk) in a way the person who runs Quitus can mend. `message` is French: what, where,
 * what to do; `code` is stable. Whoever started the program shows the message without a stack. `cause` holds the original error.
 */
export class PlatformFailure extends Error {
  override readonly name = 'PlatformFailure';
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The code of a system or PostgreSQL error ("ENOENT", "42P04"), or undefined. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
