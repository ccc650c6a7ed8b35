import { fr } from '#core/letters/typography.ts';
import { Actions, Alert, Day, LinkButton } from '#ui/components/index.ts';
import type { StatusFact } from './einvoice.ts';
import { statusesAsking } from './einvoice.ts';
import { statusWords } from './einvoice-words.ts';
import { actionPath, MONEY_PATH } from './paths.ts';
import type { Stage } from './state.ts';
import type { CaseView } from './views.ts';

/** What a platform said of an invoice, on which day, and why. */
export function ToldStatus({ of }: { of: StatusFact }) {
  const { reason, action } = of.payload;
  return (
    <>
      <p>
        {statusWords(of.payload)}, le <Day of={of.on} />.
      </p>
      {reason && <blockquote class="q-said q-prewrap">{reason}</blockquote>}
      {action && <p>La plateforme demande&#8239;: {action}.</p>}
    </>
  );
}

type StatusStage = Extract<Stage, 'payment-announced' | 'document-missing' | 'not-delivered' | 'withdrawn'>;

const TOLD = {
  'payment-announced': {
    asks: 'payment',
    tone: 'info',
    title: fr`Un paiement est annoncé : rien ne part avant d'avoir regardé votre compte`,
    todo: fr`Déposez le relevé de votre banque, ou notez le paiement. S'il n'est pas arrivé, notez-le : le dossier reprendra son cours.`,
    done: 'Il n’est pas arrivé',
  },
  'document-missing': {
    asks: 'document',
    tone: 'soon',
    title: fr`Votre client attend une pièce : les relances sont suspendues`,
    todo: fr`Envoyez-la par votre plateforme, puis notez-le ici. Un retard que cette pièce explique ne se réclame pas sans discussion.`,
    done: 'La pièce est envoyée',
  },
  'not-delivered': {
    asks: 'delivery',
    tone: 'late',
    title: fr`La facture n'est jamais arrivée à votre client : corrigez-la et renvoyez-la`,
    todo: fr`Réclamer une facture que le client n'a pas reçue ne mène à rien. Corrigez ce que dit le message, déposez-la de nouveau, puis notez-le ici.`,
    done: 'La facture est renvoyée',
  },
  withdrawn: {
    asks: 'withdrawal',
    tone: 'soon',
    title: fr`La plateforme dit que cette facture n'est plus à vous payer : vérifiez avant toute relance`,
    todo: fr`Annulée, elle se retire de vos comptes par un avoir. Cédée, c'est la société d'affacturage qui la réclame. Si elle reste due à vous, dites-le.`,
    done: 'Elle reste à me payer',
  },
} as const;

/** Why nothing presses the debtor while a status of an invoice waits, and what to do. */
export function StatusPressure({ of, stage }: { of: CaseView; stage: StatusStage }) {
  const { asks, tone, title, todo, done } = TOLD[stage];
  return (
    <Alert tone={tone} title={title}>
      {statusesAsking(of.facts)
        .filter((status) => status.asks === asks)
        .map(({ fact }) => (
          <ToldStatus of={fact} />
        ))}
      <p>{todo}</p>
      <Actions>
        {stage === 'payment-announced' && (
          <>
            <LinkButton href={MONEY_PATH} weight="plain" icon="drop">
              Déposer un relevé
            </LinkButton>
            <LinkButton href={actionPath(of.id, 'payment')} weight="plain" icon="payment">
              Le paiement est arrivé
            </LinkButton>
          </>
        )}
        <LinkButton href={actionPath(of.id, 'status-answered')} weight="plain" icon="check">
          {done}
        </LinkButton>
      </Actions>
    </Alert>
  );
}
