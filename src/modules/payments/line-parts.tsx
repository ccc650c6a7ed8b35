import { money } from '#core/kernel/money.ts';
import type { MatchKind } from '#core/matching/model.ts';
import { Amount, Day } from '#ui/components/index.ts';
import { Icon } from '#ui/icons.tsx';
import type { OpenCase } from './choices.ts';
import type { BankLine, LineReading } from './lines.ts';
import { casePath } from './paths.ts';

/** What the pages say of a line and of its readings. */

/** Who the bank says it is, or the debtor who probably paid; the words of the line when nobody is named. */
export const whoPaid = ({ name, payer, text }: BankLine): string => name ?? payer?.name ?? (text.slice(0, 60) || 'Sans nom');

/** The line as the bank tells it. */
export function LineHead({ line, level }: { line: BankLine; level: 2 | 3 }) {
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <div class="q-line-head">
      <div>
        <Heading class="q-line-who">{whoPaid(line)}</Heading>
        <p class="q-note">
          <Day of={line.bookedOn} />, {line.accountName}
        </p>
      </div>
      <p class="q-line-sum">
        <Amount of={money(line.amountCents, line.currency)} size="large" />
      </p>
      {line.text && <p class="q-line-text">{line.text}</p>}
    </div>
  );
}

const DOES: Readonly<Record<MatchKind, string>> = {
  exact: 'Règle en entier',
  sum: 'Règle en entier',
  partial: 'Règle en partie',
  'less-fee': 'Règle, frais de banque déduits,',
  'less-discount': 'Règle, escompte déduit,',
  'with-accessories': 'Règle, intérêts et indemnité compris,',
  overpaid: 'Règle, avec un excédent,',
  'on-account': 'À valoir sur',
  bounced: 'Reprend un paiement rejeté par la banque',
  refund: 'Rembourse un encaissement',
  annulled: 'S’annule avec un autre mouvement',
  'wrong-entity': 'Paie une autre de vos entreprises',
};

/** What a reading does, invoice by invoice, with their cases, and what is left over or missing. */
export function ReadingSays({
  reading,
  currency,
  cases,
}: {
  reading: LineReading;
  currency: string;
  cases: ReadonlyMap<string, string>;
}) {
  const { kind, party, parts, surplusCents, shortCents } = reading;
  return (
    <div class="q-reading">
      <p class="q-reading-what">
        {DOES[kind]}
        {parts.length > 0 && (parts.length > 1 ? ' les factures' : ' la facture')}
        {party && parts.length > 0 && <> de {party.name}</>}
        {party && parts.length === 0 && <> ({party.name})</>}
        {parts.length > 0 && '\u202f:'}
      </p>
      {parts.length > 0 && (
        <ul class="q-reading-parts">
          {parts.map(({ number, caseId, cents, accessoriesCents }) => (
            <li>
              <span>
                {cents < 0n ? 'Avoir ' : ''}
                <strong>{number}</strong>
                {caseId && (
                  <>
                    {' '}
                    <a href={casePath(caseId)}>dossier {cases.get(caseId)}</a>
                  </>
                )}
              </span>
              <span>
                <Amount of={money(cents, currency)} />
                {accessoriesCents > 0n && (
                  <span class="q-note">
                    {' '}
                    et <Amount of={money(accessoriesCents, currency)} /> d’intérêts et d’indemnité
                  </span>
                )}
              </span>
            </li>
          ))}
          {surplusCents > 0n && (
            <li>
              <span>En trop, à rendre ou à placer</span>
              <Amount of={money(surplusCents, currency)} />
            </li>
          )}
          {shortCents > 0n && (
            <li>
              <span>{kind === 'less-fee' || kind === 'less-discount' ? 'Il manque' : 'Restera dû'}</span>
              <Amount of={money(shortCents, currency)} />
            </li>
          )}
        </ul>
      )}
      <Evidence of={reading} />
    </div>
  );
}

/** Why: the sentences of the matching, doubts marked as such. */
export function Evidence({ of }: { of: Pick<LineReading, 'evidence'> }) {
  return (
    <ul class="q-evidence">
      {of.evidence.map(({ about, says }) => (
        <li class={about === 'doubt' ? 'q-evidence-doubt' : undefined}>
          <Icon name={about === 'doubt' ? 'question' : 'check'} {...(about === 'doubt' ? { label: 'Doute' } : {})} />
          <span>{says}</span>
        </li>
      ))}
    </ul>
  );
}

/** The cases that wait for a line, in a sentence. */
export function HeldCases({ cases }: { cases: readonly OpenCase[] }) {
  if (cases.length === 0) return null;
  return (
    <p class="q-held">
      <Icon name="stop" />
      <span>
        {cases.length > 1 ? 'Relances suspendues, dossiers ' : 'Relances suspendues, dossier '}
        {cases.slice(0, 5).map(({ id, reference }, i) => (
          <>
            {i > 0 && ', '}
            <a href={casePath(id)}>{reference}</a>
          </>
        ))}
        {cases.length > 5 && '…'}
      </span>
    </p>
  );
}
