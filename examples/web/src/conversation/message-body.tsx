import { Text } from '@mantine/core'
import type { ChatMessage } from '@colloquy/apollo'
import { MessageFiles } from '../attachments/message-files.js'
import { strings } from '../strings.js'
import { AppointmentCard, PrescriptionCard } from './cards.js'
import { EmergencyNotice } from './emergency-notice.js'
import classes from './message.module.css'
import { Quote } from './quote.js'

/** Whatever a message holds, until it is deleted. */
export const MessageBody = ({ message, tabIndex }: { message: ChatMessage; tabIndex: number }) => {
  const { id, body, emergency, replyTo, appointment, prescription, deletedAt } = message
  if (deletedAt !== null) return <Text fs="italic">{strings.conversation.deleted}</Text>
  return (
    <>
      {emergency && <EmergencyNotice messageId={id} emergency={emergency} tabIndex={tabIndex} />}
      {replyTo && <Quote message={replyTo} tabIndex={tabIndex} />}
      {appointment && <AppointmentCard appointment={appointment} />}
      {prescription && <PrescriptionCard prescription={prescription} />}
      {message.attachments.length > 0 && <MessageFiles message={message} tabIndex={tabIndex} />}
      {body !== null && <Text className={classes.text}>{body}</Text>}
    </>
  )
}
