import { type InvoiceReading, isCreditNote, type ReadInvoiceResult } from '#formats/invoice/index.ts';
import { formatAmountFr } from '#formats/text/french-amount.ts';

/** What was read as lines of JSON: the fields of each invoice after its file, or the error of the file or of the row. */
export function* jsonLines(file: string, result: ReadInvoiceResult): Generator<string> {
  const error = ({ code, message }: { code: string; message: string }) => ({ code, message });
  if (!result.ok) {
    yield JSON.stringify({ file, error: error(result.refusal) });
    return;
  }
  for (const reading of result.value) yield JSON.stringify({ file, ...reading });
  for (const { row, refusal } of result.rejected_rows ?? []) yield JSON.stringify({ file, row, error: error(refusal) });
}

const frenchDay = (iso: string | null): string => iso?.split('-').reverse().join('/') ?? '?';

function line(reading: InvoiceReading): string {
  const kind = isCreditNote(reading.type_code, reading.format) ? 'avoir' : 'facture';
  const amount = reading.payable ?? reading.total_gross;
  const sum = amount === null ? 'montant inconnu' : `${formatAmountFr(amount)}\u00a0${reading.currency ?? ''}`.trim();
  return [
    `${kind} ${reading.number ?? 'sans numéro'} du ${frenchDay(reading.issue_date)}`,
    `${reading.seller?.name ?? '?'} → ${reading.buyer?.name ?? '?'}`,
    sum,
    reading.due_date ? `échéance ${frenchDay(reading.due_date)}` : 'sans échéance',
  ].join(' · ');
}

/** What was read as people read it: a line an invoice, with a warning for what is only a proposal. */
export function* summary(file: string, result: ReadInvoiceResult): Generator<string> {
  if (!result.ok) {
    yield `${file}\u202f: REFUSÉ (${result.refusal.code}). ${result.refusal.message}`;
    return;
  }
  for (const reading of result.value) {
    if (reading.no_text) yield `${file}\u202f: aucun mot à lire (page numérisée), tout est à saisir à la main.`;
    else yield `${file}\u202f: ${line(reading)}${reading.format === 'pdf-text' ? ' (lu sur la page, à vérifier)' : ''}`;
  }
  for (const { refusal } of result.rejected_rows ?? []) yield `${file}\u202f: ${refusal.message}`;
}
