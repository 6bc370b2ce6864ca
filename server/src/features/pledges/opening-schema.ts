// Openings in the API: posts and promises to buy produce of which something is left, for whoever looks for work or for a buyer.
import { builder } from '../../graphql/builder.ts'
import { connectionOf, keyOf, pageArgs } from '../../graphql/define.ts'
import { type Args, type Bind, page } from '../../graphql/read.ts'
import { searchedFor } from '../../graphql/search.ts'
import { foldVi } from '../areas/fold.ts'
import { SupportFamily } from '../households/schema.ts'
import { PledgeLine } from './schema.ts'

const MAX_SEARCH = 80

/** Lines with terms that have all these words, each from its beginning on: "rau" is not found in "trâu". */
function termsWith({ search, withoutSkills }: Args, bind: Bind): string {
  const said = searchedFor(search)
  const words = foldVi([...(said ?? '')].slice(0, MAX_SEARCH).join('')).split(' ').filter(Boolean)
  // Folded words have nothing in them that LIKE would read otherwise.
  const has = said !== null && words.length === 0 ? ['false'] : words.map((word) => `search like ${bind(`% ${word}%`)}`)
  const posts = withoutSkills ? [...has, `skills_wanted = '{}'`] : has
  const agreements = [...has, 'season_to >= today_in_viet_nam()']
  return `select line_id from job_post where ${posts.join(' and ') || 'true'} union all select line_id from purchase_agreement where ${agreements.join(' and ')}`
}

/** One lies in the other. */
const meets = (path: string, place: string) => `(${path} <@ ${place} or ${path} @> ${place})`

/** Somebody of the area can be referred to it, or the work is there. */
function reaches(row: string, area: string, bind: Bind): string {
  const place = `(select path from area where id = ${bind(keyOf('Area', area, 'area'))})`
  return `(${meets(`${row}.area_path`, place)} or ${row}.id in (
    select line_id from job_post join area on area.id = job_post.area_id where ${meets('area.path', place)}))`
}

builder.queryField('openings', (t) =>
  t.field({
    type: connectionOf(PledgeLine), authScopes: { may: 'public.read' },
    description: 'Verified posts and promises to buy produce of which something is left, in a season that is not over: the newest first.',
    args: {
      ...pageArgs(t),
      area: t.arg.id({ required: false, description: 'Meant for this area, for one below or above it; or with the work there.' }),
      search: t.arg.string({ required: false, description: 'Words of skills, produce and the giver\'s own, with or without diacritics: "may cong nghiep". Up to 80 characters.' }),
      family: t.arg({ type: SupportFamily, required: false, description: 'JOB: only posts. OFFTAKE: only purchases.' }),
      withoutSkills: t.arg.boolean({ required: false, description: 'True: only what asks for no skill.' }),
    },
    ...page({
      place: () => '', // work in one place is offered to another
      isShown: true,
      where: (row, { args, bind }) => [
        `${row}.state = 'VERIFIED' and ${row}.allocated < ${row}.promised and ${row}.id in (${termsWith(args, bind)})`,
        args.family ? `${row}.kind_code in (select code from support_kind where family = ${bind(args.family)}::"SupportFamily")` : 'true',
        args.area ? reaches(row, args.area, bind) : 'true',
      ].join(' and '),
      order: [{ by: (row) => `(select pledge.registered_at from pledge where pledge.id = ${row}.pledge_id)`, type: 'timestamptz' }, { by: (row) => `${row}.id`, type: 'uuid' }],
      descending: true,
    }),
  }))
