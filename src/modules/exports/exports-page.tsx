import { formatCents, money } from '#core/kernel/money.ts';
import { fr } from '#core/letters/typography.ts';
import type { Typed } from '#platform/form.ts';
import {
  Actions,
  Alert,
  Card,
  CertaintyMark,
  DataTable,
  Day,
  DayField,
  Disclosure,
  EmptyState,
  ErrorSummary,
  Field,
  Form,
  LinkButton,
  MoneyField,
  PageHeader,
  RadioCards,
  Submit,
} from '#ui/components/index.ts';
import { count, euros } from '#ui/format.ts';
import { Page } from '#ui/layout.tsx';
import { PATHS, type ViewContext } from '#ui/view.ts';
import { ACCOUNT_ROLES, type Chart, USUAL_ACCOUNTS } from './accounts.ts';
import type { Gap } from './gaps.ts';
import type { VatAsked } from './invoice-vat.ts';

export const DOWNLOAD_PATH = `${PATHS.exports}/telecharger`;
export const ACCOUNTS_PATH = `${PATHS.exports}/comptes`;
export const vatPath = (invoiceId: string): string => `${PATHS.exports}/tva/${invoiceId}`;

/** The words of addresses and what they mean. */
export const WORDS = {
  'a-recevoir': 'open-items',
  paiements: 'payments',
  ecritures: 'entries',
  journal: 'journal',
  'a-completer': 'to-complete',
} as const;

interface Props {
  view: ViewContext;
  typed: Typed;
  errors: Typed;
  /** what was refused as a whole */
  refused?: string | undefined;
  /** what the entries of the period leave to be done, when asked for */
  toComplete?: { readonly gaps: readonly Gap[]; readonly count: number } | undefined;
}

/** « Exports »: what leaves for the accountant, or for a spreadsheet. */
export function ExportsPage({ view, typed, errors, refused, toComplete }: Props) {
  return (
    <Page view={view} title="Exports" width="narrow">
      <ErrorSummary errors={errors} />
      {refused && (
        <Alert tone="late" live>
          <p>{refused}</p>
        </Alert>
      )}
      <PageHeader
        title="Exports"
        subtitle="Pour votre comptable, ou pour un tableur."
        back={{ href: PATHS.money, label: 'Encaissements' }}
      />
      <Card>
        <form method="get" action={DOWNLOAD_PATH} class="q-form">
          <RadioCards
            name="quoi"
            label="Quoi"
            value={typed.quoi ?? 'ecritures'}
            error={errors.quoi}
            options={[
              {
                value: 'ecritures',
                label: 'Les écritures comptables',
                hint: fr`Règlements et leur lettrage, intérêts et 40 € encaissés, créances douteuses, pertes.`,
                icon: 'calculator',
              },
              {
                value: 'a-recevoir',
                label: 'Ce qui reste dû',
                hint: fr`Chaque facture ouverte au dernier jour, avec son compte : 411, 416 ou 654.`,
                icon: 'invoice',
              },
              { value: 'paiements', label: 'Les paiements', hint: 'Ce qui est arrivé, et ce que cela a réglé.', icon: 'payment' },
              {
                value: 'journal',
                label: 'Le journal',
                hint: 'Tous les faits dans l’ordre, avec leur empreinte.',
                icon: 'history',
              },
            ]}
          />
          <div class="q-pair">
            <DayField name="du" label="Du" value={typed.du} error={errors.du} hint={fr`Vide : depuis le début.`} optional />
            <DayField name="au" label="Au" value={typed.au ?? view.today.toString()} error={errors.au} hint="Ce jour compris." />
          </div>
          <RadioCards
            name="format"
            label="Pour"
            value={typed.format ?? 'csv'}
            error={errors.format}
            options={[
              { value: 'csv', label: 'Un tableur', hint: fr`CSV : points-virgules, virgules décimales.`, icon: 'file' },
              {
                value: 'fec',
                label: 'Un logiciel comptable',
                hint: 'Au format FEC, pour les écritures seulement.',
                icon: 'calculator',
              },
              { value: 'json', label: 'Un programme', hint: 'JSON, un objet par ligne.', icon: 'settings' },
            ]}
          />
          <Field
            name="numero"
            label="Numéro de la première écriture"
            hint={fr`Pour que les numéros se suivent d'un export à l'autre.`}
            value={typed.numero}
            error={errors.numero}
            inputmode="numeric"
            width="short"
            maxlength={9}
            optional
          />
          <Actions>
            <Submit icon="download">Télécharger</Submit>
            <Submit weight="plain" name="voir" value="manques">
              Voir ce qui reste à passer à la main
            </Submit>
          </Actions>
        </form>
      </Card>
      {toComplete && <ToComplete {...toComplete} typed={typed} />}
      <Disclosure summary="Ce que contiennent les écritures">
        <ul>
          <li>
            Vos ventes n’y sont pas&#8239;: votre outil de facturation les passe. Elles commencent où il s’arrête, au compte du
            client.
          </li>
          <li>
            Chaque paiement, le jour où il arrive&#8239;: la banque, le client, et ce que chaque facture en prend, lettré à son
            numéro une fois soldée.
          </li>
          <li>Les intérêts et l’indemnité de 40 €, produits du jour où ils sont payés, sans TVA.</li>
          <li>
            Les créances que vous classez douteuses dans leur dossier, leur dépréciation, et les pertes avec la TVA à récupérer
            selon la preuve que vous en avez.
          </li>
          <li>
            Ce que Quitus ne sait pas (un cours de change, la TVA d’une facture) n’est jamais deviné&#8239;: il vous le dit.
          </li>
        </ul>
      </Disclosure>
      <div class="q-actions">
        <LinkButton href={ACCOUNTS_PATH} weight="plain" icon="settings">
          Numéros de comptes
        </LinkButton>
      </div>
    </Page>
  );
}

