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
export const checkCurrency = (field: string, currency: string): string => {
  if (!CURRENCIES.has(currency)) throw badInput(field, 'This is no currency of ISO 4217, such as EUR.')
  return currency
}

/** BAD_USER_INPUT names the field. */
export const checkMoney = (
  field: string,
  { amountMinor, currency }: Money,
  { least = 1, most = Number.MAX_SAFE_INTEGER }: MoneyLimits = {},
): Money => {
  checkCurrency(`${field}.currency`, currency)
  if (!Number.isSafeInteger(amountMinor) || amountMinor < least || amountMinor > most)
    throw badInput(`${field}.amountMinor`, `The amount must be a whole number from ${least} to ${most}.`)
  return { amountMinor, currency }
}

/** Null where there is no amount. */
export const moneyOf = (amountMinor: number | null, currency: string | null): Money | null =>
  amountMinor === null || currency === null ? null : { amountMinor, currency }
