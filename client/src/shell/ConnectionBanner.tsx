// Says so when the page is not live any more, and how old its figures are; silent while all is well.
import { useTranslations } from 'use-intl'
import { useFormat } from '../i18n/use-format.ts'
import { LiveDot } from '../ui/LiveDot.tsx'
import { useShellStatus } from './shell-status.ts'

export function ConnectionBanner() {
  const t = useTranslations('connection')
  const format = useFormat()
  const { connection, asOf } = useShellStatus()
  const isOff = connection === 'polling' || connection === 'lost'
  return (
    <div role="status">
      {isOff && (
        <p className={`connection-banner connection-${connection}`}>
          <LiveDot connection={connection} /> {t(connection === 'lost' ? 'lostNote' : 'pollingNote')} {asOf && t('asOf', { time: format.time(asOf) })}
        </p>
      )}
    </div>
  )
}
