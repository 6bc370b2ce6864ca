// Issues the household's paper slip: shown once, printed on A6; the slip before it is void.
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { graphql } from '../../graphql/graphql.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { FailingNotice } from '../desk/DeskForm.tsx'
import { problemFields, useCommand } from '../desk/use-command.ts'
import { Slip } from './Slip.tsx'

const issueSlip = graphql(
  `
    mutation DeskIssueSlip($input: IssueSlipInput!) {
      issueSlip(input: $input) {
        code
        url
        problem { ...DeskProblem }
      }
    }
  `,
  [problemFields],
)

interface Issued {
  code: string
  url: string
}

export function IssueSlip({ household }: { household: { id: string; displayCode: string; area: { fullName: string } } }) {
  const t = useTranslations('desk')
  const [isAsking, setAsking] = useState(false)
  const [issued, setIssued] = useState<Issued | null>(null)
  const command = useCommand(issueSlip)
  async function issue() {
    const done = await command.send({ householdId: household.id })
    setAsking(false)
    if (done?.code && done.url) setIssued({ code: done.code, url: done.url })
  }
  return (
    <Card as="section" aria-labelledby="slip" className="desk-part slip-part">
      <h2 id="slip">{t('slip.title')}</h2>
      <FailingNotice failing={command.failing} />
      {issued ? (
        <>
          <Notice tone="warn" title={t('slip.once')}>
            {t('slip.onceNote')}
          </Notice>
          <Slip code={issued.code} url={new URL(issued.url, window.location.origin).href} recipient={household.displayCode} area={household.area.fullName} />
          <div className="row no-print">
            <Button variant="primary" icon="print" onClick={() => window.print()}>
              {t('slip.print')}
            </Button>
            <Button variant="quiet" onClick={() => setIssued(null)}>
              {t('slip.done')}
            </Button>
          </div>
        </>
      ) : (
        <>
          <p>{t('slip.lede')}</p>
          <div>
            <Button icon="qr" busy={command.isBusy} onClick={() => setAsking(true)}>
              {t('slip.issue')}
            </Button>
          </div>
        </>
      )}
      <Dialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('slip.askTitle')}
        actions={
          <>
            <Button variant="primary" busy={command.isBusy} onClick={issue}>
              {t('slip.issue')}
            </Button>
            <Button variant="quiet" onClick={() => setAsking(false)}>
              {t('cancel')}
            </Button>
          </>
        }
      >
        <p>{t('slip.ask')}</p>
      </Dialog>
    </Card>
  )
}
