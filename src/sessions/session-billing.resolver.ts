import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import type { Share, WalletTransaction } from '../billing/ledger.js'
import type { Money } from '../billing/money.js'
import { MoneyType } from '../billing/money.types.js'
import { TransactionType } from '../billing/wallet.types.js'
import { type Context, requireViewer } from '../graphql/context.js'
import type { Session } from './session.js'
import { SessionType } from './session.types.js'

@Resolver(() => SessionType)
export class SessionBillingResolver {
  @FieldResolver(() => MoneyType, {
    nullable: true,
    description:
      'The rate times the seconds, divided by 60 and rounded half up to the smallest unit; in a group the sum of what each patient pays. Up to now while ACTIVE; final, and never changed again, once it has ended. Null where nothing is charged.',
  })
  async cost(@Root() { id, status, rate, finalCost }: Session, @Ctx() { services }: Context): Promise<Money | null> {
    if (!rate || status !== 'ACTIVE') return finalCost
    return services.loaders.sessionCost(id)
  }

  @FieldResolver(() => MoneyType, {
    nullable: true,
    description:
      'What the viewer pays for it: their own share of the `cost` in a group, all of it as the patient of a DIRECT one. Up to now while ACTIVE, then final. Null for who pays nothing.',
  })
  async viewerCost(@Root() session: Session, @Ctx() context: Context): Promise<Money | null> {
    return (await shareOf(session, context))?.cost ?? null
  }

  @FieldResolver(() => MoneyType, {
    nullable: true,
    description: 'What of their `viewerCost` the viewer got back so far. Null for who pays nothing.',
  })
  async viewerRefunded(@Root() session: Session, @Ctx() context: Context): Promise<Money | null> {
    return (await shareOf(session, context))?.refunded ?? null
  }

  @FieldResolver(() => TransactionType, {
    nullable: true,
    description: 'The viewer’s own transaction for it: what they paid, or earned. Null where that is nothing.',
  })
  charge(@Root() { id, rate }: Session, @Ctx() context: Context): Promise<WalletTransaction | null> | null {
    return rate && context.services.loaders.charge({ sessionId: id, userId: requireViewer(context).userId })
  }
}

const shareOf = async ({ id, rate }: Session, context: Context): Promise<Share | null> =>
  rate && context.services.loaders.share({ sessionId: id, userId: requireViewer(context).userId })
