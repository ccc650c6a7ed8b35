import { parseDay } from '#core/kernel/day.ts';
import type { InvoiceReading } from '#formats/invoice/index.ts';
import { Card, DayField, Disclosure, Field, MoneyField, RadioCards, TextField } from '#ui/components/index.ts';
import { listOf, NBSP, shortDay, siren } from '#ui/format.ts';
import { type Draft, maybePublic } from './draft.ts';
import { reliesOn } from './reading-words.ts';

interface Props extends Draft {
  errors: Readonly<Record<string, string>>;
  reading: InvoiceReading;
}

/** What a field shows: its value, its error, and the words of the page it relies on, after what helps to answer. */
function asked({ typed, errors, reading, unusable }: Props, name: string, help?: string) {
  const wrong = unusable[name];
  const said = wrong && `Le document indique «${NBSP}${wrong}${NBSP}», qui n’est pas valable.`;
  const hint = [help, said, said ? undefined : reliesOn(reading, name)].filter(Boolean).join(' ');
  return { name, value: typed[name] ?? '', error: errors[name], ...(hint ? { hint } : {}) };
}

const NO_DUE_DATE =
  'Absente de la facture\u202f: voici le trentième jour, le délai de la loi si rien d’autre n’est convenu (code de commerce, article L441-10).';

/** Which document, with which number and dates. */
export function DocumentFields(props: Props) {
  const dueHelp = props.guessed.includes('dueOn') ? NO_DUE_DATE : severalDueDates(props.reading);
  return (
    <Card title="Le document" icon="invoice">
      <div class="q-choices-row">
        <RadioCards
          {...asked(props, 'documentKind')}
          label="De quoi s’agit-il&#8239;?"
          options={[
            { value: 'invoice', label: 'Une facture', icon: 'invoice' },
            { value: 'credit-note', label: 'Un avoir', icon: 'creditNote' },
          ]}
        />
      </div>
      <Field {...asked(props, 'number')} label="Numéro" width="medium" />
      <div class="q-when-credit">
        <Field
          {...asked(
            props,
            'creditedInvoice',
            'Le numéro de la facture, déjà dans Quitus, dont cet avoir retire une partie ou le tout.',
          )}
          label="Facture que cet avoir réduit"
          width="medium"
        />
      </div>
      <div class="q-pair">
        <DayField {...asked(props, 'issuedOn')} label="Date" />
        <div class="q-when-invoice">
          <DayField {...asked(props, 'dueOn', dueHelp)} label="Échéance" />
        </div>
      </div>
      <More open={props.errors.orderReference !== undefined}>
        <Field
          {...asked(props, 'orderReference', 'Le numéro de commande ou de devis, s’il y en a un.')}
          label="Référence"
          width="medium"
          optional
        />
      </More>
    </Card>
  );
}

function severalDueDates({ all_due_dates }: InvoiceReading): string | undefined {
  const days = all_due_dates.flatMap((text) => parseDay(text) ?? []);
  return days.length > 1 ? `La facture en donne plusieurs\u202f: ${listOf(days.map(shortDay))}.` : undefined;
}

/** The amounts. The one that counts is what remains to be paid. */
export function AmountsFields(props: Props) {
  const currency = props.typed.currency ?? 'EUR';
  const unit = currency === 'EUR' || currency === '' ? '€' : currency;
  return (
    <Card title="Les montants" icon="payment">
      {unit !== '€' && (
        <p>Cette facture est en {currency}. Quitus la garde, mais il ne calcule les intérêts et l’indemnité qu’en euros.</p>
      )}
      <div class="q-pair">
        <MoneyField {...asked(props, 'gross')} unit={unit} label="Total toutes taxes comprises" />
        <MoneyField
          {...asked(props, 'payable', deposit(props.reading))}
          unit={unit}
          label={props.typed.documentKind === 'credit-note' ? 'Montant que cet avoir retire' : 'Reste à payer sur cette facture'}
        />
      </div>
      <More open={['net', 'tax', 'currency'].some((name) => props.errors[name] !== undefined)}>
        <div class="q-pair">
          <MoneyField {...asked(props, 'net')} unit={unit} label="Total hors taxes" optional />
          <MoneyField {...asked(props, 'tax')} unit={unit} label="TVA" optional />
        </div>
        <Field {...asked(props, 'currency', 'Ses trois lettres\u202f: EUR pour l’euro.')} label="Monnaie" width="short" />
      </More>
    </Card>
  );
}

