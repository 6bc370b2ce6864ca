// What all verified pledges come to, kind by kind; each number names its stage, and a promise is never counted as help.
import { useTranslations } from 'use-intl'
import { graphql, type ResultOf } from '../../graphql/graphql.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { Card } from '../../ui/Card.tsx'
import { KindTile } from '../../ui/KindMark.tsx'
import { ProgressThreePart } from '../../ui/ProgressThreePart.tsx'
import { pictureOf, SupportKindWords, useSupportWords } from '../areas/support-kind.ts'
import { type FamilyTotals, totalsByFamily } from './family-totals.ts'
import './totals.css'

export const TotalsParts = graphql(
  `
    fragment TotalsParts on StageTotals @_unmask {
      pledges
      kind {
        ...SupportKindWords
      }
      quantities {
        promised
        allocated
        dispatched
        received
      }
    }
  `,
  [SupportKindWords],
)

export type TotalsParts = ResultOf<typeof TotalsParts>

/** The bar's own colours, beside the words that they stand for. */
const swatches: Partial<Record<'promised' | 'allocated' | 'dispatched' | 'received', string>> = { promised: 'pledged', allocated: 'at-hand', received: 'delivered' }

export function Totals({ totals }: { totals: readonly TotalsParts[] }) {
  const t = useTranslations('kind')
  return (
    <ul role="list" className="tiles total-tiles">
      {totalsByFamily(totals).map((family) => (
        <Card key={`${family.family} ${family.kind.unit}`} as="li" className="total-card">
          <div className="row">
            <KindTile kind={pictureOf(family)} />
            <h3>{t(pictureOf(family))}</h3>
          </div>
          <FamilyFigures totals={family} />
        </Card>
      ))}
    </ul>
  )
}

function FamilyFigures({ totals: { kind, promised, allocated, dispatched, received } }: { totals: FamilyTotals }) {
  const t = useTranslations('totals')
  const words = useSupportWords()
  const format = useFormat()
  const amount = (quantity: bigint) => (kind.unit === 'VND' ? format.vndShort(quantity) : words.amount(kind, quantity))
  return (
    <>
      <p className="total">
        <b className="total-figure figures">{amount(received)}</b> <span className="muted">{t('received')}</span>
      </p>
      <ProgressThreePart
        delivered={received}
        atHand={allocated - received}
        pledgedOnly={promised - allocated}
        needed={promised}
        atHandIs="allocated"
        format={(part) => amount(BigInt(part))}
      />
      <dl className="total-stages figures">
        {([['promised', promised], ['allocated', allocated], ['dispatched', dispatched], ['received', received]] as const).map(([stage, quantity]) => (
          <div key={stage}>
            <dt>
              {swatches[stage] && <span className={`progress-swatch progress-${swatches[stage]}`} />} {t(`stage.${stage}`)}
            </dt>
            <dd>{amount(quantity)}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}
