// The herd's book: what became of the livestock of an allocation, "1 cow → k households", and all that is recorded of it.
import { Link, useParams } from '@tanstack/react-router'
import { useQuery } from 'urql'
import { useLocale, useTranslations } from 'use-intl'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { Card } from '../../ui/Card.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { When } from '../../ui/Figure.tsx'
import { PageHeading } from '../../ui/PageHeading.tsx'
import { Asked } from '../desk/Asked.tsx'
import { useDesk } from '../desk/desk-context.ts'
import { useDeskLive } from '../desk/live.ts'
import { Fact } from '../desk/PledgePanel.tsx'
import { kindFields, useKindName } from '../desk/support.tsx'
import { HerdPicture, animalFields } from './HerdPicture.tsx'
import { HerdQueue } from './HerdQueue.tsx'
import { RegisterAnimalForm } from './RegisterAnimalForm.tsx'
import { communeOf } from './herd-queue.ts'
import './Herd.css'

const herdQuery = graphql(
  `
    query DeskHerd($id: ID!) {
      hub { feedCursor }
      allocation(id: $id) {
        id
        recipientCode
        area { id kind parent { id } }
        kind { ...DeskKind }
        quantities { received }
        herd {
          id
          founders
          households
          living
          startedOn
          rule { code name nameEn source sourceEn note noteEn }
          animals { ...HerdAnimal }
        }
      }
      rotationRules { code name nameEn kind { code } }
    }
  `,
  [kindFields, animalFields],
)

type Allocation = NonNullable<ResultOf<typeof herdQuery>['allocation']>

export function HerdPage() {
  const t = useTranslations('desk.herd')
  const tDesk = useTranslations('desk')
  const { isOffice, isOfficer } = useDesk()
  const { id } = useParams({ strict: false }) as { id: string }
  const query = useQuery({ query: herdQuery, variables: { id: `Allocation:${id}` }, requestPolicy: 'cache-and-network' })
  const again = () => query[1]({ requestPolicy: 'network-only' })
  useDeskLive(query[0].data?.hub.feedCursor, again)
  return (
    <div className="desk-page">
      <Asked query={query} shape="text">
        {({ allocation, rotationRules }) => {
          if (!allocation) {
            return (
              <>
                <PageHeading>{t('title')}</PageHeading>
                <Empty title={tDesk('notYours')} />
              </>
            )
          }
          const { herd, kind, quantities, area } = allocation
          return (
            <>
              <Heading allocation={allocation} id={id} />
              {herd && (
                <Card as="section" aria-labelledby="family" className="desk-part">
                  <h2 id="family">{t('family')}</h2>
                  <HerdPicture animals={herd.animals} rule={herd.rule.code} onChanged={again} />
                </Card>
              )}
              {herd && isOffice && <HerdQueue rule={herd.rule.code} area={communeOf(area)} />}
              {isOfficer && (herd?.founders ?? 0) < Number(quantities.received) && (
                <RegisterAnimalForm
                  allocationId={allocation.id}
                  rules={rotationRules.filter((rule) => (herd ? rule.code === herd.rule.code : rule.kind.code === kind.code))}
                  onDone={again}
                />
              )}
            </>
          )
        }}
      </Asked>
    </div>
  )
}

function Heading({ allocation, id }: { allocation: Allocation; id: string }) {
  const t = useTranslations('desk.herd')
  const kindName = useKindName()
  const language = useLocale()
  const { herd } = allocation
  const what = `${allocation.recipientCode} · ${kindName(allocation.kind)}`
  return (
    <>
      <PageHeading
        title={`${t('title')} · ${what}`}
        above={
          <Link to="/cb/giao-nhan/$id" params={{ id }}>
            {what}
          </Link>
        }
        lede={herd ? t('living', { n: herd.living }) : t('none')}
      >
        {herd ? t('spread', { founders: herd.founders, households: herd.households, kind: allocation.kind.code }) : t('title')}
      </PageHeading>
      {herd && (
        <dl className="desk-facts">
          <Fact term={t('rule')}>{language === 'vi' ? herd.rule.name : herd.rule.nameEn}</Fact>
          <Fact term={t('startedOn')}>
            <When at={herd.startedOn} />
          </Fact>
          <Fact isLong term={t('source')}>
            {language === 'vi' ? herd.rule.source : herd.rule.sourceEn}. {language === 'vi' ? herd.rule.note : herd.rule.noteEn}
          </Fact>
        </dl>
      )}
    </>
  )
}
