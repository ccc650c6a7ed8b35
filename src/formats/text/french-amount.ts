/** "-14400.00" as "-14 400,00", with narrow no-break spaces. */
export function formatAmountFr(amount: string): string {
  const [whole = '', fraction] = amount.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '\u202f');
  return fraction === undefined ? grouped : `${grouped},${fraction}`;
}
