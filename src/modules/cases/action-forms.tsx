import type { Day } from '#core/kernel/day.ts';
import { formatCents } from '#core/kernel/money.ts';
import { fr } from '#core/letters/typography.ts';
import type { Typed } from '#platform/form.ts';
import { newId } from '#platform/ids.ts';
import { Checkbox, DayField, Field, MoneyField, RadioCards, Select, TextField } from '#ui/components/index.ts';
import type { Children } from '#ui/view.ts';
import type { ActionKind } from './actions.ts';
import { LOSS_PROOFS } from './facts.ts';
import { CLOSING_REASONS, PROCEEDINGS } from './history.tsx';
import type { Stage } from './state.ts';
import type { CaseView } from './views.ts';

/** What a form is drawn from: what was typed, what is wrong with it, the case and the day. */
export interface Asking {
  readonly typed: Typed;
  readonly errors: Readonly<Record<string, string>>;
  readonly of: CaseView;
  readonly today: Day;
}

interface ActionForm {
  /** the question, as the page's title */
  readonly title: string;
  readonly intro?: string | ((of: CaseView) => string);
  readonly submit: string;
  /** said once it is noted */
  readonly done: string;
  readonly fields: (asking: Asking) => Children;
}

/** What was typed under a name, and what is wrong with it. */
const answer = ({ typed, errors }: Asking, name: string, otherwise?: string) => ({
  name,
  value: typed[name] ?? otherwise,
  error: errors[name],
});

const On = ({ asking, label, hint }: { asking: Asking; label: string; hint?: string }) => (
  <DayField {...answer(asking, 'on', asking.today.toString())} label={label} hint={hint} max={asking.today.toString()} />
);

const Words = ({ asking, label, hint, optional }: { asking: Asking; label: string; hint?: string; optional?: boolean }) => (
  <TextField {...answer(asking, 'text')} label={label} hint={hint} optional={optional ?? false} maxlength={5000} />
);

/** What is still due, as people type it: the usual amount of a payment, a promise, a plan. */
function dueTyped({ of }: Asking): string | undefined {
  if (of.statement.status !== 'computed' || of.statement.value.total.cents <= 0n) return undefined;
  return formatCents(of.statement.value.total.cents).replace('.', ',');
}

/** Asked only of an amount above what was owed on the day of the agreement. */
const Beyond = ({ asking, label }: { asking: Asking; label: string }) => {
  const { beyond } = asking.typed;
  if (!beyond && asking.errors.beyond === undefined) return null;
  return <Checkbox {...answer(asking, 'beyond')} value="oui" checked={Boolean(beyond)} label={label} />;
};

/** What shows that a claim is lost. */
const LOSS_PROOF_WORDS: Readonly<Record<(typeof LOSS_PROOFS)[number], string>> = {
  'liquidation-judgment': 'Un jugement de liquidation judiciaire',
  'fruitless-enforcement': 'Une saisie restée vaine',
  disappearance: 'La disparition du débiteur',
  'liquidator-certificate': 'Un certificat du liquidateur',
  none: 'Aucune preuve\u202f: j’abandonne',
};

/** What there is to do about a status, by the stage it led to. */
const STATUS_HINTS: Partial<Readonly<Record<Stage, string>>> = {
  'payment-announced': fr`Par exemple : compte vérifié le 12, rien n'est arrivé.`,
  'document-missing': fr`Par exemple : bon de livraison signé envoyé par la plateforme.`,
  'not-delivered': fr`Par exemple : facture corrigée, déposée de nouveau sur la plateforme.`,
  withdrawn: fr`Par exemple : annulation demandée par erreur, la facture reste due.`,
};

