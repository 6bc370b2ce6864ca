// The questions of the pledge form: what and how much, when, who, and all answers to check.
import { useState } from 'react'
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { promisedIn } from '../../../../common/bounds.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { Checkbox } from '../../ui/Choice.tsx'
import { Field, FieldError } from '../../ui/Field.tsx'
import { When } from '../../ui/Figure.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { KindTile } from '../../ui/KindMark.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { NumberInput } from '../../ui/NumberInput.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextArea, TextInput } from '../../ui/TextInput.tsx'
import type { AreaNeed } from '../areas/AreaNeeds.tsx'
import { byFamily, isNamed, pictureOf, unitOf, useSupportWords } from '../areas/support-kind.ts'
import type { ViewerRoles } from '../identity/viewer.ts'
import { isolated } from '../../ui/names.ts'
import { skillsOf } from './draft-terms.ts'
import { AgreementTerms, PostTerms } from './LineTerms.tsx'
import { LineTermsFields } from './LineTermsFields.tsx'
import type { PledgeableKind } from './MakePledgePage.tsx'
import { type DraftLine, type PartyKind, partyKinds, type PledgeDraft, type Step, withKind } from './pledge-draft.ts'

interface Part {
  draft: PledgeDraft
  edit: (change: Partial<PledgeDraft>) => void
  errorOf: (field: string) => string | undefined
}

/** What is lacking comes first, then the other kinds by their families; a word or two narrows them down, and what is taken stays. */
export function WhatStep({ draft, edit, errorOf, kinds, needs }: Part & { kinds: readonly PledgeableKind[]; needs: readonly AreaNeed[] }) {
  const t = useTranslations('pledgeForm')
  const familyName = useTranslations('kind')
  const words = useSupportWords()
  const [typed, setTyped] = useState('')
  const sought = typed.trim()
  const lacking = new Map(needs.map(({ kind, open }) => [kind.code, open]))
  const isLacking = ({ code }: PledgeableKind) => (lacking.get(code) ?? '0') !== '0'
  const isTaken = ({ code }: PledgeableKind) => draft.lines.some((line) => line.kind === code)
  const [opened, setOpened] = useState<readonly string[]>(() => kinds.filter(isTaken).map(({ family }) => family))
  const hasError = ({ code }: PledgeableKind) => CONTROLS.some((control) => errorOf(`${control}-${code}`))
  const shown = kinds.filter((kind) => isNamed(kind, sought) || isTaken(kind))
  const lackingHere = shown.filter(isLacking)
  const error = errorOf('lines')
  const choices = (own: readonly PledgeableKind[]) =>
    own.map((kind) => (
      <LineChoice
        key={kind.code}
        kind={kind}
        lacking={lacking.get(kind.code) ?? '0'}
        line={draft.lines.find((line) => line.kind === kind.code)}
        errorOf={errorOf}
        onTaken={(taken) => edit({ lines: withKind(draft.lines, kind.code, taken) })}
        onLine={(change) => edit({ lines: draft.lines.map((line) => (line.kind === kind.code ? { ...line, ...change } : line)) })}
      />
    ))
  return (
    <fieldset className="choice-set" aria-describedby={error ? 'lines-error' : undefined}>
      <legend className="visually-hidden">{t('question.what')}</legend>
      <p className="muted">{t('whatHint')}</p>
      {error && <FieldError name="lines">{error}</FieldError>}
      <Field name="kind-search" label={t('search')} hint={t('searchHint')} optional>
        <TextInput
          type="search"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && event.preventDefault() /* looks for kinds, and goes nowhere */}
        />
      </Field>
      <div className="line-choices" id="lines" tabIndex={-1}>
        {lackingHere.length > 0 && <h3>{t('lackingFirst')}</h3>}
        {choices(lackingHere)}
        {byFamily(shown.filter((kind) => !isLacking(kind))).map(([family, own]) => (
          <details
            key={family}
            className="line-family"
            open={sought !== '' || opened.includes(family) || own.some(hasError)}
            onToggle={({ currentTarget: { open } }) => sought === '' && setOpened((before) => [...before.filter((other) => other !== family), ...(open ? [family] : [])])}
          >
            <summary>
              <KindTile kind={pictureOf({ family })} size={40} />
              <span>
                <b>{familyName(pictureOf({ family }))}</b>
                <span className="choice-note">{own.map(words.name).join(' · ')}</span>
              </span>
              <Icon name="chevron-down" />
            </summary>
            <div className="line-choices">{choices(own)}</div>
          </details>
        ))}
        <p role="status" className={shown.length > 0 ? 'visually-hidden' : 'muted'}>{shown.length === 0 && t('noKind')}</p>
      </div>
    </fieldset>
  )
}

