import { Actions, Card, ErrorSummary, Form, PageHeader, Submit } from '#ui/components/index.ts';
import { Page } from '#ui/layout.tsx';
import { PATHS, type ViewContext } from '#ui/view.ts';
import type { OpenCase, PayableChoice } from './choices.ts';
import { InvoiceChecks, SearchForm } from './invoice-choices.tsx';
import { Confirm, Restore, SetAside, Undo } from './line-card.tsx';
import { HeldCases, LineHead, ReadingSays, whoPaid } from './line-parts.tsx';
import type { BankLine } from './lines.ts';
import { linePath, matchPath } from './paths.ts';

interface Props {
  view: ViewContext;
  line: BankLine;
  held: readonly OpenCase[];
  cases: ReadonlyMap<string, string>;
  choices: readonly PayableChoice[];
  /** what was searched for */
  text?: string | undefined;
  error?: string | undefined;
}

/** One line: each way to read it, the invoices it may pay, or what became of it. */
export function LinePage({ view, line, held, cases, choices, text, error }: Props) {
  const waits = line.state !== 'applied' && line.state !== 'ignored';
  return (
    <Page view={view} title={`Mouvement de ${whoPaid(line)}`}>
      {error && <ErrorSummary errors={{ invoice: error }} />}
      <PageHeader
        title={line.amountCents > 0n ? 'Que règle ce virement\u202f?' : 'Mouvement'}
        back={{ href: PATHS.money, label: 'Encaissements' }}
      />
      <article class="card q-card q-bank-line">
        <LineHead line={line} level={2} />
        <HeldCases cases={held} />
        {!waits && line.readings[0] && <ReadingSays reading={line.readings[0]} currency={line.currency} cases={cases} />}
        <div class="q-actions q-line-actions">
          {line.state === 'applied' && line.readings[0] && <Undo view={view} reading={line.readings[0]} />}
          {line.state === 'ignored' && <Restore view={view} line={line} />}
          {waits && <SetAside view={view} line={line} />}
        </div>
      </article>
      {waits && line.readings.length > 0 && (
        <Card title={line.readings.length > 1 ? 'Les possibilités, la plus sûre d’abord' : 'La proposition'} icon="read">
          <ol class="q-lines q-lines-plain">
            {line.readings.map((reading) => (
              <li>
                <ReadingSays reading={reading} currency={line.currency} cases={cases} />
                <div class="q-actions q-line-actions">
                  <Confirm view={view} line={line} reading={reading} />
                  <Form view={view} action={`${matchPath(reading.matchId)}/ecarter`} class="q-inline-form">
                    <Submit weight="quiet">Ce n’est pas cela</Submit>
                    {reading.party && (
                      <Submit weight="quiet" name="payeur" value="faux">
                        Ce n’est pas {reading.party.name}
                      </Submit>
                    )}
                  </Form>
                </div>
              </li>
            ))}
          </ol>
        </Card>
      )}
      {waits && line.amountCents > 0n && <Choose view={view} line={line} choices={choices} text={text} error={error} />}
    </Page>
  );
}

type ChooseProps = Pick<Props, 'view' | 'line' | 'choices' | 'text' | 'error'>;

function Choose({ view, line, choices, text, error }: ChooseProps) {
  return (
    <Card title="Choisir les factures" icon="invoice">
      <SearchForm action={linePath(line.id)} text={text} label="Numéro, client ou dossier" />
      {choices.length === 0 ? (
        <p class="q-note">
          {text ? 'Aucune facture ouverte ne correspond.' : 'Cherchez la facture ou le client que ce virement règle.'}
        </p>
      ) : (
        <Form view={view} action={`${linePath(line.id)}/placer`}>
          <InvoiceChecks choices={choices} currency={line.currency} error={error} />
          <Actions>
            <Submit icon="check">Rattacher ce virement</Submit>
          </Actions>
        </Form>
      )}
    </Card>
  );
}