const deposit = ({ prepaid }: InvoiceReading): string | undefined =>
  prepaid !== null && /[1-9]/.test(prepaid) ? 'Acompte déjà déduit.' : undefined;

/** Who owes. What kind of client it is decides what the law adds. */
export function ClientFields(props: Props) {
  const kindHelp = props.guessed.includes('debtor.kind') ? kindHint(props) : undefined;
  const rare = ['vatNumber', 'phone', 'country'].map((name) => `debtor.${name}`);
  return (
    <Card title="Votre client" icon="debtor">
      <RadioCards
        {...asked(props, 'debtor.kind', kindHelp)}
        label="Qui est-ce&#8239;?"
        options={[
          {
            value: 'business',
            label: 'Un professionnel',
            hint: 'Entreprise, indépendant, association. La loi ajoute des intérêts dès le lendemain de l’échéance, et 40\u00a0€ par facture.',
            icon: 'company',
          },
          {
            value: 'consumer',
            label: 'Un particulier',
            hint: 'Les intérêts, au taux légal, ne courent qu’après la mise en demeure. Pas d’indemnité de 40\u00a0€.',
            icon: 'consumer',
          },
          {
            value: 'public',
            label: 'Un acheteur public',
            hint: 'État, commune, hôpital, école publique. Intérêts moratoires de la commande publique, et 40\u00a0€ par facture.',
            icon: 'publicBuyer',
          },
        ]}
      />
      <Field {...asked(props, 'debtor.name')} label="Nom" autocomplete="off" />
      <Field {...sirenAsked(props)} label="Numéro SIREN" inputmode="numeric" width="short" optional />
      <TextField {...asked(props, 'debtor.street')} label="Numéro et rue" rows={2} optional />
      <div class="q-pair">
        <Field {...asked(props, 'debtor.postcode')} label="Code postal" width="short" optional />
        <Field {...asked(props, 'debtor.city')} label="Ville" optional />
      </div>
      <Field
        {...asked(props, 'debtor.email')}
        type="email"
        label="Adresse électronique"
        width="medium"
        autocomplete="off"
        optional
      />
      <More open={rare.some((name) => props.errors[name] !== undefined)}>
        <Field {...asked(props, 'debtor.phone')} type="tel" label="Téléphone" width="short" autocomplete="off" optional />
        <Field {...asked(props, 'debtor.vatNumber')} label="Numéro de TVA" width="medium" optional />
        <Field {...asked(props, 'debtor.country', 'Ses deux lettres\u202f: FR pour la France.')} label="Pays" width="short" />
      </More>
    </Card>
  );
}

/** A public buyer's interest is another than a business's: what the name tells is said, and left to the user. */
const kindHint = ({ typed }: Props): string =>
  maybePublic(typed)
    ? 'D’après son nom, peut-être un acheteur public\u202f: la facture ne le dit pas, vérifiez.'
    : 'La facture ne le dit pas\u202f: vérifiez.';

function sirenAsked(props: Props) {
  const field = asked(props, 'debtor.siren');
  return { ...field, value: siren(field.value) };
}

/** What is rarely looked at, open when something in it is to be corrected. */
const More = ({ open, children }: { open: boolean; children?: Parameters<typeof Disclosure>[0]['children'] }) => (
  <Disclosure summary="Plus de détails" open={open}>
    {children}
  </Disclosure>
);
