import { badInput } from '../errors.js'

/** In the currency's smallest unit. */
export interface Money {
  amountMinor: number
  currency: string
}

export interface MoneyLimits {
  least?: number
  most?: number
}

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'))

/** BAD_USER_INPUT names the field. */
export const checkMoney = (
  field: string,
  { amountMinor, currency }: Money,
  { least = 1, most = Number.MAX_SAFE_INTEGER }: MoneyLimits = {},
): Money => {
  if (!CURRENCIES.has(currency)) throw badInput(`${field}.currency`, 'This is no currency of ISO 4217, such as EUR.')
  if (!Number.isSafeInteger(amountMinor) || amountMinor < least || amountMinor > most)
    throw badInput(`${field}.amountMinor`, `The amount must be a whole number from ${least} to ${most}.`)
  return { amountMinor, currency }
}

/** Null where there is no amount. */
export const moneyOf = (amountMinor: number | null, currency: string | null): Money | null =>
  amountMinor === null || currency === null ? null : { amountMinor, currency }
