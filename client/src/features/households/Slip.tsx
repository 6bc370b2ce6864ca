// The paper slip itself, A6: a QR code, the code in groups, and what to do in three plain sentences.
import { IntlProvider, useTranslations } from 'use-intl'
import vi from '../../i18n/vi/desk.json'
import { BrandMark } from '../../shell/Brand.tsx'
import { useShellStatus } from '../../shell/shell-status.ts'
import { QrCode } from '../../ui/QrCode.tsx'

interface SlipProps {
  /** ABCD-EFGH-JKMN */
  code: string
  url: string
  recipient: string
  area: string
}

/** Always in Vietnamese: it is for the household, whatever the officer reads. */
export function Slip(slip: SlipProps) {
  return (
    <IntlProvider locale="vi" messages={vi} timeZone="Asia/Ho_Chi_Minh">
      <Paper {...slip} />
    </IntlProvider>
  )
}

function Paper({ code, url, recipient, area }: SlipProps) {
  const t = useTranslations('desk.paper')
  const { contact } = useShellStatus()
  return (
    <article className="slip" lang="vi" aria-label={t('label')}>
      <header className="slip-head">
        <BrandMark size={28} />
        <div>
          <p className="slip-name">{t('name')}</p>
          <p>
            {recipient} · {area}
          </p>
        </div>
      </header>
      <div className="slip-body">
        <QrCode content={url} size={150} label={t('qr')} />
        <ol>
          <li>{t('one')}</li>
          <li>{t('two')}</li>
          <li>{t('three')}</li>
        </ol>
      </div>
      <p className="slip-code">
        {t('code')} <b>{code}</b>
      </p>
      <p className="slip-url">{url.slice(0, url.lastIndexOf('/'))}</p>
      <p className="slip-foot">
        {t('free')} {contact && t('call', { contact })}
      </p>
    </article>
  )
}