/** Of one line, each named after its kind. */
const CONTROLS = ['quantity', 'areaId', 'wage', 'startsOn', 'skillsTaught', 'skillsWanted', 'product', 'seasonFrom', 'seasonTo', 'floorPrice', 'detail'] as const

interface LineChoiceProps {
  kind: PledgeableKind
  lacking: string
  line: DraftLine | undefined
  errorOf: (field: string) => string | undefined
  onTaken: (isTaken: boolean) => void
  onLine: (change: Partial<DraftLine>) => void
}

function LineChoice({ kind, lacking, line, errorOf, onTaken, onLine }: LineChoiceProps) {
  const t = useTranslations('pledgeForm')
  const words = useSupportWords()
  const format = useFormat()
  const isMore = line !== undefined && line.quantity !== '' && lacking !== '0' && BigInt(line.quantity) > BigInt(lacking)
  const estimate = line && line.quantity !== '' && kind.unit !== 'VND' ? BigInt(line.quantity) * BigInt(kind.typicalCost) : null
  return (
    <div className={line ? 'line-choice line-choice-taken' : 'line-choice'}>
      <div className="line-choice-head">
        <Checkbox
          label={words.name(kind)}
          note={lacking === '0' ? t('notLacking') : t('lacking', { amount: words.amount(kind, lacking) })}
          checked={line !== undefined}
          onChange={(event) => onTaken(event.target.checked)}
        />
        <KindTile kind={pictureOf(kind)} size={40} />
      </div>
      {line && (
        <div className="line-choice-more">
          <Field name={`quantity-${kind.code}`} label={t('quantity')} error={errorOf(`quantity-${kind.code}`)} hint={estimate !== null && estimate > 0n && t('estimate', { amount: format.vnd(estimate) })}>
            <NumberInput counts={unitOf(kind)} bound={promisedIn(kind.unit)} value={line.quantity} unit={words.unit(kind)} onValue={(quantity) => onLine({ quantity })} />
          </Field>
          <div className="row">
            {kind.unit === 'VND' && SMALL_AMOUNTS.map((amount) => (
              <Button key={amount} size="compact" onClick={() => onLine({ quantity: amount })}>{format.vndShort(amount)}</Button>
            ))}
            {lacking !== '0' && (
              <Button size="compact" onClick={() => onLine({ quantity: lacking })}>
                {t('allLacking', { amount: words.amount(kind, lacking) })}
              </Button>
            )}
          </div>
          {isMore && <Notice tone="info"><p>{t('moreThanLacking')}</p></Notice>}
          <LineTermsFields post={line.post} agreement={line.agreement} code={kind.code} errorOf={errorOf} onTerms={onLine} />
          <Field name={`detail-${kind.code}`} label={t('detail')} hint={t(`detailHint.${kind.family}`)} error={errorOf(`detail-${kind.code}`)} optional>
            <TextInput value={line.detail} maxLength={200} onChange={(event) => onLine({ detail: event.target.value })} />
          </Field>
        </div>
      )}
    </div>
  )
}

// Half of all gifts are of 200,000 đ or less: the suggestions begin where people do.
const SMALL_AMOUNTS = ['200000', '1000000', '5000000'] as const

export function WhenStep({ draft, edit, errorOf, today }: Part & { today: string }) {
  const t = useTranslations('pledgeForm')
  return (
    <>
      <Field name="expectedOn" label={t('expectedOn')} hint={t('expectedOnHint')} error={errorOf('expectedOn')}>
        <TextInput type="date" min={today} value={draft.expectedOn} onChange={(event) => edit({ expectedOn: event.target.value })} />
      </Field>
      <Field name="message" label={t('message')} hint={t('messageHint')} error={errorOf('message')} optional>
        <TextArea rows={4} maxLength={1000} value={draft.message} onChange={(event) => edit({ message: event.target.value })} />
      </Field>
    </>
  )
}

