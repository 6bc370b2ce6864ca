// Pledging to an area, one question at a time; what is written stays on the device until it is sent.
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useMutation, useQuery } from 'urql'
import { useTranslations } from 'use-intl'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { fieldOf, namesNothing, wordsOf } from '../../graphql/problem.ts'
import { NotFoundPage } from '../../shell/NotFoundPage.tsx'
import { Button } from '../../ui/Button.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { ErrorSummary, faultsIn, firstOfEach, type FormError } from '../../ui/ErrorSummary.tsx'
import { Failed } from '../../ui/Failed.tsx'
import { PageHeading } from '../../ui/PageHeading.tsx'
import { WizardSteps } from '../../ui/Steps.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { EndedNotice, AreaHistoryParts } from '../areas/AreaHistory.tsx'
import { AreaNeeds } from '../areas/AreaNeeds.tsx'
import { AreaPlace, idOfArea, placeOf } from '../areas/area-words.ts'
import { SupportKindWords, useSupportWords } from '../areas/support-kind.ts'
import { partyOf, ViewerRoles } from '../identity/viewer.ts'
import { MakePledge } from './make-pledge.ts'
import { edited, emptyDraft, type Fault, faultsOf, inputOf, keepDraft, keptDraft, placeOfField, type PledgeDraft, type Step, steps, withGap, withTerms } from './pledge-draft.ts'
import { CheckStep, WhatStep, WhenStep, WhoStep } from './pledge-steps.tsx'
import { dayInVietNam } from './pledge-life.ts'
import './pledges.css'

const MakePledgeQuery = graphql(
  `
    query PledgeTo($id: ID!) {
      viewer {
        ...ViewerRoles
      }
      supportKinds {
        ...SupportKindWords
        typicalCost
      }
      area(id: $id) {
        ...AreaPlace
        ...AreaNeeds
        ...AreaHistoryParts
      }
    }
  `,
  [ViewerRoles, SupportKindWords, AreaPlace, AreaNeeds, AreaHistoryParts],
)

type Asked = ResultOf<typeof MakePledgeQuery>
export type PledgeableKind = Asked['supportKinds'][number]

export function MakePledgePage() {
  const { id } = getRouteApi('/chung-tay/$id').useParams()
  const t = useTranslations('pledgeForm')
  const [{ data, error }, ask] = useQuery({ query: MakePledgeQuery, variables: { id: idOfArea(id) } })
  if (!data && namesNothing(error)) return <NotFoundPage />
  if (error && !data) return <div className="page page-narrow"><Failed {...wordsOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} /></div>
  if (!data) return <div className="page page-narrow page-pending"><Waiting count={5} /></div>
  if (!data.area) return <NotFoundPage />
  if (!data.area.isLiving) {
    return (
      <div className="page page-narrow">
        <PageHeading title={t('title')}>{t('heading', { area: data.area.fullName })}</PageHeading>
        <EndedNotice area={data.area} />
        <Empty icon="hamlet" title={t('chooseSuccessor')} />
      </div>
    )
  }
  return <PledgeForm key={id} areaKey={id} area={data.area} kinds={data.supportKinds} viewer={data.viewer} />
}

interface PledgeFormProps {
  areaKey: string
  area: NonNullable<Asked['area']>
  kinds: Asked['supportKinds']
  viewer: Asked['viewer']
}

