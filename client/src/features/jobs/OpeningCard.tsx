// One opening: a post or a promise to buy produce, how much of it is left, on what terms, from whom and for whom.
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Card } from '../../ui/Card.tsx'
import { When } from '../../ui/Figure.tsx'
import { KindMark } from '../../ui/KindMark.tsx'
import { AreaPlace, keyOfArea, placeOf } from '../areas/area-words.ts'
import { pictureOf, SupportKindWords, useSupportWords } from '../areas/support-kind.ts'

export const OpeningParts = graphql(
  `
    fragment OpeningParts on PledgeLine @_unmask {
      id
      detail
      kind {
        ...SupportKindWords
      }
      quantities {
        promised
        open
      }
      post {
        area {
          ...AreaPlace
        }
        skillsWanted
        skillsTaught
        wage
        startsOn
      }
      agreement {
        product
        seasonFrom
        seasonTo
        floorPrice
      }
      pledge {
        id
        anonymous
        area {
          ...AreaPlace
        }
        party {
          id
          name
        }
      }
    }
  `,
  [AreaPlace, SupportKindWords],
)

export type Opening = ResultOf<typeof OpeningParts>

/** `ways`: what the viewer can do with it. */
export function OpeningCard({ opening, ways }: { opening: Opening; ways: ReactNode }) {
  const t = useTranslations('openings')
  const format = useFormat()
  const words = useSupportWords()
  const { id, kind, quantities, detail, post, agreement, pledge } = opening
  return (
    <Card as="li" className="opening">
      <div className="row opening-head">
        <KindMark kind={pictureOf(kind)} />
        <b className="figures">{t('left', { open: format.count(quantities.open), promised: words.amount(kind, quantities.promised) })}</b>
      </div>
      <h3 id={id}>{post ? t('workIn', { area: post.area.fullName }) : t('buys', { product: agreement?.product ?? words.name(kind) })}</h3>
      {detail && <p>{detail}</p>}
      <dl className="opening-facts">
        {post && (
          <>
            <Fact term={t('wage')}><b className="figures">{t('aMonth', { wage: format.vnd(post.wage) })}</b></Fact>
            <Fact term={t('startsOn')}><When at={post.startsOn} /></Fact>
            <Fact term={t('skills')}><Skills {...post} /></Fact>
            <Fact term={t('workplace')}><Place area={post.area} /></Fact>
          </>
        )}
        {agreement && (
          <>
            <Fact term={t('floorPrice')}><b className="figures">{t('aKilo', { price: format.vnd(agreement.floorPrice) })}</b></Fact>
            <Fact term={t('season')}><When at={agreement.seasonFrom} /> – <When at={agreement.seasonTo} /></Fact>
          </>
        )}
        <Fact term={t('meantFor')}><Place area={pledge.area} /></Fact>
        <Fact term={t('giver')}><bdi>{pledge.party?.name ?? t(pledge.anonymous ? 'unnamed' : 'someone')}</bdi></Fact>
      </dl>
      {ways}
    </Card>
  )
}

function Skills({ skillsWanted, skillsTaught }: { skillsWanted: readonly string[]; skillsTaught: readonly string[] }) {
  const t = useTranslations('openings')
  return (
    <ul role="list" className="opening-skills">
      {skillsWanted.length === 0 && <li><Badge tone="ok" icon="check">{t('noSkill')}</Badge></li>}
      {skillsWanted.map((skill) => <li key={skill}><Badge>{t('wanted', { skill })}</Badge></li>)}
      {skillsTaught.map((skill) => <li key={skill}><Badge tone="info" icon="training">{t('taught', { skill })}</Badge></li>)}
    </ul>
  )
}

/** In words, so that nobody needs a map. */
function Place({ area }: { area: AreaPlace }) {
  const above = placeOf(area)
  return (
    <>
      <Link to="/thon/$id" params={{ id: keyOfArea(area.id) }}>{area.fullName}</Link>
      {above && <span className="muted">, {above}</span>}
    </>
  )
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  )
}
