import { Field, InputType, ObjectType } from 'type-graphql'
import { SafeInt } from '../graphql/scalars.js'
import type { Money } from './money.js'

@ObjectType('Money', {
  description: "An amount in the currency's smallest unit, so that no rounding is hidden. ISO 4217.",
})
export class MoneyType implements Money {
  @Field(() => SafeInt, { description: 'In the smallest unit: 1250 is 12.50 EUR, and 1250 JPY.' })
  amountMinor!: number

  @Field(() => String, { description: 'Three capital letters: EUR.' })
  currency!: string
}

@InputType('MoneyInput', { description: 'An amount of money.' })
export class MoneyInputType implements Money {
  @Field(() => SafeInt, { description: "In the currency's smallest unit, at least 1." })
  amountMinor!: number

  @Field(() => String, { description: 'A code of ISO 4217, in capital letters: EUR.' })
  currency!: string
}
