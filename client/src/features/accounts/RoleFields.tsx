// A role of an office and the area it is held for.
import { useTranslations } from 'use-intl'
import { Select } from '../../ui/Select.tsx'
import { AreaPicker } from '../desk/AreaPicker.tsx'
import { FormField } from '../desk/DeskForm.tsx'
import type { DeskRole } from '../desk/desk-context.ts'
import type { Found } from '../desk/SearchPicker.tsx'

export interface RoleChoice {
  role: DeskRole | ''
  area: Found | null
}

const kindOf = { HAMLET_HEAD: 'HAMLET', COMMUNE_OFFICER: 'COMMUNE', PROVINCE_OFFICER: 'PROVINCE' } as const
const roles: readonly DeskRole[] = ['HAMLET_HEAD', 'COMMUNE_OFFICER', 'PROVINCE_OFFICER', 'ADMIN']

/** What the API asks of it. */
export const roleInput = ({ role, area }: RoleChoice) => ({ role: role as DeskRole, areaId: area?.id ?? null })

export function RoleFields({ value, onValue }: { value: RoleChoice; onValue: (choice: RoleChoice) => void }) {
  const t = useTranslations('desk')
  const { role, area } = value
  return (
    <>
      <FormField name="role" label={t('accounts.role')}>
        <Select value={role} onChange={(event) => onValue({ role: event.target.value as DeskRole | '', area: null })} placeholder={t('choose')} options={roles.map((known) => ({ value: known, label: t(`role.${known}`) }))} />
      </FormField>
      {role !== '' && role !== 'ADMIN' && (
        <AreaPicker key={role} name="areaId" label={t('accounts.area')} hint={t('accounts.areaHint')} kind={kindOf[role]} chosen={area} onChoose={(chosen) => onValue({ role, area: chosen })} />
      )}
    </>
  )
}
