import { isAfter } from '#core/kernel/day.ts';
import { money } from '#core/kernel/money.ts';
import { fr } from '#core/letters/typography.ts';
import { Actions, Alert, Cites, Day, LinkButton } from '#ui/components/index.ts';
import { euros, relativeDay } from '#ui/format.ts';
import type { ViewContext } from '#ui/view.ts';
import { statusesAsking } from './einvoice.ts';
import { StatusPressure, ToldStatus } from './einvoice-pressure.tsx';
import { type Fact, factsOf } from './facts.ts';
import { PROCEEDINGS } from './history.tsx';
import { DECLARATION_CITES } from './insolvency.ts';
import { isTakeable } from './mistakes.ts';
import { actionPath, mistakePath } from './paths.ts';
import { moneyToPlace, nextInstalment, type Stage } from './state.ts';
import type { CaseView } from './views.ts';

const HELD: ReadonlySet<Stage> = new Set([
  ...(['disputed', 'promised', 'plan-running', 'insolvent', 'money-to-place'] as const),
  ...(['payment-announced', 'document-missing', 'not-delivered', 'withdrawn'] as const),
]);

/** Whether something stops the pressure on the debtor at this stage. */
export const isHeld = (stage: Stage): boolean => HELD.has(stage);

/** Why nothing presses the debtor at the moment, and what to do meanwhile; nothing at the other stages. */
export function Pressure({ view, of }: { view: ViewContext; of: CaseView }) {
  switch (of.state.stage) {
    case 'disputed':
      return <Disputed of={of} />;
    case 'promised':
      return <Promised of={of} />;
    case 'plan-running':
      return <Planned of={of} />;
    case 'insolvent':
      return <Insolvent view={view} of={of} />;
    case 'money-to-place':
      return <Arrived of={of} />;
    case 'payment-announced':
    case 'document-missing':
    case 'not-delivered':
    case 'withdrawn':
      return <StatusPressure of={of} stage={of.state.stage} />;
    default:
      return null;
  }
}

function Disputed({ of }: { of: CaseView }) {
  const dispute = factsOf(of.facts, 'dispute-raised').at(-1);
  const refused = statusesAsking(of.facts).filter(({ asks }) => asks === 'dispute');
  return (
    <Alert tone="soon" title={fr`Votre client conteste : les relances sont suspendues`}>
      {refused.map(({ fact }) => (
        <ToldStatus of={fact} />
      ))}
      {dispute && <blockquote class="q-said q-prewrap">{dispute.payload.reason}</blockquote>}
      <p>
        Répondez point par point, par écrit, avec les pièces qui montrent ce qui était convenu et ce qui a été livré. Réclamez
        sans attendre la part qu’il ne conteste pas.
      </p>
      <Actions>
        <LinkButton href={actionPath(of.id, 'contact')} weight="plain" icon="note">
          Noter ma réponse
        </LinkButton>
        <LinkButton href={actionPath(of.id, 'dispute-settled')} weight="plain" icon="check">
          La contestation est réglée
        </LinkButton>
        <Mistake of={of} fact={dispute} />
      </Actions>
    </Alert>
  );
}

/** The way back from what was noted. */
function Mistake({ of, fact }: { of: CaseView; fact: Fact | undefined }) {
  if (!fact || !isTakeable(fact)) return null;
  return (
    <LinkButton href={mistakePath(of.id, fact.seq)} weight="quiet">
      Noté par erreur&#8239;?
    </LinkButton>
  );
}

function Arrived({ of }: { of: CaseView }) {
  const waiting = moneyToPlace(of.facts);
  return (
    <Alert tone="info" title={fr`De l'argent de ce client est arrivé : rien ne part avant de savoir ce qu'il règle`}>
      <ul class="q-plain">
        {waiting.map(({ on, payload }) => (
          <li>
            {euros(money(payload.amount))} le <Day of={on} />
          </li>
        ))}
      </ul>
      <p>Dites quelles factures il règle, ou mettez-le de côté s’il n’a rien à voir avec ce dossier.</p>
    </Alert>
  );
}

function Promised({ of }: { of: CaseView }) {
  const promise = factsOf(of.facts, 'promise-made').at(-1);
  if (!promise) return null;
  const { amount, payBy } = promise.payload;
  return (
    <Alert tone="info" title={fr`Un paiement est promis : rien ne part avant cette date`}>
      <p>
        {euros(money(amount))} pour le <Day of={payBy} />. Si l’argent n’est pas là le lendemain, Quitus vous le dira.
      </p>
      <Actions>
        <LinkButton href={actionPath(of.id, 'payment')} weight="plain" icon="payment">
          Le paiement est arrivé
        </LinkButton>
        <Mistake of={of} fact={promise} />
      </Actions>
    </Alert>
  );
}

function Planned({ of }: { of: CaseView }) {
  const plan = factsOf(of.facts, 'plan-agreed').at(-1);
  const next = plan && nextInstalment(of.facts, plan);
  if (!next) return null;
  return (
    <Alert tone="info" title={fr`Un échéancier court : rien ne part tant qu'il est respecté`}>
      <p>
        Prochaine échéance&#8239;: {euros(money(next.amount))} le <Day of={next.dueOn} />.
      </p>
      <Actions>
        <LinkButton href={actionPath(of.id, 'payment')} weight="plain" icon="payment">
          L’échéance est payée
        </LinkButton>
        <Mistake of={of} fact={plan} />
      </Actions>
    </Alert>
  );
}

function Insolvent({ view, of }: { view: ViewContext; of: CaseView }) {
  const opened = factsOf(of.facts, 'insolvency-published').at(-1);
  const declared = factsOf(of.facts, 'claim-declared').at(-1);
  const { deadline } = of.state;
  if (!opened) return null;
  const proceeding = PROCEEDINGS[opened.payload.proceeding].toLowerCase();
  if (declared) {
    return (
      <Alert tone="info" title={fr`Procédure collective (${proceeding}) : créance déclarée`}>
        <p>
          Déclarée le <Day of={declared.on} />. Répondez dans les trente jours si le mandataire la discute. Relancer le débiteur
          ne sert plus à rien&#8239;: il n’a pas le droit de payer.
        </p>
      </Alert>
    );
  }
  const late = deadline && isAfter(view.today, deadline);
  return (
    <Alert tone="late" title={fr`Procédure collective (${proceeding}) : déclarez votre créance`}>
      {deadline && (
        <p>
          À déclarer au mandataire ou au liquidateur au plus tard le{' '}
          <strong>
            <Day of={deadline} />
          </strong>
          , {relativeDay(deadline, view.today)}&#8239;: deux mois après la parution au BODACC du <Day of={opened.on} />.
        </p>
      )}
      {late && (
        <p>
          Ce délai est passé. Un relevé de forclusion peut être demandé au juge-commissaire dans les six mois de la parution.{' '}
          <Cites keys={['ccom-L622-26']} />
        </p>
      )}
      <p>
        Votre client n’a plus le droit de payer cette dette&#8239;: relances et mise en demeure sont inutiles. Joignez le décompte
        arrêté au jour du jugement, le <Day of={opened.payload.judgmentOn} />. <Cites keys={DECLARATION_CITES} />
      </p>
      <Actions>
        <LinkButton href={`?au=${opened.payload.judgmentOn}#decompte`} weight="plain" icon="calculator">
          Décompte au jour du jugement
        </LinkButton>
      </Actions>
    </Alert>
  );
}
