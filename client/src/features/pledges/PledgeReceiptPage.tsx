// The receipt of a pledge, for the giver alone: the code by which anyone who holds it can follow it, and the one for transfers, on screen and on paper.
import { getRouteApi, useLocation } from '@tanstack/react-router'
import { useState } from 'react'
import { useQuery } from 'urql'
import { useTranslations } from 'use-intl'
import { graphql } from '../../graphql/graphql.ts'
import { wordsOf } from '../../graphql/problem.ts'
import { NotFoundPage } from '../../shell/NotFoundPage.tsx'
import { Button, LinkButton } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { Failed } from '../../ui/Failed.tsx'
import { When } from '../../ui/Figure.tsx'
import { PageHeading } from '../../ui/PageHeading.tsx'
import { QrCode } from '../../ui/QrCode.tsx'
import { useToast } from '../../ui/Toasts.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { AreaPlace, placeOf } from '../areas/area-words.ts'
import { SupportKindWords, useSupportWords } from '../areas/support-kind.ts'
import { LineTerms, LineTermsWords } from './LineTerms.tsx'
import { codeInGroups } from '../../../../common/code-in-groups.ts'
import './pledges.css'

declare module '@tanstack/react-router' {
  interface HistoryState {
    giver?: string
  }
}

const ReceiptQuery = graphql(
  `
    query PledgeReceipt($code: String!) {
      pledgeByCode(code: $code) {
        id
        followCode
        transferCode
        anonymous
        expectedOn
        registeredAt
        isDemonstration
        party {
          id
          name
        }
        area {
          ...AreaPlace
        }
        lines {
          ...LineTermsWords
          id
          detail
          kind {
            ...SupportKindWords
          }
          quantities {
            promised
          }
        }
      }
    }
  `,
  [AreaPlace, SupportKindWords, LineTermsWords],
)

export function PledgeReceiptPage() {
  const { code: typed } = getRouteApi('/bien-nhan/$code').useParams()
  const t = useTranslations('receipt')
  const words = useSupportWords()
  // Whoever has just pledged reads their name; the code alone does not tell an anonymous giver's.
  const giver = useLocation({ select: ({ state }) => state.giver })
  const [{ data, error }, ask] = useQuery({ query: ReceiptQuery, variables: { code: typed } })
  if (!data && error) return <div className="page page-narrow"><Failed {...wordsOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} /></div>
  if (!data) return <div className="page page-narrow page-pending"><Waiting count={5} /></div>
  const pledge = data.pledgeByCode
  const code = pledge?.followCode
  if (!pledge || !code) return <NotFoundPage />
  return (
    <div className="page page-narrow">
      <PageHeading title={t('title')} lede={t('lede')}>{t('heading')}</PageHeading>
      <Card className="receipt">
        <div className="receipt-code">
          <QrCode content={addressOf(code)} size={176} label={t('qr')} />
          <div>
            <p className="muted">{t('yourCode')}</p>
            <p className="follow-code figures">{codeInGroups(code)}</p>
            <p className="muted">{t('keepSecret')}</p>
          </div>
        </div>
        <dl className="answers">
          <Answer label={t('giver')}><bdi>{giver ?? pledge.party?.name ?? t(pledge.anonymous ? 'anonymous' : 'unnamed')}</bdi>{giver && pledge.anonymous && ` (${t('notPublic')})`}</Answer>
          <Answer label={t('for')}>{pledge.area.fullName}, {placeOf(pledge.area)}</Answer>
          {pledge.lines.map(({ id, kind, detail, quantities, post, agreement }) => (
            <Answer key={id} label={words.name(kind)}>
              <b>{words.amount(kind, quantities.promised)}</b>{detail && ` – ${detail}`}
              <LineTerms post={post} agreement={agreement} />
            </Answer>
          ))}
          {pledge.transferCode && <Answer label={t('transferCode')}><span className="figures">{codeInGroups(pledge.transferCode)}</span> <span className="muted">– {t('transferHint')}</span></Answer>}
          <Answer label={t('expectedOn')}><When at={pledge.expectedOn} /></Answer>
          <Answer label={t('registeredAt')}><When at={pledge.registeredAt} withTime /></Answer>
        </dl>
        <p className="muted">{t('notMoney')} {pledge.isDemonstration && t('demo')}</p>
      </Card>
      <div className="row no-print">
        <LinkButton to="/theo-doi/$code" params={{ code }} variant="primary" icon="route">{t('follow')}</LinkButton>
        <Button icon="print" onClick={() => window.print()}>{t('print')}</Button>
        <ShareButtons code={code} />
      </div>
    </div>
  )
}

const addressOf = (code: string): string => `${window.location.origin}/theo-doi/${code}`

function ShareButtons({ code }: { code: string }) {
  const t = useTranslations('receipt')
  const toast = useToast()
  const [isRefused, setRefused] = useState(false)
  async function copy() {
    try {
      await navigator.clipboard.writeText(codeInGroups(code))
      toast({ message: t('copied') })
    } catch {
      setRefused(true) // the code itself is selectable
    }
  }
  return (
    <>
      <Button icon="plus" onClick={copy}>{t('copy')}</Button>
      {'share' in navigator && <Button icon="arrow-right" onClick={() => void navigator.share({ title: t('shareTitle'), url: addressOf(code) }).catch(() => {})}>{t('share')}</Button>}
      {isRefused && <p role="status">{t('copyByHand')}</p>}
    </>
  )
}

function Answer({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}
