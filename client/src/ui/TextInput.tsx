// Where words are typed: one line or several.
import type { InputHTMLAttributes, Ref, TextareaHTMLAttributes } from 'react'
import { useControl } from './Field.tsx'

type TextInputProps = { ref?: Ref<HTMLInputElement> } & InputHTMLAttributes<HTMLInputElement>

export function TextInput({ type = 'text', ...rest }: TextInputProps) {
  return <input className="control" {...useControl()} type={type} {...rest} />
}

type TextAreaProps = { ref?: Ref<HTMLTextAreaElement> } & TextareaHTMLAttributes<HTMLTextAreaElement>

export function TextArea(props: TextAreaProps) {
  return <textarea className="control" {...useControl()} {...props} />
}
