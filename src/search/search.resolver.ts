import { Arg, Args, Ctx, Directive, ID, Query, Resolver } from 'type-graphql'
import { type Context, requireViewer } from '../graphql/context.js'
import { ForwardPageArgs } from '../graphql/page.types.js'
import { searchMessages } from './search-messages.js'
import { MessageMatchConnectionType } from './search.types.js'

@Resolver()
export class SearchResolver {
  @Directive('@auth')
  @Query(() => MessageMatchConnectionType, {
    description:
      'Full-text, over what the viewer may see; best match first, of equal ones the newest. Deleted and SYSTEM messages are never found. Of what holds the words the newest 1,000 are looked through, and 500,000 characters at most. RATE_LIMITED: more than 20 of yours wait for the one that is under way.',
  })
  searchMessages(
    @Ctx() context: Context,
    @Arg('query', () => String, {
      description:
        '1 to 200 characters, as in a search engine: all words, "a phrase", or, -without; by what must not be there alone nothing is found. Words are found whole, as they are seen, whatever invisible characters are in them, and, where the server is set to a language (`SEARCH_LANGUAGE`), in its other forms.',
    })
    query: string,
    @Arg('conversationId', () => ID, {
      nullable: true,
      description:
        'Only in this conversation. NOT_FOUND for others’ conversations, to admins FORBIDDEN but under an access grant.',
    })
    conversationId: string | null,
    @Args(() => ForwardPageArgs) page: ForwardPageArgs,
  ): Promise<MessageMatchConnectionType> {
    return searchMessages(context.services, requireViewer(context), { query, conversationId }, page)
  }
}