function PledgeForm({ areaKey, area, kinds, viewer }: PledgeFormProps) {
  const t = useTranslations('pledgeForm')
  const navigate = useNavigate()
  const [kept] = useState(() => keptDraft(areaKey))
  const gap = getRouteApi('/chung-tay/$id').useSearch()
  const [draft, setDraft] = useState<PledgeDraft>(() => withTerms(withGap(kept ?? emptyDraft(), gap, kinds.map(({ code }) => code)), kinds, area))
  const [step, setStep] = useState<Step>('what')
  const [errors, setErrors] = useState<readonly FormError[]>([])
  const [{ fetching }, send] = useMutation(MakePledge)
  const isSending = useRef(false)
  const partyId = partyOf(viewer)
  const wordsOfFault = useFaultWords(kinds)
  const question = useQuestionFocus(step)
  const today = useMemo(() => dayInVietNam(), [])

  function edit(change: Partial<PledgeDraft>) {
    const next = withTerms(edited(draft, change), kinds, area)
    setDraft(next)
    keepDraft(areaKey, next)
  }

  function go(next: Step) {
    setErrors([])
    setStep(next)
  }

  function goOn(form: HTMLFormElement) {
    const faults = faultsOf(step, draft, { today, isOwnParty: partyId !== null }).map((fault) => ({ field: fault.field, message: wordsOfFault(fault) }))
    const wrong = firstOfEach([...faultsIn(form), ...faults])
    if (wrong.length > 0) return setErrors(wrong)
    if (step === 'check') return void submit()
    go(steps[steps.indexOf(step) + 1] ?? 'check')
  }

  async function submit() {
    if (isSending.current) return
    isSending.current = true
    setErrors([])
    const { data, error } = await send({ input: inputOf(draft, area.id, partyId) })
    isSending.current = false
    const { pledge, problem } = data?.makePledge ?? {}
    const code = pledge?.followCode
    if (code) {
      keepDraft(areaKey, null)
      return void navigate({ to: '/bien-nhan/$code', params: { code }, state: partyId ? {} : { giver: draft.name.trim() } })
    }
    if (!problem) return setErrors([{ message: wordsOf(error).message ?? t('notSent') }])
    const place = placeOfField(fieldOf(problem) ?? '', draft)
    setStep(place.step)
    setErrors([{ message: problem.message, ...(place.step === 'check' ? {} : { field: place.field }) }])
  }

  const errorOf = (field: string) => errors.find((error) => error.field === field)?.message
  const part = { draft, edit, errorOf }
  const at = steps.indexOf(step)
  return (
    <div className="page page-narrow">
      <PageHeading title={t('title')} above={<Link to="/thon/$id" params={{ id: areaKey }}>‹ {area.fullName}</Link>} lede={placeOf(area)}>
        {t('heading', { area: area.fullName })}
      </PageHeading>
      <WizardSteps steps={steps.map((name) => t(`step.${name}`))} current={at} />
      <form
        className="pledge-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          goOn(event.currentTarget)
        }}
      >
        <ErrorSummary errors={errors} />
        {kept && step === 'what' && <p className="muted">{t('restored')}</p>}
        <h2 tabIndex={-1} ref={question}>{t(`question.${step}`)}</h2>
        {step === 'what' && <WhatStep {...part} kinds={kinds} needs={area.needs} />}
        {step === 'when' && <WhenStep {...part} today={today} />}
        {step === 'who' && <WhoStep {...part} viewer={partyId ? viewer : null} returnTo={`/chung-tay/${areaKey}`} />}
        {step === 'check' && <CheckStep draft={draft} kinds={kinds} areaName={area.fullName} viewer={partyId ? viewer : null} onChange={go} />}
        <div className="row">
          <Button type="submit" variant="primary" busy={fetching} {...(step === 'check' ? { icon: 'hands' } : { iconEnd: 'arrow-right' })}>
            {t(step === 'check' ? 'send' : 'next')}
          </Button>
          {at > 0 && (
            <Button icon="arrow-left" onClick={() => go(steps[at - 1] ?? 'what')}>
              {t('back')}
            </Button>
          )}
        </div>
      </form>
    </div>
  )
}

function useFaultWords(kinds: readonly PledgeableKind[]): (fault: Fault) => string {
  const t = useTranslations('pledgeForm.fault')
  const words = useSupportWords()
  return (fault) => {
    if (!('kind' in fault)) return t(fault.key)
    const kind = kinds.find(({ code }) => code === fault.kind)
    return t(fault.key, { kind: kind ? words.name(kind) : fault.kind })
  }
}

/** A new question is read out; the first one comes with the page. */
function useQuestionFocus(step: Step) {
  const heading = useRef<HTMLHeadingElement>(null)
  const shown = useRef(step)
  useEffect(() => {
    if (shown.current === step) return
    shown.current = step
    heading.current?.focus()
    heading.current?.scrollIntoView?.({ block: 'start' })
  }, [step])
  return heading
}
