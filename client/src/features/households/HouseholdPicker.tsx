// Finds a household of the office's register by name or code.
import { useState } from 'react'
import { useQuery } from 'urql'
import { graphql } from '../../graphql/graphql.ts'
import { isolated } from '../../ui/names.ts'
import { SearchPicker, type Found } from '../desk/SearchPicker.tsx'

const findHouseholds = graphql(`
  query DeskFindHouseholds($search: String) {
    households(search: $search, first: 8) {
      nodes { id code headName area { id fullName } }
    }
  }
`)

interface HouseholdPickerProps {
  name: string
  label: string
  value: string | null
  onValue: (householdId: string | null) => void
}

export function HouseholdPicker({ name, label, value, onValue }: HouseholdPickerProps) {
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState<Found | null>(null)
  const [{ data, fetching }] = useQuery({ query: findHouseholds, variables: { search }, pause: search === '' })
  const found = search === '' ? [] : (data?.households.nodes ?? [])
  return (
    <SearchPicker
      name={name}
      label={label}
      chosen={value ? chosen : null}
      onChoose={(household) => {
        setChosen(household)
        onValue(household?.id ?? null)
      }}
      found={found.map(({ id, code, headName, area }) => ({ id, label: `${isolated(headName)} (${code})`, note: area.fullName }))}
      isSearching={fetching}
      onSearch={setSearch}
    />
  )
}
