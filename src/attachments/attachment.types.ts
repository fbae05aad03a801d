import { Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql'
import { AttachmentRejectionEnum, AttachmentStatusEnum } from '../graphql/enums.js'
import { DateTime, SafeInt } from '../graphql/scalars.js'
import type * as domain from './attachment.js'
import type { CreateUploadInput } from './create-upload.js'
import type { DiscardAttachmentInput } from './discard-attachment.js'

@ObjectType('Attachment', { description: 'A file: an image, a document, a voice note.' })
export class AttachmentType {
  @Field(() => ID, { description: 'Its id.' })
  id!: string

  @Field(() => String, {
    description:
      'As the uploader gave it, without path and control characters, up to 255 bytes in UTF-8; once READY it ends as its type does: `page.html` that is a PDF becomes `page.html.pdf`. For people: not for a path.',
  })
  fileName!: string

  @Field(() => String, {
    description: 'As found in the bytes themselves, once READY; before, as claimed, without parameters.',
  })
  mediaType!: string

  @Field(() => SafeInt, { description: 'In bytes: of what is given out, once READY; before, as claimed.' })
  sizeBytes!: number

  @Field(() => String, {
    nullable: true,
    description: 'SHA-256 of what is given out, in hexadecimal; null until READY.',
  })
  sha256!: string | null

  @Field(() => AttachmentStatusEnum, { description: 'How far it has come.' })
  status!: domain.AttachmentStatus

  @Field(() => AttachmentRejectionEnum, { nullable: true, description: 'Of a REJECTED one, why; else null.' })
  rejection!: domain.AttachmentRejection | null

  @Field(() => Int, { nullable: true, description: 'In pixels; of images and video, once READY. Else null.' })
  width!: number | null

  @Field(() => Int, { nullable: true, description: 'In pixels; of images and video, once READY. Else null.' })
  height!: number | null

  @Field(() => Float, {
    nullable: true,
    description: 'Of voice notes and recordings, in seconds: as found, once READY; before, as claimed. Else null.',
  })
  durationSeconds!: number | null
}

@InputType('CreateUploadInput', { description: 'What is to be uploaded, and where it is to be sent.' })
export class CreateUploadInputType implements CreateUploadInput {
  @Field(() => ID, { description: 'Where it is to be sent: it can be sent nowhere else.' })
  conversationId!: string

  @Field(() => String, {
    description:
      'Its path, control characters and what is longer than 255 bytes in UTF-8 are taken off; something has to be left.',
  })
  fileName!: string

  @Field(() => SafeInt, { description: 'In bytes: from 1 to `MAX_ATTACHMENT_BYTES`, 100 MiB unless configured.' })
  sizeBytes!: number

  @Field(() => String, {
    description:
      'JPEG, PNG, WebP or GIF; PDF, plain text, DOCX or XLSX; MP3, M4A, OGG, WebM or WAV audio; MP4 or WebM video. As `audio/webm;codecs=opus` or under other usual names, too.',
  })
  mediaType!: string

  @Field(() => Float, {
    nullable: true,
    description: 'Of a recording, in seconds, more than 0 and up to 86400: shown until it is found out.',
  })
  durationSeconds?: number | null
}

@ObjectType('CreateUploadPayload', { description: 'Where the bytes go.' })
export class CreateUploadPayloadType {
  @Field(() => AttachmentType, { description: 'The file, UPLOADING.' })
  attachment!: AttachmentType

  @Field(() => String, {
    description:
      'Takes the bytes by tus 1.0, in as many pieces as the network allows: an upload that exists already, so a client asks it with HEAD how far it is, and goes on with PATCH. It needs no token, and is for nobody else: who may not send in the conversation any more, or is deactivated, cannot use it.',
  })
  uploadUrl!: string

  @Field(() => DateTime, {
    description: 'When `uploadUrl` ends, and what was not sent by then goes: 24 hours from now.',
  })
  expiresAt!: Date
}

@InputType('DiscardAttachmentInput', { description: 'Which file is not to be sent.' })
export class DiscardAttachmentInputType implements DiscardAttachmentInput {
  @Field(() => ID, { description: 'The attachment.' })
  attachmentId!: string
}

@ObjectType('DiscardAttachmentPayload', { description: 'What is gone.' })
export class DiscardAttachmentPayloadType {
  @Field(() => ID, { description: 'The attachment’s id: take it out of the cache.' })
  attachmentId!: string
}
