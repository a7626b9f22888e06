const MARK = /<truncated: (?:the server refused the size; )?([\d,]+) of ([\d,]+) characters not recorded>|<([\d,]+) more ([\w ]{1,40}) not recorded>|<truncated(?: due to size exceeding limit)?>/
const REFUSED = '<truncated: the server refused the size'

/** What the program that recorded a value left out, in words; null when nothing says so. Takes the value as text. */
export function truncationIn(text: string): string | null {
  const found = MARK.exec(text)
  if (found === null) return null
  const [whole, missing, all, more, what] = found
  const cause = whole.startsWith(REFUSED) ? 'the server it was sent to refused the size' : 'LANGFUSE_MAX_VALUE_BYTES of the program sets how much it keeps'
  const others = MARK.test(text.slice(found.index + whole.length)) ? ', and there is more of that kind' : ''
  const part = missing !== undefined ? `${missing} of ${all} characters are missing` : more !== undefined ? `${more} more ${what} are missing` : 'a part is missing'
  return `Not all of it was recorded: ${part}${others}; ${cause}.`
}
