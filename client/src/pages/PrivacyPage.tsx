// The privacy notice: what is kept, who sees what, which rights one has and by when they are answered.
import { useLocale } from 'use-intl'
import { Contact } from '../shell/Contact.tsx'
import { Card } from '../ui/Card.tsx'
import { Icon } from '../ui/Icon.tsx'
import { PageHeading } from '../ui/PageHeading.tsx'
import { Table } from '../ui/Table.tsx'
import en from './privacy-notice.en.json'
import vi from './privacy-notice.vi.json'
import './prose.css'

interface Section {
  id: string
  heading: string
  text?: string
  list?: string[]
  table?: { columns: string[]; rows: string[][] }
}

interface Notice {
  heading: string
  lede: string
  shortHeading: string
  short: string[]
  sections: Section[]
  contactHeading: string
}

const notices: Record<'vi' | 'en', Notice> = { vi, en }

export function PrivacyPage() {
  const language = useLocale()
  const notice = notices[language]
  return (
    <div className="page prose">
      <PageHeading lede={notice.lede}>{notice.heading}</PageHeading>
      <Card as="section">
        <h2>{notice.shortHeading}</h2>
        <ul role="list" className="prose-short">
          {notice.short.map((line) => (
            <li key={line}>
              <Icon name="lock" size={22} />
              <span>{line}</span>
            </li>
          ))}
        </ul>
      </Card>
      {notice.sections.map((section) => (
        <NoticeSection key={section.id} section={section} />
      ))}
      <section className="stack">
        <h2>{notice.contactHeading}</h2>
        <Contact />
      </section>
    </div>
  )
}

function NoticeSection({ section: { id, heading, text, list, table } }: { section: Section }) {
  return (
    <section className="stack" id={id}>
      <h2>{heading}</h2>
      {text && <p>{text}</p>}
      {list && (
        <ul className="prose-list">
          {list.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      {table && (
        <Table
          caption={heading}
          captionHidden
          stacks
          columns={table.columns.map((header, index) => ({ key: header, header, render: (row: string[]) => row[index], isRowHeader: index === 0 }))}
          rows={table.rows}
          rowKey={(row) => row.join()}
        />
      )}
    </section>
  )
}
