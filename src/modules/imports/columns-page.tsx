import type { ListSample, OpenItemField } from '#formats/open-items/index.ts';
import {
  Actions,
  Alert,
  Card,
  ColumnChoices,
  DayField,
  Disclosure,
  ErrorSummary,
  Field,
  Form,
  PageHeader,
  RadioCards,
  Submit,
} from '#ui/components/index.ts';
import { Page } from '#ui/layout.tsx';
import type { ViewContext } from '#ui/view.ts';
import { MODES } from './list-page.tsx';
import { columnName, FIELD_WORDS, MAIN_FIELDS, OTHER_FIELDS } from './options-form.ts';
import { columnsPath, IMPORTS_PATH } from './paths.ts';
import type { Import } from './store.ts';

interface Props {
  view: ViewContext;
  of: Import;
  /** its columns; undefined when it has none to choose from (a FEC) */
  sample: ListSample | undefined;
  typed?: Readonly<Record<string, string>>;
  errors?: Readonly<Record<string, string>>;
  message?: string | undefined;
}

const NEEDED: ReadonlySet<OpenItemField> = new Set(['number']);
/** Fields of which a list needs one at least. */
const ONE_OF: Partial<Record<OpenItemField, string>> = {
  payable: 'au moins un montant',
  total_gross: 'au moins un montant',
  total_net: 'au moins un montant',
  issue_date: 'au moins une date',
  due_date: 'au moins une date',
  'buyer.name': 'nom, code ou SIREN',
  'buyer.key': 'nom, code ou SIREN',
  'buyer.siren': 'nom, code ou SIREN',
};
const SHOWN_HEADER = 40;

/** Which column of a list holds what, with its first lines, and how the list is to be taken. */
export function ColumnsPage({ view, of, sample, typed = {}, errors = {}, message }: Props) {
  const value = (name: string, otherwise: string): string => typed[name] ?? otherwise;
  return (
    <Page view={view} title="Comment lire cette liste">
      <ErrorSummary errors={errors} />
      <PageHeader
        title="Comment lire cette liste"
        subtitle={`${of.fileName}. Rien n’est encore enregistré\u202f; vos réponses serviront aux prochaines listes de ce logiciel.`}
        back={{ href: IMPORTS_PATH, label: 'Importer mes factures ouvertes' }}
      />
      {message && (
        <Alert tone="soon" title="Il manque une réponse pour la lire">
          <p>{message}</p>
        </Alert>
      )}
      {sample && <FirstLines sample={sample} chosen={(field) => rankOf(field, of, sample, typed)} />}
      <Form view={view} action={columnsPath(of.id)}>
        {sample && <Columns sample={sample} chosen={(field) => rankOf(field, of, sample, typed)} errors={errors} />}
        <Card title="La liste" icon="settings">
          <RadioCards
            name="mode"
            label="Que contient ce fichier&#8239;?"
            value={value('mode', of.mode)}
            options={MODES}
            error={errors.mode}
          />
          <Field
            name="termDays"
            label="Délai de paiement habituel, en jours"
            hint="Pour les factures dont la liste ne dit pas l’échéance. Un FEC ne la dit jamais."
            inputmode="numeric"
            width="short"
            value={value('termDays', of.options.termDays === undefined ? '' : String(of.options.termDays))}
            error={errors.termDays}
            optional={of.refusal?.code !== 'import-terms'}
          />
          <DayField
            name="listedOn"
            label="Jour où la liste a été établie"
            hint="Les factures émises après ce jour n’y sont pas attendues."
            value={value('listedOn', of.listedOn.toString())}
            max={view.today.toString()}
            error={errors.listedOn}
          />
          <RadioCards
            name="debtorKind"
            label="Qui sont les nouveaux clients de cette liste&#8239;?"
            value={value('debtorKind', of.options.debtorKind ?? 'business')}
            options={[
              { value: 'business', label: 'Des professionnels', icon: 'company' },
              { value: 'consumer', label: 'Des particuliers', icon: 'consumer' },
              { value: 'public', label: 'Des acheteurs publics', icon: 'publicBuyer' },
            ]}
          />
          <Actions>
            <Submit icon="reading">Lire la liste ainsi</Submit>
          </Actions>
        </Card>
      </Form>
    </Page>
  );
}

/** The rank of the column that a field is read from: as just typed, as given before, as recognised. */
function rankOf(
  field: OpenItemField,
  of: Import,
  sample: ListSample,
  typed: Readonly<Record<string, string>>,
): number | undefined {
  if (typed[field] !== undefined) return Number(typed[field]) || undefined;
  const given = of.options.mapping?.[field];
  if (given === undefined) return sample.recognised[field];
  if (typeof given === 'number') return given || undefined;
  const at = sample.headers.findIndex((header) => header.trim().toLowerCase() === given.trim().toLowerCase());
  return at < 0 ? undefined : at + 1;
}

interface Chosen {
  sample: ListSample;
  chosen: (field: OpenItemField) => number | undefined;
}

function FirstLines({ sample: { headers, rows }, chosen }: Chosen) {
  const taken = (rank: number) => [...MAIN_FIELDS, ...OTHER_FIELDS].find((field) => chosen(field) === rank);
  return (
    <Card title="Ses premières lignes" icon="file" flush>
      <section class="q-sheet" aria-label="Premières lignes de la liste" tabindex={0}>
        <table>
          <thead>
            <tr>
              {headers.map((header, at) => {
                const field = taken(at + 1);
                return (
                  <th scope="col">
                    {header.slice(0, SHOWN_HEADER) || `Colonne ${at + 1}`}
                    {field && <span class="q-sheet-taken">{FIELD_WORDS[field]}</span>}
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody>
            {rows.map((cells) => (
              <tr>
                {headers.map((_, at) => (
                  <td>{cells[at] ?? ''}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Card>
  );
}

function Columns({ sample, chosen, errors }: Chosen & { errors: Readonly<Record<string, string>> }) {
  const { headers, rows } = sample;
  const columns = headers.map((_, at) => {
    const name = columnName(headers, at);
    const example = rows.map((cells) => cells[at] ?? '').find((text) => text !== '');
    const title = typeof name === 'string' ? name.slice(0, SHOWN_HEADER) : `Colonne ${name}`;
    return { value: String(at + 1), label: example ? `${title} (${example.slice(0, 20)})` : title };
  });
  const choices = (fields: readonly OpenItemField[]) => (
    <ColumnChoices
      fields={fields.map((name) => ({
        name,
        label: FIELD_WORDS[name],
        needed: NEEDED.has(name),
        ...(ONE_OF[name] === undefined ? {} : { oneOf: ONE_OF[name] }),
        ...(errors[name] === undefined ? {} : { hint: errors[name] }),
      }))}
      columns={columns}
      chosen={(field) => String(chosen(field) ?? '')}
    />
  );
  const used = OTHER_FIELDS.some((field) => chosen(field) !== undefined);
  return (
    <Card title="Quelle colonne contient quoi" icon="read">
      <p>Il faut au moins le numéro, une date, un montant, et le client par son nom, son code ou son SIREN.</p>
      {choices(MAIN_FIELDS)}
      <Disclosure summary="D’autres colonnes" open={used}>
        {choices(OTHER_FIELDS)}
      </Disclosure>
    </Card>
  );
}
