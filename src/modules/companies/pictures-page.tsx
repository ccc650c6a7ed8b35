import { fieldId, Notes } from '#ui/components/field.tsx';
import { Actions, Card, ConfirmButton, ErrorSummary, Form, PageHeader, Submit } from '#ui/components/index.ts';
import { Page } from '#ui/layout.tsx';
import { PATHS, type ViewContext } from '#ui/view.ts';
import type { Creditor } from './creditor.ts';

export type PictureName = 'logo' | 'signature';

interface Kind {
  readonly which: PictureName;
  readonly label: string;
  readonly hint: string;
  readonly remove: string;
}

/** The pictures that letters carry. */
export const PICTURES: readonly Kind[] = [
  {
    which: 'logo',
    label: 'Logo',
    hint: 'En tête de vos lettres. PNG ou JPEG, 2 Mo au plus.',
    remove: 'Retirer le logo',
  },
  {
    which: 'signature',
    label: 'Signature',
    hint: 'Votre signature sur papier blanc, photographiée ou numérisée. Sans elle, la lettre laisse la place de signer à la main. PNG ou JPEG, 2 Mo au plus.',
    remove: 'Retirer la signature',
  },
];

export const picturesPath = `${PATHS.settings}/images`;
const sha256Of = (which: PictureName, creditor: Creditor): string | null =>
  which === 'logo' ? creditor.logoSha256 : creditor.signatureSha256;

/** The picture as it is kept; its address changes with its content, so that a browser never shows an old one. */
export function Picture({ which, creditor }: { which: PictureName; creditor: Creditor }) {
  const sha256 = sha256Of(which, creditor);
  if (!sha256) return undefined;
  const alt = which === 'logo' ? `Logo de ${creditor.name}` : 'Votre signature';
  return <img class="q-picture" src={`${picturesPath}/${which}?v=${sha256.slice(0, 12)}`} alt={alt} />;
}

interface Props {
  view: ViewContext;
  creditor: Creditor;
  errors?: Readonly<Record<string, string>>;
}

/** The logo and the signature: seen, replaced, removed. */
export function PicturesPage({ view, creditor, errors = {} }: Props) {
  return (
    <Page view={view} title="Logo et signature" width="narrow">
      <ErrorSummary errors={errors} />
      <PageHeader
        title="Logo et signature"
        subtitle="Facultatifs. Ils figurent sur vos lettres tels que vous les voyez ici."
        back={{ href: PATHS.settings, label: 'Réglages' }}
      />
      {PICTURES.map((kind) => (
        <PictureCard kind={kind} view={view} creditor={creditor} error={errors[kind.which]} />
      ))}
    </Page>
  );
}

function PictureCard({
  kind,
  view,
  creditor,
  error,
}: {
  kind: Kind;
  view: ViewContext;
  creditor: Creditor;
  error: string | undefined;
}) {
  const { which, label, hint, remove } = kind;
  const picture = Picture({ which, creditor });
  const id = fieldId(which);
  const by = `${id}-aide${error === undefined ? '' : ` ${id}-erreur`}`;
  return (
    <Card title={label}>
      {picture && <p>{picture}</p>}
      <Form view={view} action={`${picturesPath}/${which}`} files>
        <div class={error === undefined ? 'q-field' : 'q-field q-field-wrong'}>
          <label class="form-label" for={id}>
            {picture ? 'Remplacer par une autre image' : 'Choisir une image'}
          </label>
          <Notes name={which} hint={hint} error={error} />
          <input
            class="form-control"
            type="file"
            id={id}
            name={which}
            accept="image/png,image/jpeg"
            aria-describedby={by}
            aria-invalid={error === undefined ? undefined : 'true'}
          />
        </div>
        <Actions>
          <Submit icon="upload" weight="plain">
            Enregistrer l’image
          </Submit>
        </Actions>
      </Form>
      {picture && (
        <ConfirmButton
          view={view}
          action={`${picturesPath}/${which}/retirer`}
          label={remove}
          question="Les prochaines lettres ne la porteront plus. Les lettres déjà faites ne changent pas."
          confirm={remove}
          icon="remove"
        />
      )}
    </Card>
  );
}
