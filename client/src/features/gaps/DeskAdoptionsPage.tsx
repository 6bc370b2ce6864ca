// The adoptions of the office's area: those that wait for an answer first; accepted, declined or ended here.
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useQuery } from 'urql'
import { useTranslations } from 'use-intl'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button, LinkButton } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Field } from '../../ui/Field.tsx'
import { When } from '../../ui/Figure.tsx'
import { LiveDot } from '../../ui/LiveDot.tsx'
import type { Tone } from '../../ui/Notice.tsx'
import { PageHeading } from '../../ui/PageHeading.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextArea } from '../../ui/TextInput.tsx'
import { useToast } from '../../ui/Toasts.tsx'
import { SupportKindWords, useSupportWords } from '../areas/support-kind.ts'
import type { DeskSearch } from '../desk-routes.ts'
import { Asked } from '../desk/Asked.tsx'
import { useDeskArea } from '../desk/desk-context.ts'
import { DeskForm, FailingNotice, FormField } from '../desk/DeskForm.tsx'
import { keyPart } from '../desk/key-part.ts'
import { useDeskLive } from '../desk/live.ts'
import { MoreButton } from '../desk/MoreButton.tsx'
import { problemFields, useCommand } from '../desk/use-command.ts'
import './gaps.css'

const adoptionFields = graphql(
  `
    fragment DeskAdoption on Adoption @_unmask {
      id
      state
      version
      anonymous
      statement
      startsOn
      endsOn
      endedOn
      contactName
      contactPhone
      officerName
      reason
      party { id name }
      area { id fullName }
      kind { ...SupportKindWords }
      continues { id }
      progress { kind { ...SupportKindWords } promised dispatched received }
      viewerCan { accept { allowed } decline { allowed } end { allowed } }
    }
  `,
  [SupportKindWords],
)

const adoptionsQuery = graphql(
  `
    query DeskAdoptions($area: ID, $state: AdoptionState, $after: String) {
      hub { feedCursor }
      adoptions(area: $area, state: $state, first: 20, after: $after) {
        nodes { ...DeskAdoption }
        pageInfo { hasNextPage endCursor }
      }
    }
  `,
  [adoptionFields],
)

const acceptAdoption = graphql(
  `
    mutation DeskAcceptAdoption($input: AcceptAdoptionInput!) {
      acceptAdoption(input: $input) {
        adoption { ...DeskAdoption }
        problem { ...DeskProblem }
      }
    }
  `,
  [adoptionFields, problemFields],
)

const declineAdoption = graphql(
  `
    mutation DeskDeclineAdoption($input: DeclineAdoptionInput!) {
      declineAdoption(input: $input) {
        adoption { ...DeskAdoption }
        problem { ...DeskProblem }
      }
    }
  `,
  [adoptionFields, problemFields],
)

const endAdoption = graphql(
  `
    mutation DeskEndAdoption($input: EndAdoptionInput!) {
      endAdoption(input: $input) {
        adoption { ...DeskAdoption }
        problem { ...DeskProblem }
      }
    }
  `,
  [adoptionFields, problemFields],
)

type Adoption = ResultOf<typeof adoptionFields>

const states = ['PROPOSED', 'ACTIVE', 'DECLINED', 'ENDED'] as const satisfies readonly Adoption['state'][]
const toneOf: Record<Adoption['state'], Tone> = { PROPOSED: 'warn', ACTIVE: 'ok', DECLINED: 'danger', ENDED: 'neutral' }

export function DeskAdoptionsPage() {
  const t = useTranslations('desk')
  const area = useDeskArea()
  const { loc } = useSearch({ strict: false }) as DeskSearch
  const navigate = useNavigate()
  const state = loc === 'tat-ca' ? null : (states.find((known) => known === loc) ?? 'PROPOSED')
  const [after, setAfter] = useState<string | null>(null)
  const query = useQuery({ query: adoptionsQuery, variables: { area: area.id, state, after }, requestPolicy: 'cache-and-network' })
  const [{ data, fetching }, ask] = query
  const again = () => ask({ requestPolicy: 'network-only' })
  const connection = useDeskLive(data?.hub.feedCursor, again)
  return (
    <div className="desk-page">
      <PageHeading lede={<LiveDot connection={connection} />}>{t('adoptions.title')}</PageHeading>
      <div className="row">
        <LinkButton to="/cho-thieu/$id" params={{ id: keyPart(area.id) }} icon="search">{t('adoptions.board')}</LinkButton>
      </div>
      <section className="stack" aria-label={t('adoptions.list')}>
        <Field name="adoption-state" label={t('adoptions.filter')}>
          <Select
            value={state ?? 'tat-ca'}
            onChange={(event) => {
              setAfter(null)
              void navigate({ to: '/cb/do-dau', search: { loc: event.target.value } })
            }}
            options={[...states.map((value) => ({ value, label: t(`adoptions.state.${value}`) })), { value: 'tat-ca', label: t('adoptions.state.ALL') }]}
          />
        </Field>
        <Asked query={query}>
          {({ adoptions }) => {
            // What someone else has just decided leaves the list at once.
            const shown = adoptions.nodes.filter((adoption) => state === null || adoption.state === state)
            if (shown.length === 0) return <Empty icon="check" title={t(state === 'PROPOSED' ? 'adoptions.noneWaiting' : 'adoptions.none')} />
            return (
              <>
                <ul role="list" className="desk-list">
                  {shown.map((adoption) => (
                    <Card as="li" key={adoption.id}>
                      <AdoptionCard adoption={adoption} onChanged={again} />
                    </Card>
                  ))}
                </ul>
                <MoreButton pageInfo={adoptions.pageInfo} isBusy={fetching} onMore={setAfter} />
              </>
            )
          }}
        </Asked>
      </section>
    </div>
  )
}

