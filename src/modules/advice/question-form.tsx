import { ACTION_WORDS } from '#core/advice/actions.ts';
import type { ParamId } from '#core/advice/numbers.ts';
import { PARAM_IDS } from '#core/advice/params.ts';
import { formatCents } from '#core/kernel/money.ts';
import { fr } from '#core/letters/typography.ts';
import type { CaseView } from '#modules/cases/index.ts';
import type { Typed } from '#platform/form.ts';
import {
  Actions,
  Card,
  Checkbox,
  DayField,
  Disclosure,
  Field,
  LinkButton,
  MoneyField,
  RadioCards,
  Select,
  Submit,
} from '#ui/components/index.ts';
import type { ViewContext } from '#ui/view.ts';
import type { Advised } from './advice.ts';
import { REFUSABLE } from './answers.ts';
import { advicePath } from './paths.ts';
import { FILE_CHOICES, numberWords, QUALITY_CHOICES, SOLVENCY_CHOICES } from './words.ts';

interface Props {
  view: ViewContext;
  of: CaseView;
  advised: Advised | undefined;
  typed: Typed;
  errors: Readonly<Record<string, string>>;
}

/** Scalars can be tried one at a time here; tables of chances have their own page. */
const SCALARS = (params: Advised['params']): readonly ParamId[] =>
  PARAM_IDS.filter((id) => typeof params.values[id].value === 'number' && id !== 'hourlyRate');

/** « Changer un chiffre »: the questions on a case and a figure to try. Asking changes nothing; keeping is another press. */
export function QuestionForm({ view, of, advised, typed, errors }: Props) {
  const asked = (name: string, otherwise?: string) => ({ name, value: typed[name] ?? otherwise, error: errors[name] });
  const ticked = (name: string) => ({ name, checked: typed[name] === 'oui' });
  const hourly = advised?.params.values.hourlyRate.value;
  const disputed = advised?.claim.history.signal === 'dispute';
  return (
    <Card title="Changer un chiffre" icon="edit" id="changer">
      <form method="get" action={`${advicePath(of.id)}#resultat`} class="q-form q-advice-form">
        <input type="hidden" name="essai" value="1" />
        <RadioCards {...asked('solvency', 'unknown')} label={fr`Votre client peut-il payer ?`} options={SOLVENCY_CHOICES} />
        <RadioCards {...asked('file', '1')} label={fr`Votre dossier est-il solide ?`} options={FILE_CHOICES} />
        {of.party.kind === 'business' && (
          <Select
            {...asked('debtor')}
            label={fr`Qu'est votre client ?`}
            hint="Le tribunal et les procédures possibles en dépendent."
            placeholder="À préciser"
            options={QUALITY_CHOICES}
          />
        )}
        <div class="q-advice-pair">
          <MoneyField
            {...asked('amount', advised && formatCents(advised.claim.principal).replace('.', ','))}
            label="Montant en jeu"
            optional
          />
          <MoneyField
            {...asked('hourlyRate', hourly === undefined ? undefined : numberWords(hourly))}
            label="Une heure de votre temps vaut"
            optional
          />
        </div>
        {advised && (
          <div class="q-advice-pair">
            <Select
              {...asked('figure')}
              label="Un autre chiffre"
              placeholder="Aucun"
              optional
              options={SCALARS(advised.params).map((id) => ({
                value: id,
                label: `${advised.params.values[id].label} (${numberWords(advised.params.values[id].value as number)})`,
              }))}
            />
            <Field {...asked('value')} label="Sa valeur pour cet essai" inputmode="decimal" width="short" optional />
          </div>
        )}
        <Disclosure summary="Ce qui s’est passé, et vos limites" open={Object.keys(errors).length > 0}>
          <Select
            {...asked('reply')}
            label={fr`Qu'a-t-il répondu ?`}
            hint="Utile seulement si l’histoire du dossier ne le dit pas."
            placeholder="Ce que dit le dossier"
            optional
            options={[
              { value: 'none', label: 'Rien' },
              { value: 'promise', label: 'Une promesse ou une excuse' },
              { value: 'dispute', label: 'Une contestation' },
            ]}
          />
          {disputed && <Checkbox {...ticked('founded')} label="Sa réclamation est en partie fondée" />}
          <Checkbox
            {...ticked('vulnerable')}
            label="C’est une personne, ou un indépendant, en difficulté"
            hint="Un échéancier d’abord, pas de société de recouvrement."
          />
          <DayField
            {...asked('performedOn')}
            label="Prestation achevée le"
            hint="La prescription court de ce jour, pas de la facture."
            optional
          />
          <MoneyField
            {...asked('relation')}
            label="Garder ce client vaut pour vous"
            hint="Ce que vous perdriez s’il ne revenait jamais. Au-dessus de ce que rapportent les voies dures, elles sont écartées."
            optional
          />
          <fieldset class="q-fieldset">
            <legend class="form-label">Déjà essayé, sans résultat</legend>
            <Checkbox {...ticked('tried.plan')} label="Un échéancier proposé" />
            <Checkbox {...ticked('tried.credit')} label="Un avoir proposé" />
            <Checkbox {...ticked('tried.mediation')} label="Une médiation ou une conciliation" />
            <Checkbox {...ticked('tried.agency')} label="Une société de recouvrement" />
            <Checkbox {...ticked('tried.psr')} label="La procédure des petites créances" />
          </fieldset>
          <Select
            {...asked('ip')}
            label="Injonction de payer"
            placeholder="Pas demandée"
            optional
            options={[
              { value: 'rejected', label: 'Rejetée' },
              { value: 'opposed', label: 'Frappée d’opposition' },
              { value: 'title', label: 'Devenue un titre' },
            ]}
          />
          <Select
            {...asked('refere')}
            label="Référé-provision"
            placeholder="Pas demandé"
            optional
            options={[
              { value: 'failed', label: 'Perdu' },
              { value: 'title', label: 'Gagné' },
            ]}
          />
          <Select
            {...asked('suit')}
            label="Procès au fond"
            placeholder="Pas engagé"
            optional
            options={[{ value: 'title', label: 'Gagné' }]}
          />
          <fieldset class="q-fieldset">
            <legend class="form-label">Ce que vous ne voulez pas</legend>
            {REFUSABLE.map((action) => (
              <Checkbox {...ticked(`forbid.${action}`)} label={ACTION_WORDS[action].title} />
            ))}
          </fieldset>
        </Disclosure>
        <Actions>
          <Submit icon="calculator">Recalculer</Submit>
          <LinkButton href={advicePath(of.id)} weight="quiet">
            Revenir au dossier tel qu’il est
          </LinkButton>
        </Actions>
        <p class="q-note">Recalculer n’enregistre rien. {view.tenant?.demo ? 'Essayez librement.' : ''}</p>
      </form>
    </Card>
  );
}
