import type { Simulated } from './simulation.ts';

const HEADERS = [
  'Façon de faire',
  'Net par dossier (€)',
  'Bas (9 sur 10)',
  'Haut (9 sur 10)',
  'Part du montant dû (%)',
  'Écart avec le conseil (€ par dossier)',
  'Dossiers rejoués',
] as const;

const decimal = (x: number): string => x.toFixed(2).replace('.', ',');
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** The comparison as a table for a French spreadsheet: semicolons, decimal commas, a mark that says UTF-8. */
export function simulationCsv({ simulation: { policies, claims } }: Simulated): string {
  const rows = policies.map(({ label, netPerClaim, shareOfFace, shortOfAdvice }) => [
    quoted(label),
    ...[netPerClaim.value, netPerClaim.low, netPerClaim.high, shareOfFace.value * 100, shortOfAdvice.value].map(decimal),
    String(claims),
  ]);
  return `\ufeff${[HEADERS.map(quoted), ...rows].map((row) => row.join(';')).join('\r\n')}\r\n`;
}
