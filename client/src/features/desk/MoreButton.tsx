// Goes on with a list that was cut at a page.
import { useTranslations } from 'use-intl'
import { Button } from '../../ui/Button.tsx'

export function MoreButton({ pageInfo, isBusy, onMore }: { pageInfo: { hasNextPage: boolean; endCursor: string | null }; isBusy: boolean; onMore: (after: string) => void }) {
  const t = useTranslations('desk')
  if (!pageInfo.hasNextPage || !pageInfo.endCursor) return null
  const { endCursor } = pageInfo
  return (
    <Button busy={isBusy} onClick={() => onMore(endCursor)}>
      {t('more')}
    </Button>
  )
}
