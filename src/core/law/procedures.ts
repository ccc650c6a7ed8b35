import { type Day, day, isBefore } from '../kernel/day.ts';
import { type Money, money } from '../kernel/money.ts';
import { computed, type Outcome, type TraceStep } from '../kernel/outcome.ts';
import { isTrader, type PartyQuality } from './parties.ts';
import { steps } from './step.ts';

/** The ways to a title, for one debt. */
export type ProcedureId =
  | 'payment-order'
  | 'small-claims'
  | 'uncontested-claims'
  | 'interim-payment'
  | 'merits'
  | 'conservatory-seizure'
  | 'european-payment-order';

export interface ProcedureFacts {
  readonly creditor: PartyQuality;
  readonly debtor: PartyQuality;
  readonly principal: Money;
  readonly interest: Money;
  /** a contract, a bill or a statutory obligation fixes the amount */
  readonly fromContract?: boolean;
  readonly invoiced?: boolean;
  /** the four questions of `serious-dispute` */
  readonly seriousDispute?: boolean;
  readonly abroad?: boolean;
  readonly threatToRecovery?: boolean;
  readonly on: Day;
}

export interface ProcedureOption {
  readonly id: ProcedureId;
  readonly eligible: boolean;
  /** open today: a procedure may exist in law and wait for its decree */
  readonly usable: boolean;
  readonly why: string;
  readonly cites: readonly string[];
  readonly certainty: TraceStep['certainty'];
  /** official forms, by number; versions move */
  readonly forms?: readonly string[];
}

/** The law that created the procedure for uncontested commercial claims; its decree had not been found on 25 September 2026. */
export const UNCONTESTED_CLAIMS_FROM = day('2026-04-25');

/** The ceiling of the small-claims procedure: principal and interest together. */
export const SMALL_CLAIMS_CEILING = money(500_000n);

type Option = Omit<ProcedureOption, 'usable'> & { readonly usable?: boolean };
const option = (given: Option): ProcedureOption => ({ ...given, usable: given.eligible && (given.usable ?? true) });

/** Which procedures are open for a debt, and why each is or is not. The forum, costs and deadlines have rules of their own. */
export function procedureOptions(facts: ProcedureFacts): Outcome<readonly ProcedureOption[]> {
  const all = [
    paymentOrder(facts),
    smallClaims(facts),
    uncontestedClaims(facts),
    interim(facts),
    merits(facts),
    seizure(facts),
    european(facts),
  ];
  const say = steps('procedure-options');
  return computed(
    all,
    all.map((o) =>
      say(
        o.cites,
        o.certainty,
        `${TITLES[o.id]}\u202f: ${o.eligible ? (o.usable ? 'ouverte' : 'prévue par la loi, pas encore utilisable') : 'fermée'}, ${o.why}.`,
      ),
    ),
  );
}

export const TITLES: Readonly<Record<ProcedureId, string>> = {
  'payment-order': 'Injonction de payer',
  'small-claims': 'Procédure des petites créances (commissaire de justice)',
  'uncontested-claims': 'Procédure des créances commerciales non contestées',
  'interim-payment': 'Référé-provision',
  merits: 'Assignation au fond',
  'conservatory-seizure': 'Saisie conservatoire',
  'european-payment-order': 'Injonction de payer européenne',
};

const isPublic = (facts: ProcedureFacts): boolean => facts.debtor === 'public-body';

/** The form of a payment order by court (numbers to check at the time of filing). */
export const paymentOrderForm = (commercial: boolean): string => (commercial ? '12946*02' : '12948*06');

function paymentOrder(facts: ProcedureFacts): ProcedureOption {
  const fromContract = facts.fromContract ?? true;
  const eligible = !isPublic(facts) && fromContract;
  const fragile = facts.seriousDispute ? ', mais fragile\u202f: une contestation paraît sérieuse' : '';
  return option({
    id: 'payment-order',
    eligible,
    why: isPublic(facts)
      ? 'aucune injonction de payer contre une personne publique'
      : fromContract
        ? `la somme résulte d’un contrat ou d’une obligation légale${fragile}`
        : 'la somme doit résulter d’un contrat ou d’une obligation légale et être fixée',
    cites: ['cpc-1405', 'cpc-1406'],
    certainty: 'official',
    forms: [paymentOrderForm(false), paymentOrderForm(true)],
  });
}

