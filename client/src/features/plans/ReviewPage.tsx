// The review of a plan in a period: n and N first, percentages derived, the printed figures beside them.
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useQuery } from 'urql'
import { useLocale, useTranslations } from 'use-intl'
import { useFormat } from '../../i18n/use-format.ts'
import { Badge } from '../../ui/Badge.tsx'
import { AnchorButton, Button } from '../../ui/Button.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Field } from '../../ui/Field.tsx'
import { PageHeading } from '../../ui/PageHeading.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { Asked } from '../desk/Asked.tsx'
import { today } from '../desk/today.ts'
import type { DeskSearch } from '../desk-routes.ts'
import { quartersAfter, roman } from './periods.ts'
import { planQuery, reviewQuery, type Plan, type Review } from './review-fields.ts'
import { ReviewTable } from './ReviewTable.tsx'
import './Review.css'

export function ReviewPage() {
  const t = useTranslations('desk')
  const { id } = useParams({ strict: false }) as { id: string }
  const query = useQuery({ query: planQuery, variables: { id: `Plan:${id}` } })
  return (
    <div className="desk-page review">
      <Asked query={query} shape="text">
        {({ plan }) =>
          plan ? (
            <PlanReview plan={plan} planKey={id} />
          ) : (
            <>
              <PageHeading>{t('review.nav')}</PageHeading>
              <Empty title={t('notYours')} />
            </>
          )
        }
      </Asked>
    </div>
  )
}

function PlanReview({ plan, planKey }: { plan: Plan; planKey: string }) {
  const t = useTranslations('desk')
  const format = useFormat()
  const language = useLocale()
  const { tu, den } = useSearch({ strict: false }) as DeskSearch
  const navigate = useNavigate()
  const lastDue = plan.targets.map(({ dueOn }) => dueOn).sort().at(-1) ?? plan.baselineOn
  const quarters = quartersAfter(plan.baselineOn, lastDue > today() ? lastDue : today())
  const from = tu ?? quarters[0]!.from
  const to = den ?? quarters[0]!.to
  const quarter = quarters.find((known) => known.from === from && known.to === to)
  const period = quarter ? t('review.quarter', { quarter: roman[quarter.quarter - 1]!, year: String(quarter.year) }) : t('review.period', { from: format.date(from), to: format.date(to) })
  const go = (search: DeskSearch) => void navigate({ to: '/cb/kiem-diem/$id', params: { id: planKey }, search, replace: true, resetScroll: false })
  const query = useQuery({ query: reviewQuery, variables: { plan: plan.id, from, to }, requestPolicy: 'cache-and-network' })
  const asked = new URLSearchParams({ tu: from, den: to, 'ngon-ngu': language })

  return (
    <>
      <PageHeading
        above={<Link to="/cb/kiem-diem">{t('review.nav')}</Link>}
        title={t('review.heading', { period, area: plan.area.fullName })}
        lede={t('review.by', { number: plan.number, issuer: plan.issuer, on: format.date(plan.issuedOn), standard: language === 'vi' ? plan.standard.name : plan.standard.nameEn })}
      >
        {t('review.heading', { period, area: plan.area.fullName })}
      </PageHeading>
      <div className="review-period no-print">
        <Field name="review-quarter" label={t('review.choosePeriod')}>
          <Select
            value={quarter?.key ?? ''}
            onChange={(event) => {
              const chosen = quarters.find(({ key }) => key === event.target.value)
              if (chosen) go({ tu: chosen.from, den: chosen.to })
            }}
            options={[
              ...(quarter ? [] : [{ value: '', label: t('review.otherPeriod') }]),
              ...quarters.map((known) => ({ value: known.key, label: t('review.quarter', { quarter: roman[known.quarter - 1]!, year: String(known.year) }) })),
            ]}
          />
        </Field>
        <Field name="review-from" label={t('review.from')}>
          <TextInput type="date" value={from} max={to} onChange={(event) => event.target.value && go({ tu: event.target.value, den: to })} />
        </Field>
        <Field name="review-to" label={t('review.to')}>
          <TextInput type="date" value={to} min={from} onChange={(event) => event.target.value && go({ tu: from, den: event.target.value })} />
        </Field>
        <div className="row review-export">
          <AnchorButton href={`/tai-ve/kiem-diem/${planKey}.xlsx?${asked}`} icon="download" download>
            {t('review.excel')}
          </AnchorButton>
          <Button icon="print" variant="primary" onClick={() => window.print()}>
            {t('review.print')}
          </Button>
        </div>
      </div>
      <Asked query={query} count={11}>
        {({ review }) => (review ? <Figures review={review} plan={plan} /> : <Empty icon="lock" title={t('review.notOver')}>{t('review.notOverNote')}</Empty>)}
      </Asked>
    </>
  )
}

function Figures({ review, plan }: { review: Review; plan: Plan }) {
  const t = useTranslations('desk')
  const format = useFormat()
  const { total } = review
  const units = review.rows.filter(({ kind }) => kind === 'UNIT')
  const named = units.reduce((sum, { had }) => sum + had, 0)
  const other = review.rows.find(({ kind }) => kind === 'OTHER')
  return (
    <>
      <ul role="list" className="row review-chips">
        <li>
          <Badge tone="info">
            {t('review.baseline', { on: format.date(plan.baselineOn), count: format.count(review.atBaseline) })}
            {review.householdsTotal !== null && ` / ${t('review.households', { count: format.count(review.householdsTotal) })} (${format.percent(review.atBaseline, review.householdsTotal, 2)})`}
          </Badge>
        </li>
        <li>
          <Badge tone="ok">
            {t('review.reduced')} {total.left}/{total.had} = {format.percent(total.left, total.had)}
          </Badge>
        </li>
        {review.targets.map(({ target, leftToReach, reached, agrees }) => (
          <li key={target.dueOn}>
            <Badge tone={leftToReach === 0 ? 'ok' : 'warn'}>
              {t(target.cumulative ? 'review.targetCumulative' : 'review.target', { on: format.date(target.dueOn) })} {target.numerator}/{target.denominator} = {format.percent(target.numerator, target.denominator)}
              {!agrees && ` (${t('review.printedPercent', { percent: target.printed })})`} · {leftToReach === 0 ? t('review.reachedTarget', { count: reached }) : t('review.leftToReach', { count: leftToReach })}
            </Badge>
          </li>
        ))}
      </ul>
      <ReviewTable review={review} planId={plan.id} />
      <div className="stack review-notes">
        <p>
          {t('review.units', { all: units.length + review.silentUnits.length, told: units.length, households: named })}{' '}
          {other && other.had > 0 && t('review.other', { households: other.had })}
        </p>
        {review.silentUnits.length > 0 && (
          <p>
            {t('review.silent', { count: review.silentUnits.length })} {review.silentUnits.map(({ fullName }) => fullName).join(', ')}. {t('review.silentNote')}
          </p>
        )}
        {[...units, total].some(({ had }) => had === 1) && <p>{t('review.namesOne')}</p>}
      </div>
    </>
  )
}
