import { Field, Int, ObjectType } from 'type-graphql'
import { PageInfoType } from '../graphql/page.types.js'
import type { PageInfo } from '../paging/page.js'
import type { DeskEntry } from './desk-entry.js'

@ObjectType('ChatUser', { description: 'A row of the support desk’s list. `id` is the user’s.' })
export class ChatUserType {
  @Field(() => Int, {
    description: 'The user’s messages that the desk has not read: beyond the position of its furthest admin.',
  })
  unreadCount!: number
}

@ObjectType('ChatUserEdge', { description: 'A user and their place in the list.' })
export class ChatUserEdgeType {
  @Field(() => String, {
    description: 'Marks the place as it was when the page was read: activity moves a user up.',
  })
  cursor!: string

  @Field(() => ChatUserType, { description: 'The row.' })
  node!: DeskEntry
}

@ObjectType('ChatUserConnection', { description: 'A page of the support desk’s list.' })
export class ChatUserConnectionType {
  @Field(() => [ChatUserEdgeType], { description: 'The most recently active first.' })
  edges!: ChatUserEdgeType[]

  @Field(() => PageInfoType, { description: 'Where the page lies in its list.' })
  pageInfo!: PageInfo
}
