// Takes a household into the register: who, where, why, and what it wishes in its own words.
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useQuery } from 'urql'
import { useLocale, useTranslations } from 'use-intl'
import { BOUNDS } from '../../../../common/bounds.ts'
import { graphql } from '../../graphql/graphql.ts'
import { Checkbox } from '../../ui/Choice.tsx'
import { NumberInput } from '../../ui/NumberInput.tsx'
import { PageHeading } from '../../ui/PageHeading.tsx'
import { TextArea, TextInput } from '../../ui/TextInput.tsx'
import { useToast } from '../../ui/Toasts.tsx'
import { AreaPicker } from '../desk/AreaPicker.tsx'
import { DeskForm, FormField } from '../desk/DeskForm.tsx'
import { useDeskArea } from '../desk/desk-context.ts'
import { keyPart } from '../desk/key-part.ts'
import type { Found } from '../desk/SearchPicker.tsx'
import { problemFields, useCommand } from '../desk/use-command.ts'
import { isolated } from '../../ui/names.ts'
import './Households.css'

const causesQuery = graphql(`
  query DeskPovertyCauses {
    povertyCauses { code name nameEn }
  }
`)

const registerHousehold = graphql(
  `
    mutation DeskRegisterHousehold($input: RegisterHouseholdInput!) {
      registerHousehold(input: $input) {
        household { id headName }
        problem { ...DeskProblem }
      }
    }
  `,
  [problemFields],
)

export function RegisterHouseholdPage() {
  const t = useTranslations('desk')
  const toast = useToast()
  const navigate = useNavigate()
  const language = useLocale()
  const deskArea = useDeskArea()
  const own: Found = { id: deskArea.id, label: deskArea.fullName }
  const [{ data }] = useQuery({ query: causesQuery })
  const [area, setArea] = useState<Found | null>(deskArea.kind === 'HAMLET' ? own : null)
  const [headName, setHeadName] = useState('')
  const [members, setMembers] = useState('')
  const [phone, setPhone] = useState('')
  const [wish, setWish] = useState('')
  const [causes, setCauses] = useState<readonly string[]>([])
  const command = useCommand(registerHousehold)

  async function send() {
    const sent = { areaId: area?.id ?? deskArea.id, headName, members: Number(members || '0'), phone: phone || null, wish: wish || null, causes: [...causes] }
    const done = await command.send(sent)
    if (!done?.household) return
    toast({ message: t('register.added', { name: isolated(done.household.headName) }) })
    void navigate({ to: '/cb/ho/$id', params: { id: keyPart(done.household.id) } })
  }

  return (
    <div className="desk-page">
      <PageHeading above={<Link to="/cb/ho">{t('register.title')}</Link>} lede={t('register.addLede')}>
        {t('register.add')}
      </PageHeading>
      <DeskForm name="household" label={t('register.add')} {...command} onSubmit={send} submit={t('register.send')}>
        <AreaPicker name="areaId" label={t('register.area')} hint={t('register.areaHint', { area: deskArea.fullName })} within={deskArea.id} chosen={area} onChoose={setArea} />
        <FormField name="headName" label={t('register.head')}>
          <TextInput value={headName} maxLength={80} autoComplete="off" onChange={(event) => setHeadName(event.target.value)} />
        </FormField>
        <div className="desk-pair">
          <FormField name="members" label={t('register.members')}>
            <NumberInput bound={BOUNDS.members} value={members} onValue={setMembers} />
          </FormField>
          <FormField name="phone" label={t('register.phone')} optional>
            <TextInput type="tel" value={phone} required={false} autoComplete="off" onChange={(event) => setPhone(event.target.value)} />
          </FormField>
        </div>
        <fieldset className="choice-set">
          <legend>{t('household.causes')}</legend>
          <div className="register-causes">
            {data?.povertyCauses.map(({ code, name, nameEn }) => (
              <Checkbox
                key={code}
                label={language === 'vi' ? name : nameEn}
                checked={causes.includes(code)}
                onChange={(event) => setCauses(event.target.checked ? [...causes, code] : causes.filter((other) => other !== code))}
              />
            ))}
          </div>
        </fieldset>
        <FormField name="wish" label={t('household.wish')} hint={t('register.wishHint')} optional>
          <TextArea value={wish} maxLength={1000} required={false} onChange={(event) => setWish(event.target.value)} />
        </FormField>
      </DeskForm>
    </div>
  )
}