function AdoptionCard({ adoption, onChanged }: { adoption: Adoption; onChanged: () => void }) {
  const t = useTranslations('desk')
  const words = useSupportWords()
  const { id, area, party, kind, state, startsOn, endsOn, endedOn, contactName, contactPhone, officerName, reason, progress } = adoption
  return (
    <>
      <div className="row">
        <Badge tone={toneOf[state]}>{t(`adoptions.state.${state}`)}</Badge>
        {adoption.anonymous && <Badge icon="lock">{t('adoptions.anonymous')}</Badge>}
        {adoption.continues && <Badge>{t('adoptions.renewal')}</Badge>}
      </div>
      <div>
        <h2><bdi>{party?.name}</bdi></h2>
        <p className="muted">{area.fullName} · {kind ? words.name(kind) : t('adoptions.whole')}</p>
      </div>
      <p>{adoption.statement}</p>
      <dl className="adoption-facts">
        <div><dt>{t('adoptions.period')}</dt><dd><When at={startsOn} /> – <When at={endedOn ?? endsOn} /></dd></div>
        <div><dt>{t('adoptions.contact')}</dt><dd><bdi>{[contactName, contactPhone].filter(Boolean).join(', ')}</bdi></dd></div>
        {officerName && <div><dt>{t('adoptions.officer')}</dt><dd><bdi>{officerName}</bdi></dd></div>}
        {reason && <div><dt>{t('adoptions.reason')}</dt><dd>{reason}</dd></div>}
      </dl>
      {progress.length > 0 && (
        <ul>
          {progress.map(({ kind: each, promised, dispatched, received }) => (
            <li key={each.code}>
              {t('adoptions.progress', { kind: words.name(each), promised: words.amount(each, promised), dispatched: words.amount(each, dispatched), received: words.amount(each, received) })}
            </li>
          ))}
        </ul>
      )}
      <Decisions key={id} adoption={adoption} onChanged={onChanged} />
    </>
  )
}

function Decisions({ adoption: { id, version, viewerCan: can }, onChanged }: { adoption: Adoption; onChanged: () => void }) {
  const t = useTranslations('desk')
  const toast = useToast()
  const accept = useCommand(acceptAdoption)
  const [ending, setEnding] = useState<'decline' | 'end' | null>(null)
  const close = () => setEnding(null)
  function done(message: string) {
    close()
    toast({ message })
    onChanged()
  }
  async function acceptNow() {
    if (await accept.send({ adoptionId: id, version })) done(t('adoptions.accepted'))
  }
  const seen = { adoptionId: id, version }
  return (
    <>
      <FailingNotice failing={accept.failing} onReload={onChanged} />
      {(can.accept.allowed || can.end.allowed) && (
        <div className="row">
          {can.accept.allowed && <Button variant="primary" icon="check" busy={accept.isBusy} onClick={acceptNow}>{t('adoptions.accept')}</Button>}
          {can.decline.allowed && <Button onClick={() => setEnding('decline')}>{t('adoptions.decline')}</Button>}
          {can.end.allowed && !can.decline.allowed && <Button variant="quiet" onClick={() => setEnding('end')}>{t('adoptions.end')}</Button>}
        </div>
      )}
      <Dialog isOpen={ending === 'decline'} onClose={close} title={t('adoptions.declineTitle')}>
        <EndingForm of="decline" seen={seen} onDone={() => done(t('adoptions.declined'))} onCancel={close} onReload={onChanged} />
      </Dialog>
      <Dialog isOpen={ending === 'end'} onClose={close} title={t('adoptions.endTitle')}>
        <EndingForm of="end" seen={seen} onDone={() => done(t('adoptions.ended'))} onCancel={close} onReload={onChanged} />
      </Dialog>
    </>
  )
}

interface EndingFormProps {
  of: 'decline' | 'end'
  seen: { adoptionId: string; version: number }
  onDone: () => void
  onCancel: () => void
  onReload: () => void
}

function EndingForm({ of, seen, onDone, onCancel, onReload }: EndingFormProps) {
  const t = useTranslations('desk')
  const [reason, setReason] = useState('')
  const decline = useCommand(declineAdoption)
  const end = useCommand(endAdoption)
  const command = of === 'decline' ? decline : end
  async function send() {
    if (await command.send({ ...seen, reason })) onDone()
  }
  return (
    <DeskForm name={`adoption-${of}`} label={t(`adoptions.${of}Title`)} {...command} onSubmit={send} submit={t(`adoptions.${of}`)} submitVariant="danger" onCancel={onCancel} onReload={onReload}>
      <p>{t(`adoptions.${of}Note`)}</p>
      <FormField name="reason" label={t('adoptions.why')} hint={t('adoptions.whyHint')}>
        <TextArea value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
      </FormField>
    </DeskForm>
  )
}
