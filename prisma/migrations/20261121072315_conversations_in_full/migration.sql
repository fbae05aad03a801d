-- CreateEnum
CREATE TYPE "RoomType" AS ENUM ('THERAPY', 'CONSULTATION', 'EMERGENCY', 'GENERAL');

-- CreateEnum
CREATE TYPE "NotificationKind" AS ENUM ('MESSAGE', 'SESSION_STARTED', 'SESSION_ENDED', 'EMERGENCY', 'EMERGENCY_ESCALATED', 'ADDED_TO_CONVERSATION', 'ACCESS_GRANTED', 'SYSTEM');

-- CreateEnum
CREATE TYPE "AuditOutcome" AS ENUM ('ALLOWED', 'DENIED');

-- AlterTable
ALTER TABLE "conversations" ADD COLUMN     "description" TEXT,
ADD COLUMN     "history_roles" "Role"[] DEFAULT ARRAY['PATIENT', 'PROFESSIONAL', 'ADMIN']::"Role"[],
ADD COLUMN     "room_type" "RoomType" NOT NULL DEFAULT 'GENERAL',
ADD COLUMN     "send_roles" "Role"[] DEFAULT ARRAY['PATIENT', 'PROFESSIONAL', 'ADMIN']::"Role"[],
ADD COLUMN     "status_by_id" TEXT,
ADD COLUMN     "support_user_id" TEXT,
ADD COLUMN     "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "title" TEXT;

-- AlterTable
ALTER TABLE "messages" ADD COLUMN     "card" JSONB,
ADD COLUMN     "reply_to_id" UUID;

-- AlterTable
ALTER TABLE "participants" ADD COLUMN     "muted_until" TIMESTAMPTZ(3),
ADD COLUMN     "notifications_enabled" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "own_can_send" BOOLEAN,
ADD COLUMN     "own_can_view_history" BOOLEAN;

-- CreateTable
CREATE TABLE "message_revisions" (
    "message_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "body" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "message_revisions_pkey" PRIMARY KEY ("message_id","number")
);

-- CreateTable
CREATE TABLE "reactions" (
    "message_id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "emoji" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "reactions_pkey" PRIMARY KEY ("message_id","user_id","emoji")
);

-- CreateTable
CREATE TABLE "emergencies" (
    "message_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "flagged_by_id" TEXT NOT NULL,
    "flagged_at" TIMESTAMPTZ(3) NOT NULL,
    "acknowledged_by_id" TEXT,
    "acknowledged_at" TIMESTAMPTZ(3),
    "escalated_at" TIMESTAMPTZ(3),

    CONSTRAINT "emergencies_pkey" PRIMARY KEY ("message_id")
);

-- CreateTable
CREATE TABLE "notifications" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "user_id" TEXT NOT NULL,
    "kind" "NotificationKind" NOT NULL,
    "urgent" BOOLEAN NOT NULL DEFAULT false,
    "title" TEXT,
    "actor_id" TEXT,
    "conversation_id" UUID,
    "message_id" UUID,
    "session_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "read_at" TIMESTAMPTZ(3),
    "unread_of" TEXT,

    CONSTRAINT "notifications_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "push_deliveries" (
    "notification_id" UUID NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "given_up_at" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "push_deliveries_pkey" PRIMARY KEY ("notification_id")
);

-- CreateTable
CREATE TABLE "access_grants" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "admin_id" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "granted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "access_grants_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_pending" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "actor_id" TEXT,
    "action" TEXT NOT NULL,
    "outcome" "AuditOutcome" NOT NULL,
    "subject_user_id" TEXT,
    "conversation_id" UUID,
    "message_id" UUID,
    "session_id" UUID,
    "request_id" TEXT,

    CONSTRAINT "audit_pending_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_events" (
    "sequence" BIGINT NOT NULL,
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_id" TEXT,
    "action" TEXT NOT NULL,
    "outcome" "AuditOutcome" NOT NULL,
    "subject_user_id" TEXT,
    "conversation_id" UUID,
    "message_id" UUID,
    "session_id" UUID,
    "request_id" TEXT,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_events_pkey" PRIMARY KEY ("sequence")
);

-- CreateTable
CREATE TABLE "audit_head" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "sequence" BIGINT NOT NULL DEFAULT 0,
    "hash" TEXT NOT NULL DEFAULT '',
    "anchor_sequence" BIGINT NOT NULL DEFAULT 0,
    "anchor_hash" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "audit_head_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "emergencies_conversation_id_idx" ON "emergencies"("conversation_id");

-- CreateIndex
CREATE INDEX "emergencies_acknowledged_at_flagged_at_message_id_idx" ON "emergencies"("acknowledged_at", "flagged_at", "message_id");

-- CreateIndex
CREATE UNIQUE INDEX "notifications_unread_of_key" ON "notifications"("unread_of");

-- CreateIndex
CREATE INDEX "notifications_user_id_created_at_id_idx" ON "notifications"("user_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "push_deliveries_given_up_at_next_at_idx" ON "push_deliveries"("given_up_at", "next_at");

-- CreateIndex
CREATE INDEX "access_grants_admin_id_subject_id_expires_at_idx" ON "access_grants"("admin_id", "subject_id", "expires_at");

-- CreateIndex
CREATE INDEX "access_grants_subject_id_granted_at_id_idx" ON "access_grants"("subject_id", "granted_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "audit_events_id_key" ON "audit_events"("id");

-- CreateIndex
CREATE INDEX "audit_events_actor_id_sequence_idx" ON "audit_events"("actor_id", "sequence");

-- CreateIndex
CREATE INDEX "audit_events_subject_user_id_sequence_idx" ON "audit_events"("subject_user_id", "sequence");

-- CreateIndex
CREATE INDEX "audit_events_conversation_id_sequence_idx" ON "audit_events"("conversation_id", "sequence");

-- CreateIndex
CREATE UNIQUE INDEX "conversations_support_user_id_key" ON "conversations"("support_user_id");

-- CreateIndex
CREATE INDEX "marks_conversation_id_user_id_delivered_through_rev_idx" ON "marks"("conversation_id", "user_id", "delivered_through", "rev");

-- CreateIndex
CREATE INDEX "marks_conversation_id_user_id_read_through_rev_idx" ON "marks"("conversation_id", "user_id", "read_through", "rev");

-- AddForeignKey
ALTER TABLE "message_revisions" ADD CONSTRAINT "message_revisions_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "messages"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reactions" ADD CONSTRAINT "reactions_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "messages"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reactions" ADD CONSTRAINT "reactions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "emergencies" ADD CONSTRAINT "emergencies_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "messages"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "push_deliveries" ADD CONSTRAINT "push_deliveries_notification_id_fkey" FOREIGN KEY ("notification_id") REFERENCES "notifications"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "access_grants" ADD CONSTRAINT "access_grants_admin_id_fkey" FOREIGN KEY ("admin_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "access_grants" ADD CONSTRAINT "access_grants_subject_id_fkey" FOREIGN KEY ("subject_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Most messages are no replies, and cost it nothing.
CREATE INDEX "messages_reply_to_id_seq_idx" ON "messages"("reply_to_id", "seq") WHERE "reply_to_id" IS NOT NULL;

-- The only row.
INSERT INTO "audit_head" DEFAULT VALUES;
