import { fr } from '#core/letters/typography.ts';
import { Actions, Card, Disclosure, ErrorSummary, Field, Form, PageHeader, RadioCards, Submit } from '#ui/components/index.ts';
import { Page } from '#ui/layout.tsx';
import { PATHS, type ViewContext } from '#ui/view.ts';
import type { AccountFreshness, Freshness } from './freshness.ts';
import { accountPath, MONEY_SETTINGS_PATH } from './paths.ts';
import type { MoneySettings } from './settings.ts';

type Typed = Readonly<Record<string, string>>;

interface Props {
  view: ViewContext;
  settings: MoneySettings;
  bank: Freshness;
  typed?: Typed | undefined;
  errors: Typed;
}

/** How old the bank may be, when a case closes by itself, and the accounts. */
export function MoneySettingsPage({ view, settings, bank, typed, errors }: Props) {
  const age = typed?.age ?? (settings.maxBankAgeDays === null ? '' : String(settings.maxBankAgeDays));
  return (
    <Page view={view} title="Réglages des encaissements" width="narrow">
      <ErrorSummary errors={errors} />
      <PageHeader title="Réglages des encaissements" back={{ href: PATHS.money, label: 'Encaissements' }} />
      <Card>
        <Form view={view} action={MONEY_SETTINGS_PATH}>
          <Field
            name="age"
            label="Jours sans relevé au-delà desquels rien ne part"
            hint="Laissez vide pour ne jamais attendre le relevé."
            value={age}
            error={errors.age}
            width="short"
            inputmode="numeric"
            maxlength={3}
            optional
          />
          <RadioCards
            name="closing"
            label={fr`Quand un dossier se ferme-t-il tout seul ?`}
            value={typed?.closing ?? settings.closing}
            error={errors.closing}
            options={[
              {
                value: 'nothing-owed',
                label: 'Quand plus rien n’est dû',
                hint: fr`Factures, intérêts et indemnité de 40 € compris.`,
              },
              {
                value: 'principal-paid',
                label: 'Quand les factures sont payées',
                hint: 'Les intérêts et l’indemnité ne sont plus réclamés.',
              },
              { value: 'never', label: 'Jamais', hint: 'Vous fermez chaque dossier vous-même.' },
            ]}
          />
          <Actions>
            <Submit icon="check">Enregistrer</Submit>
          </Actions>
        </Form>
      </Card>
      {bank.accounts.map((account) => (
        <Account view={view} account={account} />
      ))}
    </Page>
  );
}

function Account({ view, account }: { view: ViewContext; account: AccountFreshness }) {
  const [gap] = account.gaps;
  const own = (name: string): string => `${name}-${account.accountId.slice(-8)}`;
  return (
    <Card title={account.name} icon="transfer">
      <Form view={view} action={accountPath(account.accountId)}>
        <div class="q-field">
          <label class="form-label" for={own('nom')}>
            Nom du compte
          </label>
          <input class="form-control" id={own('nom')} name="name" value={account.name} maxlength={100} />
        </div>
        <label class="q-check">
          <input class="form-check-input" type="checkbox" name="watched" value="oui" checked={account.watched} />
          <span>Des clients paient sur ce compte&#8239;: attendre son relevé avant de relancer</span>
        </label>
        <Actions>
          <Submit weight="plain">
            Enregistrer<span class="visually-hidden"> le compte {account.name}</span>
          </Submit>
        </Actions>
      </Form>
      <Disclosure summary="Dire que rien ne manque entre deux jours" open={gap !== undefined}>
        <Form view={view} action={`${accountPath(account.accountId)}/complet`}>
          <p class="q-note">Quand la banque n’a rien écrit ces jours-là, ou que rien de cela ne vient d’un client.</p>
          <div class="q-pair">
            {(['from', 'until'] as const).map((name) => (
              <div class="q-field">
                <label class="form-label" for={own(name)}>
                  {name === 'from' ? 'Du' : 'Au'}
                </label>
                <input
                  class="form-control q-w-short"
                  type="date"
                  id={own(name)}
                  name={name}
                  value={gap?.[name].toString()}
                  max={view.today.toString()}
                />
              </div>
            ))}
          </div>
          <Actions>
            <Submit weight="plain">
              Rien ne manque<span class="visually-hidden"> sur le compte {account.name}</span>
            </Submit>
          </Actions>
        </Form>
      </Disclosure>
    </Card>
  );
}

const CLOSINGS: readonly string[] = ['nothing-owed', 'principal-paid', 'never'] satisfies MoneySettings['closing'][];

/** What was typed, or what to correct. */
export function readSettings({
  age = '',
  closing = '',
}: Typed): { readonly settings: MoneySettings } | { readonly errors: Typed } {
  const days = age.trim() === '' ? null : /^\d{1,3}$/.test(age.trim()) ? Number(age.trim()) : Number.NaN;
  const errors = {
    ...(days !== null && !(days <= 366) ? { age: 'Indiquez un nombre de jours, de 0 à 366, ou rien.' } : {}),
    ...(CLOSINGS.includes(closing) ? {} : { closing: 'Choisissez quand un dossier se ferme.' }),
  };
  if (Object.keys(errors).length > 0) return { errors };
  return { settings: { maxBankAgeDays: days, closing: closing as MoneySettings['closing'] } };
}
