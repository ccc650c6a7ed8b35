import { count } from '../format.ts';
import { LinkButton } from './page-header.tsx';

interface Props {
  /** what the document is: « Mise en demeure à Atelier Brume » */
  title: string;
  /** where the PDF itself is */
  href: string;
  /** the name it is saved under */
  fileName: string;
  /** the address of the picture of each page, in order; empty when the pictures cannot be made */
  pages: readonly string[];
  /** the document's own words, for those who do not see the pictures */
  text?: string;
}

/** The real PDF, page by page as pictures, with its links. */
export function PdfPreview({ title, href, fileName, pages, text }: Props) {
  return (
    <figure class="q-pdf">
      <figcaption class="q-pdf-head">
        <span>
          <strong>{title}</strong>
          {pages.length > 0 && <span class="q-note">{count(pages.length, 'page')}</span>}
        </span>
        <span class="q-actions">
          <LinkButton href={href} icon="open" weight="plain">
            Ouvrir le PDF
          </LinkButton>
          <LinkButton href={href} icon="download" weight="main" download={fileName}>
            Télécharger
          </LinkButton>
        </span>
      </figcaption>
      <section class="q-pdf-pages" tabindex={0} aria-label={`Aperçu\u202f: ${title}`}>
        {pages.map((src, index) => (
          <img
            src={src}
            alt={`Page ${index + 1} sur ${pages.length}`}
            width="595"
            height="842"
            loading={index === 0 ? 'eager' : 'lazy'}
          />
        ))}
        {pages.length === 0 && <p class="q-note">L’aperçu n’a pas pu être dessiné. Ouvrez ou téléchargez le PDF.</p>}
      </section>
      {text && (
        <details class="q-disclosure">
          <summary>Lire le texte du document</summary>
          <div class="q-disclosure-body q-prewrap">{text}</div>
        </details>
      )}
    </figure>
  );
}
