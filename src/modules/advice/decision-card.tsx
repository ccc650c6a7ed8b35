import { ACTION_WORDS } from '#core/advice/actions.ts';
import { fr } from '#core/letters/typography.ts';
import { Actions, Card, Form, Select, Submit, TextField } from '#ui/components/index.ts';
import type { ViewContext } from '#ui/view.ts';
import type { Advised } from './advice.ts';
import { NOTHING } from './decisions.ts';
import { decisionPath } from './paths.ts';

/** « Votre décision »: what was proposed and what was chosen are kept in the case, with the reason if one is given. */
export function DecisionCard({ view, caseId, of }: { view: ViewContext; caseId: string; of: Advised }) {
  const { decision, hold } = of;
  const others = decision.options.map((o) => o.action).filter((action) => action !== decision.proposed);
  return (
    <Card title="Votre décision" icon="check" id="decision">
      <p class="q-note">
        Noter un appel, poster la lettre ou arrêter garde déjà ce que Quitus proposait alors. Dites-la ici pour le reste, ou pour
        en garder la raison.
      </p>
      <Form view={view} action={decisionPath(caseId)}>
        <Select
          name="chosen"
          label={fr`Que décidez-vous ?`}
          value={hold ? NOTHING : decision.proposed}
          options={[
            {
              value: decision.proposed,
              label: fr`${ACTION_WORDS[decision.proposed].title} (${hold ? 'proposé ensuite' : 'proposé'})`,
            },
            ...others.map((action) => ({
              value: action,
              label: decision.tie.includes(action) ? `${ACTION_WORDS[action].title} (équivalent)` : ACTION_WORDS[action].title,
            })),
            { value: NOTHING, label: hold ? 'Attendre, comme proposé' : 'Rien pour l’instant' },
          ]}
        />
        <TextField
          name="reason"
          label="Pourquoi"
          hint="Reste dans l’histoire du dossier, qui ne s’efface pas. Écrivez des faits, pas une opinion sur votre client."
          rows={2}
          maxlength={1000}
          optional
        />
        <Actions>
          <Submit weight="plain">Garder cette décision</Submit>
        </Actions>
      </Form>
    </Card>
  );
}
