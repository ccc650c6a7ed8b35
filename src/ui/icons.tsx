import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { raw } from 'hono/html';

/** What Quitus means, and the Tabler icon that shows it. Pages name the meaning, never the drawing. */
const MEANINGS = {
  today: 'sun-high',
  drop: 'file-plus',
  cases: 'folders',
  case: 'folder',
  settings: 'adjustments-horizontal',
  law: 'scale',
  company: 'building',
  person: 'user',
  debtor: 'users',
  publicBuyer: 'building-bank',
  demo: 'flask',
  add: 'plus',
  remove: 'trash',
  edit: 'pencil',
  check: 'check',
  cross: 'x',
  back: 'arrow-left',
  next: 'arrow-right',
  chevron: 'chevron-right',
  down: 'chevron-down',
  more: 'dots',
  search: 'search',
  print: 'printer',
  download: 'download',
  upload: 'upload',
  open: 'external-link',
  copy: 'copy',
  pdf: 'file-type-pdf',
  file: 'file-text',
  invoice: 'file-invoice',
  creditNote: 'receipt-refund',
  receipt: 'receipt',
  letter: 'mail',
  registered: 'mailbox',
  sent: 'send',
  signature: 'signature',
  phone: 'phone',
  note: 'note',
  payment: 'cash',
  transfer: 'building-bank',
  qr: 'qrcode',
  calculator: 'calculator',
  interest: 'percentage',
  calendar: 'calendar',
  clock: 'clock',
  late: 'clock-exclamation',
  soon: 'hourglass',
  paid: 'circle-check',
  dispute: 'message-exclamation',
  promise: 'heart-handshake',
  plan: 'calendar-repeat',
  broken: 'link-off',
  insolvent: 'building-off',
  consumer: 'home',
  abroad: 'world',
  stop: 'player-pause',
  question: 'help-circle',
  info: 'info-circle',
  warning: 'alert-triangle',
  error: 'alert-circle',
  official: 'rosette-discount-check',
  secondary: 'books',
  reading: 'eye',
  memory: 'brain',
  citation: 'section-sign',
  source: 'book-2',
  history: 'history',
  lock: 'lock',
  logIn: 'login-2',
  logOut: 'logout',
  light: 'sun',
  dark: 'moon',
  auto: 'contrast',
  read: 'scan-eye',
  image: 'photo',
} as const;

export type IconName = keyof typeof MEANINGS;

const { resolve } = createRequire(import.meta.url);

/** The paths of each icon, read once when the program starts: a name that Tabler dropped stops it at once. */
const drawings = new Map(
  Object.entries(MEANINGS).map(([name, file]) => {
    const svg = readFileSync(resolve(`@tabler/icons/outline/${file}.svg`), 'utf8');
    const paths = [...svg.matchAll(/<path (?!stroke="none")[^>]*>/g)].map((m) => m[0].replace(/\s*\/>/, '/>')).join('');
    return [name, raw(paths)] as const;
  }),
);

/** An icon beside words that say the same; alone, give it a `label`, read aloud in its place. */
export function Icon({ name, label, class: extra }: { name: IconName; label?: string; class?: string }) {
  const classes = extra ? `icon ${extra}` : 'icon';
  return (
    <svg
      class={classes}
      viewBox="0 0 24 24"
      focusable="false"
      role="img"
      aria-label={label}
      aria-hidden={label === undefined ? 'true' : undefined}
    >
      {drawings.get(name)}
    </svg>
  );
}
