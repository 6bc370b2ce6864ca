// Finds an area by its name of today or of before, within the office's own or anywhere.
import { useState } from 'react'
import { useQuery } from 'urql'
import { graphql } from '../../graphql/graphql.ts'
import { SearchPicker, type Found } from './SearchPicker.tsx'

const areasQuery = graphql(`
  query DeskAreas($search: String, $within: ID, $kind: AreaKind) {
    areas(search: $search, within: $within, kind: $kind, living: true, first: 8) {
      nodes { id fullName kind parent { id fullName } }
    }
  }
`)

interface AreaPickerProps {
  name: string
  label: string
  hint?: string
  within?: string | undefined
  kind?: 'PROVINCE' | 'COMMUNE' | 'HAMLET' | undefined
  chosen: Found | null
  onChoose: (area: Found | null) => void
}

export function AreaPicker({ name, label, hint, within, kind, chosen, onChoose }: AreaPickerProps) {
  const [search, setSearch] = useState('')
  const [{ data, fetching }] = useQuery({ query: areasQuery, variables: { search: search || null, within, kind }, pause: search === '' && !within })
  const found = search === '' && !within ? [] : (data?.areas.nodes ?? [])
  return (
    <SearchPicker
      name={name}
      label={label}
      {...(hint && { hint })}
      chosen={chosen}
      onChoose={onChoose}
      found={found.map((area) => ({ id: area.id, label: area.fullName, ...(area.parent && { note: area.parent.fullName }) }))}
      isSearching={fetching}
      onSearch={setSearch}
    />
  )
}
