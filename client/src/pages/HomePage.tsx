// The front page: what this is for, the six ways to help, and the promise that a promise is followed.
import { useTranslations } from 'use-intl'
import { sections } from '../shell/sections.ts'
import { LinkButton } from '../ui/Button.tsx'
import { Card } from '../ui/Card.tsx'
import { Icon } from '../ui/Icon.tsx'
import { kinds, KindTile } from '../ui/KindMark.tsx'
import { PageHeading } from '../ui/PageHeading.tsx'
import { Landscape } from './Landscape.tsx'
import './HomePage.css'

export function HomePage() {
  const t = useTranslations()
  return (
    <>
      <div className="hero">
        <Landscape />
        <div className="hero-words">
          <PageHeading title={t('home.title')} lede={t('home.lede')}>
            {t('home.heading')} <span className="hero-second">{t('home.headingEnd')}</span>
          </PageHeading>
          <div className="row hero-ways">
            <LinkButton to={sections.hamlets} variant="primary" icon="search">
              {t('home.find')}
            </LinkButton>
            <LinkButton to="/gioi-thieu">{t('home.how')}</LinkButton>
          </div>
        </div>
      </div>
      <div className="page">
        <section className="stack">
          <div>
            <h2>{t('home.kindsTitle')}</h2>
            <p className="muted">{t('home.kindsLede')}</p>
          </div>
          <ul role="list" className="tiles">
            {kinds.map((kind) => (
              <Card key={kind} as="li" className="kind-card">
                <KindTile kind={kind} />
                <div>
                  <h3>{t(`kind.${kind}`)}</h3>
                  <p className="muted">{t(`home.kinds.${kind}`)}</p>
                </div>
              </Card>
            ))}
          </ul>
        </section>
        <Card as="section" className="promise-card">
          <div className="stack">
            <h2>{t('home.promiseTitle')}</h2>
            <p>{t('home.promiseLede')}</p>
            <div>
              <LinkButton to="/gioi-thieu" iconEnd="arrow-right">
                {t('home.promiseMore')}
              </LinkButton>
            </div>
          </div>
          <PromiseThread />
        </Card>
      </div>
    </>
  )
}

/** The six stages as a drawing only: the page behind the link says them in words. */
function PromiseThread() {
  return (
    <div className="promise-thread" aria-hidden>
      {(['hands', 'shield', 'bank', 'truck', 'household', 'sprout'] as const).map((name) => (
        <span key={name}>
          <Icon name={name} size={24} />
        </span>
      ))}
    </div>
  )
}
