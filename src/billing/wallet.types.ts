import { Field, ID, InputType, ObjectType } from 'type-graphql'
import { TransactionKindEnum } from '../graphql/enums.js'
import { PageInfoType } from '../graphql/page.types.js'
import { DateTime } from '../graphql/scalars.js'
import type { PageInfo } from '../paging/page.js'
import type { TransactionKind, WalletTransaction } from './ledger.js'
import { MoneyInputType, MoneyType } from './money.types.js'
import type { RefundInput } from './refund-session.js'
import type { TopUpInput } from './top-up.js'

@ObjectType('Transaction', { description: 'Money that came into a wallet or left it. Never changed, never removed.' })
export class TransactionType {
  @Field(() => ID, { description: 'The id of the transaction.' })
  id!: string

  @Field(() => TransactionKindEnum, { description: 'Why it moved.' })
  kind!: TransactionKind

  @Field(() => MoneyType, { description: 'Negative when it leaves the wallet.' })
  amount!: MoneyType

  @Field(() => MoneyType, {
    description: 'What the wallet held then in this currency. Negative where more was charged than was there.',
  })
  balanceAfter!: MoneyType

  @Field(() => ID, {
    nullable: true,
    description: 'The id of the session that it was for, also where `session` is null; null for a TOP_UP.',
  })
  sessionId!: string | null

  @Field(() => String, { description: 'In English: what for, and with whom. Of a refund, its reason.' })
  description!: string

  @Field(() => DateTime, { description: 'When, by the database’s clock.' })
  createdAt!: Date
}

@ObjectType('TransactionEdge', { description: 'A place in a list of transactions.' })
export class TransactionEdgeType {
  @Field(() => String, { description: 'Marks the place.' })
  cursor!: string

  @Field(() => TransactionType, { description: 'The transaction.' })
  node!: WalletTransaction
}

@ObjectType('TransactionConnection', { description: 'A page of transactions.' })
export class TransactionConnectionType {
  @Field(() => [TransactionEdgeType], { description: 'Newest first, as they came into the wallet.' })
  edges!: TransactionEdgeType[]

  @Field(() => PageInfoType, { description: 'Where the page lies in its list.' })
  pageInfo!: PageInfo
}

@ObjectType('Wallet', { description: 'A person’s money here. One balance for each currency that was ever used.' })
export class WalletType {
  @Field(() => ID, { description: "The user's." })
  id!: string
}

@InputType('TopUpInput', { description: 'Money that the host system received for somebody.' })
export class TopUpInputType implements TopUpInput {
  @Field(() => ID, { description: 'Whose wallet. NOT_FOUND: there is no such user.' })
  userId!: string

  @Field(() => MoneyInputType, { description: 'How much, at least 1. No top-up may take the balance past 2^52.' })
  amount!: MoneyInputType

  @Field(() => String, {
    description:
      'The host system’s own name for this payment: 1 to 200 characters, for all wallets together. Repeated with the same user and amount it does nothing; with others, CONFLICT: IDEMPOTENCY_KEY_REUSED.',
  })
  reference!: string
}

@InputType('RefundInput', { description: 'What is given back, and why.' })
export class RefundInputType implements RefundInput {
  @Field(() => ID, { description: 'A session that has ended. While it is ACTIVE, CONFLICT: SESSION_NOT_OVER.' })
  sessionId!: string

  @Field(() => MoneyInputType, {
    nullable: true,
    description: 'The whole of what is left, without it. More than that, or another currency, is BAD_USER_INPUT.',
  })
  amount?: MoneyInputType | null

  @Field(() => String, { description: 'For both sides to read: 1 to 500 characters.' })
  reason!: string

  @Field(() => ID, {
    nullable: true,
    description: 'Whose payment; needed with an amount where several paid for a group’s session.',
  })
  userId?: string | null

  @Field(() => String, {
    nullable: true,
    description:
      'The host system’s own name for this refund: 1 to 200 characters. Repeated for the same session and amount it does nothing; for others, CONFLICT: IDEMPOTENCY_KEY_REUSED. Without it, each call gives back.',
  })
  reference?: string | null
}

@ObjectType('WalletPayload', { description: 'The wallet as it stands now.' })
export class WalletPayloadType {
  @Field(() => WalletType, { description: 'The wallet.' })
  wallet!: WalletType
}
