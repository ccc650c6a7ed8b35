import { z } from 'zod';
import { type Day, isAfter, isBefore, parseTypedDay } from '#core/kernel/day.ts';
import { ok, type Result, refuse } from '#core/kernel/result.ts';
import { recordFact, recordFacts, type Witness, witnessed } from '#modules/cases/index.ts';
import { recordFile } from '#modules/companies/index.ts';
import { freshness, knownUntil } from '#modules/payments/index.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Deps } from '#platform/deps.ts';
import { invalidForm, parseForm, type Typed } from '#platform/form.ts';
import { addDocument, type Letter, readLetter } from './letters.repo.ts';

const dayField = (message: string) =>
  z.string().transform((text, context): Day => {
    const value = parseTypedDay(text);
    if (value) return value;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });

const PostedForm = z.object({
  postedOn: dayField('Indiquez le jour du dépôt à La Poste.'),
  trackingNumber: z.string().trim().max(40, 'Ce numéro est trop long.').default(''),
  bankChecked: z.string().trim().max(500, 'Ce texte est trop long (500 caractères au plus).').default(''),
});

/**
 * Notes that the user posted the letter, and under which number. When the bank was not known recently enough that day, `bankChecked` must say
 * how the user knew that nothing had come: the fact keeps it. Refusals: `letter.unknown`, `letter.posted`, `form.invalid`.
 */
export function markPosted(
  deps: Pick<Deps, 'db' | 'clock'>,
  tenantId: string,
  letterId: string,
  typed: Typed,
  witness?: Witness,
): Promise<Result<void>> {
  return changeLetter(deps, tenantId, letterId, async (tx, letter) => {
    const parsed = parseForm(PostedForm, typed);
    if (!parsed.ok) return parsed;
    const { postedOn, trackingNumber, bankChecked } = parsed.value;
    if (letter.postedOn) return refuse('letter.posted', 'Cet envoi est déjà noté\u202f: la lettre ne change plus.');
    if (isAfter(postedOn, deps.clock.today())) return invalidForm({ postedOn: 'Ce jour n’est pas encore venu.' });
    if (isBefore(postedOn, letter.asOf))
      return invalidForm({ postedOn: 'La lettre est datée d’après ce jour\u202f: vérifiez la date de dépôt.' });
    const bank = await freshness(tx, tenantId, postedOn);
    const isStale = bank.status === 'stale';
    if (isStale && bankChecked === '')
      return invalidForm({ bankChecked: 'Dites ce que vous avez vérifié, ou déposez le relevé de la banque.' });
    await tx
      .updateTable('letters')
      .set({ posted_on: postedOn, tracking_number: trackingNumber || null })
      .where('tenant_id', '=', tenantId)
      .where('letter_id', '=', letterId)
      .execute();
    const bankUntil = knownUntil(bank);
    const payload = {
      letterId,
      deadlineOn: letter.deadlineOn.toString(),
      ...(bankUntil ? { bankUntil: bankUntil.toString() } : {}),
      ...(isStale ? { bankChecked } : {}),
    };
    const posted = {
      kind: 'letter-posted',
      on: postedOn,
      payload: trackingNumber ? { ...payload, trackingNumber } : payload,
    } as const;
    await recordFacts(tx, deps, tenantId, await witnessed(witness, tx, tenantId, letter.caseId, posted));
    return ok(undefined);
  });
}

const OutcomeForm = z.object({
  outcome: z.enum(['delivered', 'refused', 'unclaimed', 'returned'], 'Dites ce que la lettre est devenue.'),
  outcomeOn: dayField('Indiquez le jour porté sur l’avis de réception.'),
});

/** Notes what became of the letter, with its receipt when there is one (PDF or picture). Refusals: `letter.unknown`, `letter.not-posted`, `letter.settled`, `form.invalid`. */
export async function recordOutcome(
  deps: Pick<Deps, 'db' | 'clock' | 'files'>,
  tenantId: string,
  letterId: string,
  typed: Typed,
  receipt?: { name: string; bytes: Uint8Array },
): Promise<Result<void>> {
  const mediaType = receipt && receiptType(receipt.bytes);
  if (receipt && !mediaType) return invalidForm({ receipt: 'L’avis de réception doit être une photo (JPEG, PNG) ou un PDF.' });
  return changeLetter(deps, tenantId, letterId, async (tx, letter) => {
    const parsed = parseForm(OutcomeForm, typed);
    if (!parsed.ok) return parsed;
    const { outcome, outcomeOn } = parsed.value;
    if (!letter.postedOn) return refuse('letter.not-posted', 'Notez d’abord le dépôt de la lettre.');
    if (letter.outcome) return refuse('letter.settled', 'Le sort de cette lettre est déjà noté.');
    if (isBefore(outcomeOn, letter.postedOn)) return invalidForm({ outcomeOn: 'Ce jour précède le dépôt de la lettre.' });
    if (isAfter(outcomeOn, deps.clock.today())) return invalidForm({ outcomeOn: 'Ce jour n’est pas encore venu.' });
    let receiptSha256: string | null = null;
    if (receipt && mediaType) {
      receiptSha256 = await deps.files.write(tenantId, receipt.bytes);
      await recordFile(tx, deps, tenantId, { sha256: receiptSha256, bytes: receipt.bytes, mediaType, name: receipt.name });
      await addDocument(tx, deps, tenantId, letter.caseId, 'receipt', 'Avis de réception', receiptSha256);
    }
    await tx
      .updateTable('letters')
      .set({ outcome, outcome_on: outcomeOn, receipt_sha256: receiptSha256 })
      .where('tenant_id', '=', tenantId)
      .where('letter_id', '=', letterId)
      .execute();
    await recordFact(tx, deps, tenantId, letter.caseId, {
      kind: 'letter-outcome',
      on: outcomeOn,
      payload: { letterId, outcome },
    });
    return ok(undefined);
  });
}

function receiptType(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, 5)).toString('latin1');
  if (start === '%PDF-') return 'application/pdf';
  if (start.startsWith('\x89PNG')) return 'image/png';
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff ? 'image/jpeg' : undefined;
}

function changeLetter(
  deps: Pick<Deps, 'db'>,
  tenantId: string,
  letterId: string,
  change: (tx: Tx, letter: Letter) => Promise<Result<void>>,
): Promise<Result<void>> {
  return deps.db.tenant(tenantId, async (tx) => {
    const letter = await readLetter(tx, tenantId, letterId, true);
    if (!letter) return refuse('letter.unknown', 'Cette lettre n’existe pas.');
    return change(tx, letter);
  });
}
