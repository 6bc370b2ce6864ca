// How it works: the six stages of a promise as a picture, and the rules that keep the figures honest.
import { useLocale } from 'use-intl'
import { sections } from '../shell/sections.ts'
import { LinkButton } from '../ui/Button.tsx'
import { Card } from '../ui/Card.tsx'
import { Icon, type IconName } from '../ui/Icon.tsx'
import { PageHeading } from '../ui/PageHeading.tsx'
import en from './about.en.json'
import vi from './about.vi.json'
import { PromiseLife } from './PromiseLife.tsx'
import './AboutPage.css'

const texts: Record<'vi' | 'en', typeof vi> = { vi, en }

export function AboutPage() {
  const language = useLocale()
  const text = texts[language]
  return (
    <div className="page">
      <PageHeading lede={text.lede}>{text.heading}</PageHeading>
      <section className="stack">
        <h2>{text.lifeHeading}</h2>
        <PromiseLife stages={text.stages.map((stage) => ({ ...stage, icon: stage.icon as IconName }))} />
      </section>
      <section>
        <Card>
          <h2>{text.exampleHeading}</h2>
          <p className="muted">{text.exampleText}</p>
          <FiveQuantities rows={text.exampleRows} unit={text.exampleUnit} />
          <p>{text.exampleNote}</p>
        </Card>
      </section>
      <section className="stack">
        <h2>{text.rulesHeading}</h2>
        <ol role="list" className="tiles rules">
          {text.rules.map(({ name, text }) => (
            <li key={name} className="rule">
              <h3>{name}</h3>
              <p className="muted">{text}</p>
            </li>
          ))}
        </ol>
      </section>
      <div>
        <LinkButton to={sections.hamlets} variant="primary" iconEnd="arrow-right">
          {text.next}
        </LinkButton>
      </div>
    </div>
  )
}

/** One animal is one mark, so that what is missing is seen before it is read. */
function FiveQuantities({ rows, unit }: { rows: readonly { label: string; count: number }[]; unit: string }) {
  const most = Math.max(...rows.map(({ count }) => count))
  return (
    <dl className="quantities">
      {rows.map(({ label, count }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            <span className="quantities-marks" aria-hidden>
              {Array.from({ length: most }, (_, index) => (
                <span key={index} className={index < count ? undefined : 'quantities-missing'}>
                  <Icon name="livestock" size={24} />
                </span>
              ))}
            </span>
            <b className="figures unbroken">
              {count} {unit}
            </b>
          </dd>
        </div>
      ))}
    </dl>
  )
}
