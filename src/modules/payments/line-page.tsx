import { money } from '#core/kernel/money.ts';
import { Actions, Alert, Amount, Card, Day, ErrorSummary, Form, LinkButton, PageHeader, Submit } from '#ui/components/index.ts';
import { Icon } from '#ui/icons.tsx';
import { Page } from '#ui/layout.tsx';
import { PATHS, type ViewContext } from '#ui/view.ts';
import type { OpenCase, PayableChoice } from './choices.ts';
import { Confirm, Restore, SetAside, Undo } from './line-card.tsx';
import { HeldCases, LineHead, ReadingSays, whoPaid } from './line-parts.tsx';
import type { BankLine } from './lines.ts';
import { linePath, matchPath } from './paths.ts';

/** Invoices that the page offers at once: beyond, one searches. */
export const CHOICES = 50;

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
      <form method="get" action={linePath(line.id)} class="q-filters">
        <div class="q-filter q-filter-text">
          <label for="recherche">Numéro, client ou dossier</label>
          <input class="form-control" type="search" id="recherche" name="q" value={text} maxlength={200} />
        </div>
        <div class="q-filter-go">
          <button type="submit" class="btn q-btn-plain">
            <Icon name="search" />
            <span>Chercher</span>
          </button>
          {text && (
            <LinkButton href={linePath(line.id)} weight="quiet">
              Effacer
            </LinkButton>
          )}
        </div>
      </form>
      {choices.length === 0 ? (
        <p class="q-note">
          {text ? 'Aucune facture ouverte ne correspond.' : 'Cherchez la facture ou le client que ce virement règle.'}
        </p>
      ) : (
        <Form view={view} action={`${linePath(line.id)}/placer`}>
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
                    />
                    <span class="q-choose-what">
                      <strong>{number}</strong> {debtor}
                      <span class="q-note">
                        échéance <Day of={dueOn} form="short" />
                        {caseReference && `, dossier ${caseReference}`}
                      </span>
                    </span>
                    <Amount of={money(balanceCents, line.currency)} />
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
          <Actions>
            <Submit icon="check">Rattacher ce virement</Submit>
          </Actions>
        </Form>
      )}
    </Card>
  );
}
