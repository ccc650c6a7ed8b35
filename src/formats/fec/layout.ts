/**
 * The layout of the "fichier des écritures comptables" (LPF A47 A-1): eighteen columns, named in its first line. Some files hold Montant and
 * Sens instead of Debit and Credit, or further columns after these.
 */
export const FEC_COLUMNS = [
  'JournalCode',
  'JournalLib',
  'EcritureNum',
  'EcritureDate',
  'CompteNum',
  'CompteLib',
  'CompAuxNum',
  'CompAuxLib',
  'PieceRef',
  'PieceDate',
  'EcritureLib',
  'Debit',
  'Credit',
  'EcritureLet',
  'DateLet',
  'ValidDate',
  'Montantdevise',
  'Idevise',
] as const;

export type FecColumn = (typeof FEC_COLUMNS)[number];

/** One line of a FEC. Amounts are decimal strings, days ISO; an empty cell is null. */
export interface FecLine {
  /** line of the file, from 1 */
  readonly line: number;
  readonly journalCode: string | null;
  readonly journalLabel: string | null;
  readonly entryNumber: string | null;
  readonly entryDate: string;
  readonly account: string;
  readonly accountLabel: string | null;
  readonly auxiliary: string | null;
  readonly auxiliaryLabel: string | null;
  readonly pieceRef: string | null;
  readonly pieceDate: string | null;
  readonly label: string | null;
  readonly debit: string;
  readonly credit: string;
  readonly lettering: string | null;
  readonly letteredOn: string | null;
  readonly validatedOn: string | null;
  readonly foreignAmount: string | null;
  readonly foreignCurrency: string | null;
}
