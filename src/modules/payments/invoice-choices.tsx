import { money } from '#core/kernel/money.ts';
import { Alert, Amount, Day, LinkButton } from '#ui/components/index.ts';
import { Icon } from '#ui/icons.tsx';
import type { PayableChoice } from './choices.ts';

/** Invoices that a page offers at once: beyond, one searches. */
export const CHOICES = 50;

interface SearchProps {
  action: string;
  label: string;
  text?: string | undefined;
  /** what goes along with the search: what was answered before */
  carried?: Readonly<Record<string, string>>;
}

/** Looks for what a list does not show. */
export function SearchForm({ action, label, text, carried = {} }: SearchProps) {
  const all = new URLSearchParams(carried).toString();
  return (
    <form method="get" action={action} class="q-filters">
      {Object.entries(carried).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <div class="q-filter q-filter-text">
        <label for="recherche">{label}</label>
        <input class="form-control" type="search" id="recherche" name="q" value={text} maxlength={200} />
      </div>
      <div class="q-filter-go">
        <button type="submit" class="btn q-btn-plain">
          <Icon name="search" />
          <span>Chercher</span>
        </button>
        {text && (
          <LinkButton href={all ? `${action}?${all}` : action} weight="quiet">
            Effacer
          </LinkButton>
        )}
      </div>
    </form>
  );
}

interface ChecksProps {
  choices: readonly PayableChoice[];
  currency: string;
  error?: string | undefined;
  /** those ticked already */
  ticked?: readonly string[];
}

/** Open invoices to tick, in the order they are served. */
export function InvoiceChecks({ choices, currency, error, ticked = [] }: ChecksProps) {
  return (
    <>
      <fieldset class="q-fieldset">
        <legend class="form-label">Factures payées, servies dans cet ordre</legend>
        {error && <p class="q-error">{error}</p>}
        <ul class="q-choose">
          {choices.map(({ invoiceId, number, debtor, dueOn, balanceCents, caseReference }, i) => (
            <li>
              <label class="q-check">
                <input
                  class="form-check-input"
                  type="checkbox"
                  name="invoice"
                  value={invoiceId}
                  id={i === 0 ? 'champ-invoice' : undefined}
                  checked={ticked.includes(invoiceId)}
                />
                <span class="q-choose-what">
                  <strong>{number}</strong> {debtor}
                  <span class="q-note">
                    échéance <Day of={dueOn} form="short" />
                    {caseReference && `, dossier ${caseReference}`}
                  </span>
                </span>
                <Amount of={money(balanceCents, currency)} />
              </label>
            </li>
          ))}
        </ul>
      </fieldset>
      {choices.length === CHOICES && (
        <Alert tone="info">
          <p>Il y a d’autres factures&#8239;: cherchez celle qu’il faut.</p>
        </Alert>
      )}
    </>
  );
}
