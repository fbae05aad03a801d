import { Arg, Args, Ctx, Directive, Query, Resolver } from 'type-graphql'
import { type Context, requireViewer } from '../graphql/context.js'
import { RoleEnum } from '../graphql/enums.js'
import { ForwardPageArgs } from '../graphql/page.types.js'
import { listContacts, listOnline } from './list-people.js'
import { UserConnectionType } from './people.types.js'
import type { Role } from './person.js'

@Resolver()
export class PeopleListsResolver {
  @Directive('@auth')
  @Query(() => UserConnectionType, {
    description:
      'The people whom the viewer may start a conversation with, by name: a patient’s professionals and a professional’s patients; an admin may write to everyone through the support desk. Inactive people are left out.',
  })
  contacts(
    @Ctx() context: Context,
    @Arg('role', () => RoleEnum, { nullable: true, description: 'Only those who have this role.' }) role: Role | null,
    @Arg('search', () => String, { nullable: true, description: 'Part of the name, in upper or lower case.' })
    search: string | null,
    @Args(() => ForwardPageArgs) page: ForwardPageArgs,
  ): Promise<UserConnectionType> {
    return listContacts(context.services, requireViewer(context), { role, search }, page)
  }

  @Directive('@auth')
  @Query(() => UserConnectionType, {
    description:
      'Of the people the viewer may see, themselves included, those online now, by name; an admin sees everyone.',
  })
  onlineUsers(
    @Ctx() context: Context,
    @Args(() => ForwardPageArgs) page: ForwardPageArgs,
  ): Promise<UserConnectionType> {
    return listOnline(context.services, requireViewer(context), page)
  }
}
