import { ConfirmButton, Form, LinkButton, Submit } from '#ui/components/index.ts';
import { Icon } from '#ui/icons.tsx';
import type { ViewContext } from '#ui/view.ts';
import type { OpenCase } from './choices.ts';
import { HeldCases, LineHead, ReadingSays, whoPaid } from './line-parts.tsx';
import type { BankLine, LineReading } from './lines.ts';
import { linePath, matchPath } from './paths.ts';

interface Props {
  view: ViewContext;
  line: BankLine;
  held: readonly OpenCase[];
  cases: ReadonlyMap<string, string>;
  /** its button to confirm has the keyboard when the page opens */
  focused?: boolean;
}

/** A line in a list, with what it is waiting for or what became of it. */
export function LineCard({ view, line, held, cases, focused = false }: Props) {
  const [reading, ...others] = line.readings;
  return (
    <article class="card q-card q-bank-line">
      <LineHead line={line} level={2} />
      {reading && <ReadingSays reading={reading} currency={line.currency} cases={cases} />}
      {line.state === 'unmatched' && (
        <p class="q-reading-what">
          {line.payer
            ? `Vient sans doute de ${line.payer.name}, sans que rien ne dise quelle facture est payée.`
            : 'Ni numéro de facture, ni payeur connu, ni montant qui convienne.'}
        </p>
      )}
      <HeldCases cases={held} />
      <div class="q-actions q-line-actions">
        {line.state === 'applied' && reading && <Undo view={view} reading={reading} />}
        {line.state === 'ignored' && <Restore view={view} line={line} />}
        {reading?.status === 'proposed' && <Confirm view={view} line={line} reading={reading} focused={focused} />}
        {line.state !== 'applied' && line.state !== 'ignored' && (
          <>
            <LinkButton href={linePath(line.id)} weight={reading ? 'plain' : 'main'} icon="search">
              {others.length > 0 ? 'Voir les autres possibilités' : reading ? 'Choisir une autre facture' : 'Choisir la facture'}
              <span class="visually-hidden">, {whoPaid(line)}</span>
            </LinkButton>
            <SetAside view={view} line={line} />
          </>
        )}
      </div>
    </article>
  );
}

/** One press, or one key: the payment enters the books. A missing discount is agreed to, or stays due. */
export function Confirm({
  view,
  line,
  reading,
  focused = false,
}: {
  view: ViewContext;
  line: BankLine;
  reading: LineReading;
  focused?: boolean;
}) {
  return (
    <Form view={view} action={`${matchPath(reading.matchId)}/confirmer`} class="q-inline-form">
      <button type="submit" class="btn q-btn-main" autofocus={focused}>
        <Icon name="check" />
        <span>
          Confirmer<span class="visually-hidden">, {whoPaid(line)}</span>
        </span>
      </button>
      {reading.kind === 'less-discount' && (
        <Submit weight="plain" name="escompte" value="accorde">
          Confirmer et accorder l’escompte
        </Submit>
      )}
    </Form>
  );
}

export function SetAside({ view, line }: { view: ViewContext; line: BankLine }) {
  return (
    <Form view={view} action={`${linePath(line.id)}/ecarter`} class="q-inline-form">
      <Submit weight="quiet" icon="cross">
        Pas un paiement client<span class="visually-hidden">, {whoPaid(line)}</span>
      </Submit>
    </Form>
  );
}

export function Undo({ view, reading }: { view: ViewContext; reading: LineReading }) {
  return (
    <ConfirmButton
      view={view}
      action={`${matchPath(reading.matchId)}/annuler`}
      label="Annuler ce rapprochement"
      question={
        reading.paymentId
          ? 'Le paiement est repris par une nouvelle écriture\u202f: la somme redevient due, et le mouvement revient à regarder.'
          : 'Le mouvement revient à regarder.'
      }
      confirm="Annuler le rapprochement"
      icon="history"
    />
  );
}

export function Restore({ view, line }: { view: ViewContext; line: BankLine }) {
  return (
    <Form view={view} action={`${linePath(line.id)}/reprendre`} class="q-inline-form">
      <Submit weight="plain" icon="history">
        Reprendre ce mouvement<span class="visually-hidden">, {whoPaid(line)}</span>
      </Submit>
    </Form>
  );
}
