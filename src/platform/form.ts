import type { z } from 'zod';
import { ok, type Refusal, type Result, refuse } from '#core/kernel/result.ts';

/** What was typed in a form, field by field, as text. */
export type Typed = Readonly<Record<string, string>>;

/** Reads a form. Refusal `form.invalid`: `data.fields` holds one French message for each field to correct. */
export function parseForm<T>(schema: z.ZodType<T>, typed: unknown): Result<T> {
  const parsed = schema.safeParse(typed);
  if (parsed.success) return ok(parsed.data);
  const fields: Record<string, string> = {};
  for (const issue of parsed.error.issues) fields[issue.path.join('.')] ??= issue.message;
  return invalidForm(fields);
}

/** The refusal of a form whose fields, by name, need correcting. */
export function invalidForm(fields: Readonly<Record<string, string>>): { ok: false; refusal: Refusal } {
  const count = Object.keys(fields).length;
  return refuse('form.invalid', count > 1 ? `${count} réponses sont à corriger.` : 'Une réponse est à corriger.', { fields });
}

/** The message for each field of a refused form; empty for any other refusal. */
export function fieldErrors(refusal: { readonly data?: Readonly<Record<string, unknown>> }): Readonly<Record<string, string>> {
  return (refusal.data?.fields as Record<string, string> | undefined) ?? {};
}
