import {
  Arg,
  Args,
  Ctx,
  Directive,
  FieldResolver,
  ID,
  Mutation,
  Query,
  Resolver,
  Root,
  type SubscribeResolverData,
  Subscription,
} from 'type-graphql'
import { type Context, requireViewer } from '../graphql/context.js'
import { ForwardPageArgs } from '../graphql/page.types.js'
import { findSessionOf } from '../notifications/find-subject.js'
import type { Session } from '../sessions/session.js'
import { SessionPayloadType, SessionType } from '../sessions/session.types.js'
import type { WalletTransaction } from './ledger.js'
import type { Money } from './money.js'
import { MoneyType } from './money.types.js'
import { followWallet } from './follow-wallet.js'
import { findWalletOf, listTransactions } from './read-wallet.js'
import { refundSession } from './refund-session.js'
import { topUpWallet } from './top-up.js'
import {
  RefundInputType,
  TopUpInputType,
  TransactionConnectionType,
  TransactionType,
  WalletPayloadType,
  WalletType,
} from './wallet.types.js'

@Resolver(() => WalletType)
export class WalletResolver {
  @Directive('@auth')
  @Query(() => WalletType, {
    description: 'The viewer’s own, or, for an admin, anyone’s: what somebody paid, and for which session.',
  })
  async wallet(
    @Ctx() context: Context,
    @Arg('userId', () => ID, {
      nullable: true,
      description: 'Whose: the viewer’s without it. Another’s is FORBIDDEN but to admins; of nobody, NOT_FOUND.',
    })
    userId: string | null,
  ): Promise<WalletType> {
    return { id: await findWalletOf(context.services, requireViewer(context), userId ?? null) }
  }

  @Directive('@auth')
  @Subscription(() => WalletType, {
    subscribe: ({ context }: SubscribeResolverData<unknown, unknown, Context>) =>
      followWallet(context.services, requireViewer(context), context.connection.queue),
    description:
      'The viewer’s own: as it is now, at once, then whenever money came in or went out; several changes in a moment are told once.',
  })
  walletChanged(@Root() userId: string): WalletType {
    return { id: userId }
  }

  @Directive('@auth(requires: [ADMIN])')
  @Mutation(() => WalletPayloadType, {
    nullable: true,
    description: 'Puts money that the host system received into a wallet. Idempotent by `reference`.',
  })
  async topUpWallet(
    @Ctx() context: Context,
    @Arg('input', () => TopUpInputType, { description: 'Whose, and how much.' }) input: TopUpInputType,
  ): Promise<WalletPayloadType> {
    return { wallet: { id: await topUpWallet(context.services, requireViewer(context), input) } }
  }

  @Directive('@auth(requires: [ADMIN])')
  @Mutation(() => SessionPayloadType, {
    nullable: true,
    description:
      "Gives a session's charge back, whole or in part, never more than was paid, from the professional's wallet. The session's `cost` stays. Its `endReason` is null here for an admin who takes no part.",
  })
  async refundSession(
    @Ctx() context: Context,
    @Arg('input', () => RefundInputType, { description: 'Of which session, and why.' }) input: RefundInputType,
  ): Promise<SessionPayloadType> {
    return { session: await refundSession(context.services, requireViewer(context), input) }
  }

  @FieldResolver(() => [MoneyType], { description: 'By the name of the currency. Empty before the first transaction.' })
  balances(@Root() { id }: WalletType, @Ctx() { services }: Context): Promise<Money[]> {
    return services.ledger.balances(id)
  }

  @FieldResolver(() => TransactionConnectionType, { description: 'Newest first.' })
  transactions(
    @Root() { id }: WalletType,
    @Ctx() { services }: Context,
    @Arg('currency', () => String, {
      nullable: true,
      description: 'In this one only. What is no currency of ISO 4217 is BAD_USER_INPUT.',
    })
    currency: string | null,
    @Args(() => ForwardPageArgs) page: ForwardPageArgs,
  ): Promise<TransactionConnectionType> {
    return listTransactions(services, id, currency, page)
  }
}

@Resolver(() => TransactionType)
export class TransactionResolver {
  @FieldResolver(() => SessionType, {
    nullable: true,
    description: 'What it was for; null for none, or where the viewer takes no part any more.',
  })
  async session(@Root() { sessionId }: WalletTransaction, @Ctx() context: Context): Promise<Session | null> {
    if (sessionId === null) return null
    const { conversationId } = await context.services.loaders.session(sessionId)
    return findSessionOf(context.services, requireViewer(context), { sessionId, conversationId })
  }
}
