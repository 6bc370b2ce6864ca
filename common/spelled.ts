// A number in words, as documents that are signed state it beside the figures, and as forms say it back.
import { toCardinal as inEnglish } from 'n2words/en-GB'
import { toCardinal as inVietnamese } from 'n2words/vi-VN'

/** "Sáu mươi triệu", "Sixty million". */
export function spelled(count: bigint, language: 'vi' | 'en'): string {
  const words = language === 'vi' ? inVietnamese(count) : inEnglish(count)
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}
