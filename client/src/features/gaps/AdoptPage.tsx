// Offering to stand by an area: what is adopted, for how long, what will be done, and who speaks for the giver.
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useMutation, useQuery } from 'urql'
import { useTranslations } from 'use-intl'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { ProblemWords, namesNothing, wordsOf } from '../../graphql/problem.ts'
import { useKeyFor } from '../../graphql/use-key-for.ts'
import { NotFoundPage } from '../../shell/NotFoundPage.tsx'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Choice.tsx'
import { ErrorSummary } from '../../ui/ErrorSummary.tsx'
import { Failed } from '../../ui/Failed.tsx'
import { Field } from '../../ui/Field.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { PageHeading } from '../../ui/PageHeading.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextArea, TextInput } from '../../ui/TextInput.tsx'
import { useToast } from '../../ui/Toasts.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { AreaPlace, idOfArea, placeOf } from '../areas/area-words.ts'
import { SupportKindWords, useSupportWords } from '../areas/support-kind.ts'
import { NotSignedIn } from '../identity/NotSignedIn.tsx'
import { useForm } from '../identity/use-form.ts'
import { partyOf, ViewerRoles } from '../identity/viewer.ts'

const AdoptQuery = graphql(
  `
    query AdoptPage($id: ID!) {
      viewer {
        ...ViewerRoles
      }
      supportKinds {
        ...SupportKindWords
      }
      area(id: $id) {
        ...AreaPlace
        isLiving
      }
    }
  `,
  [ViewerRoles, SupportKindWords, AreaPlace],
)

const AdoptArea = graphql(
  `
    mutation AdoptThisArea($input: AdoptAreaInput!) {
      adoptArea(input: $input) {
        adoption {
          id
        }
        problem {
          ...ProblemWords
        }
      }
    }
  `,
  [ProblemWords],
)

type Shown = ResultOf<typeof AdoptQuery>

export function AdoptPage() {
  const { id } = getRouteApi('/do-dau/$id').useParams()
  const { loai } = getRouteApi('/do-dau/$id').useSearch()
  const t = useTranslations('adopt')
  const [{ data, error }, ask] = useQuery({ query: AdoptQuery, variables: { id: idOfArea(id) } })
  if (!data && namesNothing(error)) return <NotFoundPage />
  if (!data && error) return <div className="page page-narrow"><Failed {...wordsOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} /></div>
  if (!data) return <div className="page page-narrow page-pending"><Waiting count={5} /></div>
  const { area, viewer, supportKinds } = data
  if (!area) return <NotFoundPage />
  const partyId = partyOf(viewer)
  if (!partyId) return <NotSignedIn returnTo={`/do-dau/${id}${loai ? `?loai=${loai}` : ''}`} />
  return (
    <div className="page page-narrow">
      <PageHeading title={t('title')} above={<Link to="/cho-thieu/$id" params={{ id }}>‹ {area.fullName}</Link>} lede={t('lede')}>
        {t('heading', { area: area.fullName })}
      </PageHeading>
      <p className="muted">{placeOf(area)}</p>
      {area.isLiving ? <AdoptForm partyId={partyId} areaId={area.id} kinds={supportKinds} kind={loai ?? ''} contact={viewer?.account.displayName ?? ''} /> : <Notice tone="warn"><p>{t('ended')}</p></Notice>}
    </div>
  )
}

interface AdoptFormProps {
  partyId: string
  areaId: string
  kinds: Shown['supportKinds']
  /** What to begin with. */
  kind: string
  contact: string
}

function AdoptForm({ partyId, areaId, kinds, kind, contact }: AdoptFormProps) {
  const t = useTranslations('adopt')
  const words = useSupportWords()
  const toast = useToast()
  const navigate = useNavigate()
  const [said, setSaid] = useState({ kind, statement: '', from: '', until: '', contactName: contact, contactPhone: '', anonymous: false })
  const [, adopt] = useMutation(AdoptArea)
  const idempotencyKey = useKeyFor(JSON.stringify(said))
  const say = (change: Partial<typeof said>) => setSaid({ ...said, ...change })
  const { errors, isBusy, submit, errorOf } = useForm(
    () => [
      ...(said.statement.trim().length < 10 ? ['statement' as const] : []),
      ...(said.from === '' ? ['from' as const] : []),
      ...(said.until === '' || said.until <= said.from ? ['until' as const] : []),
      ...(said.contactName.trim().length < 2 ? ['contactName' as const] : []),
    ].map((field) => ({ field, message: t(`missing.${field}`) })),
    async () => {
      const input = { ...said, partyId, areaId, kind: said.kind || null, contactPhone: said.contactPhone.trim() || null, idempotencyKey }
      const { data, error } = await adopt({ input })
      return { error, problem: data?.adoptArea?.problem }
    },
    () => {
      toast({ message: t('sent') })
      void navigate({ to: '/do-dau-cua-toi' })
    },
  )
  return (
    <form className="stack" noValidate onSubmit={submit}>
      <ErrorSummary errors={errors} />
      <Field name="kind" label={t('what')} error={errorOf('kind')}>
        <Select
          value={said.kind}
          options={[{ value: '', label: t('whole') }, ...kinds.map((each) => ({ value: each.code, label: words.name(each) }))]}
          onChange={(event) => say({ kind: event.target.value })}
        />
      </Field>
      <Field name="statement" label={t('statement')} hint={t('statementHint')} error={errorOf('statement')}>
        <TextArea rows={4} maxLength={1000} value={said.statement} onChange={(event) => say({ statement: event.target.value })} />
      </Field>
      <Field name="from" label={t('from')} error={errorOf('from')}>
        <TextInput type="date" value={said.from} onChange={(event) => say({ from: event.target.value })} />
      </Field>
      <Field name="until" label={t('until')} hint={t('untilHint')} error={errorOf('until')}>
        <TextInput type="date" value={said.until} onChange={(event) => say({ until: event.target.value })} />
      </Field>
      <Field name="contactName" label={t('contactName')} hint={t('contactHint')} error={errorOf('contactName')}>
        <TextInput autoComplete="name" maxLength={80} value={said.contactName} onChange={(event) => say({ contactName: event.target.value })} />
      </Field>
      <Field name="contactPhone" label={t('contactPhone')} error={errorOf('contactPhone')} optional>
        <TextInput type="tel" autoComplete="tel" maxLength={20} value={said.contactPhone} onChange={(event) => say({ contactPhone: event.target.value })} />
      </Field>
      <Checkbox label={t('anonymous')} note={t('anonymousNote')} checked={said.anonymous} onChange={(event) => say({ anonymous: event.target.checked })} />
      <div className="row">
        <Button type="submit" variant="primary" icon="shield" busy={isBusy}>{t('send')}</Button>
      </div>
    </form>
  )
}
