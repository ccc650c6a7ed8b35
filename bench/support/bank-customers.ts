import type { KnownParty } from '#core/matching/model.ts';
import type { Chance } from './random.ts';

/** How a customer pays and how its bank shows it. Nobody here exists: names are drawn from lists of words. */
export interface Customer {
  readonly party: KnownParty;
  /** how often it issues transfers that name the invoice */
  readonly quotes: number;
  readonly writing: Writing;
  readonly listing: 'slash' | 'numbers' | 'first' | 'statement';
  readonly pays: 'each' | 'monthly' | 'debit';
  readonly lateness: number;
  /** the name as its bank sends it */
  readonly shownAs: string;
  readonly iban: string;
  readonly secondIban: string | undefined;
  readonly bank: {
    readonly template: 'plain' | 'sepa' | 'instant';
    readonly cutAt: number;
    readonly iban: boolean;
    readonly name: boolean;
  };
  /** the price of a subscription, in cents, billed every month */
  readonly plan: bigint | undefined;
  readonly reliable: number;
}

export type Writing = 'exact' | 'glued' | 'spaced' | 'no-zeros' | 'no-prefix' | 'serial' | 'letters' | 'dotted' | 'wordy';

/** Shares of the customers. */
export const CUSTOMER_RATES = {
  quotes: { always: 0.68, often: 0.14, never: 0.18 },
  writing: {
    exact: 0.42,
    glued: 0.12,
    spaced: 0.1,
    'no-zeros': 0.08,
    'no-prefix': 0.08,
    serial: 0.07,
    letters: 0.02,
    dotted: 0.03,
    wordy: 0.08,
  },
  listing: { slash: 0.35, numbers: 0.35, first: 0.1, statement: 0.2 },
  pays: { each: 0.72, monthly: 0.2, debit: 0.08 },
  subscriber: 0.12,
  twin: 0.04,
  ibanDeclared: 0.55,
  secondAccount: 0.05,
  paidByParent: 0.02,
  tradeNameOnly: 0.03,
  cutAt: { '27': 0.1, '35': 0.2, '140': 0.7 },
  template: { plain: 0.5, sepa: 0.3, instant: 0.2 },
  ibanShown: 0.75,
  nameShown: 0.88,
} as const;

const TRADES = (
  'Menuiserie Plomberie Garage Transports Boulangerie Imprimerie Maçonnerie Électricité Serrurerie Pépinières Charpente Carrosserie ' +
  'Peinture Ébénisterie Chaudronnerie Mécanique Confiserie Brasserie Librairie Pharmacie Optique Informatique Conseil Nettoyage Sécurité ' +
  'Logistique Couverture Terrassement Isolation Fromagerie Cave Traiteur Édition Formation Architecture Paysages Étanchéité Matériaux'
).split(' ');
const SURNAMES_A = 'Ma Ber Del Cha Rou Gar Fon Val Per Mon Bel Tri Lau Cor Dar Bou Gui Ver Nor Sau Bre Cla Pel Tou Lam'.split(
  ' ',
);
const SURNAMES_B = 'nard lier tin vert geon don mas set rey cher naud bert quet roux vin let tier zac son ville'.split(' ');
const PLACES =
  'Bretagne Alpes Atlantique Provence Loire Garonne Vosges Jura Cévennes Picardie Océan Méditerranée Normandie Berry Quercy'.split(
    ' ',
  );
const FORMS = ['SARL', 'SAS', 'SASU', 'EURL', 'SA', 'SCOP', 'SNC', 'EI'];
const BRANDS = ['Lumea', 'Novatis', 'Altiva', 'Kerion', 'Sylvéa', 'Oréade', 'Pixalis', 'Tessera', 'Quadrille', 'Zéphirel'];
const PLANS = [29_00n, 49_00n, 59_88n, 99_00n, 118_80n, 240_00n];

const SURNAMES_MIDDLE = ['', '', 'ti', 'ri', 'lo', 'ne', 'ma', 'da', 'be', 'co', 've', 'sa', 'gue', 'pi', 'ro', 'ce'];

const surname = (chance: Chance): string => chance.of(SURNAMES_A) + chance.of(SURNAMES_MIDDLE) + chance.of(SURNAMES_B);

/** Of towns that do not exist, so that names repeat about as seldom as they do among real customers. */
const place = (chance: Chance): string =>
  chance.happens(0.3)
    ? chance.of(PLACES)
    : chance.of(['Saint-', 'Sainte-', 'Vieux-', 'Mont', 'Château', 'Ville', 'Beau', 'Neuf']) + surname(chance).toLowerCase();

