// The questions that a line of posts, or one to buy produce, asks beside how much.
import { useTranslations } from 'use-intl'
import { BOUNDS } from '../../../../common/bounds.ts'
import { Field } from '../../ui/Field.tsx'
import { NumberInput, VND } from '../../ui/NumberInput.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { PlaceField } from '../areas/PlaceField.tsx'
import type { DraftAgreement, DraftPost, DraftTerms } from './draft-terms.ts'

interface Asking {
  /** Of the kind, after which the controls are named. */
  code: string
  errorOf: (field: string) => string | undefined
  onTerms: (terms: DraftTerms) => void
}

export function LineTermsFields({ post, agreement, ...asking }: DraftTerms & Asking) {
  return (
    <>
      {post && <PostFields post={post} {...asking} />}
      {agreement && <AgreementFields agreement={agreement} {...asking} />}
    </>
  )
}

function PostFields({ post, code, errorOf, onTerms }: { post: DraftPost } & Asking) {
  const t = useTranslations('pledgeForm.terms')
  const edit = (change: Partial<DraftPost>) => onTerms({ post: { ...post, ...change } })
  const named = (field: string) => ({ name: `${field}-${code}`, error: errorOf(`${field}-${code}`) })
  return (
    <>
      <PlaceField {...named('areaId')} label={t('where')} hint={t('whereHint')} chosen={post.areaName} onChoose={(place) => edit({ areaId: place?.id ?? '', areaName: place?.fullName ?? '' })} />
      <Field {...named('wage')} label={t('wage')} hint={t('wageHint')}>
        <NumberInput counts={VND} bound={BOUNDS.wage} value={post.wage} unit="₫" onValue={(wage) => edit({ wage })} />
      </Field>
      <Field {...named('startsOn')} label={t('startsOn')}>
        <TextInput type="date" value={post.startsOn} onChange={(event) => edit({ startsOn: event.target.value })} />
      </Field>
      <Field {...named('skillsTaught')} label={t('taught')} hint={t('skillsHint')} optional>
        <TextInput value={post.skillsTaught} maxLength={200} onChange={(event) => edit({ skillsTaught: event.target.value })} />
      </Field>
      <Field {...named('skillsWanted')} label={t('wanted')} hint={t('wantedHint')} optional>
        <TextInput value={post.skillsWanted} maxLength={200} onChange={(event) => edit({ skillsWanted: event.target.value })} />
      </Field>
    </>
  )
}

function AgreementFields({ agreement, code, errorOf, onTerms }: { agreement: DraftAgreement } & Asking) {
  const t = useTranslations('pledgeForm.terms')
  const edit = (change: Partial<DraftAgreement>) => onTerms({ agreement: { ...agreement, ...change } })
  const named = (field: string) => ({ name: `${field}-${code}`, error: errorOf(`${field}-${code}`) })
  return (
    <>
      <Field {...named('product')} label={t('product')} hint={t('productHint')}>
        <TextInput value={agreement.product} maxLength={60} onChange={(event) => edit({ product: event.target.value })} />
      </Field>
      <div className="line-season">
        <Field {...named('seasonFrom')} label={t('seasonFrom')}>
          <TextInput type="date" value={agreement.seasonFrom} onChange={(event) => edit({ seasonFrom: event.target.value })} />
        </Field>
        <Field {...named('seasonTo')} label={t('seasonTo')}>
          <TextInput type="date" value={agreement.seasonTo} onChange={(event) => edit({ seasonTo: event.target.value })} />
        </Field>
      </div>
      <Field {...named('floorPrice')} label={t('floorPrice')} hint={t('floorPriceHint')}>
        <NumberInput counts={VND} bound={BOUNDS.floorPrice} value={agreement.floorPrice} unit="₫/kg" onValue={(floorPrice) => edit({ floorPrice })} />
      </Field>
    </>
  )
}
