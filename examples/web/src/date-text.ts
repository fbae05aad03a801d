import { strings } from './strings.js'

const LOCALE = strings.common.locale
const DAY_MS = 24 * 60 * 60 * 1000

const time = new Intl.DateTimeFormat(LOCALE, { hour: '2-digit', minute: '2-digit' })
const day = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short' })
const date = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium' })
const longDate = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'full' })
const dateTime = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeStyle: 'short' })
const exact = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeStyle: 'medium' })

export const isSameDay = (one: string, other: string): boolean =>
  new Date(one).toDateString() === new Date(other).toDateString()

export const timeText = (at: string): string => time.format(new Date(at))

export const dateTimeText = (at: string): string => dateTime.format(new Date(at))

/** To the second. */
export const exactTimeText = (at: string): string => exact.format(new Date(at))

/** As short as it may be: the time of today, the day of this year, or the date. */
export const shortDateText = (at: string, now = new Date()): string => {
  const then = new Date(at)
  if (isSameDay(at, now.toISOString())) return time.format(then)
  return (then.getFullYear() === now.getFullYear() ? day : date).format(then)
}

export const dayText = (at: string, now = Date.now()): string => {
  if (isSameDay(at, new Date(now).toISOString())) return strings.conversation.today
  if (isSameDay(at, new Date(now - DAY_MS).toISOString())) return strings.conversation.yesterday
  return longDate.format(new Date(at))
}
