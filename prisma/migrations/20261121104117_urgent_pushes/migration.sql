-- DropIndex
DROP INDEX "push_deliveries_given_up_at_next_at_idx";

-- AlterTable
ALTER TABLE "push_deliveries" ADD COLUMN     "urgent" BOOLEAN NOT NULL DEFAULT false;

UPDATE "push_deliveries" d SET "urgent" = true FROM "notifications" n WHERE n."id" = d."notification_id" AND n."urgent";

-- In the order in which they are taken.
CREATE INDEX "push_deliveries_waiting_idx" ON "push_deliveries"("urgent" DESC, "next_at") WHERE "given_up_at" IS NULL;
CREATE INDEX "push_deliveries_given_up_idx" ON "push_deliveries"("given_up_at") WHERE "given_up_at" IS NOT NULL;
