// What verified pledges come to, in SQL.
import type { Args, Bind } from '../../graphql/read.ts'

const MEASURES = ['pledges', 'promised', 'allocated', 'dispatched', 'received', 'settled']

/** The path above all others. */
export const NATION = `''::ltree`
/** What one unit of a line was worth on the day of its promise, by the dated price list. */
export const unitPrice = (line: string) => `coalesce((select cost from support_price where support_price.kind_code = ${line}.kind_code
  and applies_from <= (select (registered_at at time zone 'Asia/Ho_Chi_Minh')::date from pledge where pledge.id = ${line}.pledge_id)
  order by applies_from desc limit 1), (select typical_cost from support_kind where code = ${line}.kind_code))`

/** Sorts after every area's id: what lies below a path ends here. */
const AFTER_ANY_AREA = 'z'

/**
 * By kind, for the area of a path and all below it; `from` and `to` are days whose months are the first and the last that count.
 * The sums of that one area and what has been written since, seen at once: exact at any moment, and equally dear at every level.
 */
export function totalsOf(path: string, bind: Bind, { from, to }: Args): string {
  const months = [from ? `period >= date_trunc('month', ${bind(from)}::timestamp)::date` : '', to ? `period <= ${bind(to)}::date` : ''].filter(Boolean)
  const folded = months.length ? [`period > '-infinity'`, ...months] : [`period = '-infinity'`]
  const columns = `kind_code, ${MEASURES.join(', ')}`
  return `(select kind_code, ${MEASURES.map((name) => `sum(${name})${name === 'pledges' ? '::int' : ''} as ${name}`).join(', ')}
    from (
      select ${columns} from roll_up where ${[`area_path = ltree2text(${path})`, ...folded].join(' and ')}
      union all
      select ${columns} from roll_up_delta where ${[`area_path >= ${path}`, `area_path < ${path} || '${AFTER_ANY_AREA}'`, ...months].join(' and ')}) counted
    group by kind_code
    having ${MEASURES.map((name) => `sum(${name}) <> 0`).join(' or ')})`
}
