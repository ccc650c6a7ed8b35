import type { Refusal } from '#core/kernel/result.ts';
import { fr } from '#core/letters/typography.ts';
import { fieldErrors, type Typed } from '#platform/form.ts';
import { TextField } from '#ui/components/index.ts';
import { longDay } from '#ui/format.ts';
import type { ViewContext } from '#ui/view.ts';
import { QuestionPage } from './action-pages.tsx';
import { tell } from './history.tsx';
import type { Takeable } from './mistakes.ts';
import { mistakePath } from './paths.ts';
import type { CaseView } from './views.ts';

interface Words {
  readonly title: string;
  readonly submit: string;
  readonly hint: string;
  /** said once it is noted */
  readonly done: string;
}

/** What is asked and said, by what was noted. */
export const MISTAKES: Readonly<Record<Takeable['kind'], Words>> = {
  'contact-made': {
    title: fr`Rayer cet échange ?`,
    submit: 'Rayer cet échange',
    hint: fr`Par exemple : c'était avec un autre client.`,
    done: 'Échange rayé. Il ne compte plus.',
  },
  'promise-made': {
    title: fr`Rayer cette promesse ?`,
    submit: 'Rayer cette promesse',
    hint: fr`Par exemple : promesse d'un autre client, montant mal compris.`,
    done: 'Promesse rayée. Elle ne compte plus.',
  },
  'plan-agreed': {
    title: fr`Rayer cet échéancier ?`,
    submit: 'Rayer cet échéancier',
    hint: fr`Par exemple : dates mal saisies, accord jamais donné.`,
    done: 'Échéancier rayé. Il ne compte plus.',
  },
  'dispute-raised': {
    title: fr`Rayer cette contestation ?`,
    submit: 'Rayer cette contestation',
    hint: fr`Par exemple : elle visait un autre dossier.`,
    done: 'Contestation rayée. Elle ne compte plus.',
  },
};

interface Props {
  view: ViewContext;
  of: CaseView;
  fact: Takeable;
  typed?: Typed;
  refusal?: Refusal;
}

/** Saying that something was noted by mistake asks why. */
export function MistakePage({ view, of, fact, typed = {}, refusal }: Props) {
  const errors = refusal ? fieldErrors(refusal) : {};
  const { title, submit, hint } = MISTAKES[fact.kind];
  const told = tell(of.id, fact);
  return (
    <QuestionPage
      view={view}
      of={of}
      title={title}
      intro={fr`Le dossier, le conseil et les prévisions n'en tiendront plus compte, comme si rien n'avait été noté. L'histoire du dossier le garde, rayé, avec votre raison.`}
      action={mistakePath(of.id, fact.seq)}
      submit={submit}
      refusal={refusal}
      danger
      before={
        <div class="q-reach">
          <p>
            <strong>{told.title}</strong>, {longDay(fact.on)}.
          </p>
          {told.body}
        </div>
      }
    >
      <TextField name="reason" label="Pourquoi" hint={hint} value={typed.reason} error={errors.reason} rows={3} maxlength={500} />
    </QuestionPage>
  );
}
