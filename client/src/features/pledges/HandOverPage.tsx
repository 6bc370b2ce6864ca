// What a giver brings to a household itself is said here: how much, where, when and before whom; below, what the households answer.
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useMutation, useQuery } from 'urql'
import { useTranslations } from 'use-intl'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { ProblemWords, wordsOf } from '../../graphql/problem.ts'
import { useKeyFor } from '../../graphql/use-key-for.ts'
import { useLive } from '../../graphql/use-live.ts'
import { Button, LinkButton } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { RadioCards } from '../../ui/Choice.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { ErrorSummary } from '../../ui/ErrorSummary.tsx'
import { Failed } from '../../ui/Failed.tsx'
import { Field } from '../../ui/Field.tsx'
import { LiveDot } from '../../ui/LiveDot.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { NumberInput } from '../../ui/NumberInput.tsx'
import { PageHeading } from '../../ui/PageHeading.tsx'
import { TextArea, TextInput } from '../../ui/TextInput.tsx'
import { useToast } from '../../ui/Toasts.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { AreaPlace, placeOf } from '../areas/area-words.ts'
import { SupportKindWords, unitOf, useSupportWords } from '../areas/support-kind.ts'
import { NotSignedIn } from '../identity/NotSignedIn.tsx'
import { useForm } from '../identity/use-form.ts'
import { ViewerRoles } from '../identity/viewer.ts'
import { dayInVietNam } from './pledge-life.ts'
import { Handover } from './PledgeLines.tsx'
import './pledges.css'

const HandOverQuery = graphql(
  `
    query HandOver($id: ID!) {
      hub {
        feedCursor
      }
      viewer {
        ...ViewerRoles
      }
      pledge(id: $id) {
        id
        party {
          id
        }
        area {
          ...AreaPlace
        }
        allocations(first: 100) {
          nodes {
            id
            recipientCode
            area {
              id
              fullName
            }
            kind {
              ...SupportKindWords
            }
            quantities {
              allocated
              dispatched
            }
            viewerCan {
              deliverDirectly {
                allowed
              }
            }
            deliveries(first: 20) {
              nodes {
                id
                isDirect
                quantity
                dispatchedAt
                handedOverOn
                confirmBy
                isUnconfirmed
                answer
                received
                takenBack
              }
            }
          }
        }
      }
    }
  `,
  [ViewerRoles, AreaPlace, SupportKindWords],
)

const HandedOver = graphql(
  `
    mutation HandedOverDirectly($input: DeliverDirectlyInput!) {
      deliverDirectly(input: $input) {
        allocation {
          id
          quantities {
            allocated
            dispatched
          }
          viewerCan {
            deliverDirectly {
              allowed
            }
          }
        }
        problem {
          ...ProblemWords
        }
      }
    }
  `,
  [ProblemWords],
)

const PledgeEvents = graphql(`
  subscription HandOverGoesOn($scope: EventScope, $after: Cursor) {
    events(scope: $scope, after: $after) {
      __typename
      id
      cursor
    }
  }
`)

type Allocation = NonNullable<ResultOf<typeof HandOverQuery>['pledge']>['allocations']['nodes'][number]

