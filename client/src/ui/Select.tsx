// One choice from a list, by the phone's own picker.
import type { Ref, SelectHTMLAttributes } from 'react'
import { useControl } from './Field.tsx'
import { Icon } from './Icon.tsx'

interface SelectProps extends Omit<SelectHTMLAttributes<HTMLSelectElement>, 'children'> {
  options: readonly { value: string; label: string }[]
  /** Shown while nothing is chosen; its value is the empty string. */
  placeholder?: string
  ref?: Ref<HTMLSelectElement>
}

export function Select({ options, placeholder, ...rest }: SelectProps) {
  return (
    <span className="control-select">
      <select className="control" {...useControl()} {...rest}>
        {placeholder !== undefined && <option value="">{placeholder}</option>}
        {options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      <Icon name="chevron-down" />
    </span>
  )
}