function companyName(chance: Chance): { core: string; form: string } {
  const form = chance.of(FORMS);
  const kind = chance.share();
  if (kind < 0.3) return { core: `${chance.of(TRADES)} ${surname(chance)}`, form };
  if (kind < 0.45) return { core: `${chance.of(['Ets', 'Établissements', 'Société'])} ${surname(chance)}`, form };
  if (kind < 0.6) return { core: `${surname(chance)} ${chance.of(['Frères', 'et Fils', 'Père et Fils', 'Associés'])}`, form };
  if (kind < 0.75) return { core: `${chance.of(TRADES)} ${chance.of(['de', 'du', 'des'])} ${place(chance)}`, form };
  if (kind < 0.9) return { core: `${chance.of(BRANDS)} ${surname(chance)} ${chance.of(TRADES)}`, form };
  return { core: `${chance.of(BRANDS)}${chance.of(['', ' Groupe', ' International', ' Services'])} ${place(chance)}`, form };
}

/** The name as a bank shows it: mostly capitals without accents, often without the legal form, sometimes cut or shortened. */
function bankName(chance: Chance, core: string, form: string): string {
  if (chance.happens(CUSTOMER_RATES.tradeNameOnly)) return `${chance.of(BRANDS)} ${surname(chance)}`.toUpperCase();
  const where = chance.share();
  let name = where < 0.35 ? core : where < 0.7 ? `${form} ${core}` : `${core} ${form}`;
  if (chance.happens(0.1)) name = name.replace(/Établissements|Société/, (w) => (w.startsWith('S') ? 'STE' : 'ETS'));
  if (chance.happens(0.06)) name = name.replace(/[A-ZÀ-Ý][a-zà-ÿ]{6,}/, (w) => w.slice(0, chance.between(4, 5)));
  if (chance.happens(0.8)) name = name.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase();
  if (chance.happens(0.1)) name = name.slice(0, chance.of([24, 27]));
  if (chance.happens(0.015) && name.length > 6) {
    const at = chance.between(2, name.length - 3);
    name = name.slice(0, at) + name.slice(at + 1);
  }
  return name.trim();
}

function frenchIban(chance: Chance): string {
  let digits = '';
  while (digits.length < 23) digits += String(chance.whole(10));
  const key = 98n - (BigInt(`${digits}152700`) % 97n);
  return `FR${String(key).padStart(2, '0')}${digits}`;
}

export function makeCustomers(chance: Chance, count: number): Customer[] {
  const customers: Customer[] = [];
  let last = companyName(chance);
  for (let i = 0; customers.length < count; i += 1) {
    // A twin: the same name with another legal form, or another place.
    const twin = i > 0 && chance.happens(CUSTOMER_RATES.twin);
    const { core, form } = twin
      ? { core: chance.happens(0.5) ? last.core : `${last.core} ${chance.of(PLACES)}`, form: chance.of(FORMS) }
      : companyName(chance);
    last = { core, form };
    const iban = frenchIban(chance);
    const subscriber = chance.happens(CUSTOMER_RATES.subscriber);
    const parent = chance.happens(CUSTOMER_RATES.paidByParent);
    const payer = parent ? companyName(chance) : { core, form };
    const quotes = chance.weighted(CUSTOMER_RATES.quotes);
    const twinPlan = twin ? customers.at(-1)?.plan : undefined;
    customers.push({
      party: {
        id: `p${String(customers.length).padStart(6, '0')}`,
        name: chance.happens(0.7) ? `${core} ${form}` : `${form} ${core}`,
        aliases: [],
        ibans: chance.happens(CUSTOMER_RATES.ibanDeclared) ? [iban] : [],
      },
      quotes: quotes === 'always' ? 0.96 : quotes === 'often' ? 0.55 : 0.02,
      writing: chance.weighted(CUSTOMER_RATES.writing),
      listing: chance.weighted(CUSTOMER_RATES.listing),
      pays: subscriber && chance.happens(0.6) ? 'debit' : chance.weighted(CUSTOMER_RATES.pays),
      lateness: Math.floor(chance.share() ** 3 * 60),
      shownAs: bankName(chance, payer.core, payer.form),
      iban,
      secondIban: chance.happens(CUSTOMER_RATES.secondAccount) ? frenchIban(chance) : undefined,
      bank: {
        template: chance.weighted(CUSTOMER_RATES.template),
        cutAt: Number(chance.weighted(CUSTOMER_RATES.cutAt)),
        iban: chance.happens(CUSTOMER_RATES.ibanShown),
        name: chance.happens(CUSTOMER_RATES.nameShown),
      },
      plan: twinPlan ?? (subscriber ? chance.of(PLANS) : undefined),
      reliable: chance.happens(0.9) ? 0.97 : 0.4,
    });
  }
  return customers;
}
