// The terms of a line in a few words: where a post is and what it pays, what produce is bought when and for how much, and what has come of it.
import { useTranslations } from 'use-intl'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { useFormat } from '../../i18n/use-format.ts'

export const LineTermsWords = graphql(`
  fragment LineTermsWords on PledgeLine @_unmask {
    id
    post {
      area {
        id
        fullName
      }
      skillsWanted
      skillsTaught
      wage
      startsOn
    }
    agreement {
      product
      seasonFrom
      seasonTo
      floorPrice
      bought
      value
      paid
    }
  }
`)

type Terms = ResultOf<typeof LineTermsWords>
export type Post = Omit<NonNullable<Terms['post']>, 'area'> & { area: { fullName: string } }
export type Agreement = Omit<NonNullable<Terms['agreement']>, 'bought' | 'value' | 'paid'>

/** `promised`: where what was bought is to be said, too. */
export function LineTerms({ post, agreement, promised }: Omit<Terms, 'id'> & { promised?: string }) {
  if (!post && !agreement) return null
  return (
    <ul role="list" className="muted">
      {post && <PostTerms post={post} />}
      {agreement && <AgreementTerms agreement={agreement} />}
      {agreement && promised !== undefined && <Purchases agreement={agreement} promised={promised} />}
    </ul>
  )
}

export function PostTerms({ post: { area, skillsWanted, skillsTaught, wage, startsOn } }: { post: Post }) {
  const t = useTranslations('terms')
  const format = useFormat()
  return (
    <>
      <li>{t('post', { area: area.fullName, wage: format.vnd(wage), day: format.date(startsOn) })}</li>
      {skillsTaught.length > 0 && <li>{t('taught', { skills: skillsTaught.join(', ') })}</li>}
      {skillsWanted.length > 0 && <li>{t('wanted', { skills: skillsWanted.join(', ') })}</li>}
    </>
  )
}

export function AgreementTerms({ agreement: { product, seasonFrom, seasonTo, floorPrice } }: { agreement: Agreement }) {
  const t = useTranslations('terms')
  const format = useFormat()
  return <li>{t('agreement', { product, from: format.date(seasonFrom), to: format.date(seasonTo), price: format.vnd(floorPrice) })}</li>
}

function Purchases({ agreement: { bought, value, paid }, promised }: { agreement: NonNullable<Terms['agreement']>; promised: string }) {
  const t = useTranslations('terms')
  const format = useFormat()
  if (bought === '0') return <li>{t('nothingBought', { promised: format.count(promised) })}</li>
  return (
    <>
      <li>{t('bought', { bought: format.count(bought), promised: format.count(promised), value: format.vnd(value) })}</li>
      <li>{t('paid', { paid: format.count(paid), bought: format.count(bought) })}</li>
    </>
  )
}
