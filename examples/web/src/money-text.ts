import { strings } from './strings.js'

export interface Money {
  amountMinor: number
  currency: string
}

/** An amount comes in the currency's smallest unit, however many of those make a whole. */
export const moneyText = ({ amountMinor, currency }: Money): string => {
  const format = new Intl.NumberFormat(strings.common.locale, { style: 'currency', currency })
  const { maximumFractionDigits = 2 } = format.resolvedOptions()
  return format.format(amountMinor / 10 ** maximumFractionDigits)
}
