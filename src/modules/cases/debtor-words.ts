import type { DebtorKind } from '#core/claim/statement.ts';
import type { IconName } from '#ui/icons.tsx';

/** Who owes, as the law of late payment sees it, in plain words. */
export const DEBTOR_KINDS: Readonly<
  Record<DebtorKind, { readonly label: string; readonly hint: string; readonly icon: IconName }>
> = {
  business: {
    label: 'Professionnel',
    hint: 'Une entreprise, un indépendant, une association qui achète pour son activité.',
    icon: 'company',
  },
  consumer: { label: 'Particulier', hint: 'Une personne qui achète pour elle-même.', icon: 'person' },
  public: {
    label: 'Acheteur public',
    hint: 'Une commune, l’État, un hôpital\u202f: tout ce qui passe par Chorus Pro.',
    icon: 'publicBuyer',
  },
};

const COUNTRIES = new Intl.DisplayNames('fr', { type: 'region' });

/** « Belgique » for BE; a code that is no country comes back as it is. */
export const countryName = (code: string): string => COUNTRIES.of(code) ?? code;