function isUncontested(facts: ProcedureFacts): boolean {
  return isTrader(facts.creditor) && isTrader(facts.debtor) && (facts.invoiced ?? true) && !facts.seriousDispute;
}

function smallClaims(facts: ProcedureFacts): ProcedureOption {
  const together = facts.principal.cents + facts.interest.cents;
  const within = together <= SMALL_CLAIMS_CEILING.cents;
  const taken =
    !isBefore(facts.on, UNCONTESTED_CLAIMS_FROM) &&
    isTrader(facts.creditor) &&
    isTrader(facts.debtor) &&
    (facts.invoiced ?? true);
  return option({
    id: 'small-claims',
    eligible: !isPublic(facts) && within && !taken,
    why: taken
      ? 'les créances facturées entre commerçants en sont retirées depuis le 25 avril 2026'
      : within
        ? 'principal et intérêts ne dépassent pas 5\u202f000\u00a0€\u202f; le débiteur a un mois, son silence vaut refus'
        : 'principal et intérêts ensemble dépassent 5\u202f000\u00a0€',
    cites: ['cpce-L125-1'],
    certainty: taken ? 'secondary' : 'official',
  });
}

function uncontestedClaims(facts: ProcedureFacts): ProcedureOption {
  const inForce = !isBefore(facts.on, UNCONTESTED_CLAIMS_FROM);
  const eligible = inForce && isUncontested(facts);
  return option({
    id: 'uncontested-claims',
    eligible,
    usable: false,
    why: !inForce
      ? 'la loi date du 25 avril 2026'
      : eligible
        ? 'décret d’application introuvable au 25 septembre 2026\u202f; prenez l’injonction de payer'
        : 'la loi vise les créances facturées et non contestées entre commerçants',
    cites: ['cpce-L126-1'],
    certainty: 'secondary',
  });
}

function interim(facts: ProcedureFacts): ProcedureOption {
  return option({
    id: 'interim-payment',
    eligible: !facts.seriousDispute,
    why: facts.seriousDispute
      ? 'une contestation paraît sérieuse'
      : 'dette non sérieusement contestable, jusqu’à son plein montant, sans urgence exigée',
    cites: isPublic(facts) ? ['cja-R541-1'] : ['cpc-835', 'cpc-873'],
    certainty: isPublic(facts) ? 'memory' : 'official',
  });
}

const merits = (facts: ProcedureFacts): ProcedureOption =>
  option({
    id: 'merits',
    eligible: true,
    why: isPublic(facts) ? 'devant le tribunal administratif' : 'toujours ouverte\u202f; avocat au-dessus de 10\u202f000\u00a0€',
    cites: ['cpc-42', 'cpc-761', 'cpc-853'],
    certainty: 'official',
  });

function seizure(facts: ProcedureFacts): ProcedureOption {
  const eligible = !isPublic(facts) && facts.threatToRecovery === true;
  return option({
    id: 'conservatory-seizure',
    eligible,
    why: isPublic(facts)
      ? 'les biens publics ne se saisissent pas'
      : eligible
        ? 'dette qui paraît fondée et recouvrement menacé, avec l’autorisation du juge'
        : 'il faut des circonstances qui menacent le recouvrement',
    cites: ['cpce-L511-1'],
    certainty: isPublic(facts) ? 'memory' : 'official',
  });
}

const european = (facts: ProcedureFacts): ProcedureOption =>
  option({
    id: 'european-payment-order',
    eligible: facts.abroad === true && !isPublic(facts),
    why: facts.abroad ? 'litige transfrontalier, sans plafond' : 'le débiteur doit demeurer dans un autre État de l’Union',
    cites: ['ue-1896-2006', 'cpc-1424-14'],
    certainty: 'official',
  });
