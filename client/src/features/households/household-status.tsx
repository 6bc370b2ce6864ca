// A household's recognised status as a word in its tone.
import { useTranslations } from 'use-intl'
import { Badge } from '../../ui/Badge.tsx'
import type { Tone } from '../../ui/Notice.tsx'

export const statuses = ['POOR', 'NEAR_POOR', 'NEWLY_ESCAPED', 'LEFT', 'RELAPSED'] as const
export type HouseholdStatus = (typeof statuses)[number]

const toneOf: Record<HouseholdStatus, Tone> = { POOR: 'danger', NEAR_POOR: 'warn', RELAPSED: 'danger', NEWLY_ESCAPED: 'info', LEFT: 'ok' }

export function StatusBadge({ status }: { status: HouseholdStatus | null }) {
  const t = useTranslations('desk')
  return status ? <Badge tone={toneOf[status]}>{t(`status.${status}`)}</Badge> : <Badge>{t('status.none')}</Badge>
}
