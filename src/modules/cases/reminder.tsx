import { type Day, isAfter } from '#core/kernel/day.ts';
import { type Currency, money } from '#core/kernel/money.ts';
import { composeReminder, type Reminder } from '#core/letters/reminder.ts';
import type { Creditor } from '#modules/companies/index.ts';
import { Disclosure } from '#ui/components/index.ts';
import { Icon } from '#ui/icons.tsx';
import { factsOf } from './facts.ts';
import { isHeld } from './pressure.tsx';
import type { CaseView } from './views.ts';

/** The reminder that a case calls for on a day; none while something stops the pressure or a notice's time runs, or where nothing is late. */
export function reminderOf(of: CaseView, creditor: Creditor, today: Day): Reminder | undefined {
  const late = of.invoices
    .filter((i) => i.documentKind === 'invoice' && i.balanceCents > 0n && isAfter(today, i.dueOn))
    .sort((a, b) => Temporal.PlainDate.compare(a.dueOn, b.dueOn));
  if (late.length === 0 || isHeld(of.state.stage) || of.state.stage === 'notice-running') return undefined;
  return composeReminder({
    creditor: {
      name: creditor.name,
      ...(creditor.signatoryName && { signatory: creditor.signatoryName }),
      ...(creditor.iban && { iban: creditor.iban }),
    },
    reference: of.reference,
    invoices: late.map((i) => ({
      number: i.number,
      issuedOn: i.issuedOn,
      dueOn: i.dueOn,
      amount: money(i.payableCents, i.currency as Currency),
      left: money(i.balanceCents, i.currency as Currency),
    })),
    earlier: factsOf(of.facts, 'contact-made').length,
  });
}

/** The message, to be read, copied, or opened in the user's own mailbox: Quitus sends nothing by itself. */
export function ReminderText({ of: { subject, body }, to, open }: { of: Reminder; to: string | null; open: boolean }) {
  const query = `subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body.replaceAll('\n', '\r\n'))}`;
  return (
    <Disclosure summary="Un courriel prêt à envoyer" open={open}>
      <p class="q-reminder-subject">
        <span class="q-note">Objet</span> {subject}
      </p>
      <p class="q-reminder">{body}</p>
      <p class="q-actions">
        <a class="btn q-btn-plain" href={`mailto:${to ?? ''}?${query}`}>
          <Icon name="letter" />
          <span>Ouvrir dans ma messagerie</span>
        </a>
      </p>
      <p class="q-note">Relisez-le, changez-le, envoyez-le&#8239;: Quitus n’envoie rien lui-même. Puis notez-le ci-dessous.</p>
    </Disclosure>
  );
}
