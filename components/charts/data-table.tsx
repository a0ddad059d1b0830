import type { ReactNode } from "react";

export type DataRow = { id: string; head: ReactNode; cells: ReactNode[] };

/**
 * The table twin of a chart: the same values, as a real table. On a phone each row becomes a block with its column
 * names beside the values, so that nothing scrolls sideways; the roles keep it a table for assistive technology.
 */
export function DataTable({ caption, columns, rows }: { caption: ReactNode; columns: string[]; rows: DataRow[] }) {
  return (
    // biome-ignore lint/a11y/noRedundantRoles: display: block on a phone would otherwise take the roles away.
    <table role="table" className="data-table">
      <caption>{caption}</caption>
      {/* biome-ignore lint/a11y/noRedundantRoles: as above. */}
      <thead role="rowgroup">
        {/* biome-ignore lint/a11y/noRedundantRoles: as above. */}
        <tr role="row">
          {columns.map((column) => (
            // biome-ignore lint/a11y/noRedundantRoles: as above.
            <th key={column} role="columnheader" scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      {/* biome-ignore lint/a11y/noRedundantRoles: as above. */}
      <tbody role="rowgroup">
        {rows.map((row) => (
          // biome-ignore lint/a11y/noRedundantRoles: as above.
          <tr key={row.id} role="row">
            {/* biome-ignore lint/a11y/noRedundantRoles: as above. */}
            <th role="rowheader" scope="row">
              {row.head}
            </th>
            {row.cells.map((cell, place) => (
              // biome-ignore lint/a11y/noRedundantRoles: as above.
              <td key={columns[place + 1]} role="cell" data-label={columns[place + 1]}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
