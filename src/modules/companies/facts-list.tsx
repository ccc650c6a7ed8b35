import { money } from '#core/kernel/money.ts';
import type { Description } from '#ui/components/index.ts';
import { euros, iban, NBSP, siren } from '#ui/format.ts';
import { type Creditor, LEGAL_FORMS, WITH_CAPITAL } from './creditor.ts';

/** What is known of a company, subject by subject, in the order of the pages that ask for it. */
export type Subject = 'identite' | 'forme' | 'adresse' | 'signataire' | 'paiement';

const text = (value: string | null): { value?: string } => (value === null ? {} : { value });

/** The lines that sum up a subject. */
export function factsOn(subject: Subject, creditor: Creditor): Description[] {
  switch (subject) {
    case 'identite':
      return [
        { term: 'Nom', value: creditor.name },
        { term: 'Numéro SIREN', ...text(creditor.siren && siren(creditor.siren)) },
        { term: 'Numéro de TVA', ...text(creditor.vatNumber) },
      ];
    case 'forme': {
      const form = LEGAL_FORMS.find(([code]) => code === creditor.legalForm);
      const capital = creditor.shareCapitalCents;
      return [
        { term: 'Forme juridique', ...text(form ? form[1] : creditor.legalForm) },
        ...(capital === null && !WITH_CAPITAL.has(creditor.legalForm ?? '')
          ? []
          : [{ term: 'Capital social', ...text(capital === null ? null : euros(money(capital))) }]),
        { term: 'Registre du commerce', ...text(creditor.registryCity && `RCS${NBSP}${creditor.registryCity}`) },
      ];
    }
    case 'adresse': {
      const town = [creditor.postcode, creditor.city].filter(Boolean).join(' ');
      const lines = [creditor.street, town, creditor.country === 'FR' ? null : creditor.country].filter(Boolean);
      return [
        {
          term: 'Adresse',
          ...(creditor.street || town ? { value: <span class="q-prewrap">{lines.join('\n')}</span> } : {}),
        },
        { term: 'Adresse électronique', ...text(creditor.email) },
        { term: 'Téléphone', ...text(creditor.phone) },
      ];
    }
    case 'signataire':
      return [
        { term: 'Nom', ...text(creditor.signatoryName) },
        { term: 'Fonction', ...text(creditor.signatoryRole) },
      ];
    case 'paiement':
      return [
        { term: 'IBAN', ...text(creditor.iban && iban(creditor.iban)) },
        { term: 'BIC', ...text(creditor.bic) },
      ];
  }
}
