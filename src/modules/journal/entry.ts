import { createHash } from 'node:crypto';
import { canonicalJson, type Json } from '#core/kernel/canonical.ts';
import type { Day } from '#core/kernel/day.ts';
import { asStored } from '#platform/db/json.ts';

/** Something that happened, on its way to the journal. */
export interface NewEntry {
  readonly caseId?: string;
  readonly kind: string;
  /** the day it happened */
  readonly on: Day;
  /** the instant it is recorded, kept to the microsecond */
  readonly at: Temporal.Instant;
  /** who did it: "user", "system", or a user's id */
  readonly actor: string;
  /** amounts as text: a JSON number must be a safe integer */
  readonly payload: Json;
}

/** A recorded entry. */
export interface Entry {
  readonly seq: bigint;
  readonly caseId: string | null;
  readonly kind: string;
  readonly on: Day;
  readonly at: Temporal.Instant;
  readonly actor: string;
  readonly payload: Json;
  readonly prevHash: string;
  readonly hash: string;
}

/** What the first entry of a company is chained to. */
export const GENESIS = '0'.repeat(64);

/** The seal of an entry: SHA-256 (hex) of the previous seal followed by the entry's canonical JSON (RFC 8785), company and rank included. */
export function sealOf(tenantId: string, entry: Omit<Entry, 'hash'>): string {
  const { seq, caseId, kind, on, at, actor, payload, prevHash } = entry;
  const text = canonicalJson({ tenantId, seq: `${seq}`, caseId, kind, on: `${on}`, at: `${at}`, actor, payload });
  return createHash('sha256').update(prevHash).update(text).digest('hex');
}

/** The entries that follow `previous`, as PostgreSQL will give them back, each sealed by the one before. */
export function chain(tenantId: string, previous: { seq: bigint; hash: string }, added: readonly NewEntry[]): Entry[] {
  const entries: Entry[] = [];
  let { seq, hash } = previous;
  let last: { given: Temporal.Instant; kept: Temporal.Instant } | undefined;
  for (const { caseId, kind, on, at, actor, payload } of added) {
    seq += 1n;
    // Entries of one call mostly share their instant.
    if (last?.given !== at) last = { given: at, kept: at.round({ smallestUnit: 'microsecond', roundingMode: 'floor' }) };
    const bare = { seq, caseId: caseId ?? null, kind, on, at: last.kept, actor, payload: asStored(payload), prevHash: hash };
    hash = sealOf(tenantId, bare);
    entries.push({ ...bare, hash });
  }
  return entries;
}
