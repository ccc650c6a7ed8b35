import { Icon, type IconName } from '../icons.tsx';
import { type Children, cx, type ViewContext } from '../view.ts';

/** The name of the hidden field, and of the header that scripts send instead. */
export const CSRF_FIELD = '_csrf';

/** The token that proves a form came from our own page; every form that changes something holds one. */
export function CsrfField({ view }: { view: Pick<ViewContext, 'csrf'> }) {
  return <input type="hidden" name={CSRF_FIELD} value={view.csrf} />;
}

interface FormProps {
  view: Pick<ViewContext, 'csrf'>;
  action: string;
  /** true when files are sent */
  files?: boolean;
  class?: string;
  id?: string;
  children?: Children;
}

/** A form that changes something: POST, with its token. Checks are the server's, so that messages are ours and in French. */
export function Form({ view, action, files = false, class: extra, id, children }: FormProps) {
  return (
    <form
      method="post"
      action={action}
      id={id}
      class={cx('q-form', extra)}
      enctype={files ? 'multipart/form-data' : undefined}
      novalidate
    >
      <CsrfField view={view} />
      {children}
    </form>
  );
}

interface SubmitProps {
  children?: Children;
  icon?: IconName;
  weight?: 'main' | 'plain' | 'quiet' | 'danger';
  /** which button was pressed, when a form has several */
  name?: string;
  value?: string;
}

export function Submit({ children, icon, weight = 'main', name, value }: SubmitProps) {
  return (
    <button type="submit" class={`btn q-btn-${weight}`} name={name} value={value}>
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </button>
  );
}

/** Buttons of a form, side by side; one under the other on a phone. */
export function Actions({ children }: { children?: Children }) {
  return <div class="q-actions">{children}</div>;
}

interface ConfirmProps {
  view: Pick<ViewContext, 'csrf'>;
  action: string;
  label: string;
  /** what will happen, and whether it can be undone */
  question: string;
  /** the words of the button that does it: a verb, not « OK » */
  confirm: string;
  icon?: IconName;
  /** for what destroys */
  danger?: boolean;
  fields?: Readonly<Record<string, string>>;
}

/** An act that asks before doing: the first press shows what will happen, the second does it. Works without script. */
export function ConfirmButton({ view, action, label, question, confirm, icon, danger = false, fields = {} }: ConfirmProps) {
  return (
    <details class="q-confirm">
      <summary class={`btn q-btn-${danger ? 'danger-quiet' : 'plain'}`}>
        {icon && <Icon name={icon} />}
        <span>{label}</span>
      </summary>
      <div class="q-confirm-body">
        <p>{question}</p>
        <Form view={view} action={action}>
          {Object.entries(fields).map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <Submit weight={danger ? 'danger' : 'main'}>{confirm}</Submit>
        </Form>
      </div>
    </details>
  );
}
