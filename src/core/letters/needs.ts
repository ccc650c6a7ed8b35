import { isAfter } from '../kernel/day.ts';
import { frenchDay } from '../kernel/french.ts';
import { limitation } from '../law/limitation.ts';
import { compactIban, isBic, isIban } from './epc-qr.ts';
import type { Advice, CreditorProfile, FactNeeded, FormalNoticeFacts, PostalAddress } from './facts.ts';
import { counted, fr } from './typography.ts';

const IDENTITY = fr`Réglages, Votre entreprise`;
const PAYMENT = fr`Réglages, Paiement`;
const DEBTOR = fr`Le débiteur`;
const LETTER = fr`La mise en demeure`;

const filled = (text: string | undefined): boolean => text !== undefined && text.trim() !== '';
const reachable = (address: PostalAddress): boolean =>
  address.lines.some(filled) && filled(address.city) && (filled(address.postcode) || (address.country ?? 'FR') !== 'FR');

/** What the notice cannot be written without, in the order of the page. */
export function factsNeeded(facts: FormalNoticeFacts): FactNeeded[] {
  const { creditor, debtor } = facts;
  const needs: FactNeeded[] = [];
  const need = (present: boolean, key: string, label: string, where: string) => {
    if (!present) needs.push({ key, label, where });
  };
  need(filled(creditor.name), 'creditor.name', fr`votre nom ou la dénomination de votre entreprise`, IDENTITY);
  need(
    creditor.soleTrader || filled(creditor.legalForm),
    'creditor.legalForm',
    fr`la forme juridique de votre entreprise`,
    IDENTITY,
  );
  need(filled(creditor.siren), 'creditor.siren', fr`votre numéro SIREN`, IDENTITY);
  need(reachable(creditor.address), 'creditor.address', fr`votre adresse complète`, IDENTITY);
  need(
    creditor.soleTrader || filled(creditor.signatory?.name),
    'creditor.signatory',
    fr`le nom de la personne qui signe pour l'entreprise`,
    IDENTITY,
  );
  need(filled(creditor.iban), 'creditor.iban', fr`l'IBAN du compte à créditer`, PAYMENT);
  if (filled(creditor.iban)) {
    const valid = isIban(compactIban(creditor.iban ?? ''));
    need(valid, 'creditor.iban', fr`un IBAN exact : celui qui est enregistré comporte une erreur`, PAYMENT);
  }
  if (filled(creditor.bic)) {
    need(isBic(compactIban(creditor.bic ?? '')), 'creditor.bic', fr`un BIC exact, de 8 ou 11 caractères, ou rien`, PAYMENT);
  }
  need(filled(debtor.name), 'debtor.name', fr`le nom du débiteur`, DEBTOR);
  need(reachable(debtor.address), 'debtor.address', fr`l'adresse postale du débiteur`, DEBTOR);
  need(filled(facts.reference), 'reference', fr`la référence du dossier`, LETTER);
  need(facts.deadline !== undefined, 'deadline', fr`le dernier jour pour payer`, LETTER);
  if (facts.deadline !== undefined) {
    need(
      isAfter(facts.deadline, facts.date),
      'deadline',
      fr`un dernier jour pour payer postérieur à la date de la lettre`,
      LETTER,
    );
  }
  return needs;
}

/** What is worth knowing before signing. `replaced`: characters that cannot be printed. */
export function adviceOn(facts: FormalNoticeFacts, replaced: readonly string[]): Advice[] {
  const advice: Advice[] = [];
  const { creditor, debtor, deadline, statement } = facts;
  const days = deadline ? facts.date.until(deadline, { largestUnit: 'day' }).days : 0;
  if (deadline && (days < 8 || days > 15)) {
    advice.push({
      key: 'deadline',
      message: fr`Le délai laissé est de ${counted(days, 'jour', 'jours')} ; 8 à 15 jours sont d'usage.`,
    });
  }
  advice.push(...perhapsBarred(facts));
  if (statement.debtor !== 'consumer' && !filled(debtor.siren)) {
    advice.push({ key: 'debtor.siren', message: fr`Le SIREN du débiteur manque : il lève tout doute sur son identité.` });
  }
  if (hasCapital(creditor) && creditor.capital === undefined) {
    advice.push({ key: 'creditor.capital', message: fr`Le capital social manque : une société l'indique sur ses lettres.` });
  }
  if (replaced.length > 0) {
    const list = [...new Set(replaced)].join(' ');
    advice.push({ key: 'unprintable', message: fr`Ces signes ne peuvent pas être imprimés et sont remplacés par ☐ : ${list}` });
  }
  return advice;
}

/**
 * The oldest debt that may be barred by limitation: the letter speaks of going to court. Counted from the invoice, for want of the end of
 * the performance, and without what interrupts it. Public buyers have a limitation of their own, which is not encoded.
 */
function perhapsBarred({ statement, date }: FormalNoticeFacts): Advice[] {
  if (statement.debtor === 'public') return [];
  const relation = statement.debtor === 'consumer' ? 'consumer' : 'professional';
  const barred = statement.invoices.flatMap(({ principal, issuedOn, dueOn, number }) => {
    const answer = limitation({ relation, startsOn: issuedOn ?? dueOn });
    if (answer.status !== 'computed' || principal.cents <= 0n || isAfter(answer.value.barredOn, date)) return [];
    return [fr`la facture ${number}, depuis le ${frenchDay(answer.value.barredOn)}`];
  });
  if (barred.length === 0) return [];
  const [years, texts] =
    relation === 'consumer'
      ? [fr`deux ans`, fr`C. conso., art. L218-2`]
      : [fr`cinq ans`, fr`C. civ., art. 2224 ; C. com., art. L110-4`];
  return [
    {
      key: 'limitation',
      message: fr`La prescription de ${years} (${texts}), comptée de la date de la facture, paraît acquise pour ${barred.join(' ; ')}. Sauf paiement partiel, reconnaissance de dette ou acte de justice qui l'aurait interrompue, le juge ne pourrait plus être saisi utilement : faites vérifier ce point avant d'envoyer une lettre qui parle de procès.`,
    },
  ];
}

/** The forms whose letters state a capital (C. com. R123-238). */
const hasCapital = (creditor: CreditorProfile): boolean =>
  !creditor.soleTrader && /^(SARL|EURL|SAS|SASU|SA|SCA|SELARL|SELAS)\b/i.test(creditor.legalForm ?? '');
