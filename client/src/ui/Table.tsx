// A real table with caption, row headers and a head that stays: scrolls inside its own region, by keyboard too.
import { useEffect, useId, useRef, useState, type ReactNode, type RefObject } from 'react'
import './Table.css'

export interface Column<Row> {
  key: string
  header: ReactNode
  render: (row: Row) => ReactNode
  /** Numbers stand at the end so that their digits line up. */
  align?: 'start' | 'end'
  /** The cell that names its row. */
  isRowHeader?: boolean
}

interface TableProps<Row> {
  caption: ReactNode
  /** Kept for screen readers when a heading already says it. */
  captionHidden?: boolean
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  /** Totals: one cell per column, in order. */
  footer?: readonly ReactNode[]
  /** Long lists get a height of their own, so that the head can stay in sight. */
  isLong?: boolean
  /** On phones each row becomes a block with its headers before its cells: for words; figures are better scrolled. */
  stacks?: boolean
}

export function Table<Row>({ caption, captionHidden, columns, rows, rowKey, footer, isLong, stacks }: TableProps<Row>) {
  const region = useRef<HTMLDivElement>(null)
  const overflows = useOverflow(region)
  const captionId = useId()
  return (
    <div
      ref={region}
      className={['table-region', isLong && 'table-region-long', stacks && 'table-stacks'].filter(Boolean).join(' ')}
      {...(overflows && { role: 'region', 'aria-labelledby': captionId, tabIndex: 0 })}
    >
      <table className="table">
        <caption id={captionId} className={captionHidden ? 'visually-hidden' : undefined}>
          <span className="table-caption">{caption}</span>
        </caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" className={cellClass(column)}>
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column) =>
                column.isRowHeader ? (
                  <th key={column.key} scope="row" className={cellClass(column)}>
                    {column.render(row)}
                  </th>
                ) : (
                  <td key={column.key} className={cellClass(column)} data-header={typeof column.header === 'string' ? column.header : undefined}>
                    {column.render(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
        {footer && (
          <tfoot>
            <tr>
              {columns.map((column, index) => (
                <td key={column.key} className={cellClass(column)}>
                  {footer[index]}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  )
}

function cellClass<Row>({ align, isRowHeader }: Column<Row>): string | undefined {
  return [align === 'end' && 'cell-end', isRowHeader && 'cell-header'].filter(Boolean).join(' ') || undefined
}

/** A region that does not scroll must not cost a tab stop. */
function useOverflow(region: RefObject<HTMLElement | null>): boolean {
  const [overflows, setOverflows] = useState(false)
  useEffect(() => {
    const element = region.current
    if (!element) return
    const watch = new ResizeObserver(() =>
      setOverflows(element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1),
    )
    watch.observe(element)
    if (element.firstElementChild) watch.observe(element.firstElementChild)
    return () => watch.disconnect()
  }, [region])
  return overflows
}
