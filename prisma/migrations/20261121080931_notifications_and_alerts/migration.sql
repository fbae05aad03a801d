-- AlterTable
ALTER TABLE "emergencies" ADD COLUMN     "notified_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "installation" ADD COLUMN     "notified_through" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- AlterTable
ALTER TABLE "notifications" ADD COLUMN     "through_seq" INTEGER;

-- Few are unread, and few were put away.
CREATE INDEX "notifications_unread_idx" ON "notifications"("user_id") WHERE "read_at" IS NULL;
CREATE INDEX "notifications_dismissed_idx" ON "notifications"("user_id", "conversation_id", "through_seq") WHERE "through_seq" IS NOT NULL;
CREATE INDEX "emergencies_not_notified_idx" ON "emergencies"("flagged_at") WHERE "notified_at" IS NULL;
