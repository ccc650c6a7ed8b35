import { type Children, cx } from '../view.ts';

export interface Column<Row> {
  readonly header: string;
  readonly cell: (row: Row) => Children;
  /** amounts and counts stand right, so that units line up */
  readonly align?: 'end';
  /** what a row is called: exactly one column, read out before the others and the title of the card on a phone */
  readonly title?: boolean;
  /** never broken over two lines: numbers, codes */
  readonly tight?: boolean;
  /** the foot of the column: a total */
  readonly total?: Children;
}

interface Props<Row> {
  caption: string;
  /** the caption is for screen readers only when a visible title already says it */
  captionHidden?: boolean;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  /** the address a row leads to; the title cell becomes its link */
  href?: (row: Row) => string;
  /** shown in place of the table when there is no row */
  empty?: Children;
}

/** Browsers drop a table's meaning when its display changes, as it does on a phone: each part says its role again. */
const as = (role: string): { role: string } => ({ role });

/** A table whose rows become cards on a phone. */
export function DataTable<Row>({ caption, captionHidden = false, columns, rows, href, empty }: Props<Row>) {
  if (rows.length === 0 && empty !== undefined) return <>{empty}</>;
  const totals = columns.some((c) => c.total !== undefined);
  return (
    <table class="q-table" {...as('table')}>
      <caption class={cx(captionHidden && 'visually-hidden')}>{caption}</caption>
      <thead {...as('rowgroup')}>
        <tr {...as('row')}>
          {columns.map((c) => (
            <th {...as('columnheader')} scope="col" class={cx(c.align === 'end' && 'q-end')}>
              {c.header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody {...as('rowgroup')}>
        {rows.map((row) => (
          <tr {...as('row')} class={cx(href !== undefined && 'q-row-link')}>
            {columns.map((c) => (
              <BodyCell column={c} row={row} href={href} />
            ))}
          </tr>
        ))}
      </tbody>
      {totals && (
        <tfoot {...as('rowgroup')}>
          <tr {...as('row')}>
            {columns.map((c, index) =>
              index === 0 ? (
                <th {...as('rowheader')} scope="row">
                  {c.total ?? 'Total'}
                </th>
              ) : (
                <td
                  {...as('cell')}
                  data-label={c.header}
                  class={cx(c.align === 'end' && 'q-end', c.total === undefined && 'q-blank')}
                >
                  {c.total}
                </td>
              ),
            )}
          </tr>
        </tfoot>
      )}
    </table>
  );
}

function BodyCell<Row>({ column, row, href }: { column: Column<Row>; row: Row; href: ((row: Row) => string) | undefined }) {
  const content = column.cell(row);
  const align = cx(column.align === 'end' && 'q-end', column.tight && 'q-tight');
  if (column.title) {
    return (
      <th {...as('rowheader')} scope="row" class={cx('q-row-title', align)}>
        {href ? <a href={href(row)}>{content}</a> : content}
      </th>
    );
  }
  return (
    <td {...as('cell')} data-label={column.header} class={align || undefined}>
      {content}
    </td>
  );
}