export function HandOverPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const t = useTranslations('direct')
  const pledgeId = `Pledge:${id}`
  // Each hand-over is a form of its own.
  const [round, setRound] = useState(0)
  const [{ data, error }, ask] = useQuery({ query: HandOverQuery, variables: { id: pledgeId }, requestPolicy: 'cache-and-network' })
  const again = () => ask({ requestPolicy: 'network-only' })
  const isMine = data?.pledge?.party != null && data.viewer?.roles.some(({ partyId }) => partyId === data.pledge?.party?.id) === true
  const connection = useLive(PledgeEvents, { scope: { pledge: pledgeId } }, { after: isMine ? data?.hub.feedCursor : null, refresh: again })
  if (!data) return <div className="page page-narrow page-pending">{error ? <Failed {...wordsOf(error)} onRetry={again} /> : <Waiting count={5} />}</div>
  if (!data.viewer) return <NotSignedIn returnTo={`/trao-tan-tay/${id}`} />
  const { pledge } = data
  if (!pledge || !isMine) {
    return (
      <div className="page page-narrow">
        <PageHeading title={t('title')} above={<Link to="/cam-ket-cua-toi">‹ {t('back')}</Link>}>{t('title')}</PageHeading>
        <Empty icon="lock" title={t('notYours')} />
      </div>
    )
  }
  const allocations = pledge.allocations.nodes
  const open = allocations.filter(({ viewerCan }) => viewerCan.deliverDirectly.allowed)
  const begun = allocations.filter(({ deliveries }) => deliveries.nodes.length > 0)
  return (
    <div className="page page-narrow">
      <div className="stack">
        <PageHeading title={t('title')} above={<Link to="/cam-ket-cua-toi">‹ {t('back')}</Link>} lede={t('lede')}>{t('title')}</PageHeading>
        <div className="row">
          <LiveDot connection={connection} />
          <span className="muted">{pledge.area.fullName}, {placeOf(pledge.area)}</span>
        </div>
      </div>
      {open.length === 0 && begun.length > 0 && <Notice tone="ok" live={false} title={t('allDone')} />}
      {open.length === 0 && begun.length === 0 && <Empty icon="hands" title={t('nothing')} action={<LinkButton to="/cam-ket-cua-toi">{t('back')}</LinkButton>}>{t('nothingNote')}</Empty>}
      {open.length > 0 && (
        <>
          <Notice tone="info" live={false} title={t('meet')}><p>{t('meetNote')}</p></Notice>
          <HandOverForm
            key={round}
            open={open}
            onStale={again}
            onDone={() => {
              setRound(round + 1)
              again()
            }}
          />
        </>
      )}
      {begun.length > 0 && <Done allocations={begun} />}
    </div>
  )
}

const leftOf = ({ quantities }: Allocation) => (BigInt(quantities.allocated) - BigInt(quantities.dispatched)).toString()

interface HandOverFormProps {
  open: readonly Allocation[]
  /** Someone was first: shows what is left. */
  onStale: () => void
  onDone: () => void
}

