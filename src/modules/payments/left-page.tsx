import type { Refusal } from '#core/kernel/result.ts';
import { fr } from '#core/letters/typography.ts';
import type { CaseView } from '#modules/cases/index.ts';
import { rulePath } from '#modules/law/index.ts';
import { fieldErrors, type Typed } from '#platform/form.ts';
import {
  Actions,
  Amount,
  Card,
  Cites,
  DescriptionList,
  Form,
  LinkButton,
  PageHeader,
  Refused,
  Submit,
  TextField,
} from '#ui/components/index.ts';
import { euros } from '#ui/format.ts';
import { Page } from '#ui/layout.tsx';
import type { ViewContext } from '#ui/view.ts';
import type { Accessories } from './agreements.ts';
import { casePath, closingPath, imputationPath, leftPath, noticePath } from './paths.ts';

interface Props {
  view: ViewContext;
  of: CaseView;
  left: Accessories;
  typed: Typed;
  refusal: Refusal | undefined;
}

/** The invoices are paid: go on asking for the interest and the 40 €, or give them up and close. */
export function LeftPage({ view, of, left, typed, refusal }: Props) {
  const title = fr`Que faites-vous des ${euros(left.total)} restants ?`;
  const forgone = of.statement.status === 'computed' && of.statement.value.principal.cents > 0n;
  return (
    <Page view={view} title={refusal ? `À corriger, ${title}` : title} width="narrow">
      <Refused refusal={refusal} />
      <PageHeader
        title={title}
        subtitle={fr`Les factures sont payées. Il reste ce que leur retard a fait naître.`}
        back={{ href: casePath(of.id), label: `${of.party.name}, ${of.reference}` }}
      />
      <Card title="Ce qui reste dû" icon="calculator">
        <DescriptionList
          items={[
            ...(left.interest.cents > 0n
              ? [{ term: 'Intérêts de retard', value: <Amount of={left.interest} why={rulePath('late-interest')} /> }]
              : []),
            ...(left.indemnity.cents > 0n
              ? [{ term: 'Indemnité forfaitaire', value: <Amount of={left.indemnity} why={rulePath('recovery-indemnity')} /> }]
              : []),
            {
              term: 'Total',
              value: (
                <strong>
                  <Amount of={left.total} />
                </strong>
              ),
            },
          ]}
        />
        <p class="q-note">
          <a href={`${casePath(of.id)}#decompte`}>Voir le décompte</a>
          {forgone && (
            <>
              . Il compte les paiements d’abord sur les intérêts, selon la loi&#8239;: le principal qu’il laisse porte encore
              intérêt. <a href={imputationPath(of.id)}>Avez-vous convenu du principal d’abord&#8239;?</a>
            </>
          )}
        </p>
      </Card>
      <Card title="Continuer à les demander" icon="letter">
        <p>
          Une mise en demeure les réclame, décompte à l’appui. Le dossier reste ouvert tant que vous ne l’avez pas fermé.
          {of.party.kind === 'public' && (
            <>
              {' '}
              Un acheteur public les doit dans les quarante-cinq jours qui suivent la mise en paiement du principal{' '}
              <Cites keys={['ccp-R2192-36']} />.
            </>
          )}
        </p>
        <Actions>
          <LinkButton href={noticePath(of.id)} icon="letter">
            Réclamer {euros(left.total)}
          </LinkButton>
        </Actions>
      </Card>
      {of.party.kind === 'public' ? <CloseOnly of={of} /> : <Waive {...{ view, of, left, typed, refusal }} />}
    </Page>
  );
}

function Waive({ view, of, left, typed, refusal }: Props) {
  const errors = refusal ? fieldErrors(refusal) : {};
  const parts = [
    left.interest.cents > 0n ? `${euros(left.interest)} d’intérêts` : '',
    left.indemnity.cents > 0n ? `${euros(left.indemnity)} d’indemnité` : '',
  ].filter(Boolean);
  return (
    <Card title="Y renoncer et clore" icon="lock">
      <p>Vous abandonnez {parts.join(' et ')}. Le dossier se ferme, et garde votre raison.</p>
      <Form view={view} action={leftPath(of.id)}>
        <TextField
          name="reason"
          label="Pourquoi"
          hint={fr`Par exemple : bon client, premier retard.`}
          value={typed.reason}
          error={errors.reason}
          rows={2}
          maxlength={1000}
        />
        <Actions>
          <Submit weight="plain" icon="lock">
            Renoncer à {euros(left.total)} et clore
          </Submit>
        </Actions>
      </Form>
    </Card>
  );
}

/** A public buyer's creditor cannot give them up: the case may be closed all the same. */
function CloseOnly({ of }: { of: CaseView }) {
  return (
    <Card title="Clore sans les demander" icon="lock">
      <p>
        Vous ne pouvez pas y renoncer&#8239;: envers un acheteur public, toute renonciation est nulle{' '}
        <Cites keys={['ccp-L2192-14']} />. Vous pouvez fermer le dossier sans les demander.
      </p>
      <Actions>
        <LinkButton href={closingPath(of.id)} weight="plain" icon="lock">
          Fermer le dossier
        </LinkButton>
      </Actions>
    </Card>
  );
}