export function WhoStep({ draft, edit, errorOf, viewer, returnTo }: Part & { viewer: ViewerRoles | null; returnTo: string }) {
  const t = useTranslations('pledgeForm')
  return (
    <>
      {viewer ? (
        <Card>
          <p>{t('asAccount', { name: isolated(viewer.account.displayName) })}</p>
          <p className="muted">{t('asAccountHint')}</p>
        </Card>
      ) : (
        <>
          <p className="muted">
            {t('haveAccount')} <Link to="/dang-nhap" search={{ ve: returnTo }}>{t('signIn')}</Link>
          </p>
          <PartyFields draft={draft} edit={edit} errorOf={errorOf} />
        </>
      )}
      <Checkbox label={t('anonymous')} note={t('anonymousNote')} checked={draft.anonymous} onChange={(event) => edit({ anonymous: event.target.checked })} />
    </>
  )
}

function PartyFields({ draft, edit, errorOf }: Part) {
  const t = useTranslations('pledgeForm')
  const words = useTranslations('partyKind')
  return (
    <>
      <Field name="partyKind" label={t('partyKind')} error={errorOf('partyKind')}>
        <Select
          value={draft.partyKind}
          options={partyKinds.map((value) => ({ value, label: words(value) }))}
          onChange={(event) => edit({ partyKind: event.target.value as PartyKind })}
        />
      </Field>
      <Field name="name" label={t('name')} hint={t('nameHint')} error={errorOf('name')}>
        <TextInput value={draft.name} maxLength={120} autoComplete={draft.partyKind === 'PERSON' ? 'name' : 'organization'} onChange={(event) => edit({ name: event.target.value })} />
      </Field>
      {draft.partyKind !== 'PERSON' && (
        <Field name="contactName" label={t('contactName')} error={errorOf('contactName')} optional>
          <TextInput value={draft.contactName} maxLength={120} autoComplete="name" onChange={(event) => edit({ contactName: event.target.value })} />
        </Field>
      )}
      <Field name="phone" label={t('phone')} hint={t('phoneHint')} error={errorOf('phone')} optional>
        <TextInput type="tel" value={draft.phone} maxLength={30} autoComplete="tel" onChange={(event) => edit({ phone: event.target.value })} />
      </Field>
      <Field name="email" label={t('email')} error={errorOf('email')} optional>
        <TextInput type="email" value={draft.email} maxLength={200} autoComplete="email" onChange={(event) => edit({ email: event.target.value })} />
      </Field>
    </>
  )
}

interface CheckStepProps {
  draft: PledgeDraft
  kinds: readonly PledgeableKind[]
  areaName: string
  viewer: ViewerRoles | null
  onChange: (step: Step) => void
}

export function CheckStep({ draft, kinds, areaName, viewer, onChange }: CheckStepProps) {
  const t = useTranslations('pledgeForm')
  const words = useSupportWords()
  const reach = [draft.phone, draft.email].filter(Boolean).join(' · ')
  const name = viewer ? viewer.account.displayName : draft.name
  const answers: { label: string; step: Step; text: React.ReactNode }[] = [
    ...draft.lines.map((line) => {
      const kind = kinds.find(({ code }) => code === line.kind)
      return {
        label: kind ? words.name(kind) : line.kind,
        step: 'what' as const,
        text: (
          <>
            <b>{kind ? words.amount(kind, line.quantity) : line.quantity}</b>{line.detail && ` – ${line.detail}`}
            <Terms line={line} />
          </>
        ),
      }
    }),
    { label: t('expectedOn'), step: 'when', text: <When at={draft.expectedOn} /> },
    ...(draft.message ? [{ label: t('message'), step: 'when' as const, text: draft.message }] : []),
    { label: t('whoGives'), step: 'who', text: draft.anonymous ? t('shownAnonymous', { name }) : name },
    ...(reach && !viewer ? [{ label: t('reach'), step: 'who' as const, text: reach }] : []),
  ]
  return (
    <>
      <p>{t('forArea', { area: areaName })}</p>
      <dl className="answers">
        {answers.map(({ label, step, text }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{text}</dd>
            <dd>
              <Button size="compact" variant="quiet" aria-label={t('changeOf', { what: label })} onClick={() => onChange(step)}>{t('change')}</Button>
            </dd>
          </div>
        ))}
      </dl>
      <Notice tone="info" live={false}><p>{t('whatHappens')}</p></Notice>
    </>
  )
}

function Terms({ line: { post, agreement } }: { line: DraftLine }) {
  if (!post && !agreement) return null
  return (
    <ul role="list" className="muted">
      {post && <PostTerms post={{ ...post, area: { fullName: post.areaName }, skillsWanted: skillsOf(post.skillsWanted), skillsTaught: skillsOf(post.skillsTaught) }} />}
      {agreement && <AgreementTerms agreement={agreement} />}
    </ul>
  )
}
