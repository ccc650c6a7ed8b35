import { LinkButton } from './page-header.tsx';

interface Props {
  /** what the document is: « Mise en demeure à Atelier Brume » */
  title: string;
  /** where the PDF itself is: an answer that lets our pages frame it (`sendDocument`, framed) */
  href: string;
  /** the name it is saved under */
  fileName: string;
}

/** The real PDF in the browser's own viewer, with its links; on a phone, where browsers show no PDF inside a page, the links alone. */
export function PdfPreview({ title, href, fileName }: Props) {
  return (
    <figure class="q-pdf">
      <figcaption class="q-pdf-head">
        <strong>{title}</strong>
        <span class="q-actions">
          <LinkButton href={href} icon="open" weight="plain">
            Ouvrir le PDF
          </LinkButton>
          <LinkButton href={href} icon="download" weight="plain" download={fileName}>
            Télécharger
          </LinkButton>
        </span>
      </figcaption>
      {/* the page across the frame, without the viewer's side panel */}
      <iframe class="q-pdf-frame" src={`${href}#navpanes=0&view=FitH`} title={`Aperçu\u202f: ${title}`} loading="lazy" />
    </figure>
  );
}
