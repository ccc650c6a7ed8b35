import { fileSize } from '../format.ts';
import { Icon } from '../icons.tsx';
import type { Children, ViewContext } from '../view.ts';
import { type Asked, described, fieldId, Notes } from './field.tsx';
import { Form, Submit } from './form.tsx';

interface Props extends Asked {
  view: Pick<ViewContext, 'csrf'>;
  /**
   * where the files go, as multipart/form-data under `name`. The script sends one file per request with "Accept:
   * application/json" and reads {message, href?} or a problem (RFC 9457, with href when there is something to see, `see` for its words,
   * `go` to be led there when the file came alone); without script, all files come in one request.
   */
  action: string;
  /** what is accepted: ".pdf,.xml,.csv" */
  accept: string;
  /** the largest file, in bytes: told to the user, checked by the server */
  maxBytes: number;
  multiple?: boolean;
  submit: string;
  /** where the script goes once every file is in */
  next?: string;
  /** what is to be said before a file is chosen: the script sends it at once */
  before?: Children;
  children?: Children;
}

/** Drop files, or choose them. The page must load the script `drop.js` for dragging, progress, cancelling and retrying. */
export function FileDrop({ view, action, accept, maxBytes, multiple = true, submit, next, before, children, ...asked }: Props) {
  const id = fieldId(asked.name);
  return (
    <Form view={view} action={action} files class="q-drop">
      {before}
      <div class="q-drop-zone" data-drop data-next={next} data-max-bytes={String(maxBytes)} data-max-text={fileSize(maxBytes)}>
        <Icon name="upload" class="q-drop-icon" />
        <label class="q-drop-label" for={id}>
          {asked.label}
        </label>
        <Notes name={asked.name} hint={asked.hint} error={asked.error} />
        <input
          class="form-control q-drop-input"
          type="file"
          id={id}
          name={asked.name}
          accept={accept}
          multiple={multiple}
          {...described(asked)}
        />
        <label class="btn q-btn-main q-drop-choose" for={id} aria-hidden="true">
          <Icon name="file" />
          <span>Choisir des fichiers</span>
        </label>
        <p class="q-note">{fileSize(maxBytes)} au plus par fichier.</p>
      </div>
      {children}
      <ul class="q-drop-list" data-drop-list aria-label="Fichiers choisis" hidden />
      <p class="visually-hidden" role="status" data-drop-status />
      <div class="q-actions" data-drop-actions>
        <Submit icon="upload">{submit}</Submit>
      </div>
    </Form>
  );
}
