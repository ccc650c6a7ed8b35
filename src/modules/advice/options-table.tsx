import { ACTION_WORDS, type Action } from '#core/advice/actions.ts';
import type { Blocked, OptionValue } from '#core/advice/decision.ts';
import { type Column, DataTable, Disclosure } from '#ui/components/index.ts';
import type { Advised } from './advice.ts';
import { about, chanceWords, delayWords, hoursWords } from './words.ts';

/** The steps open today, in figures. */
export function OptionsTable({ of }: { of: Advised }) {
  const { decision } = of;
  const columns: readonly Column<OptionValue>[] = [
    {
      header: 'Étape',
      title: true,
      cell: (o) => (
        <>
          {ACTION_WORDS[o.action].title}
          {o.action === decision.proposed && <span class="q-advice-mark">proposée</span>}
          {o.action !== decision.proposed && decision.tie.includes(o.action) && (
            <span class="q-advice-mark q-advice-tie">équivalente</span>
          )}
        </>
      ),
    },
    { header: 'Net attendu', align: 'end', tight: true, cell: (o) => <strong>{about(o.net)}</strong> },
    {
      header: '8 cas sur 10',
      align: 'end',
      cell: (o) => <span>{bandWords(o)}</span>,
    },
    { header: 'À avancer', align: 'end', tight: true, cell: (o) => about(o.outlay) },
    { header: 'Votre temps', align: 'end', tight: true, cell: (o) => hoursWords(o.hours) },
    { header: 'Argent dans', align: 'end', tight: true, cell: (o) => delayWords(o.daysToMoney) },
    { header: 'Risque de perte', align: 'end', tight: true, cell: (o) => chanceWords(o.chanceOfLoss) },
  ];
  return (
    <>
      <DataTable caption="Les étapes possibles aujourd’hui" captionHidden columns={columns} rows={decision.options} />
      <p class="q-note q-advice-legend">
        Moyennes sur toute la suite, si chaque étape est menée au mieux&#8239;: frais et temps déduits (
        {about(BigInt(Math.round(of.params.values.hourlyRate.value * 100)))} de l’heure). Perdre, c’est dépenser plus en frais et
        en temps que ce qui revient.
      </p>
    </>
  );
}

/** « −490 € à 6 911 € »; one figure when the band has no width. */
function bandWords({ band }: OptionValue): string {
  const [low, , high] = band.map(about);
  return low === high ? `environ ${low}` : `${low} à ${high}`;
}

/** « Pourquoi pas…\u202f? », for every step that is not the one proposed. */
export function WhyNot({ of }: { of: Advised }) {
  const { decision } = of;
  const others = decision.options.filter((o) => o.action !== decision.proposed);
  const proposed = decision.options.find((o) => o.action === decision.proposed);
  return (
    <div class="q-advice-why">
      {others.map((o) => (
        <Disclosure summary={`Pourquoi pas\u202f: ${ACTION_WORDS[o.action].title.toLowerCase()}\u202f?`}>
          <p>{whyNot(o, proposed, decision.tie.includes(o.action))}</p>
        </Disclosure>
      ))}
      {decision.blocked
        .filter((b) => !WITHOUT_INTEREST.has(b.rule) && of.claim.solvency !== 'published')
        .map((b) => (
          <Disclosure summary={`Pourquoi pas\u202f: ${ACTION_WORDS[b.action].title.toLowerCase()}\u202f?`}>
            <p>
              <strong>Fermée aujourd’hui.</strong> {closedWords(b)}
              {b.article && <span class="q-note"> ({b.article})</span>}
            </p>
          </Disclosure>
        ))}
      {of.claim.solvency === 'published' && (
        <Disclosure summary="Pourquoi pas une relance ou un procès&#8239;?">
          <p>
            {capital(decision.blocked[0]?.says ?? '')} <span class="q-note">({decision.blocked[0]?.article})</span>
          </p>
        </Disclosure>
      )}
    </div>
  );
}

/** Steps closed for a reason that nobody would ask about. */
const WITHOUT_INTEREST: ReadonlySet<string> = new Set(['not-published', 'no-title', 'no-dispute']);

function whyNot(o: OptionValue, proposed: OptionValue | undefined, tied: boolean): string {
  if (!proposed) return o.reason;
  if (tied)
    return `À quelques euros près, cette étape vaut autant (${about(o.net)} contre ${about(proposed.net)}). À valeur égale, Quitus propose la plus douce\u202f; l’autre se défend aussi.`;
  const said = [`En moyenne, cette étape laisserait ${about(shownLess(proposed.net, o.net))} de moins que l’étape proposée.`];
  if (o.outlay > proposed.outlay + 2000n)
    said.push(`Elle demande d’avancer ${about(o.outlay)}, contre ${about(proposed.outlay)}.`);
  if (o.daysToMoney !== null && proposed.daysToMoney !== null && o.daysToMoney > proposed.daysToMoney + 20)
    said.push(`L’argent viendrait plus tard\u202f: ${delayWords(o.daysToMoney)}, contre ${delayWords(proposed.daysToMoney)}.`);
  if (o.chanceOfLoss > proposed.chanceOfLoss + 0.05)
    said.push(
      `Le risque d’y perdre est plus grand\u202f: ${chanceWords(o.chanceOfLoss)}, contre ${chanceWords(proposed.chanceOfLoss)}.`,
    );
  if (o.action === 'WRITEOFF' && o.daysToMoney !== null)
    said.push('Arrêter ne coûte presque rien, et un paiement spontané reste possible\u202f: c’est ce que compte ce chiffre.');
  return said.join(' ');
}

/** The difference of two amounts as they are shown, in whole euros: people subtract what they read. */
const shownLess = (more: bigint, less: bigint): bigint => inEuros(more) - inEuros(less);
const inEuros = (cents: bigint): bigint => ((cents + (cents < 0n ? -50n : 50n)) / 100n) * 100n;

/** What was done, where a step is closed because it was. */
const DONE_WORDS: Readonly<Partial<Record<Action, string>>> = {
  EMAIL: 'Trois relances écrites sont déjà parties\u202f: une de plus n’y changerait guère.',
  CALL: 'Deux appels sont déjà notés\u202f: un de plus n’y changerait guère.',
  PLAN: 'Un échéancier a déjà été proposé.',
  CREDIT: 'Un avoir a déjà été proposé.',
  MEDIATION: 'Une médiation ou une conciliation a déjà été tentée.',
  MED: 'La mise en demeure est déjà partie.',
  AGENCY: 'Une société de recouvrement a déjà essayé.',
  PSR: 'La procédure des petites créances a déjà été tentée.',
  IP: 'L’injonction de payer a déjà été demandée.',
  REFERE: 'Un référé a déjà été tenté.',
};
const closedWords = ({ action, rule, says }: Blocked): string =>
  (rule === 'already-done' ? DONE_WORDS[action] : undefined) ?? capital(says);

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