/** One page a kind of fact: what happened, in the fewest questions. */
export const ACTION_PAGES: Readonly<Record<ActionKind, ActionForm>> = {
  contact: {
    title: fr`Qu'avez-vous échangé avec votre client ?`,
    submit: 'Noter cet échange',
    done: 'Échange noté.',
    fields: (asking) => (
      <>
        <RadioCards
          {...answer(asking, 'channel', 'call')}
          label="Par quel moyen"
          options={[
            { value: 'call', label: 'Au téléphone', icon: 'phone' },
            { value: 'email', label: 'Par courriel', icon: 'letter' },
            { value: 'meeting', label: 'De vive voix', icon: 'debtor' },
            { value: 'letter', label: 'Par courrier', icon: 'letter' },
          ]}
        />
        <On asking={asking} label="Quand" />
        <Words
          asking={asking}
          label="Ce qui s’est dit"
          hint={fr`Ses mots, pas votre avis : ils diront s'il s'agit d'un oubli, d'une difficulté ou d'un désaccord.`}
        />
      </>
    ),
  },
  payment: {
    title: fr`Quel paiement avez-vous reçu ?`,
    intro: ({ claim }) =>
      claim.imputation === 'principal-first'
        ? fr`Il éteint d'abord les factures les plus anciennes et, comme convenu avec votre client, le principal avant les intérêts.`
        : fr`Il éteint d'abord les factures les plus anciennes. Un paiement partiel s'impute d'abord sur les intérêts.`,
    submit: 'Noter ce paiement',
    done: 'Paiement noté.',
    fields: (asking) => (
      <>
        <input type="hidden" name="paymentId" value={asking.typed.paymentId ?? newId()} />
        <MoneyField {...answer(asking, 'amount')} label="Montant reçu" />
        <On asking={asking} label="Reçu le" hint={fr`Le jour où la somme est arrivée sur votre compte.`} />
        <Field
          {...answer(asking, 'reference')}
          label="Libellé du virement"
          hint="Tel que votre banque l’écrit."
          maxlength={140}
          optional
        />
      </>
    ),
  },
  promise: {
    title: fr`Qu'a promis votre client ?`,
    intro: fr`Jusqu'à la date promise, rien ne part. Le lendemain, Quitus vous dit si l'argent manque.`,
    submit: 'Noter cette promesse',
    done: 'Promesse notée. Rien ne part avant la date promise.',
    fields: (asking) => (
      <>
        <MoneyField {...answer(asking, 'amount', dueTyped(asking))} label="Montant promis" />
        <Beyond asking={asking} label={fr`Cette somme compte les intérêts jusqu'au jour promis`} />
        <DayField {...answer(asking, 'payBy')} label="À payer au plus tard le" />
        <On asking={asking} label="Promis le" />
      </>
    ),
  },
  plan: {
    title: fr`Quel échéancier avez-vous convenu ?`,
    intro: fr`Des versements mensuels égaux. Tant qu'ils arrivent, rien ne part. Confirmez l'accord par écrit : il reconnaît la dette.`,
    submit: 'Noter cet échéancier',
    done: 'Échéancier noté. Rien ne part tant qu’il est respecté.',
    fields: (asking) => (
      <>
        <MoneyField {...answer(asking, 'amount', dueTyped(asking))} label="Montant à répartir" />
        <Beyond asking={asking} label={fr`Cette somme compte les intérêts jusqu'au dernier versement`} />
        <Field
          {...answer(asking, 'instalments', '3')}
          label="Nombre de versements"
          hint="De 2 à 36, un par mois."
          inputmode="numeric"
          width="short"
        />
        <DayField {...answer(asking, 'firstOn')} label="Premier versement le" />
        <On asking={asking} label="Convenu le" />
      </>
    ),
  },
  dispute: {
    title: fr`Que conteste votre client ?`,
    intro: fr`Une contestation suspend les relances : on y répond d'abord.`,
    submit: 'Noter cette contestation',
    done: 'Contestation notée. Les relances sont suspendues.',
    fields: (asking) => (
      <>
        <Words asking={asking} label="Sa contestation, avec ses mots" hint={fr`Un point par ligne : vous répondrez à chacun.`} />
        <On asking={asking} label="Reçue le" />
      </>
    ),
  },
  'dispute-settled': {
    title: fr`Comment la contestation s'est-elle réglée ?`,
    submit: 'Noter la fin de la contestation',
    done: 'Contestation réglée. Le dossier reprend son cours.',
    fields: (asking) => (
      <Words
        asking={asking}
        label="Ce qui a été décidé"
        hint={fr`Par exemple : travail repris et accepté, avoir émis, ou contestation retirée.`}
      />
    ),
  },
  'status-answered': {
    title: fr`Qu'avez-vous fait de ce statut ?`,
    intro: fr`Une fois noté, le dossier reprend son cours. Si la plateforme en envoie un autre, déposez-le : il compte à sa date.`,
    submit: 'Noter et reprendre',
    done: 'C’est noté. Le dossier reprend son cours.',
    fields: (asking) => <Words asking={asking} label="Ce que vous avez fait" hint={STATUS_HINTS[asking.of.state.stage] ?? ''} />,
  },
  insolvency: {
    title: fr`Quelle procédure collective s'est ouverte ?`,
    intro: fr`L'annonce paraît au BODACC (bodacc.fr, gratuit). Vous aurez deux mois pour déclarer votre créance.`,
    submit: 'Noter cette procédure',
    done: 'Procédure notée. Déclarez votre créance dans les deux mois de la parution.',
    fields: (asking) => (
      <>
        <RadioCards
          {...answer(asking, 'proceeding')}
          label="Nature de la procédure"
          options={[
            { value: 'sauvegarde', label: PROCEEDINGS.sauvegarde, hint: 'Avant toute cessation des paiements.' },
            { value: 'redressement', label: PROCEEDINGS.redressement, hint: 'L’activité continue sous surveillance.' },
            { value: 'liquidation', label: PROCEEDINGS.liquidation, hint: 'L’activité s’arrête.' },
          ]}
        />
        <DayField {...answer(asking, 'judgmentOn')} label="Jour du jugement d’ouverture" max={asking.today.toString()} />
        <DayField {...answer(asking, 'on')} label="Jour de parution au BODACC" max={asking.today.toString()} />
      </>
    ),
  },
  declaration: {
    title: fr`Quand avez-vous déclaré la créance ?`,
    intro: fr`C'est la date d'envoi qui compte. Gardez la preuve du contenu de la déclaration, pas seulement de l'envoi.`,
    submit: 'Noter la déclaration',
    done: 'Déclaration notée.',
    fields: (asking) => (
      <>
        <On asking={asking} label="Envoyée le" />
        <Words
          asking={asking}
          label="À qui, et comment"
          hint={fr`Le mandataire ou le liquidateur, et le numéro d'envoi.`}
          optional
        />
      </>
    ),
  },
  note: {
    title: fr`Que voulez-vous garder en mémoire ?`,
    submit: 'Garder cette note',
    done: 'Note gardée.',
    fields: (asking) => <Words asking={asking} label="Votre note" hint="Elle reste dans le dossier, à sa date." />,
  },
  doubtful: {
    title: fr`Cette créance devient-elle douteuse ?`,
    intro: fr`Un choix comptable : elle passe du compte 411 au compte 416 dans les écritures à exporter. Ce que vous réclamez ne change pas.`,
    submit: 'Classer en créance douteuse',
    done: 'Créance classée douteuse. Les écritures le diront.',
    fields: (asking) => (
      <>
        <On asking={asking} label="À compter du" />
        <Field
          {...answer(asking, 'percent')}
          label="Dépréciation, en pour cent du montant hors taxes"
          hint={fr`Celle que vous ou votre comptable avez décidée. Laissez vide si elle ne l'est pas.`}
          inputmode="decimal"
          width="short"
          optional
        />
        <Words asking={asking} label="Pourquoi" optional />
      </>
    ),
  },
  close: {
    title: fr`Comment ce dossier se termine-t-il ?`,
    intro: fr`Le dossier reste consultable, et peut être rouvert.`,
    submit: 'Fermer le dossier',
    done: 'Dossier fermé.',
    fields: (asking) => (
      <>
        <RadioCards
          {...answer(asking, 'reason', asking.of.state.stage === 'settled' ? 'paid' : undefined)}
          label="Pourquoi"
          options={[
            { value: 'paid', label: capital(CLOSING_REASONS.paid), hint: 'Vous avez reçu ce qui vous était dû.' },
            { value: 'agreement', label: capital(CLOSING_REASONS.agreement), hint: 'Vous avez renoncé à une partie.' },
            { value: 'written-off', label: capital(CLOSING_REASONS['written-off']), hint: 'Vous n’attendez plus rien.' },
            { value: 'mistake', label: capital(CLOSING_REASONS.mistake), hint: 'Il n’y avait rien à réclamer.' },
          ]}
        />
        <Select
          {...answer(asking, 'proof')}
          label="Si vous la passez en perte, ce qui le prouve"
          hint={fr`Décide de la TVA à récupérer dans les écritures (CGI, article 272).`}
          placeholder="Je ne le dis pas maintenant"
          options={LOSS_PROOFS.map((value) => ({ value, label: LOSS_PROOF_WORDS[value] }))}
          optional
        />
        <Words asking={asking} label="Un mot pour s’en souvenir" optional />
      </>
    ),
  },
  reopen: {
    title: fr`Pourquoi rouvrir ce dossier ?`,
    submit: 'Rouvrir le dossier',
    done: 'Dossier rouvert.',
    fields: (asking) => (
      <Words asking={asking} label="Ce qui a changé" hint={fr`Par exemple : un paiement rejeté par la banque.`} />
    ),
  },
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
