import { Field, Float, ObjectType } from 'type-graphql'
import { PageInfoType } from '../graphql/page.types.js'
import type { Message } from '../messages/message.js'
import { MessageType } from '../messages/message.types.js'
import type { PageInfo } from '../paging/page.js'
import type { ExcerptPart, MessageMatch } from './message-match.js'

@ObjectType('ExcerptPart', { description: 'A piece of the excerpt, and whether it is what was looked for.' })
export class ExcerptPartType implements ExcerptPart {
  @Field(() => String, {
    description:
      'The words, with the spaces around them. “…” stands where something is left out; characters that show nothing are.',
  })
  text!: string

  @Field(() => Boolean, { description: 'Whether it is what was looked for.' })
  match!: boolean
}

@ObjectType('MessageMatch', { description: 'A message that was found.' })
export class MessageMatchType implements MessageMatch {
  @Field(() => MessageType, { description: 'The message.' })
  message!: Message

  @Field(() => [ExcerptPartType], {
    description: 'Up to two passages of the text around what was looked for. Its parts, one behind the other.',
  })
  excerpt!: ExcerptPart[]

  @Field(() => Float, {
    description: 'How well it matches: from 0 to 1, more for words that are close to each other. For comparison only.',
  })
  rank!: number
}

@ObjectType('MessageMatchEdge', { description: 'A match and its place in the list.' })
export class MessageMatchEdgeType {
  @Field(() => String, { description: 'Marks the place by the rank.' })
  cursor!: string

  @Field(() => MessageMatchType, { description: 'The match.' })
  node!: MessageMatch
}

@ObjectType('MessageMatchConnection', { description: 'A page of matches.' })
export class MessageMatchConnectionType {
  @Field(() => [MessageMatchEdgeType], { description: 'Best first.' })
  edges!: MessageMatchEdgeType[]

  @Field(() => PageInfoType, { description: 'Where the page lies in its list.' })
  pageInfo!: PageInfo
}
