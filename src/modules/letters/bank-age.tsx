import { daysBetween } from '#core/kernel/day.ts';
import { fr } from '#core/letters/typography.ts';
import { type Freshness, knownUntil } from '#modules/payments/index.ts';
import { Alert, LinkButton } from '#ui/components/index.ts';
import { longDay } from '#ui/format.ts';
import { Icon } from '#ui/icons.tsx';
import { PATHS, type ViewContext } from '#ui/view.ts';

/** How far the bank is known before a letter leaves: nobody who paid must be pressed. */
export function BankAge({ bank, today }: { bank: Freshness; today: ViewContext['today'] }) {
  if (bank.status === 'no-account')
    return (
      <p class="q-note">
        Aucun relevé de banque n’a été déposé&#8239;: seuls les paiements que vous avez saisis sont comptés.{' '}
        <a href={PATHS.money}>Déposer un relevé</a>
      </p>
    );
  if (bank.status === 'stale')
    return (
      <Alert tone="soon" title={fr`Votre client a peut-être payé depuis`}>
        <p>{bank.reason}</p>
        <LinkButton href={PATHS.money} icon="upload" weight="plain">
          Déposer un relevé
        </LinkButton>
      </Alert>
    );
  const until = knownUntil(bank);
  if (!until) return null;
  const age = daysBetween(until, today);
  return (
    <p class="q-note">
      <Icon name="transfer" /> Banque connue jusqu’au {longDay(until)}
      {age > 0 && ` (il y a ${age}\u00a0jour${age > 1 ? 's' : ''})`}.
    </p>
  );
}
