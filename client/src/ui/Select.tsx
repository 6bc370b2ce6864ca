// One choice from a list, by the phone's own picker.
import type { Ref, SelectHTMLAttributes } from 'react'
import { useControl } from './Field.tsx'
import { Icon } from './Icon.tsx'

interface Option {
  value: string
  label: string
  group?: string
}

interface SelectProps extends Omit<SelectHTMLAttributes<HTMLSelectElement>, 'children'> {
  /** Neighbours of one group stand under its name. */
  options: readonly Option[]
  /** Shown while nothing is chosen; its value is the empty string. */
  placeholder?: string
  ref?: Ref<HTMLSelectElement>
}

export function Select({ options, placeholder, ...rest }: SelectProps) {
  return (
    <span className="control-select">
      <select className="control" {...useControl()} {...rest}>
        {placeholder !== undefined && <option value="">{placeholder}</option>}
        {groupsOf(options).map(([group, own]) => (group === undefined ? own.map(asOption) : <optgroup key={group} label={group}>{own.map(asOption)}</optgroup>))}
      </select>
      <Icon name="chevron-down" />
    </span>
  )
}

const asOption = ({ value, label }: Option) => (
  <option key={value} value={value}>
    {label}
  </option>
)

function groupsOf(options: readonly Option[]): [string | undefined, Option[]][] {
  const groups: [string | undefined, Option[]][] = []
  for (const option of options) {
    const last = groups.at(-1)
    if (last && last[0] === option.group) last[1].push(option)
    else groups.push([option.group, [option]])
  }
  return groups
}