function ToComplete({ gaps, count: all, typed }: { gaps: readonly Gap[]; count: number; typed: Typed }) {
  const query = new URLSearchParams({ quoi: 'a-completer', format: 'csv', du: typed.du ?? '', au: typed.au ?? '' });
  return (
    <Card title="À passer à la main" icon="edit" flush>
      {all === 0 ? (
        <EmptyState icon="check" title="Rien à passer à la main">
          <p>Sur cette période, les écritures disent tout.</p>
        </EmptyState>
      ) : (
        <>
          <DataTable
            caption="Ce que les écritures laissent à faire"
            captionHidden
            rows={gaps}
            columns={[
              { header: 'Jour', cell: ({ on }) => <Day of={on} form="short" /> },
              {
                header: 'Pièce',
                title: true,
                cell: ({ piece, customer, caseId }) => (
                  <>
                    {caseId ? <a href={`${PATHS.cases}/${caseId}`}>{piece}</a> : piece}
                    <span class="q-note"> {customer}</span>
                  </>
                ),
              },
              {
                header: 'À faire',
                cell: ({ says, invoiceId, kind }) => (
                  <span>
                    {says}
                    {invoiceId && (
                      <>
                        {' '}
                        <a href={vatPath(invoiceId)}>Donner sa TVA</a>
                      </>
                    )}
                    {kind === 'regime-unknown' && (
                      <>
                        {' '}
                        <a href="/reglages/conseil">Dire mon régime de TVA</a>
                      </>
                    )}
                  </span>
                ),
              },
            ]}
          />
          <p class="q-card-body">
            {all > gaps.length && <>{count(all - gaps.length, 'autre ligne', 'autres lignes')} dans le fichier. </>}
            <a href={`${DOWNLOAD_PATH}?${query}`}>Télécharger cette liste</a>
          </p>
        </>
      )}
    </Card>
  );
}

interface VatProps {
  view: ViewContext;
  invoiceId: string;
  of: VatAsked;
  typed: Typed;
  errors: Typed;
}

/** The VAT of an invoice that does not tell it: it decides what is lost and what is taken back. */
export function VatPage({ view, invoiceId, of, typed, errors }: VatProps) {
  const known = of.taxCents === null ? undefined : formatCents(of.taxCents).replace('.', ',');
  return (
    <Page view={view} title={`TVA de la facture ${of.number}`} width="narrow">
      <ErrorSummary errors={errors} />
      <PageHeader
        title={`TVA de la facture ${of.number}`}
        subtitle={fr`Sur un total de ${euros(money(of.grossCents, of.currency))} toutes taxes comprises.`}
        back={{ href: PATHS.exports, label: 'Exports' }}
      />
      <Form view={view} action={vatPath(invoiceId)}>
        <MoneyField
          name="tax"
          label="TVA écrite sur la facture"
          hint="0 si elle n’en porte pas."
          value={typed.tax ?? known}
          error={errors.tax}
        />
        <Actions>
          <Submit icon="check">Enregistrer</Submit>
        </Actions>
      </Form>
    </Page>
  );
}

/** The accounts that entries are booked on, each with how sure its usual number is. */
export function AccountsPage({ view, chart, typed, errors }: { view: ViewContext; chart: Chart; typed: Typed; errors: Typed }) {
  return (
    <Page view={view} title="Numéros de comptes" width="narrow">
      <ErrorSummary errors={errors} />
      <PageHeader
        title="Numéros de comptes"
        subtitle={fr`Ceux des écritures exportées. Les numéros de départ sont ceux de l'usage : faites-les vérifier par votre comptable.`}
        back={{ href: PATHS.exports, label: 'Exports' }}
      />
      <Form view={view} action={ACCOUNTS_PATH}>
        {ACCOUNT_ROLES.map((role) => {
          const { use, grade, number } = USUAL_ACCOUNTS[role];
          const account = chart[role];
          return (
            <Card>
              <Field
                name={role}
                label={use}
                hint={
                  <>
                    D’usage&#8239;: {number}. <CertaintyMark of={grade} />
                  </>
                }
                value={typed[role] ?? account.number}
                error={errors[role]}
                width="short"
                maxlength={12}
              />
              <Field
                name={`${role}-label`}
                label={`Nom du compte ${account.number}`}
                value={typed[`${role}-label`] ?? account.label}
                error={errors[`${role}-label`]}
                maxlength={100}
              />
            </Card>
          );
        })}
        <Actions>
          <Submit icon="check">Enregistrer</Submit>
          <LinkButton href={PATHS.exports} weight="quiet">
            Annuler
          </LinkButton>
        </Actions>
      </Form>
    </Page>
  );
}
