/** Of `attachments a`; they are named as the Attachment's. */
export const ATTACHMENT_COLUMNS = `a.id, a.conversation_id as "conversationId", a.uploader_id as "uploaderId",
  a.message_id as "messageId", a.file_name as "fileName", a.media_type as "mediaType", a.size_bytes as "sizeBytes", a.sha256,
  a.status, a.rejection, a.width, a.height, a.duration_seconds as "durationSeconds", a.has_thumbnail as "hasThumbnail",
  a.created_at as "createdAt", a.expires_at as "expiresAt"`
