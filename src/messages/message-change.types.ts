import { Field, ID, InputType } from 'type-graphql'

@InputType('EditMessageInput', { description: 'A new text for a message of one’s own.' })
export class EditMessageInputType {
  @Field(() => ID, { description: 'The message.' })
  messageId!: string

  @Field(() => String, {
    description:
      'The new text, with the limits of `SendMessageInput.body`; never empty, also where the message holds a card or attachments.',
  })
  body!: string
}

@InputType('DeleteMessageInput', { description: 'A message to delete.' })
export class DeleteMessageInputType {
  @Field(() => ID, { description: 'The message.' })
  messageId!: string
}

@InputType('RestoreMessageInput', { description: 'A deleted message to bring back.' })
export class RestoreMessageInputType {
  @Field(() => ID, { description: 'The message.' })
  messageId!: string
}