function HandOverForm({ open, onStale, onDone }: HandOverFormProps) {
  const t = useTranslations('direct')
  const words = useSupportWords()
  const toast = useToast()
  const today = dayInVietNam()
  // Where there is one household alone, there is nothing to choose.
  const only = open.length === 1 ? open[0] : undefined
  const [said, setSaid] = useState({ allocationId: only?.id ?? '', quantity: only ? leftOf(only) : '', handedOverOn: today, place: '', witnessName: '', witnessDocument: '', delivererName: '', note: '' })
  const say = (change: Partial<typeof said>) => setSaid({ ...said, ...change })
  const chosen = open.find(({ id }) => id === said.allocationId)
  const [, handOver] = useMutation(HandedOver)
  const idempotencyKey = useKeyFor(JSON.stringify(said))
  const { errors, isBusy, submit, errorOf } = useForm(
    () => [
      ...(chosen ? [] : ['allocationId' as const]),
      ...(!chosen || /^[1-9]\d*$/.test(said.quantity) ? [] : ['quantity' as const]),
      ...(said.handedOverOn === '' ? ['handedOverOn' as const] : []),
      ...(said.place.trim().length < 2 ? ['place' as const] : []),
      ...(said.witnessName.trim().length < 2 ? ['witnessName' as const] : []),
    ].map((field) => ({ field, message: t(`missing.${field}`) })),
    async () => {
      const { data, error } = await handOver({ input: { ...said, delivererName: said.delivererName.trim() || null, note: said.note.trim() || null, idempotencyKey } })
      const problem = data?.deliverDirectly?.problem
      if (problem?.__typename === 'Conflict') onStale()
      return { error, problem }
    },
    () => {
      toast({ message: t('sent') })
      onDone()
    },
  )
  return (
    <Card>
      <form className="stack" noValidate onSubmit={submit}>
        <ErrorSummary errors={errors} />
        <RadioCards
          name="allocationId"
          legend={t('which')}
          error={errorOf('allocationId')}
          value={said.allocationId}
          onValue={(allocationId) => say({ allocationId, quantity: leftOf(open.find(({ id }) => id === allocationId)!) })}
          options={open.map((allocation) => ({
            value: allocation.id,
            label: t('household', { code: codeOf(allocation), area: allocation.area.fullName }),
            note: t('left', { what: words.name(allocation.kind), amount: words.amount(allocation.kind, leftOf(allocation)) }),
          }))}
        />
        {chosen && (
          <Field name="quantity" label={t('quantity')} error={errorOf('quantity')}>
            <NumberInput counts={unitOf(chosen.kind)} bound={{ least: 1n, most: BigInt(leftOf(chosen)) }} value={said.quantity} unit={words.unit(chosen.kind)} onValue={(quantity) => say({ quantity })} />
          </Field>
        )}
        <Field name="handedOverOn" label={t('day')} hint={t('dayHint')} error={errorOf('handedOverOn')}>
          <TextInput type="date" max={today} value={said.handedOverOn} onChange={(event) => say({ handedOverOn: event.target.value })} />
        </Field>
        <Field name="place" label={t('place')} hint={t('placeHint')} error={errorOf('place')}>
          <TextInput maxLength={160} value={said.place} onChange={(event) => say({ place: event.target.value })} />
        </Field>
        <Field name="witnessName" label={t('witness')} hint={t('witnessHint')} error={errorOf('witnessName')}>
          <TextInput maxLength={80} autoComplete="off" value={said.witnessName} onChange={(event) => say({ witnessName: event.target.value })} />
        </Field>
        {(errorOf('witnessName') || errorOf('witnessDocument') || said.witnessDocument) && (
          <Field name="witnessDocument" label={t('witnessDocument')} hint={t('witnessDocumentHint')} error={errorOf('witnessDocument')} optional>
            <TextInput maxLength={30} autoComplete="off" value={said.witnessDocument} onChange={(event) => say({ witnessDocument: event.target.value })} />
          </Field>
        )}
        <Field name="delivererName" label={t('deliverer')} hint={t('delivererHint')} error={errorOf('delivererName')} optional>
          <TextInput maxLength={80} autoComplete="off" value={said.delivererName} onChange={(event) => say({ delivererName: event.target.value })} />
        </Field>
        <Field name="note" label={t('note')} hint={t('noteHint')} error={errorOf('note')} optional>
          <TextArea rows={2} maxLength={500} value={said.note} onChange={(event) => say({ note: event.target.value })} />
        </Field>
        <div className="row">
          <Button type="submit" variant="primary" icon="hands" busy={isBusy}>{t('send')}</Button>
        </div>
      </form>
    </Card>
  )
}

const codeOf = ({ recipientCode }: Allocation) => recipientCode.replace(/^Hộ /, '')

function Done({ allocations }: { allocations: readonly Allocation[] }) {
  const t = useTranslations('direct')
  return (
    <section className="stack" aria-labelledby="handed-over">
      <h2 id="handed-over">{t('done')}</h2>
      <Card>
        <ul role="list" className="stack">
          {allocations.map((allocation) => (
            <li key={allocation.id}>
              <b>{t('household', { code: codeOf(allocation), area: allocation.area.fullName })}</b>
              <ul role="list" className="handovers">
                {allocation.deliveries.nodes.map((delivery) => <Handover key={delivery.id} delivery={delivery} kind={allocation.kind} />)}
              </ul>
            </li>
          ))}
        </ul>
      </Card>
    </section>
  )
}
