/** What a party is before the courts: the quality decides the court, not the size. */
export type PartyQuality =
  | 'company'
  | 'merchant'
  | 'artisan'
  | 'liberal'
  | 'association'
  | 'civil-company'
  | 'farmer'
  | 'consumer'
  | 'public-body';

export const PARTY_QUALITIES: readonly PartyQuality[] = [
  'company',
  'merchant',
  'artisan',
  'liberal',
  'association',
  'civil-company',
  'farmer',
  'consumer',
  'public-body',
];

/** Commercial companies (by their form) and merchants. */
export const isTrader = (quality: PartyQuality): boolean => quality === 'company' || quality === 'merchant';

/** Who is heard by the commercial court in disputes with traders: artisans too since 1 January 2022 (loi 2016-1547, art. 95). */
export const isCommercial = (quality: PartyQuality): boolean => isTrader(quality) || quality === 'artisan';

export const QUALITY_WORDS: Readonly<Record<PartyQuality, string>> = {
  company: 'une société commerciale',
  merchant: 'un commerçant',
  artisan: 'un artisan',
  liberal: 'un professionnel libéral',
  association: 'une association',
  'civil-company': 'une société civile',
  farmer: 'un agriculteur',
  consumer: 'un consommateur',
  'public-body': 'une personne publique',
};
