import type { Creditor } from '#modules/companies/index.ts';
import type { Typed } from '#platform/form.ts';
import { Actions, Alert, Checkbox, ErrorSummary, Form, LinkButton, PageHeader, Submit } from '#ui/components/index.ts';
import { count, iban, listOf, siren } from '#ui/format.ts';
import { Page } from '#ui/layout.tsx';
import { PATHS, type ViewContext } from '#ui/view.ts';
import { AmountsFields, ClientFields, DocumentFields } from './confirm-fields.tsx';
import { completeCreditor, foreignSeller, isOwn } from './draft.ts';
import { casePath, readingPath } from './paths.ts';
import { openingOf, sourceOf, titleOf } from './reading-words.ts';
import type { Reading } from './readings.ts';

/** The name of the box that lets the company take its own identity from the invoice. */
export const ADOPT = 'adopter';

interface Props {
  view: ViewContext;
  item: Reading;
  creditor: Creditor;
  /** documents that wait, this one counted */
  pending: number;
  typed?: Typed;
  errors?: Readonly<Record<string, string>>;
  /** why the whole was refused, when no field is to blame, and where that is */
  refused?: { readonly message: string; readonly caseId?: string };
}

/** What was read of a document, to confirm or to correct, beside the document itself. */
export function ConfirmPage({ view, item, creditor, pending, typed, errors = {}, refused }: Props) {
  const { reading } = item;
  if (!reading) throw new Error(`reading ${item.id} holds nothing to confirm`);
  const answers = { ...openingOf(reading, typed ?? item.draft), errors, reading };
  const source = sourceOf(reading);
  return (
    <Page view={view} title={titleOf(reading)} width="wide">
      <ErrorSummary errors={errors} />
      {refused && (
        <Alert tone="late" live>
          <p>
            {refused.message} {refused.caseId && <a href={casePath(refused.caseId)}>Voir son dossier</a>}
          </p>
        </Alert>
      )}
      <PageHeader
        overline={pending > 1 ? `${count(pending, 'document')} à confirmer` : 'À confirmer'}
        title={titleOf(reading)}
        subtitle={INTRO[source.kind]}
        back={{ href: PATHS.drop, label: 'Déposer' }}
      />
      <div class="q-beside">
        <div class="q-stack">
          {item.status === 'duplicate' && !refused && <DuplicateWarning item={item} />}
          <SellerWarning creditor={creditor} item={item} />
          <PayeeWarning payee={reading.payee} />
          <Form view={view} action={readingPath(item.id)} class="q-confirm-form">
            <DocumentFields {...answers} />
            <AmountsFields {...answers} />
            <div class="q-when-invoice">
              <ClientFields {...answers} />
            </div>
            <Adopt creditor={creditor} item={item} answered={typed ?? item.draft} />
            <Actions>
              <Submit icon="check">Confirmer</Submit>
              <Submit weight="quiet" name="geste" value="ecarter">
                Mettre de côté
              </Submit>
            </Actions>
            <p class="q-note">Mettre de côté n’enregistre rien. Déposez de nouveau le fichier pour le reprendre.</p>
          </Form>
        </div>
        <DocumentPane item={item} />
      </div>
    </Page>
  );
}

const INTRO = {
  data: 'Lu dans les données de la facture. Vérifiez d’un coup d’œil, puis confirmez.',
  guess:
    'Deviné d’après le texte du document\u202f: vérifiez chaque réponse. Chacune rappelle les mots de la page qui l’ont donnée.',
  none: 'Ce document est une image\u202f: Quitus ne peut pas le lire. Recopiez-en les informations, il est affiché à côté.',
} as const;

/** An invoice that someone else issued is not this company's to claim. */
function SellerWarning({ creditor, item }: { creditor: Creditor; item: Reading }) {
  const seller = item.reading && foreignSeller(creditor, item.reading);
  if (!seller) return null;
  return (
    <Alert tone="soon" title={`Cette facture a été émise par ${seller}.`}>
      <p>
        Est-ce bien la vôtre&#8239;? Votre entreprise s’appelle ici {creditor.name}. Si c’est la facture d’un fournisseur,
        mettez-la de côté&#8239;: vous ne pouvez réclamer que les vôtres.
      </p>
    </Alert>
  );
}

/** The same number and day are on the books: the file comes twice, or the number was misread. */
function DuplicateWarning({ item }: { item: Reading }) {
  const caseId = item.invoice?.caseId;
  return (
    <Alert tone="soon" title={`La facture ${item.invoice?.number ?? ''} de ce jour est déjà dans Quitus.`}>
      <p>
        {caseId && (
          <>
            <a href={casePath(caseId)}>Voir son dossier</a>.{' '}
          </>
        )}
        Si le numéro ou la date ont été mal lus, corrigez-les, puis confirmez.
      </p>
    </Alert>
  );
}

/** An invoice to be paid to someone else was often sold to a factor, who then claims it. */
function PayeeWarning({ payee }: { payee: string | null | undefined }) {
  if (!payee) return null;
  return (
    <Alert tone="soon" title={`Cette facture est à payer à ${payee}, pas à vous.`}>
      <p>Si vous l’avez cédée, à une société d’affacturage par exemple, c’est à elle de la réclamer&#8239;: mettez-la de côté.</p>
    </Alert>
  );
}

/**
 * Lets the company take its identity from its first invoice. Ticked when it bears the company's name: someone else's IBAN must never slip into
 * one's letters.
 */
function Adopt({ creditor, item, answered }: { creditor: Creditor; item: Reading; answered: Typed | null }) {
  const found = item.reading && completeCreditor(creditor, item.reading);
  if (!item.reading || !found) return null;
  const town = [found.postcode, found.city].filter(Boolean).join(' ');
  const said = [
    found.siren && `SIREN ${siren(found.siren)}`,
    [found.street, town].filter(Boolean).join(', '),
    found.vatNumber && `TVA ${found.vatNumber}`,
    found.email,
    found.iban && `IBAN ${iban(found.iban)}`,
  ].flatMap((text) => text || []);
  const checked = answered ? answered[ADOPT] !== undefined : isOwn(creditor, item.reading);
  return (
    <div class="q-adopt">
      <Checkbox
        name={ADOPT}
        label="Remplir aussi la fiche de mon entreprise d’après cette facture"
        hint={`${listOf(said)}. Vous pourrez corriger dans les réglages.`}
        checked={checked}
      />
    </div>
  );
}

/** The document itself. On a phone, which shows no PDF inside a page, the link alone. */
function DocumentPane({ item }: { item: Reading }) {
  const href = `${readingPath(item.id)}/document`;
  return (
    <aside class="q-document" aria-label="Le document déposé">
      <div class="q-document-head">
        <span class="q-file-name">{item.fileName}</span>
        <LinkButton href={href} icon="open" weight="quiet">
          Ouvrir le document
        </LinkButton>
      </div>
      <iframe
        class="q-document-frame"
        src={`${href}#navpanes=0&view=FitH`}
        title={`Le document ${item.fileName}`}
        loading="lazy"
      />
    </aside>
  );
}
