// Plans of the office's area, of today and of before; each leads to its review.
import { Link } from '@tanstack/react-router'
import { useQuery } from 'urql'
import { useLocale, useTranslations } from 'use-intl'
import { graphql } from '../../graphql/graphql.ts'
import { Card } from '../../ui/Card.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { When } from '../../ui/Figure.tsx'
import { PageHeading } from '../../ui/PageHeading.tsx'
import { Asked } from '../desk/Asked.tsx'
import { useDeskArea } from '../desk/desk-context.ts'
import { keyPart } from '../desk/key-part.ts'

const plansQuery = graphql(`
  query DeskPlans($area: ID) {
    plans(area: $area, first: 50) {
      totalCount
      nodes { id number title titleEn issuer issuedOn area { id fullName } }
    }
  }
`)

export function PlansPage() {
  const t = useTranslations('desk')
  const language = useLocale()
  const area = useDeskArea()
  const query = useQuery({ query: plansQuery, variables: { area: area.id } })
  return (
    <div className="desk-page">
      <PageHeading lede={t('review.lede')}>{t('review.nav')}</PageHeading>
      <Asked query={query} shape="card" count={2}>
        {({ plans }) =>
          plans.nodes.length === 0 ? (
            <Empty icon="sprout" title={t('review.noPlans')} />
          ) : (
            <ul role="list" className="desk-list">
              {plans.nodes.map((plan) => (
                <Card as="li" isLink key={plan.id}>
                  <h2>
                    <Link to="/cb/kiem-diem/$id" params={{ id: keyPart(plan.id) }} className="card-link">
                      {plan.number} · {plan.area.fullName}
                    </Link>
                  </h2>
                  <p>{language === 'vi' ? plan.title : plan.titleEn}</p>
                  <p className="muted">
                    {plan.issuer}, <When at={plan.issuedOn} />
                  </p>
                </Card>
              ))}
            </ul>
          )
        }
      </Asked>
    </div>
  )
}
